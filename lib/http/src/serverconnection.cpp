#include "serverconnection.h"

#include "expectation.h"
#include "http/server.h"
#include "http/ticks.h"
#include "refusal.h"
#include "retire.h"
#include "serverprivate.h"
#include "systemerror.h"

#include <QMetaMethod>

namespace headrace::http {

using namespace Qt::StringLiterals;
using Event = wire::MessageParser::Event;

namespace {

wire::MessageParser parserFor(const ServerOptions &options)
{
    wire::ParserLimits limits;
    if (options.maxHeaderSize > 0)
        limits.maxHeaderSize = options.maxHeaderSize;
    return wire::MessageParser(wire::MessageKind::Request, limits,
        options.insecureHTTPParser ? wire::Lenience::Insecure : wire::Lenience::Strict);
}

} // namespace

ServerConnection::ServerConnection(Server *server, QIODevice *socket)
    : QObject(server)
    , m_server(server)
    , m_transport(Transport::of(socket))
    , m_reader(
          parserFor(server->d->options), m_transport, server->d->observer, server->d->isSecure())
    , m_clocks(server, m_transport, [this] { onRequestTimeout(); })
    , m_observer(server->d->observer)
    , m_maxFields(server->d->maxFields())
{
    m_transport->setAllowHalfOpen(true);
    m_transport->setReader(this);
    if (m_observer)
        m_transport->setObserver(m_observer, 0);
    connect(m_transport, &Transport::received, this, &ServerConnection::onReceived);
    connect(m_transport, &Transport::ended, this, &ServerConnection::onPeerEnded);
    connect(m_transport, &Transport::drained, this, &ServerConnection::onDrained);
    connect(m_transport, &Transport::timedOut, this, &ServerConnection::onIdle);
    connect(m_transport, &Transport::errorOccurred, this, &ServerConnection::onSocketError);
    connect(m_transport, &Transport::closed, this, &ServerConnection::onClosed);
    connect(m_transport, &QObject::destroyed, this, &ServerConnection::onSocketDeleted);
    m_transport->resume();
}

ServerConnection::~ServerConnection()
{
    m_reader.reportRest();
    if (m_transport && !m_left)
        m_transport->setReader(nullptr);
    m_transport = nullptr; // unfinished responses that go away now need not end the connection
}

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
    m_reader.feed(octets);
    const Lifeline::Watch guard(m_lifeline);
    parse();
    if (!guard || !m_transport || m_transport->isDestroyed() || !m_reader.parser().isInMessage()
        || m_reader.parser().isHeadComplete() || !m_clocks.headTookTooLong())
        return;
    static const QMetaMethod timeoutSignal = QMetaMethod::fromSignal(&Server::timedOut);
    if (m_server->isSignalConnected(timeoutSignal)) {
        observe(m_reader.exchange(), EventKind::Timeout);
        Q_EMIT m_server->timedOut(socket());
    } else {
        m_transport->destroy();
    }
}

void ServerConnection::parse()
{
    const Lifeline::Watch guard(m_lifeline);
    const wire::MessageParser &parser = m_reader.parser();
    for (;;) {
        if (isFlooded()) {
            m_gate.stall();
            break;
        }
        const Event event = m_reader.next();
        if (event == Event::NeedMore)
            break;
        switch (event) {
        case Event::MessageBegin:
            m_clocks.messageBegins();
            break;
        case Event::Octets:
            if (parser.part() == wire::MessagePart::Body)
                onBody();
            break;
        case Event::Head:
            onHead();
            break;
        case Event::Trailers:
            onTrailers();
            break;
        case Event::MessageEnd:
            onMessageEnd();
            break;
        case Event::Tunnel:
            handOver(parser.octets().toByteArray());
            return;
        case Event::Fault:
            m_clocks.nextRequestCame();
            refuse(parser.error());
            return;
        case Event::NeedMore:
        case Event::ChunkHeader:
        case Event::ChunkEnd:
            break;
        }
        if (!guard || !m_transport)
            return; // a listener deleted one of us
    }
    if (m_handingOver) {
        handOver({});
        return;
    }
    m_clocks.nextRequestCame();
    if (m_gate.isHeld() && m_transport)
        m_transport->holdReading(true);
}

