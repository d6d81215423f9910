#pragma once

#include "tls/tlsfacts.h"
#include "tls/tlsfailure.h"
#include "tls/tlsoptions.h"

#include <QIODevice>

#include <memory>

namespace headrace::tls {

/** TLS 1.2 and 1.3 over any connected sequential device: a QTcpSocket, or another TlsSocket. Open from encrypted() on,
    and then used as any socket. What Qt's own has not: the hello decides on the certificate, secrets can be logged,
    the end of a direction is told from a cut, both buffers are bounded.

    Reading stops while BufferSize octets of clear text wait here, and so the peer is held back. write() takes all;
    bytesToWrite() counts what has not gone to the operating system, with what waits in the device, and falls with
    each bytesWritten(): that is what to hold a writer back by.

    Signals, in this order: encrypted() or refused(); then readyRead() and bytesWritten(); errorOccurred() when TLS
    breaks or the peer refuses later; readChannelFinished() when all is read. disconnected() comes when the device is
    closed, be all read or not. After refused() nothing follows. write() can emit bytesWritten(); other functions emit
    nothing but what QIODevice does.
    The owner may delete the socket in any of their slots.

    Ownership: takes the device, as its child. Thread: that of the device.
    Source: RFC 8446, RFC 5246; reference `tls.TLSSocket`. */
class TlsSocket : public QIODevice
{
    Q_OBJECT

public:
    static constexpr qint64 BufferSize
        = 64 * 1024; ///< Octets, each way, of clear text and in the device.

    /// Milliseconds that what was written before close() has to go out in.
    static constexpr std::chrono::milliseconds FarewellTime { 30'000 };

    explicit TlsSocket(QIODevice *device, QObject *parent = nullptr);

    /// What was written before close() still goes out: the device lives on for that, at most for FarewellTime.
    /// Without close(), the device is aborted.
    ~TlsSocket() override;

    void startServer(const ServerOptions &options); ///< Once; instead of startClient().
    void startClient(const ClientOptions &options);

    bool isEncrypted() const; ///< From encrypted() to close().
    const TlsFacts &facts() const; ///< Complete from encrypted() or refused() on.
    const ClientHello &clientHello() const; ///< Servers, from the moment that it is there.
    const TlsFailure &failure() const; ///< Of refused() or errorOccurred().

    /// The peer ended its direction, and did so without close_notify: what came may not be all (RFC 8446 section 6.1).
    bool isTruncated() const;

    QIODevice *device() const; ///< What it stands on. Null when that was deleted.

    /// Ends our direction behind what was written; reading goes on.
    Q_INVOKABLE void endWriting();

    /// Ends both directions behind what was written, in order. During the handshake: gives it up, silently.
    void close() override;

    void abort(); ///< At once, with all that waits. The peer may see a reset.

    bool isSequential() const override;
    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    bool canReadLine() const override;

Q_SIGNALS:
    void encrypted(); ///< Once. Octets may lie there already; readyRead() follows.
    void refused(const headrace::tls::TlsFailure &failure); ///< Once. The device is being closed.
    void errorOccurred(const headrace::tls::TlsFailure &failure); ///< Once, after encrypted().
    void disconnected(); ///< Once, after encrypted().

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::tls
