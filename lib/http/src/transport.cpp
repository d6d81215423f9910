#include "http/transport.h"

#include "channel.h"
#include "connectwatch.h"
#include "http/lifeline.h"
#include "http/tcpsocket.h"
#include "http/ticks.h"
#include "idletimer.h"
#include "systemerror.h"
#include "writequeue.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QMetaMethod>
#include <QSslSocket>
#include <QTcpSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>
#include <vector>

namespace headrace::http {

namespace {

Error destroyedError()
{
    return makeError(ErrorCode::StreamDestroyed,
        QStringLiteral("Cannot call write after a stream was destroyed"));
}

} // namespace

struct Transport::Private final : ChannelListener
{
    explicit Private(Transport *transport, QIODevice *io)
        : q(transport)
        , device(io)
        , socket(qobject_cast<QAbstractSocket *>(io))
        , ssl(qobject_cast<QSslSocket *>(io))
        , local(qobject_cast<QLocalSocket *>(io))
        , idleTimer([this] { onIdle(); })
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
    void writeQueued();
    void writeHeld();
    bool writeToChannel(WriteQueue::Batch &batch);
    void batchWritten(const WriteQueue::Batch &batch);
    void afterWrite(const std::vector<Callback> &callbacks, const Error &failure);
    void shutdownIfFlushed();
    void emitClosed();
    void failUnsent(const Error &cause);
    void onIdle();
    void reportPhase(SocketPhase reached);

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
    WriteQueue queue;
    IdleTimer idleTimer;
    Observer *observer = nullptr;
    ExchangeId exchange = 0;
    std::vector<std::pair<SocketPhase, MonotonicTime>>
        earlyPhases; ///< Reached before anybody watched.
    Lifeline lifeline;
    ConnectionId id = nextConnectionId();
    Error error; ///< Of destroy().
    qint64 bytesWritten = 0;
    Phase phase = Phase::Connecting;
    bool allowHalfOpen = false;
    bool reused = false;
    bool flowing = false;
    bool held = false;
    bool reading = false;
    bool peerEnded = false;
    bool ending = false;
    bool writeShut = false;
    bool destroyWhenFlushed = false;
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

Transport::~Transport() = default;

// --- connecting

void Transport::Private::watchConnecting()
{
    connectWatch = new ConnectWatch(device, q);
    QObject::connect(connectWatch, &ConnectWatch::phaseReached, q, [this](SocketPhase reached) {
        hasHandle = true;
        reportPhase(reached);
        if (reached == SocketPhase::TlsEnded && observer)
            observer->tlsEstablished(exchange, id, tlsInfo(ssl), monotonicNow());
    });
    QObject::connect(connectWatch, &ConnectWatch::connected, q, [this] { becomeOpen(); });
    QObject::connect(
        connectWatch, &ConnectWatch::failed, q, [this](const Error &cause) { q->destroy(cause); });
}

void Transport::Private::becomeOpen()
{
    if (phase != Phase::Connecting)
        return;
    stopWatching();
    phase = Phase::Open;
    openChannel();
    idleTimer.touch();
    if (observer)
        observer->socketAssigned(exchange, q->connectionInfo(), monotonicNow());
    const Lifeline::Watch guard(lifeline);
    Q_EMIT q->connected();
    if (guard && phase == Phase::Open && flowing && !held)
        channel->setReading(true);
}

void Transport::Private::openChannel()
{
    channel = Channel::make(device, this);
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
    const Lifeline::Watch guard(lifeline);
    Q_EMIT q->ended();
    if (!guard || phase != Phase::Open)
        return;
    if (writeShut)
        q->destroy();
    else if (!allowHalfOpen)
        q->end();
}

// --- writing

bool Transport::write(const QByteArray &octets, Callback callback)
{
    if (d->ending || d->phase == Private::Phase::Closed) {
        const bool isOpen = d->phase != Private::Phase::Closed;
        const Error error = d->ending && isOpen
            ? makeError(ErrorCode::StreamWriteAfterEnd, QStringLiteral("write after end"))
            : destroyedError();
        if (callback)
            nextTick(this, [callback = std::move(callback), error] { callback(error); });
        if (isOpen)
            destroy(error);
        return false;
    }
    d->bytesWritten += octets.size();
    if (d->phase == Private::Phase::HandedOver) { // behind what the owner wrote
        d->device->write(octets);
        if (callback)
            nextTick(this, [callback = std::move(callback)] { callback({}); });
        return d->device->bytesToWrite() < HighWaterMark;
    }
    const bool belowMark = d->queue.add(octets, std::move(callback));
    d->writeQueued();
    return belowMark;
}

/// What is written while connecting is on its way already: a later cork() does not hold it back. It goes
/// out among the listeners to connected(), in the order in which they came.
void Transport::Private::writeQueued()
{
    if (!queue.isReady() || (phase != Phase::Open && phase != Phase::Connecting))
        return;
    WriteQueue::Batch batch = queue.take();
    if (phase == Phase::Connecting) {
        queue.hold(std::move(batch));
        QObject::connect(
            q, &Transport::connected, q, [this] { writeHeld(); }, Qt::SingleShotConnection);
    } else if (writeToChannel(batch)) {
        queue.finish(batch);
        nextTick(q, [this, callbacks = std::move(batch.callbacks)] { afterWrite(callbacks, {}); });
    }
}

/// What waited for the connection.
void Transport::Private::writeHeld()
{
    WriteQueue::Batch batch = queue.release();
    if (phase != Phase::Open) { // a listener to connected() destroyed it
        queue.finish(batch);
        afterWrite(batch.callbacks,
            makeError(ErrorCode::SocketClosed, QStringLiteral("Socket is closed")));
    } else if (writeToChannel(batch)) {
        batchWritten(batch);
    }
}

/// False: it was not done at once, or failed.
bool Transport::Private::writeToChannel(WriteQueue::Batch &batch)
{
    idleTimer.touch();
    Error cause;
    const bool done = channel->write(batch.pieces, &cause);
    if (cause) {
        queue.finish(batch);
        nextTick(q, [this, callbacks = std::move(batch.callbacks), cause] {
            afterWrite(callbacks, cause);
        });
        q->destroy(cause);
        return false;
    }
    if (!done) {
        batch.pieces.clear();
        queue.hold(std::move(batch));
    }
    return done;
}

/// Another batch starts before the callbacks of this one run.
void Transport::Private::batchWritten(const WriteQueue::Batch &batch)
{
    queue.finish(batch);
    writeQueued();
    afterWrite(batch.callbacks, {});
}

/// A slow peer that takes something now and then is not idle.
void Transport::Private::channelProgressed() { idleTimer.touch(); }

void Transport::Private::channelFlushed()
{
    if (phase != Phase::Open)
        return;
    idleTimer.touch();
    batchWritten(queue.release());
}

void Transport::Private::afterWrite(const std::vector<Callback> &callbacks, const Error &failure)
{
    const Lifeline::Watch guard(lifeline);
    if (queue.takeDrain() && !ending && phase == Phase::Open)
        Q_EMIT q->drained();
    for (const Callback &callback : callbacks) {
        if (!guard)
            return;
        callback(failure);
    }
    if (guard && phase == Phase::Closed)
        failUnsent(destroyedError()); // what a callback wrote, or left corked, before it destroyed
    if (guard)
        shutdownIfFlushed();
}

void Transport::Private::channelFailed(const Error &cause)
{
    if (queue.isOnItsWay()) {
        WriteQueue::Batch batch = queue.release();
        queue.finish(batch);
        nextTick(q, [this, callbacks = std::move(batch.callbacks), cause] {
            afterWrite(callbacks, cause);
        });
    }
    q->destroy(cause);
}

void Transport::cork() { d->queue.cork(); }

void Transport::uncork()
{
    d->queue.uncork();
    d->writeQueued();
}

void Transport::uncorkFully()
{
    d->queue.uncorkFully();
    d->writeQueued();
}

int Transport::corked() const { return d->queue.corked(); }

qsizetype Transport::writableLength() const { return d->queue.length(); }

bool Transport::needsDrain() const { return d->queue.needsDrain(); }

qint64 Transport::bytesWritten() const { return d->bytesWritten; }

// --- closing

void Transport::end()
{
    if (d->ending || d->phase == Private::Phase::Closed || d->phase == Private::Phase::HandedOver)
        return;
    d->ending = true;
    d->queue.uncorkFully();
    d->writeQueued();
    nextTick(this, [this] { d->shutdownIfFlushed(); });
}

void Transport::Private::shutdownIfFlushed()
{
    if (!ending || writeShut || phase != Phase::Open || !queue.isIdle())
        return;
    writeShut = true;
    const bool closes = destroyWhenFlushed || peerEnded;
    if (closes && !channel->isBesideQt()) {
        q->destroy(); // Qt closes both directions at once anyway
        return;
    }
    channel->shutdownWrite();
    if (!closes)
        return;
    // The reference learns of the shutdown when the event loop comes round; until then it still reads.
    QMetaObject::invokeMethod(
        q,
        [this] {
            const IoScope scope;
            q->destroy();
        },
        Qt::QueuedConnection);
}

void Transport::destroySoon()
{
    if (isDestroyed())
        return;
    d->destroyWhenFlushed = true;
    if (d->writeShut || d->phase == Private::Phase::HandedOver)
        destroy();
    else
        end();
}

void Transport::destroy(const Error &error)
{
    if (d->phase == Private::Phase::HandedOver)
        d->device->close();
    if (isDestroyed() || d->phase == Private::Phase::HandedOver)
        return;
    const bool wasConnecting = d->phase == Private::Phase::Connecting;
    d->phase = Private::Phase::Closed;
    d->error = error;
    d->idleTimer.stop();
    d->stopWatching();
    if (d->channel)
        d->channel->close();
    else if (wasConnecting && d->socket)
        d->socket->abort();
    else if (wasConnecting && d->local)
        d->local->abort();
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
    const Lifeline::Watch guard(lifeline);
    if (channel && !queue.isOnItsWay()) {
        queue.forgetWaiting(); // only corked: dropped without a word, as in the reference
    } else if (channel) {
        // What had begun counts as handed over, what waited behind it does not.
        const WriteQueue::Batch begun = queue.release();
        for (const Callback &callback : begun.callbacks) {
            if (guard)
                callback({});
        }
        if (guard)
            failUnsent(destroyedError());
    }
    if (guard)
        drainTicks(); // the reference tells of each in a turn of its own
    if (!guard)
        return;
    Q_EMIT q->closed(bool(error));
    if (guard)
        device->deleteLater();
}

void Transport::Private::failUnsent(const Error &cause)
{
    const Lifeline::Watch guard(lifeline);
    const std::vector<Callback> unsent = queue.takeAllCallbacks();
    for (const Callback &callback : unsent) {
        if (guard)
            callback(cause);
    }
}

void Transport::handOver()
{
    pause();
    d->held = false;
    if (auto *tcp = qobject_cast<TcpSocket *>(d->device); tcp && d->channel->isBesideQt()) {
        tcp->handOver();
        return;
    }
    d->phase = Private::Phase::HandedOver;
    d->idleTimer.setTimeout({});
    if (!d->channel)
        return;
    d->channel->handOver();
    WriteQueue::Batch rest = d->queue.takeAll();
    for (const QByteArray &piece : std::as_const(rest.pieces))
        d->device->write(piece); // behind what the channel had begun
    nextTick(this, [this, callbacks = std::move(rest.callbacks)] {
        const Lifeline::Watch guard(d->lifeline);
        for (const Callback &callback : callbacks) {
            if (guard)
                callback({});
        }
    });
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
        d->socket->setSocketOption(QAbstractSocket::LowDelayOption, noDelay ? 1 : 0);
}

void Transport::setKeepAlive(bool enable, std::chrono::milliseconds initialDelay)
{
    if (!d->socket || d->socket->state() != QAbstractSocket::ConnectedState)
        return;
    const int descriptor = int(d->socket->socketDescriptor());
    const int on = enable ? 1 : 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    const int seconds = int(initialDelay.count() / 1000);
    if (enable && seconds > 0)
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
}

// --- state

QIODevice *Transport::device() const { return d->device; }

ConnectionId Transport::id() const { return d->id; }

bool Transport::isConnecting() const { return d->phase == Private::Phase::Connecting; }

bool Transport::isReadable() const { return d->phase != Private::Phase::Closed && !d->peerEnded; }

bool Transport::isWritable() const { return d->phase != Private::Phase::Closed && !d->ending; }

bool Transport::isDestroyed() const { return d->phase == Private::Phase::Closed; }

bool Transport::isPaused() const { return !d->flowing; }

bool Transport::isRead() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&Transport::received));
}

bool Transport::isReused() const { return d->reused; }

void Transport::setReused() { d->reused = true; }

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

ConnectionInfo Transport::connectionInfo() const
{
    ConnectionInfo info;
    info.connection = d->id;
    info.isReused = d->reused;
    if (d->socket) {
        info.localAddress = d->socket->localAddress().toString();
        info.localPort = d->socket->localPort();
        info.peerAddress = d->socket->peerAddress().toString();
        info.peerPort = d->socket->peerPort();
    } else if (d->local) {
        info.peerAddress = d->local->fullServerName();
    }
    return info;
}

void Transport::setObserver(Observer *observer, ExchangeId exchange)
{
    d->observer = observer;
    d->exchange = exchange;
    const auto early = std::exchange(d->earlyPhases, {});
    if (observer) {
        for (const auto &[phase, time] : early)
            observer->socketPhase(exchange, d->id, phase, time);
    }
}

void Transport::Private::reportPhase(SocketPhase reached)
{
    if (observer)
        observer->socketPhase(exchange, id, reached, monotonicNow());
    else if (phase == Phase::Connecting)
        earlyPhases.push_back({ reached, monotonicNow() });
}

} // namespace headrace::http
