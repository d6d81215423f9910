#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QPointer>

namespace headrace::http {
class Transport;
} // namespace headrace::http

namespace headrace::proxy {

/** A transport as a QIODevice, for those who want one below them (TLS), with octets that were read of it already in
    front. Holds some 64 KiB back, then the peer. The transport is borrowed; what it stands on is closed with this.
    Thread: the transport's. */
class TransportDevice : public QIODevice
{
    Q_OBJECT

public:
    TransportDevice(http::Transport *transport, const QByteArray &front, QObject *parent = nullptr);
    ~TransportDevice() override;

    bool isSequential() const override { return true; }

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    bool atEnd() const override;
    void close() override; ///< An orderly end when all is written.

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void onReceived(const QByteArray &octets);
    void awaitWritten();

    QPointer<http::Transport> m_transport;
    QByteArray m_received;
    qsizetype m_taken = 0; // of m_received
    bool m_isAwaited = false; // awaitWritten() hears of it
};

} // namespace headrace::proxy
