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
    , m_isSecure(isSecure)
{
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
    return m_parser.next();
}

void RequestReader::report(Event event)
{
    const MonotonicTime now = monotonicNow();
    switch (event) {
    case Event::MessageBegin:
        beginExchange();
        break;
    case Event::Octets:
        m_observer->octets(m_exchange, m_transport->id(), Direction::Received, m_parser.part(),
            m_parser.octets(), now);
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
        if (!m_parser.octets().isEmpty())
            m_observer->octets(m_exchange, m_transport->id(), Direction::Received,
                wire::MessagePart::Unparsed, m_parser.octets(), now);
        break;
    case Event::NeedMore:
    case Event::ChunkEnd:
    case Event::Tunnel:
        break;
    }
}

void RequestReader::reportTunnelled(const QByteArray &octets)
{
    if (m_observer && m_transport && !octets.isEmpty())
        m_observer->octets(m_exchange, m_transport->id(), Direction::Received,
            wire::MessagePart::Tunnel, octets, monotonicNow());
}

void RequestReader::beginExchange()
{
    m_exchange = nextExchangeId();
    m_guard = ExchangeGuard::make(m_observer, m_exchange);
    const ConnectionInfo info = m_transport->connectionInfo();
    ExchangeStart start;
    start.exchange = m_exchange;
    start.connection = info.connection;
    start.isClient = false;
    start.isSecure = m_isSecure;
    start.host = info.localAddress;
    start.port = info.localPort;
    start.time = monotonicNow();
    m_observer->exchangeBegan(start);
    m_observer->socketAssigned(m_exchange, info, start.time);
    m_observer->socketPhase(m_exchange, m_transport->id(), SocketPhase::FirstByte, start.time);
    m_transport->setObserver(m_observer, m_exchange);
}

} // namespace headrace::http