void ServerConnection::onHead()
{
    if (m_ticksBeforeHeads) {
        const Lifeline::Watch guard(m_lifeline);
        drainTicks();
        if (!guard || !m_transport)
            return;
    }
    m_clocks.nextRequestCame();
    wire::MessageParser &parser = m_reader.parser();
    const wire::Head &head = parser.head();
    const bool isConnect = head.part(head.method) == "CONNECT";
    static const QMetaMethod upgradeSignal = QMetaMethod::fromSignal(&Server::upgrade);
    m_handingOver
        = isConnect || (head.upgradeRequested && m_server->isSignalConnected(upgradeSignal));
    if (m_handingOver)
        parser.enterTunnel();

    const bool keepAlive = head.keepAlive;
    auto *request = m_server->d->makeRequest(socket(), this);
    m_messages.add(request);
    request->setHead(parser.takeHead(), m_maxFields);
    request->observeWith(m_observer, m_reader.exchange());
    request->m_guard = m_reader.guard();
    m_incoming = request;
    std::shared_ptr<QTimer> timer = m_clocks.takeRequestTimer();
    if (m_handingOver) {
        request->m_upgrade = true;
        if (timer)
            timer->stop();
        return;
    }
    m_gate.holdBack(m_transport->needsDrain());

    ServerResponse *response = m_server->d->makeResponse(request, this);
    m_messages.add(response);
    response->m_connection = this;
    response->m_guard = m_reader.guard();
    response->m_observer = m_observer;
    response->m_exchange = m_reader.exchange();
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
            observe(m_reader.exchange(), EventKind::CheckContinue);
            Q_EMIT m_server->checkContinue(request, response);
            return;
        }
        response->writeContinue();
        break;
    case Expectation::Other:
        if (m_server->isSignalConnected(checkExpectationSignal)) {
            observe(m_reader.exchange(), EventKind::CheckExpectation);
            Q_EMIT m_server->checkExpectation(request, response);
        } else if (const Error error = response->writeHead(417); !error) {
            response->end();
        }
        return;
    case Expectation::None:
        break;
    }
    if (m_observer)
        observe(m_reader.exchange(), EventKind::Request,
            QString::fromLatin1(request->method()) + u' ' + QString::fromLatin1(request->url()));
    Q_EMIT m_server->request(request, response);
}

/// Between two requests of what was read already.
bool ServerConnection::isFlooded() const
{
    return m_gate.isFull(m_turns.count()) && !m_handingOver && !m_reader.parser().isInMessage();
}

void ServerConnection::onBody()
{
    if (!m_incoming)
        return;
    const Lifeline::Watch guard(m_lifeline);
    if (!m_incoming->push(m_reader.parser().sharedOctets()) && guard && m_transport)
        m_transport->pause();
    if (guard)
        drainTicks(); // the reference runs its ticks after each piece of a body
}

void ServerConnection::onTrailers()
{
    const wire::Fields &trailers = m_reader.parser().trailers();
    if (m_incoming)
        m_incoming->setTrailers(trailers);
    // The reference's parser tells of trailers in a call of its own, and of every later head so, too.
    m_ticksBeforeHeads = m_ticksBeforeHeads || trailers.count() > 0;
    if (m_ticksBeforeHeads)
        drainTicks();
}

