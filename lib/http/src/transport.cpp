#include "http/transport.h"

#include "channel.h"
#include "connectionreport.h"
#include "connectwatch.h"
#include "exchangeguard.h"
#include "http/lifeline.h"
#include "http/pending.h"
#include "http/tcpsocket.h"
#include "http/ticks.h"
#include "idletimer.h"
#include "socketoptions.h"
#include "socketwriter.h"

#include <QLocalSocket>
#include <QMetaMethod>
#include <QSslSocket>
#include <QTcpSocket>

#include <utility>

namespace headrace::http {

struct Transport::Private final : ChannelListener
{
    explicit Private(Transport *transport, QIODevice *io)
        : q(transport)
        , device(io)
        , socket(qobject_cast<QAbstractSocket *>(io))
        , ssl(qobject_cast<QSslSocket *>(io))
        , local(qobject_cast<QLocalSocket *>(io))
        , idleTimer([this] { onIdle(); })
        , writer(transport, idleTimer)
        , report(io)
    {
    }

    enum class Phase
    {
        Connecting,
        Open,
        Closed, ///< destroy() was called
        HandedOver,
    };

    void watchConnecting();
    void becomeOpen();
    void openChannel();
    void stopWatching();
    void readAvailable();
    void onPeerEnd();
    void emitClosed();
    void onIdle();
    void reportPhase(SocketPhase reached);
    void watchTunnel();
    void endTunnel();

    void channelReadable() override;
    void channelProgressed() override;
    void channelFlushed() override;
    void channelFailed(const Error &error) override;

