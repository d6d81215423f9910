#include "clientconnection.h"

#include "exchangeguard.h"
#include "fieldlimits.h"
#include "http/ticks.h"
#include "retire.h"
#include "systemerror.h"

#include <QMetaMethod>

namespace headrace::http {

using namespace Qt::StringLiterals;
using Event = wire::MessageParser::Event;

namespace {

bool isInformational(int statusCode)
{
    return statusCode >= 100 && statusCode < 200 && statusCode != 101;
}

QString statusText(const IncomingMessage &response)
{
    return QString::number(response.statusCode()) + u' '
        + QString::fromLatin1(response.statusMessage());
}

} // namespace

ClientConnection::ClientConnection(ClientRequest *request, Transport *transport,
    wire::ParserLimits limits, wire::Lenience lenience)
    : QObject(request)
    , m_request(request)
    , m_transport(transport)
    , m_parser(wire::MessageKind::Response, limits, lenience)
    , m_observer(request->observer())
    , m_life(request->guard())
    , m_connection(transport->id())
{
    transport->setObserver(m_observer, request->exchange(), request->guard());
    transport->setReader(this);
    connect(transport, &Transport::errorOccurred, this, &ClientConnection::onSocketError);
    connect(transport, &Transport::received, this, &ClientConnection::onReceived);
    connect(transport, &Transport::ended, this, &ClientConnection::onPeerEnded);
    connect(transport, &Transport::closed, this, &ClientConnection::onSocketClosed);
    connect(transport, &QObject::destroyed, this,
        &ClientConnection::onSocketClosed); // somebody deleted the socket
    connect(transport, &Transport::drained, this, [this] { m_request->onSocketDrained(); });
    transport->resume();
}

ClientConnection::~ClientConnection()
{
    if (!m_transport || m_released)
        return;
    if (m_observer && m_parsing)
        reportRest();
    m_transport->destroy();
    m_transport->setReader(nullptr);
    reportUnread();
}

bool ClientConnection::hadError() const { return m_hadError; }

Transport *ClientConnection::transport() const { return m_transport; }

// --- reading

void ClientConnection::onReceived(const QByteArray &octets)
{
    if (m_observer) {
        m_readTime = monotonicNow();
        if (!std::exchange(m_firstByteSeen, true))
            m_observer->socketPhase(
                m_request->exchange(), m_transport->id(), SocketPhase::FirstByte, m_readTime);
    }
    m_parser.feed(octets);
    if (parse() && m_response && m_response->isComplete())
        letGo(); // what comes later belongs to nobody
}

bool ClientConnection::parse()
{
    const Lifeline::Watch guard(m_lifeline);
    while (m_parsing && m_transport) {
        const Event event = m_parser.next();
        const MonotonicTime now = m_observer ? monotonicNow() : 0;
        const ExchangeId exchange = m_request->exchange();
        switch (event) {
        case Event::NeedMore:
            if (m_handingOver) {
                handOver({});
                return false;
            }
            return true;
        case Event::Octets:
            if (m_observer)
                m_observer->octets(exchange, m_transport->id(), Direction::Received,
                    m_parser.part(), m_parser.octets(), m_readTime);
            if (m_parser.part() == wire::MessagePart::Body && m_response
                && !m_response->push(m_parser.sharedOctets()) && guard && m_transport)
                m_transport->pause();
            break;
        case Event::Head:
            if (m_observer)
                m_observer->headComplete(exchange, Direction::Received, m_parser.head(), now);
            onHead();
            break;
        case Event::ChunkHeader:
            if (m_observer)
                m_observer->chunkBegan(exchange, Direction::Received, m_parser.chunkHeader(), now);
            break;
        case Event::Trailers:
            if (m_observer)
                m_observer->trailersComplete(
                    exchange, Direction::Received, m_parser.trailers(), now);
            if (m_response)
                m_response->setTrailers(m_parser.trailers());
            break;
        case Event::MessageEnd:
            onMessageEnd();
            break;
        case Event::Tunnel:
            handOver(m_parser.octets().toByteArray());
            return false;
        case Event::Fault:
            reportUnparsed(m_parser.octets(), m_readTime);
            onFault(m_parser.error());
            return false;
        case Event::MessageBegin:
        case Event::ChunkEnd:
            break;
        }
        if (!guard)
            return false;
    }
    return false;
}

void ClientConnection::onHead()
{
    const wire::Head &head = m_parser.head();
    if (m_response) { // a second response to one request
        stopParsing();
        m_transport->destroy();
        return;
    }
    if (isInformational(head.statusCode)) {
        onInformation();
        return;
    }
    const bool keepAlive = head.keepAlive;
    const bool isConnect = m_request->method() == "CONNECT";
    m_handingOver = head.upgradeRequested || isConnect;
    if (m_handingOver)
        m_parser.enterTunnel();
    else if (m_request->method() == "HEAD" || head.statusCode == 304)
        m_parser.skipBody();

    auto *response = new IncomingMessage(m_transport->device(), m_request);
    response->setHead(m_parser.takeHead(), maxFields());
    response->observeWith(m_observer, m_request->exchange());
    response->m_guard = m_request->guard();
    m_response = response;
    m_request->setResponse(response);
    if (m_handingOver) {
        response->m_upgrade = true;
        return;
    }
    if (!keepAlive)
        m_request->m_shouldKeepAlive = false;
    connect(response, &IncomingMessage::ended, this, &ClientConnection::onResponseEnd);
    connect(response, &IncomingMessage::closed, m_request, &ClientRequest::deleteWhenOver);

    static const QMetaMethod responseSignal = QMetaMethod::fromSignal(&ClientRequest::response);
    const QPointer<IncomingMessage> guard(response);
    if (!m_request->isAborted() && m_request->isSignalConnected(responseSignal)) {
        if (m_observer)
            m_request->observe(EventKind::Response, statusText(*response));
        Q_EMIT m_request->response(response);
    } else {
        response->discardRest();
    }
    if (guard && response->statusCode() == 304)
        response->m_complete = true;
}

qsizetype ClientConnection::maxFields() const
{
    const int count = m_request->maxHeadersCount();
    return count < 0 ? DefaultMaxFields : count;
}

void ClientConnection::onInformation()
{
    const wire::Head &head = m_parser.head();
    Information information;
    information.statusCode = head.statusCode;
    information.statusMessage = head.part(head.reason).toByteArray();
    information.httpVersionMajor = head.versionMajor;
    information.httpVersionMinor = head.versionMinor;
    information.httpVersion
        = QByteArray::number(head.versionMajor) + '.' + QByteArray::number(head.versionMinor);
    information.headers = Headers(head.fields, maxFields());
    information.rawHeaders = head.fields.toRawList(maxRawFields(maxFields()));
    const Lifeline::Watch guard(m_lifeline);
    if (head.statusCode == 100) {
        m_request->observe(EventKind::Continue);
        Q_EMIT m_request->continued();
    }
    if (!guard)
        return;
    m_request->observe(EventKind::Information,
        QString::number(information.statusCode) + u' '
            + QString::fromLatin1(information.statusMessage));
    Q_EMIT m_request->information(information);
}

void ClientConnection::onMessageEnd()
{
    if (!m_response)
        return; // of an interim response
    if (m_observer)
        m_observer->messageComplete(m_request->exchange(), Direction::Received, monotonicNow());
    m_response->m_complete = true;
    const Lifeline::Watch guard(m_lifeline);
    m_response->pushEnd();
    if (guard && m_transport)
        m_transport->resume();
}

void ClientConnection::onFault(const Error &error)
{
    m_parsing = false;
    m_transport->destroy();
    fail(error);
}

void ClientConnection::fail(const Error &error)
{
    m_hadError = true;
    m_request->emitError(error);
}

// --- upgrade and CONNECT

void ClientConnection::handOver(const QByteArray &head)
{
    m_handingOver = false;
    m_parsing = false;
    const bool isConnect = m_request->method() == "CONNECT";
    static const QMetaMethod connectSignal
        = QMetaMethod::fromSignal(&ClientRequest::connectRequested);
    static const QMetaMethod upgradeSignal = QMetaMethod::fromSignal(&ClientRequest::upgrade);
    if (!m_request->isSignalConnected(isConnect ? connectSignal : upgradeSignal)) {
        reportUnparsed(head, m_readTime);
        m_response->m_complete = true;
        m_response->observeWith(nullptr, 0); // nobody will ever see it
        connect(m_response, &IncomingMessage::closed, m_request, &ClientRequest::deleteWhenOver);
        m_response->discardRest();
        letGo();
        m_transport->destroy();
        return;
    }
    Transport *transport = m_transport;
    if (m_observer && !head.isEmpty())
        m_observer->octets(m_request->exchange(), transport->id(), Direction::Received,
            wire::MessagePart::Tunnel, head, m_readTime);
    letGoEntirely();
    m_released = true;
    QIODevice *socket = transport->device();
    if (Agent *agent = m_request->agent())
        agent->removeSocketFromAgent(socket);
    transport->handOver(m_request->guard());
    m_response->m_guard.reset(); // the tunnel has it
    m_response->m_complete = true;
    m_response->setParent(socket); // lives as long as the tunnel
    m_request->observe(
        isConnect ? EventKind::Connect : EventKind::Upgrade, statusText(*m_response));
    const QPointer<ClientRequest> guard(m_request);
    if (isConnect)
        Q_EMIT m_request->connectRequested(m_response, socket, head);
    else
        Q_EMIT m_request->upgrade(m_response, socket, head);
    if (!guard)
        return;
    m_request->emitRequestClosed();
    m_request->releaseGuards();
    retireMessage(m_request);
}

// --- the end of the response

void ClientConnection::onResponseEnd()
{
    m_responseEnded = true;
    m_request->stopTimeouts();
    if (!m_request->m_shouldKeepAlive) {
        if (m_transport && m_transport->isWritable())
            m_transport->destroySoon();
    } else if (m_request->writableEnded() && m_response && !m_response->isAborted()) {
        keepAlive();
    }
}

void ClientConnection::onRequestPrefinish()
{
    if (m_request->m_shouldKeepAlive && m_responseEnded)
        keepAlive();
}

void ClientConnection::keepAlive()
{
    if (m_keptAlive || !m_transport)
        return;
    m_keptAlive = true;
    m_request->stopTimeouts();
    letGoEntirely();
    m_request->m_destroyed = true;
    if (m_response) {
        m_response->setDestroyed();
        m_response->m_socket = nullptr;
        m_response->m_transport = nullptr;
    }
    nextTick(m_request, [this] { emitFree(); }); // after the user's 'end' listeners
}

void ClientConnection::emitFree()
{
    const Lifeline::Watch guard(m_lifeline);
    const QPointer<Transport> transport = m_transport;
    const QPointer<ClientRequest> request = m_request;
    m_request->emitRequestClosed();
    if (guard && m_response)
        m_response->close();
    if (transport && request) {
        m_released = true;
        request->releaseGuards();
        if (Agent *agent = request->agent())
            agent->release(transport->device(), request);
        else
            transport->destroy();
        if (request)
            request->detach();
    }
}

void ClientConnection::letGo()
{
    if (!m_transport)
        return;
    disconnect(m_transport, &Transport::received, this, nullptr);
    disconnect(m_transport, &Transport::ended, this, nullptr);
    stopParsing();
}

void ClientConnection::letGoEntirely()
{
    stopParsing();
    disconnect(m_transport, nullptr, this, nullptr);
    disconnect(m_transport, nullptr, m_request, nullptr);
}

/// What comes from now on belongs to nobody, but it does arrive.
void ClientConnection::stopParsing()
{
    if (m_parsing && m_observer)
        reportRest();
    m_parsing = false;
    m_transport->setReader(nullptr);
}

/// What was read and will not be parsed.
void ClientConnection::reportRest()
{
    m_parser.enterTunnel();
    if (m_parser.next() == Event::Tunnel)
        reportUnparsed(m_parser.octets(), m_readTime);
}

void ClientConnection::closedUnread(const QByteArray &unread) { m_unread = unread; }

void ClientConnection::reportUnread()
{
    if (m_observer && !m_unread.isEmpty())
        reportUnparsed(std::exchange(m_unread, {}), monotonicNow());
}

void ClientConnection::reportUnparsed(QByteArrayView octets, MonotonicTime time) const
{
    if (m_observer && !octets.isEmpty())
        m_observer->octets(m_life.expired() ? 0 : m_request->exchange(), m_connection,
            Direction::Received, wire::MessagePart::Unparsed, octets, time);
}

// --- the end of the socket

void ClientConnection::finishParsing()
{
    if (!m_parsing)
        return;
    m_parser.feedEof();
    const Lifeline::Watch guard(m_lifeline);
    const Event event = m_parser.next();
    if (event == Event::MessageEnd)
        onMessageEnd();
    if (guard)
        m_parsing = false;
}

void ClientConnection::onPeerEnded()
{
    const Lifeline::Watch guard(m_lifeline);
    if (!m_response && !m_hadError)
        fail(connectionReset(u"socket hang up"_s));
    if (!guard)
        return;
    finishParsing();
    if (guard && m_transport)
        m_transport->destroy();
}

void ClientConnection::onSocketError(const Error &error)
{
    const Lifeline::Watch guard(m_lifeline);
    fail(error);
    if (!guard)
        return;
    finishParsing();
    if (guard && m_transport) {
        letGo();
        m_transport->destroy();
    }
}

void ClientConnection::onSocketClosed()
{
    if (std::exchange(m_socketClosed, true))
        return;
    reportUnread();
    const Lifeline::Watch guard(m_lifeline);
    const QPointer<IncomingMessage> response = m_response;
    m_request->m_destroyed = true;
    if (response) {
        if (!response->isComplete())
            response->abort();
        if (!guard)
            return;
        m_request->emitRequestClosed();
        if (!guard || !response)
            return;
        if (!response->isAborted() && response->isReadable()) {
            response->closeAtEnd();
            response->pushEnd();
        } else {
            response->close();
        }
    } else {
        if (!m_hadError)
            fail(connectionReset(u"socket hang up"_s));
        if (!guard)
            return;
        m_request->emitRequestClosed();
    }
    if (!guard)
        return;
    m_request->m_pending.clear();
    m_request->releaseGuards();
    finishParsing();
    if (guard)
        m_request->detach();
    if (guard)
        m_request->deleteWhenOver();
}

} // namespace headrace::http
