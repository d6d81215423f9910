#include "serverconnection.h"

#include "exchangeguard.h"
#include "expectation.h"
#include "http/server.h"
#include "http/ticks.h"
#include "http/transport.h"
#include "refusal.h"
#include "sentreport.h"
#include "serverprivate.h"
#include "systemerror.h"

#include <QMetaMethod>

namespace headrace::http {

using namespace Qt::StringLiterals;
using Event = wire::MessageParser::Event;

namespace {

wire::ParserLimits limitsOf(const ServerOptions &options)
{
    wire::ParserLimits limits;
    if (options.maxHeaderSize > 0)
        limits.maxHeaderSize = options.maxHeaderSize;
    return limits;
}

} // namespace

ServerConnection::ServerConnection(Server *server, QIODevice *socket)
    : QObject(server)
    , m_server(server)
    , m_transport(Transport::of(socket))
    , m_parser(wire::MessageKind::Request, limitsOf(server->d->options),
          server->d->options.insecureHTTPParser ? wire::Lenience::Insecure : wire::Lenience::Strict)
    , m_clocks(server, m_transport, [this] { onRequestTimeout(); })
    , m_observer(server->d->observer)
    , m_maxFields(server->d->maxFields())
{
    m_transport->setAllowHalfOpen(true);
    if (m_observer)
        m_transport->setObserver(m_observer, 0);
    connect(m_transport, &Transport::received, this, &ServerConnection::onReceived);
    connect(m_transport, &Transport::ended, this, &ServerConnection::onPeerEnded);
    connect(m_transport, &Transport::drained, this, &ServerConnection::onDrained);
    connect(m_transport, &Transport::timedOut, this, &ServerConnection::onIdle);
    connect(m_transport, &Transport::errorOccurred, this, &ServerConnection::onSocketError);
    connect(m_transport, &Transport::closed, this, &ServerConnection::onClosed);
    connect(m_transport, &QObject::destroyed, this,
        &ServerConnection::onClosed); // somebody deleted the socket
    m_transport->resume();
}

ServerConnection::~ServerConnection() = default;

QIODevice *ServerConnection::socket() const
{
    return m_transport ? m_transport->device() : nullptr;
}

void ServerConnection::destroy()
{
    if (m_transport)
        m_transport->destroy();
}

// --- reading

void ServerConnection::onReceived(const QByteArray &octets)
{
    m_parser.feed(octets);
    const QPointer<ServerConnection> guard(this);
    parse();
    if (!guard || !m_transport || m_transport->isDestroyed() || !m_parser.isInMessage()
        || m_parser.isHeadComplete() || !m_clocks.headTookTooLong())
        return;
    static const QMetaMethod timeoutSignal = QMetaMethod::fromSignal(&Server::timedOut);
    if (m_server->isSignalConnected(timeoutSignal))
        Q_EMIT m_server->timedOut(socket());
    else
        m_transport->destroy();
}

void ServerConnection::parse()
{
    const QPointer<ServerConnection> guard(this);
    for (;;) {
        if (isFlooded()) {
            m_held = true;
            m_stalled = true;
            break;
        }
        const Event event = m_parser.next();
        if (event == Event::NeedMore)
            break;
        switch (event) {
        case Event::NeedMore:
            break;
        case Event::MessageBegin:
            beginMessage();
            break;
        case Event::Octets:
            if (m_observer)
                m_observer->octets(m_exchange, m_transport->id(), Direction::Received,
                    m_parser.part(), m_parser.octets(), monotonicNow());
            if (m_parser.part() == wire::MessagePart::Body)
                onBody();
            break;
        case Event::Head:
            onHead();
            break;
        case Event::ChunkHeader:
            if (m_observer)
                m_observer->chunkBegan(
                    m_exchange, Direction::Received, m_parser.chunkHeader(), monotonicNow());
            break;
        case Event::ChunkEnd:
            break;
        case Event::Trailers:
            onTrailers();
            break;
        case Event::MessageEnd:
            onMessageEnd();
            break;
        case Event::Tunnel:
            handOver(m_parser.octets().toByteArray());
            return;
        case Event::Fault:
            if (m_observer && !m_parser.octets().isEmpty())
                m_observer->octets(m_exchange, m_transport->id(), Direction::Received,
                    wire::MessagePart::Unparsed, m_parser.octets(), monotonicNow());
            m_clocks.nextRequestCame();
            refuse(m_parser.error());
            return;
        }
        if (!guard || !m_transport)
            return; // a listener deleted one of us
    }
    if (m_handingOver) {
        handOver({});
        return;
    }
    m_clocks.nextRequestCame();
    if (m_held && m_transport)
        m_transport->holdReading(true);
}

void ServerConnection::beginMessage()
{
    m_clocks.messageBegins();
    if (!m_observer)
        return;
    m_exchange = nextExchangeId();
    m_guard = ExchangeGuard::make(m_observer, m_exchange);
    const ConnectionInfo info = m_transport->connectionInfo();
    ExchangeStart start;
    start.exchange = m_exchange;
    start.connection = info.connection;
    start.isClient = false;
    start.isSecure = m_server->d->isSecure();
    start.host = info.localAddress;
    start.port = info.localPort;
    start.time = m_clocks.messageStart();
    m_observer->exchangeBegan(start);
    m_observer->socketAssigned(m_exchange, info, start.time);
    m_observer->socketPhase(m_exchange, m_transport->id(), SocketPhase::FirstByte, start.time);
    m_transport->setObserver(m_observer, m_exchange);
}

void ServerConnection::onHead()
{
    if (m_ticksBeforeHeads) {
        const QPointer<ServerConnection> guard(this);
        drainTicks();
        if (!guard || !m_transport)
            return;
    }
    m_clocks.nextRequestCame();
    if (m_observer)
        m_observer->headComplete(m_exchange, Direction::Received, m_parser.head(), monotonicNow());
    const wire::Head &head = m_parser.head();
    const bool isConnect = head.part(head.method) == "CONNECT";
    static const QMetaMethod upgradeSignal = QMetaMethod::fromSignal(&Server::upgrade);
    m_handingOver
        = isConnect || (head.upgradeRequested && m_server->isSignalConnected(upgradeSignal));
    if (m_handingOver)
        m_parser.enterTunnel();

    const bool keepAlive = head.keepAlive;
    auto *request = m_server->d->makeRequest(socket(), this);
    request->setHead(m_parser.takeHead(), m_maxFields);
    request->observeWith(m_observer, m_exchange);
    request->m_guard = m_guard;
    m_incoming = request;
    std::shared_ptr<QTimer> timer = m_clocks.takeRequestTimer();
    if (m_handingOver) {
        request->m_upgrade = true;
        if (timer)
            timer->stop();
        return;
    }
    holdBackFlood();

    ServerResponse *response = m_server->d->makeResponse(request, this);
    response->m_connection = this;
    response->m_guard = m_guard;
    response->m_observer = m_observer;
    response->m_exchange = m_exchange;
    response->m_keepAliveHint = m_server->keepAliveTimeout();
    response->m_shouldKeepAlive = keepAlive;
    m_transport->setReused();
    if (timer && expectationOf(request->head()) == Expectation::None)
        connect(request, &IncomingMessage::ended, timer.get(), &QTimer::stop);
    m_turns.add({ request, response, std::move(timer), false });
    if (m_turns.count() == 1)
        giveSocketToFirst();
    dispatch(request, response);
}

void ServerConnection::dispatch(IncomingMessage *request, ServerResponse *response)
{
    static const QMetaMethod checkContinueSignal = QMetaMethod::fromSignal(&Server::checkContinue);
    static const QMetaMethod checkExpectationSignal
        = QMetaMethod::fromSignal(&Server::checkExpectation);
    switch (expectationOf(request->head())) {
    case Expectation::Continue:
        response->m_expectsContinue = true;
        if (m_server->isSignalConnected(checkContinueSignal)) {
            observe(m_exchange, EventKind::CheckContinue);
            Q_EMIT m_server->checkContinue(request, response);
            return;
        }
        response->writeContinue();
        break;
    case Expectation::Other:
        if (m_server->isSignalConnected(checkExpectationSignal)) {
            observe(m_exchange, EventKind::CheckExpectation);
            Q_EMIT m_server->checkExpectation(request, response);
        } else if (const Error error = response->writeHead(417); !error) {
            response->end();
        }
        return;
    case Expectation::None:
        break;
    }
    if (m_observer)
        observe(m_exchange, EventKind::Request,
            QString::fromLatin1(request->method()) + u' ' + QString::fromLatin1(request->url()));
    Q_EMIT m_server->request(request, response);
}

/// Between two requests of what was read already: too much waits for its turn to go on. Beyond the
/// reference, which takes all that one read brought, whatever the answers weigh.
bool ServerConnection::isFlooded() const
{
    constexpr qsizetype MaxTurns = 1024;
    constexpr qsizetype MaxPendingOctets = 1024 * 1024;
    return (m_pendingOctets >= MaxPendingOctets || m_turns.count() >= MaxTurns) && !m_handingOver
        && !m_parser.isInMessage();
}

/// A peer that pipelines faster than it reads the answers waits.
void ServerConnection::holdBackFlood()
{
    if (m_held || !m_transport)
        return;
    m_held = m_transport->needsDrain() || m_pendingOctets >= Transport::HighWaterMark;
}

void ServerConnection::onBody()
{
    if (!m_incoming)
        return;
    const QPointer<ServerConnection> guard(this);
    if (!m_incoming->push(m_parser.sharedOctets()) && guard && m_transport)
        m_transport->pause();
    if (guard)
        drainTicks(); // the reference runs its ticks after each piece of a body
}

void ServerConnection::onTrailers()
{
    if (m_observer)
        m_observer->trailersComplete(
            m_exchange, Direction::Received, m_parser.trailers(), monotonicNow());
    if (m_incoming)
        m_incoming->setTrailers(m_parser.trailers());
    // The reference's parser tells of trailers in a call of its own, and of every later head so, too.
    m_ticksBeforeHeads = m_ticksBeforeHeads || m_parser.trailers().count() > 0;
    if (m_ticksBeforeHeads)
        drainTicks();
}

void ServerConnection::onMessageEnd()
{
    if (m_observer)
        m_observer->messageComplete(m_exchange, Direction::Received, monotonicNow());
    m_guard.reset();
    const QPointer<ServerConnection> guard(this);
    if (m_incoming) {
        m_incoming->m_complete = true;
        m_incoming->pushEnd();
    }
    if (guard && m_transport)
        m_transport->resume(); // for the next request
}

// --- what is no request

void ServerConnection::handOver(const QByteArray &head)
{
    m_handingOver = false;
    const QPointer<IncomingMessage> request = m_incoming;
    Transport *transport = m_transport;
    if (!request || !transport || transport->isDestroyed())
        return;
    const bool isConnect = request->method() == "CONNECT";
    static const QMetaMethod connectSignal = QMetaMethod::fromSignal(&Server::connectRequested);
    leave();
    if (isConnect && !m_server->isSignalConnected(connectSignal)) {
        transport->destroy();
        return;
    }
    if (m_observer && !head.isEmpty())
        m_observer->octets(m_exchange, transport->id(), Direction::Received,
            wire::MessagePart::Tunnel, head, monotonicNow());
    transport->handOver();
    QIODevice *socket = transport->device();
    m_server->connectionHandedOver(this, socket);
    request->m_complete = true;
    request->pushEnd();
    request->setParent(socket); // lives as long as the tunnel
    observe(m_exchange, isConnect ? EventKind::Connect : EventKind::Upgrade);
    m_guard.reset();
    const QPointer<ServerConnection> guard(this);
    if (isConnect)
        Q_EMIT m_server->connectRequested(request, socket, head);
    else
        Q_EMIT m_server->upgrade(request, socket, head);
    if (guard)
        goIfAnswered();
}

/// The socket is no longer ours: its events are not told here. The answers that are still due go out on it.
void ServerConnection::leave()
{
    m_left = true;
    m_held = false;
    m_incoming = nullptr;
    disconnect(m_transport, nullptr, this, nullptr);
    connect(m_transport, &Transport::drained, this, &ServerConnection::onDrained);
    connect(m_transport, &Transport::closed, this, &ServerConnection::onClosed);
    connect(m_transport, &QObject::destroyed, this, &ServerConnection::onClosed);
}

void ServerConnection::goIfAnswered()
{
    if (!m_left || !m_turns.isEmpty() || !m_transport)
        return;
    disconnect(m_transport, nullptr, this, nullptr);
    m_transport = nullptr;
    m_server->connectionGone(this);
    deleteLater();
}

void ServerConnection::onSocketError(const Error &error)
{
    if (m_socketErrorSeen)
        return;
    refuse(error);
}

/// Event 'clientError', or its default answer. Source: reference Event 'clientError'.
void ServerConnection::refuse(const Error &error)
{
    m_socketErrorSeen = true;
    if (m_observer) {
        m_observer->failed(m_exchange, error, monotonicNow());
        observe(
            m_exchange, EventKind::ClientError, wire::name(error.code) + u": "_s + error.message);
    }
    static const QMetaMethod clientErrorSignal = QMetaMethod::fromSignal(&Server::clientError);
    if (m_server->isSignalConnected(clientErrorSignal)) {
        Q_EMIT m_server->clientError(error, socket());
        return;
    }
    if (!m_transport)
        return;
    if (m_transport->isWritable() && m_transport->bytesWritten() == 0) {
        const QByteArray answer = refusalOf(error.code);
        m_transport->write(answer);
        if (m_observer) {
            const MonotonicTime now = monotonicNow();
            m_observer->octets(m_exchange, m_transport->id(), Direction::Sent,
                wire::MessagePart::Head, answer, now);
            m_observer->headComplete(m_exchange, Direction::Sent,
                parseSentHead(answer, wire::MessageKind::Response), now);
        }
    }
    m_transport->destroy(error);
}

void ServerConnection::onPeerEnded()
{
    // Octets behind a fault are refused again, but the end of them is not: so does the reference.
    const bool refusedBefore = bool(m_parser.error());
    m_parser.feedEof();
    const Event event = m_parser.next();
    if (event == Event::Fault && !refusedBefore) {
        refuse(m_parser.error());
        return;
    }
    const QPointer<ServerConnection> guard(this);
    if (event == Event::MessageEnd)
        onMessageEnd(); // lenient parsing: a body that lasts until the end
    if (guard && m_transport)
        m_transport->end();
}

// --- answering

void ServerConnection::giveSocketToFirst()
{
    if (!m_transport)
        return;
    const QPointer<Transport> transport = m_transport;
    if (!m_turns.giveSocketToFirst(transport) && transport)
        transport->destroy();
}

void ServerConnection::onResponseSent(ServerResponse *response)
{
    if (!m_turns.isFirst(response))
        return;
    const TurnQueue::Turn turn = m_turns.takeFirst();
    const bool isLast = response->m_last;
    const QPointer<ServerConnection> guard(this);
    if (IncomingMessage *request = turn.request) {
        // What nobody reads is taken off the wire.
        if (!request->isConsumed() && !request->isResumeScheduled())
            request->discardRest();
        response->detach();
        closeRequest(request);
    } else {
        response->detach();
    }
    if (turn.response) {
        nextTick(response, [response = turn.response] {
            response->m_guard.reset();
            response->emitClosedOnce();
            if (response)
                response->deleteLater();
        });
    }
    if (!guard || !m_transport)
        return;
    if (isLast) {
        m_transport->destroySoon();
    } else if (m_left && m_turns.isEmpty()) {
        goIfAnswered();
    } else if (m_turns.isEmpty()) {
        m_clocks.waitForNextRequest();
    } else {
        giveSocketToFirst();
    }
    if (guard && m_stalled)
        letFloodIn();
}

/// Nothing is deleted in the reference. The answer can never be completed: the peer must not wait for it.
void ServerConnection::onResponseDeleted(const ServerResponse *response)
{
    if (m_turns.isFirst(response))
        destroy();
}

void ServerConnection::closeRequest(IncomingMessage *request)
{
    if (m_incoming == request && !request->isReadableEnded()) {
        connect(request, &IncomingMessage::ended, request, [request] {
            request->m_guard.reset();
            request->close();
        });
        return;
    }
    if (m_incoming == request)
        m_incoming = nullptr;
    request->m_guard.reset();
    request->close();
}

void ServerConnection::onPendingOctets(qsizetype delta)
{
    m_pendingOctets += delta;
    onDrained();
}

void ServerConnection::onDrained()
{
    letFloodIn();
    if (ServerResponse *response = m_turns.current())
        response->onSocketDrained();
}

void ServerConnection::letFloodIn()
{
    if (m_held && m_pendingOctets <= Transport::HighWaterMark && !isFlooded()) {
        m_held = false;
        if (std::exchange(m_stalled, false))
            nextTick(this, [this] { readOn(); });
        else if (m_transport)
            m_transport->holdReading(false);
    }
}

/// What was read comes before what can be read.
void ServerConnection::readOn()
{
    const QPointer<ServerConnection> guard(this);
    parse();
    if (guard && !m_held && !m_left && m_transport)
        m_transport->holdReading(false);
}

// --- time

void ServerConnection::onRequestTimeout()
{
    const IoScope scope;
    refuse(makeError(ErrorCode::HttpRequestTimeout, u"Request timeout"_s));
}

void ServerConnection::onIdle()
{
    static const QMetaMethod timeoutSignal = QMetaMethod::fromSignal(&Server::timedOut);
    const QPointer<ServerConnection> guard(this);
    bool heard = false;
    if (m_incoming && !m_incoming->isComplete() && m_incoming->hasTimeoutListener()) {
        heard = true;
        m_incoming->observe(EventKind::Timeout);
        Q_EMIT m_incoming->timedOut();
    }
    if (!guard)
        return;
    if (ServerResponse *response = m_turns.current(); response && response->hasTimeoutListener()) {
        heard = true;
        response->observe(EventKind::Timeout);
        Q_EMIT response->timedOut();
    }
    if (!guard)
        return;
    if (m_server->isSignalConnected(timeoutSignal)) {
        heard = true;
        Q_EMIT m_server->timedOut(socket());
    }
    if (guard && !heard && m_transport)
        m_transport->destroy();
}

// --- the end

void ServerConnection::onClosed()
{
    if (std::exchange(m_closed, true))
        return;
    const QPointer<ServerConnection> guard(this);
    m_clocks.stop();
    if (!m_left)
        m_turns.abortRequests();
    if (!guard)
        return;
    m_turns.closeResponses();
    if (!guard)
        return;
    if (m_incoming) {
        m_incoming->m_guard.reset();
        m_incoming->deleteLater();
    }
    m_guard.reset();
    m_server->connectionGone(this);
    deleteLater();
}

void ServerConnection::observe(ExchangeId exchange, EventKind event, const QString &detail) const
{
    if (m_observer)
        m_observer->event(exchange, Emitter::Server, event, detail, monotonicNow());
}

} // namespace headrace::http
