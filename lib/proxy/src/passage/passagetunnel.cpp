#include "client/clientconnection.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "passage/passage.h"

#include <http/ticks.h>

#include <utility>

namespace headrace::proxy {

using exchange::Direction;
using wire::ErrorCode;
using wire::MessagePart;

void Passage::senderFaulted(Direction direction, Shaping::Fault fault)
{
    const auto self = shared_from_this();
    addEvent(QStringLiteral("fault"), faultText(fault));
    if (fault == Shaping::Fault::Stall)
        return;
    m_record.fail(failure(ErrorCode::Aborted, faultText(fault)));
    giveUpInterceptors({});
    if (direction == Direction::Request && m_origin && m_origin->transport()) {
        m_origin->cut(fault == Shaping::Fault::Reset);
        m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("close"));
    }
    resetClient(fault == Shaping::Fault::Reset);
}

QString Passage::faultText(Shaping::Fault fault)
{
    switch (fault) {
    case Shaping::Fault::None:
        break;
    case Shaping::Fault::Reset:
        return QStringLiteral("Reset, as a rule wants it.");
    case Shaping::Fault::Truncate:
        return QStringLiteral("Cut short, as a rule wants it.");
    case Shaping::Fault::Stall:
        return QStringLiteral("Stalls, as a rule wants it.");
    case Shaping::Fault::MalformedChunk:
        return QStringLiteral("Malformed, as a rule wants it.");
    }
    return {};
}

// --- tunnels

/// The other end of a CONNECT is reached. RFC 9110 section 9.3.6.
void Passage::establish()
{
    const QByteArray octets = QByteArrayLiteral("HTTP/1.1 200 Connection Established\r\n\r\n");
    wire::MessageParser parser(wire::MessageKind::Response);
    parser.feed(octets);
    while (parser.next() != wire::MessageParser::Event::Head) { }
    const http::MonotonicTime now = http::monotonicNow();
    m_record.octets(Direction::Response, MessagePart::Head, octets, now);
    m_record.head(Direction::Response, parser.head(), now);
    m_record.recording().setConnection(m_origin->facts());
    m_client.transport()->writeReported(octets);
    m_isRequestSent = true;
    m_phase = Phase::Tunneling;
    m_origin->setUser(nullptr);
    m_client.enterTunnel(std::move(m_origin), m_route);
}

void Passage::passThrough(std::unique_ptr<OriginConnection> origin, const QByteArray &fromClient,
    const QByteArray &fromOrigin)
{
    m_origin = std::move(origin);
    startTunnel(fromClient, fromOrigin);
}

void Passage::entered()
{
    const auto self = shared_from_this();
    if (m_isOver)
        return;
    giveUpInterceptors({});
    m_isOver = true;
    m_phase = Phase::Over;
    m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("close"));
    m_record.end();
}

void Passage::upgrade()
{
    m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("upgrade"));
    m_client.transport()->writeReported(m_response.head.octets());
    const QByteArray protocol = m_response.head.first("Upgrade").value_or(QByteArray());
    if (m_webSocketFilter && protocol.compare("websocket", Qt::CaseInsensitive) == 0) {
        exchange::Message response;
        response.fields = m_response.head.fields();
        m_webSocket = std::make_unique<WebSocketRelay>(
            response, m_webSocketFilter, [this](Direction direction, const QByteArray &octets) {
                const auto self = shared_from_this();
                m_tunnel->send(direction, octets);
                settleWebSocket(direction);
            });
    }
    MessageReader &from = m_origin->reader();
    from.parser().enterTunnel();
    QByteArray front;
    while (from.next() == MessageReader::Event::Tunnel)
        front += from.parser().octets();
    startTunnel(m_client.takeFront(), front);
}

void Passage::startTunnel(const QByteArray &fromClient, const QByteArray &fromOrigin)
{
    const auto self = shared_from_this();
    m_phase = Phase::Tunneling;
    ++m_client.core().counters.tunnels;
    m_client.core().countersChanged();
    m_client.becomeTunnel();
    m_tunnel = std::make_unique<Tunnel>(
        m_client.transport(), m_origin->lend(),
        [this](Direction direction, const QByteArray &octets) {
            m_record.octets(direction, MessagePart::Tunnel, octets, http::monotonicNow());
        },
        webSocketFilter());
    QObject::connect(m_tunnel.get(), &Tunnel::ended, m_tunnel.get(),
        [this](const http::Error &error) { tunnelEnded(error); });
    m_tunnel->start(fromClient, fromOrigin);
}

Tunnel::Filter Passage::webSocketFilter()
{
    if (!m_webSocket)
        return {};
    return [this](Direction direction, const QByteArray &octets) {
        const QByteArray passed = m_webSocket->pass(direction, octets);
        settleWebSocket(direction);
        return passed;
    };
}

void Passage::settleWebSocket(Direction direction)
{
    if (m_isOver)
        return;
    if (!m_webSocket->isBroken()) {
        m_tunnel->hold(direction, m_webSocket->isBusy(direction));
        return;
    }
    http::nextTick(m_tunnel.get(), [this] {
        m_tunnel->close();
        tunnelEnded(failure(ErrorCode::ProtocolFailure,
            QStringLiteral("A message of the WebSocket is none, or too long to be given to a "
                           "script.")));
    });
}

void Passage::tunnelEnded(const http::Error &error)
{
    const auto self = shared_from_this();
    if (m_isOver)
        return;
    if (error)
        m_record.fail(error);
    giveUpInterceptors({});
    m_isOver = true;
    m_phase = Phase::Over;
    --m_client.core().counters.tunnels;
    m_client.core().countersChanged();
    m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("close"));
    m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("close"));
    releaseOrigin(false);
    m_record.end();
    m_client.passageEnded(false);
}

} // namespace headrace::proxy