    Transport *q;
    QIODevice *device;
    QAbstractSocket *socket;
    QSslSocket *ssl;
    QLocalSocket *local;
    ConnectWatch *connectWatch = nullptr;
    std::unique_ptr<Channel> channel;
    IdleTimer idleTimer;
    SocketWriter writer;
    ConnectionReport report;
    TransportReader *reader = nullptr;
    Lifeline lifeline;
    Pending pending;
    Error error; ///< Of destroy().
    Phase phase = Phase::Connecting;
    bool allowHalfOpen = false;
    bool flowing = false;
    bool held = false;
    bool reading = false;
    bool peerEnded = false;
    bool closedEmitted = false;
    bool hasHandle = false; ///< There was something to close.
    int closedListeners = 0;
};

Transport *Transport::of(QIODevice *device)
{
    Transport *transport = find(device);
    return transport ? transport : new Transport(device);
}

Transport *Transport::find(const QIODevice *device)
{
    if (!device)
        return nullptr;
    for (QObject *child : device->children()) {
        if (child->metaObject() == &staticMetaObject)
            return static_cast<Transport *>(child);
    }
    return nullptr;
}

Transport::Transport(QIODevice *device)
    : QObject(device)
    , d(std::make_unique<Private>(this, device))
{
    d->pending.begin();
    const bool connected = ConnectWatch::isConnected(device);
    d->hasHandle
        = connected || !d->socket || d->socket->state() != QAbstractSocket::UnconnectedState;
    if (connected) {
        d->phase = Private::Phase::Open;
        d->openChannel();
    } else {
        d->watchConnecting();
    }
}

Transport::~Transport() { d->endTunnel(); }

// --- connecting

void Transport::Private::watchConnecting()
{
    connectWatch = new ConnectWatch(device, q);
    QObject::connect(connectWatch, &ConnectWatch::phaseReached, q, [this](SocketPhase reached) {
        hasHandle = true;
        reportPhase(reached);
        if (reached == SocketPhase::TlsEnded)
            report.tlsEstablished();
    });
    QObject::connect(connectWatch, &ConnectWatch::connected, q, [this] { becomeOpen(); });
    QObject::connect(connectWatch, &ConnectWatch::failed, q, [this](const Error &cause) {
        report.tlsRefused();
        q->destroy(cause);
    });
}

void Transport::Private::becomeOpen()
{
    if (phase != Phase::Connecting)
        return;
    stopWatching();
    phase = Phase::Open;
    openChannel();
    idleTimer.touch();
    report.connected();
    const Lifeline::Watch guard(lifeline);
    Q_EMIT q->connected();
    if (guard && phase == Phase::Open && flowing && !held)
        channel->setReading(true);
}

void Transport::Private::openChannel()
{
    channel = Channel::make(device, this);
    writer.open(channel.get());
    channel->setReading(false);
    if (auto *tcp = qobject_cast<TcpSocket *>(device); tcp && channel->isBesideQt())
        tcp->writeBy(q);
}

void Transport::Private::stopWatching()
{
    if (!connectWatch)
        return;
    connectWatch->disconnect();
    connectWatch->deleteLater();
    connectWatch = nullptr;
}

// --- reading

void Transport::pause()
{
    d->flowing = false;
    if (d->channel && d->phase == Private::Phase::Open)
        d->channel->setReading(false);
}

void Transport::resume()
{
    if (d->flowing)
        return;
    d->flowing = true;
    if (d->phase == Private::Phase::Open && !d->held)
        d->channel->setReading(true);
}

void Transport::holdReading(bool hold)
{
    d->held = hold;
    if (d->phase != Private::Phase::Open)
        return;
    if (hold)
        d->channel->setReading(false);
    else if (d->flowing)
        d->channel->setReading(true);
}

void Transport::Private::channelReadable() { readAvailable(); }

void Transport::Private::readAvailable()
{
    if (reading)
        return;
    reading = true;
    int rounds = 32; // then others have their turn
    const Lifeline::Watch guard(lifeline);
    while (flowing && !held && phase == Phase::Open && !peerEnded) {
        QByteArray octets;
        Error cause;
        const Channel::Read result = channel->read(&octets, &cause);
        if (result == Channel::Read::Nothing)
            break;
        if (result == Channel::Read::Octets) {
            idleTimer.touch();
            const bool more = octets.size() == Channel::ReadSize;
            if (!reader)
                report.received(octets);
            Q_EMIT q->received(octets);
            if (!guard)
                return;
            drainTicks();
            if (!guard)
                return;
            if (socket && !ssl && (!more || --rounds == 0))
                break; // the notifier tells of the rest
        } else if (result == Channel::Read::End) {
            idleTimer.touch();
            onPeerEnd();
            if (!guard)
                return;
        } else {
            q->destroy(cause);
        }
    }
    reading = false;
}

void Transport::Private::onPeerEnd()
{
    peerEnded = true;
    reportPhase(SocketPhase::PeerEnded);
    const Lifeline::Watch guard(lifeline);
    Q_EMIT q->ended();
    if (!guard || phase != Phase::Open)
        return;
    if (writer.isShut())
        q->destroy();
    else if (!allowHalfOpen)
        q->end();
}

// --- writing

bool Transport::write(const QByteArray &octets, Callback callback)
{
    if (isWritable())
        d->report.sent(octets);
    return d->writer.write(octets, std::move(callback));
}

bool Transport::writeReported(const QByteArray &octets, Callback callback)
{
    return d->writer.write(octets, std::move(callback));
}

void Transport::cork() { d->writer.cork(); }

void Transport::uncork() { d->writer.uncork(); }

void Transport::uncorkFully() { d->writer.uncorkFully(); }

int Transport::corked() const { return d->writer.corked(); }

MonotonicTime Transport::writeTime() { return d->writer.writeTime(); }

qsizetype Transport::writableLength() const { return d->writer.length(); }

bool Transport::needsDrain() const { return d->writer.needsDrain(); }

qint64 Transport::bytesWritten() const { return d->writer.octetsWritten(); }

/// A slow peer that takes something now and then is not idle.
void Transport::Private::channelProgressed() { idleTimer.touch(); }

void Transport::Private::channelFlushed() { writer.flushed(); }

void Transport::Private::channelFailed(const Error &cause)
{
    writer.failed(cause);
    q->destroy(cause);
}

// --- closing

void Transport::end() { d->writer.end(); }

void Transport::destroySoon()
{
    if (isDestroyed())
        return;
    if (d->phase == Private::Phase::HandedOver)
        destroy();
    else
        d->writer.endThenDestroy();
}

void Transport::destroy(const Error &error)
{
    if (d->phase == Private::Phase::HandedOver)
        d->device->close();
    if (isDestroyed() || d->phase == Private::Phase::HandedOver)
        return;
    const bool wasConnecting = d->phase == Private::Phase::Connecting;
    d->phase = Private::Phase::Closed;
    d->pending.setReferenced(true); // what is being closed is waited for in any case
    d->writer.close();
    d->error = error;
    d->idleTimer.stop();
    d->stopWatching();
    if (d->channel) {
        QByteArray unread;
        d->channel->close(d->report.isWatched() ? &unread : nullptr);
        if (d->reader && !unread.isEmpty())
            d->reader->closedUnread(unread);
        else
            d->report.received(unread);
    } else if (wasConnecting && d->socket)
        d->socket->abort();
    else if (wasConnecting && d->local)
        d->local->abort();
    d->report.sentEnd();
    if (error)
        d->report.tunnelFailed(error);
    d->reportPhase(SocketPhase::Closed);

    nextTick(this, [this] {
        if (d->error)
            Q_EMIT errorOccurred(d->error);
    });
    Q_EMIT closing();
    if (d->hasHandle) {
        // The reference tells of the close when the event loop comes round, not on a tick.
        QMetaObject::invokeMethod(
            this,
            [this] {
                const IoScope scope;
                d->emitClosed();
            },
            Qt::QueuedConnection);
    } else {
        nextTick(this, [this] { d->emitClosed(); });
    }
}

void Transport::Private::emitClosed()
{
    if (closedEmitted)
        return;
    closedEmitted = true;
    pending.end();
    const Lifeline::Watch guard(lifeline);
    writer.reportUnsent();
    if (guard)
        drainTicks(); // the reference tells of each in a turn of its own
    if (!guard)
        return;
    Q_EMIT q->closed(bool(error));
    if (!guard)
        return;
    report.closeTunnel();
    device->deleteLater();
}

void Transport::setReferenced(bool referenced)
{
    if (!isDestroyed())
        d->pending.setReferenced(referenced);
}

bool Transport::isReferenced() const { return d->pending.isReferenced(); }

void Transport::handOver(std::shared_ptr<ExchangeGuard> exchange)
{
    pause();
    d->held = false;
    d->report.openTunnel(std::move(exchange));
    if (auto *tcp = qobject_cast<TcpSocket *>(d->device); tcp && d->channel->isBesideQt()) {
        tcp->handOver();
        return;
    }
    d->phase = Private::Phase::HandedOver;
    d->idleTimer.setTimeout({});
    if (d->channel)
        d->channel->handOver();
    d->writer.handOver(d->device);
    if (d->report.isTunnel())
        d->watchTunnel();
}

/// The end of a device that is not read here any more.
void Transport::Private::watchTunnel()
{
    const auto end = [this] { endTunnel(); };
    QObject::connect(device, &QIODevice::aboutToClose, q, end);
    if (socket)
        QObject::connect(socket, &QAbstractSocket::disconnected, q, end);
    else if (local)
        QObject::connect(local, &QLocalSocket::disconnected, q, end);
}

void Transport::Private::endTunnel()
{
    if (!report.isTunnel())
        return;
    if (phase != Phase::Closed) {
        report.sentEnd();
        report.reached(SocketPhase::Closed, false);
    }
    report.closeTunnel();
}

// --- timeout and options

std::chrono::milliseconds Transport::timeout() const { return d->idleTimer.timeout(); }

void Transport::setTimeout(std::chrono::milliseconds timeout)
{
    if (!isDestroyed())
        d->idleTimer.setTimeout(timeout);
}

void Transport::Private::onIdle()
{
    const IoScope scope;
    Q_EMIT q->timedOut();
}

void Transport::setNoDelay(bool noDelay)
{
    if (d->socket)
        http::setNoDelay(d->socket, noDelay);
}

void Transport::setKeepAlive(bool enable, std::chrono::milliseconds initialDelay)
{
    if (d->socket)
        http::setKeepAlive(d->socket, enable, initialDelay);
}

// --- state

QIODevice *Transport::device() const { return d->device; }

ConnectionId Transport::id() const { return d->report.id(); }

bool Transport::isConnecting() const { return d->phase == Private::Phase::Connecting; }

bool Transport::isReadable() const { return d->phase != Private::Phase::Closed && !d->peerEnded; }

bool Transport::isWritable() const
{
    return d->phase != Private::Phase::Closed && !d->writer.isEnding();
}

bool Transport::isDestroyed() const { return d->phase == Private::Phase::Closed; }

bool Transport::isPaused() const { return !d->flowing; }

bool Transport::isRead() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&Transport::received));
}