void ServerConnection::onMessageEnd()
{
    m_reader.letGo();
    const Lifeline::Watch guard(m_lifeline);
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
        m_reader.reportLast(wire::MessagePart::Unparsed, head);
        transport->destroy();
        return;
    }
    m_reader.reportLast(wire::MessagePart::Tunnel, head);
    transport->handOver(m_reader.guard());
    request->m_guard.reset(); // the tunnel has it
    transport->expectAnswer(isConnect);
    QIODevice *socket = transport->device();
    m_server->connectionHandedOver(this, socket);
    request->m_complete = true;
    request->pushEnd();
    request->setParent(socket); // lives as long as the tunnel
    observe(m_reader.exchange(), isConnect ? EventKind::Connect : EventKind::Upgrade);
    m_reader.letGo();
    const Lifeline::Watch guard(m_lifeline);
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
    m_transport->setReader(nullptr);
    m_gate.abandon();
    m_incoming = nullptr;
    disconnect(m_transport, nullptr, this, nullptr);
    connect(m_transport, &Transport::drained, this, &ServerConnection::onDrained);
    connect(m_transport, &Transport::closed, this, &ServerConnection::onClosed);
    connect(m_transport, &QObject::destroyed, this, &ServerConnection::onSocketDeleted);
    m_responseListens = {};
    if (m_turns.current())
        listenForResponse();
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
        m_observer->failed(m_reader.exchange(), error, monotonicNow());
        observe(m_reader.exchange(), EventKind::ClientError,
            wire::name(error.code) + u": "_s + error.message);
    }
    static const QMetaMethod clientErrorSignal = QMetaMethod::fromSignal(&Server::clientError);
    if (m_server->isSignalConnected(clientErrorSignal)) {
        if (m_transport)
            m_transport->expectAnswer(false);
        Q_EMIT m_server->clientError(error, socket());
        return;
    }
    if (m_transport)
        sendRefusal(m_transport, error, m_observer, m_reader.exchange());
}

void ServerConnection::onPeerEnded()
{
    // Octets behind a fault are refused again, but the end of them is not: so does the reference.
    const bool refusedBefore = bool(m_reader.parser().error());
    const Event event = m_reader.nextAtEnd();
    if (event == Event::Fault && !refusedBefore) {
        refuse(m_reader.parser().error());
        return;
    }
    const Lifeline::Watch guard(m_lifeline);
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
    listenForResponse();
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
    const Lifeline::Watch guard(m_lifeline);
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
                retireMessage(response.data());
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
    if (guard && m_gate.isStalled())
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
        request->closeAtEnd();
        return;
    }
    if (m_incoming == request)
        m_incoming = nullptr;
    request->close();
}

void ServerConnection::onPendingOctets(qsizetype delta)
{
    m_gate.addPending(delta);
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
    if (!m_gate.isHeld() || isFlooded())
        return;
    switch (m_gate.open()) {
    case FloodGate::Opened::Nothing:
        break;
    case FloodGate::Opened::Socket:
        if (m_transport)
            m_transport->holdReading(false);
        break;
    case FloodGate::Opened::Rest:
        nextTick(this, [this] { readOn(); });
        break;
    }
}

/// What was read comes before what can be read.
void ServerConnection::readOn()
{
    const Lifeline::Watch guard(m_lifeline);
    parse();
    if (guard && !m_gate.isHeld() && !m_left && m_transport)
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
    const Lifeline::Watch guard(m_lifeline);
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
        observe(m_reader.exchange(), EventKind::Timeout);
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
    const Lifeline::Watch guard(m_lifeline);
    m_clocks.stop();
    if (!m_left)
        m_turns.abortRequests();
    if (guard && !m_responseListens)
        onClosedForResponse();
}

/// In the reference a response listens for the socket's 'close' from its turn on: who listened before hears of
/// it first.
void ServerConnection::listenForResponse()
{
    if (m_responseListens && m_closedListeners == m_transport->closedListeners())
        return;
    disconnect(m_responseListens);
    m_responseListens
        = connect(m_transport, &Transport::closed, this, &ServerConnection::onClosedForResponse);
    m_closedListeners = m_transport->closedListeners();
}

void ServerConnection::onSocketDeleted()
{
    const QPointer<ServerConnection> guard(this);
    onClosed();
    if (guard)
        onClosedForResponse();
}

void ServerConnection::closedUnread(const QByteArray &unread) { m_reader.setUnread(unread); }

void ServerConnection::onClosedForResponse()
{
    if (std::exchange(m_isOver, true))
        return;
    const QPointer<ServerConnection> guard(this);
    m_reader.reportRest();
    m_turns.closeResponses();
    if (!guard)
        return;
    if (m_incoming) {
        m_incoming->m_guard.reset();
        retireMessage(m_incoming.data());
    }
    m_reader.letGo();
    m_server->connectionGone(this);
    deleteLater();
}

void ServerConnection::observe(ExchangeId exchange, EventKind event, const QString &detail) const
{
    if (m_observer)
        m_observer->event(exchange, Emitter::Server, event, detail, monotonicNow());
}

} // namespace headrace::http
