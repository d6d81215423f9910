#include "requestreader.h"

#include "exchangeguard.h"
#include "http/transport.h"

#include <utility>

namespace headrace::http {

RequestReader::RequestReader(
    wire::MessageParser parser, Transport *transport, Observer *observer, bool isSecure)
    : m_parser(std::move(parser))
    , m_transport(transport)
    , m_observer(observer)
    , m_connection(transport->id())
    , m_isSecure(isSecure)
{
}

void RequestReader::feed(const QByteArray &octets)
{
    if (m_observer)
        m_readTime = monotonicNow();
    m_parser.feed(octets);
}

RequestReader::Event RequestReader::next()
{
    const Event event = m_parser.next();
    if (m_observer && m_transport)
        report(event);
    return event;
}

RequestReader::Event RequestReader::nextAtEnd()
{
    m_parser.feedEof();
    if (m_observer && m_transport && !m_emptyLines.isEmpty())
        beginExchange(); // it will never be more
    return next();
}

void RequestReader::report(Event event)
{
    const MonotonicTime now = monotonicNow();
    switch (event) {
    case Event::MessageBegin:
        if (!m_guard) // it began with the empty lines before
            beginExchange();
        break;
    case Event::Octets:
        if (m_guard || m_parser.isInMessage())
            reportOctets(m_parser.part(), m_parser.octets());
        else
            keepEmptyLines();
        break;
    case Event::Head:
        m_observer->headComplete(m_exchange, Direction::Received, m_parser.head(), now);
        break;
    case Event::ChunkHeader:
        m_observer->chunkBegan(m_exchange, Direction::Received, m_parser.chunkHeader(), now);
        break;
    case Event::Trailers:
        m_observer->trailersComplete(m_exchange, Direction::Received, m_parser.trailers(), now);
        break;
    case Event::MessageEnd:
        m_observer->messageComplete(m_exchange, Direction::Received, now);
        break;
    case Event::Fault:
        reportOctets(wire::MessagePart::Unparsed, m_parser.octets());
        break;
    case Event::NeedMore:
    case Event::ChunkEnd:
    case Event::Tunnel:
        break;
    }
}

/// What belongs to no request is an exchange of its own.
void RequestReader::reportOctets(wire::MessagePart part, QByteArrayView octets)
{
    if (octets.isEmpty())
        return;
    if (!m_guard)
        beginExchange();
    m_observer->octets(m_exchange, m_connection, Direction::Received, part, octets, m_readTime);
}

void RequestReader::keepEmptyLines()
{
    m_emptyLines += m_parser.octets();
    if (m_emptyLines.size() > MaxEmptyLines)
        beginExchange();
}

void RequestReader::reportLast(wire::MessagePart part, const QByteArray &octets)
{
    if (!m_observer || !m_transport)
        return;
    m_observer->messageComplete(m_exchange, Direction::Received, monotonicNow());
    reportOctets(part, octets);
}

void RequestReader::reportRest()
{
    if (!m_observer)
        return;
    if (!m_emptyLines.isEmpty())
        beginExchange();
    m_parser.enterTunnel();
    if (m_parser.next() == Event::Tunnel)
        reportOctets(wire::MessagePart::Unparsed, m_parser.octets());
    m_readTime = monotonicNow();
    reportOctets(wire::MessagePart::Unparsed, std::exchange(m_unread, {}));
}

void RequestReader::beginExchange()
{
    m_exchange = nextExchangeId();
    m_guard = ExchangeGuard::make(m_observer, m_exchange);
    ConnectionInfo info;
    info.connection = m_connection;
    if (m_transport)
        info = m_transport->connectionInfo();
    ExchangeStart start;
    start.exchange = m_exchange;
    start.connection = info.connection;
    start.isClient = false;
    start.isSecure = m_isSecure;
    start.host = info.localAddress;
    start.port = info.localPort;
    start.time = m_readTime;
    m_observer->exchangeBegan(start);
    if (m_transport && !m_transport->isDestroyed())
        m_observer->socketAssigned(m_exchange, info, start.time);
    m_observer->socketPhase(m_exchange, m_connection, SocketPhase::FirstByte, start.time);
    if (m_transport)
        m_transport->setObserver(m_observer, m_exchange, m_guard);
    if (!m_emptyLines.isEmpty())
        m_observer->octets(m_exchange, m_connection, Direction::Received, wire::MessagePart::Head,
            std::exchange(m_emptyLines, {}), start.time);
}

} // namespace headrace::http