bool Transport::isReused() const { return d->report.isReused(); }

void Transport::setReused() { d->report.setReused(); }

void Transport::setAllowHalfOpen(bool allow) { d->allowHalfOpen = allow; }

void Transport::setPeerName(const QString &host, quint16 port, const QString &from)
{
    if (d->connectWatch)
        d->connectWatch->setPeerName(host, port, from);
}

void Transport::connectBy(const std::function<void()> &start)
{
    if (d->connectWatch)
        d->connectWatch->watchDuring(start);
    else
        start();
}

void Transport::notePhase(SocketPhase phase) { d->reportPhase(phase); }

int Transport::closedListeners() const { return d->closedListeners; }

void Transport::connectNotify(const QMetaMethod &signal)
{
    static const QMetaMethod closedSignal = QMetaMethod::fromSignal(&Transport::closed);
    if (signal == closedSignal)
        ++d->closedListeners;
}

// --- observing

ConnectionInfo Transport::connectionInfo() const { return d->report.info(); }

void Transport::setObserver(
    Observer *observer, ExchangeId exchange, std::weak_ptr<const ExchangeGuard> life)
{
    d->report.setObserver(observer, exchange, std::move(life));
}

void Transport::setReader(TransportReader *reader) { d->reader = reader; }

void Transport::expectAnswer(bool isConnect) { d->report.expectAnswer(isConnect); }

void Transport::Private::reportPhase(SocketPhase reached)
{
    report.reached(reached, phase == Phase::Connecting);
}

} // namespace headrace::http
