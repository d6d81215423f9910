#pragma once

#include "http/error.h"
#include "http/observer.h"

#include <QByteArray>
#include <QIODevice>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace headrace::http {

class ExchangeGuard;

/// Tells observers itself of the octets that it reads from a Transport.
class TransportReader
{
public:
    /// The connection was closed while \a unread lay there, behind what was read. Tell it, too.
    virtual void closedUnread(const QByteArray &unread) = 0;

protected:
    ~TransportReader() = default;
};

/** What Node's net.Socket does and QIODevice does not: ordered write callbacks, cork, back-pressure with a
    high-water mark, half of an orderly close, destroy with an error, idle timeout, 'close' as the last event.
    One per device, made on first use, child of the device; the device goes away after closed().
    Works on QTcpSocket, QSslSocket, QLocalSocket and any sequential QIODevice.
    Thread: the device's. Source: reference "socket" of each class; `net.Socket`. */
class Transport : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(const Error &)>;
    static constexpr qsizetype HighWaterMark = 16 * 1024;

    /// The transport of \a device; makes it on first use.
    static Transport *of(QIODevice *device);

    /// The transport of \a device if it was made; else null.
    static Transport *find(const QIODevice *device);

    ~Transport() override;

    QIODevice *device() const;
    ConnectionId id() const;

    bool isConnecting() const;
    bool isReadable() const; ///< Octets may still come.
    bool isWritable() const; ///< Neither ended nor destroyed.
    bool isDestroyed() const;
    bool isReused() const; ///< It carried an exchange before.
    void setReused();

    /// True: below the high-water mark. \a callback: on a tick at the earliest; with an error when it could
    /// not be written; never when destroy() comes before a connection or the end of its cork.
    bool write(const QByteArray &octets, Callback callback = {});

    /// The same, for those who tell observers of these octets themselves: the messages.
    bool writeReported(const QByteArray &octets, Callback callback = {});
    void cork();
    void uncork();
    void uncorkFully();
    int corked() const;

    /// For them, too: when the write began that octets given now are part of.
    MonotonicTime writeTime();
    qsizetype writableLength() const;
    bool needsDrain() const;
    qint64 bytesWritten() const; ///< Octets given to write() since it was made.

    /// No more writes: one after it destroys with ERR_STREAM_WRITE_AFTER_END. Closes when all is written and
    /// the peer has closed, or at once if it has.
    void end();
    void destroySoon(); ///< end(), then destroy() when all is written.
    /// Closes now; errorOccurred() and closed() follow on ticks.
    void destroy(const Error &error = {});

    void pause(); ///< Stops received(); the device's buffer is bounded, so the peer is held back.
    void resume();
    bool isPaused() const;

    /// Reads nothing, whatever resume() says, until it is called with false: a second reason to pause.
    void holdReading(bool hold);

    /** Leaves the device to its new owner. A TcpSocket goes on by this transport, and so may its owner: all
        signals and functions stay. Any other device is Qt's from now on: no more signals but closed(), and
        observers hear of no octets but those that go through here.
        \a exchange: the one that opened the tunnel, if somebody watches; it ends with the connection. */
    void handOver(std::shared_ptr<ExchangeGuard> exchange = {});
    bool isRead() const; ///< Somebody listens to received().

    std::chrono::milliseconds timeout() const;
    void setTimeout(std::chrono::milliseconds timeout); ///< Of inactivity, both ways; 0: none.
    void setNoDelay(bool noDelay);
    void setKeepAlive(bool enable, std::chrono::milliseconds initialDelay);

    /// The peer's end leaves our direction open. Default: false, end() follows.
    void setAllowHalfOpen(bool allow);

    /// A connection that is not closed counts as Pending unless this is called with false.
    void setReferenced(bool referenced);
    bool isReferenced() const;

    /// Names the peer in error messages while no address is known; \a from: the address and port that the
    /// socket was given to connect from, told with them.
    void setPeerName(const QString &host, quint16 port, const QString &from = {});

    /// Calls \a start, which is to connect the device. What comes of it inside the call is told on a tick:
    /// whoever asked for the device has to hear of it first.
    void connectBy(const std::function<void()> &start);

    /// For whoever connects the device: tells observers what the device itself cannot know.
    void notePhase(SocketPhase phase);

    ConnectionInfo connectionInfo() const;

    /** Reports for \a exchange from now on; null: nobody. The phases, what is written by write(), and what is
        read while there is no reader. \a life: once it is gone, the exchange is over, and there is none. */
    void setObserver(
        Observer *observer, ExchangeId exchange, std::weak_ptr<const ExchangeGuard> life = {});

    /// Who tells observers what received() brings; null, as it is in the beginning: this does. Borrowed.
    void setReader(TransportReader *reader);

    /// What is written by write() is an answer to the exchange's request from now on, and reported as such.
    /// \a isConnect: to CONNECT.
    void expectAnswer(bool isConnect);

    /// Grows with each connection that is made to closed(); for those who want to hear of it last.
    int closedListeners() const;

Q_SIGNALS:
    void connected(); ///< Event 'connect' ('secureConnect' for TLS).
    void received(const QByteArray &octets); ///< Event 'data'. One read each.
    void ended(); ///< Event 'end'. The peer closed its direction.
    void drained(); ///< Event 'drain'.
    void timedOut(); ///< Event 'timeout'.
    void errorOccurred(const headrace::http::Error &error); ///< Event 'error'.
    void closed(bool hadError); ///< Event 'close'. Once, last.

    /// No event of the reference: destroy() was called, whoever did; closed() follows. Nothing may be deleted here.
    void closing();

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    explicit Transport(QIODevice *device);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::http
