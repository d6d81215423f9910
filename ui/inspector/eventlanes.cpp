#include "inspector/eventlanes.h"

#include "inspector/exchangefacts.h"

#include <QCoreApplication>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::Exchange;
using exchange::Side;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("EventLanes", text); }

/// From the program to the wire; the wire is next to the peer.
QStringList orderOf(Side side)
{
    QStringList order { QStringLiteral("ClientRequest"), QStringLiteral("IncomingMessage"),
        QStringLiteral("Agent"), QStringLiteral("Socket"), QStringLiteral("Wire") };
    if (side == Side::Client)
        return order;
    if (side == Side::Server)
        return { QStringLiteral("Wire"), QStringLiteral("Socket"), QStringLiteral("Server"),
            QStringLiteral("IncomingMessage"), QStringLiteral("ServerResponse") };
    // The socket is that to the origin.
    return QStringList { QStringLiteral("Server"), QStringLiteral("ServerResponse"),
        QStringLiteral("Proxy") }
    + order;
}

QStringList objectsOf(const Exchange &exchange)
{
    QStringList objects { QStringLiteral("Socket") };
    QSet<QString> known(objects.cbegin(), objects.cend());
    for (const exchange::Event &event : exchange.events) {
        if (known.size() >= EventLanes::MaxObjects || known.contains(event.object))
            continue;
        known.insert(event.object);
        objects += event.object;
    }
    return objects;
}

QString peerTitle(const Exchange &exchange, Side own, Side peer)
{
    if (own != Side::Proxy || peer == Side::Server)
        return endpointOf(exchange.connection.peerAddress, exchange.connection.peerPort);
    return exchange.client ? endpointOf(exchange.client->peerAddress, exchange.client->peerPort)
                           : QString();
}

/// It has served the request, but no answer came from the origin.
bool isAnsweredByProxy(const Exchange &exchange)
{
    bool isServed = false;
    for (const exchange::Event &event : exchange.events) {
        isServed = isServed || event.object == u"Server" || event.object == u"ServerResponse";
        if (event.object == u"ClientRequest"
            && (event.name == u"response" || event.name == u"upgrade" || event.name == u"connect"))
            return false;
    }
    return isServed;
}

} // namespace

EventLanes::EventLanes(const Exchange &exchange)
    : m_side(exchange::sideOf(exchange))
    , m_isAnsweredHere(m_side == Side::Proxy && isAnsweredByProxy(exchange))
{
    if (m_side != Side::Client)
        addPeer(Side::Client, exchange);
    addObjects(objectsOf(exchange));
    if (m_side != Side::Server)
        addPeer(Side::Server, exchange);
}

void EventLanes::addPeer(Side side, const Exchange &exchange)
{
    QString title = peerTitle(exchange, m_side, side);
    if (title.isEmpty())
        title = side == Side::Server && !exchange.summary.host.isEmpty() ? exchange.summary.host
                                                                         : tr("peer");
    m_lanes.append({ side, {}, title, true });
}

void EventLanes::addObjects(const QStringList &objects)
{
    const QStringList order = orderOf(m_side);
    const auto add = [this](const QString &object) {
        m_lanes.append({ m_side, object, object, false });
    };
    QStringList others;
    for (const QString &object : objects) {
        if (!order.contains(object))
            others += object;
    }
    // What is not known stands where the program is: farthest from the wire.
    if (m_side == Side::Client)
        std::for_each(others.cbegin(), others.cend(), add);
    for (const QString &object : order) {
        if (objects.contains(object))
            add(object);
    }
    if (m_side != Side::Client)
        std::for_each(others.cbegin(), others.cend(), add);
}

int EventLanes::laneOf(const QString &object) const
{
    int last = 0;
    for (int i = 0; i < m_lanes.size(); ++i) {
        if (m_lanes.at(i).isPeer)
            continue;
        if (m_lanes.at(i).object == object)
            return i;
        last = i;
    }
    return last;
}

bool EventLanes::isOfClient(Direction direction, bool isTunnel) const
{
    if (m_side != Side::Proxy)
        return m_side == Side::Server;
    return direction == Direction::Request || (m_isAnsweredHere && !isTunnel);
}

int EventLanes::peerLane(Direction direction, bool isTunnel) const
{
    return isOfClient(direction, isTunnel) || m_lanes.isEmpty() ? 0 : int(m_lanes.size()) - 1;
}

int EventLanes::octetLane(Direction direction, bool isTunnel) const
{
    // Nothing but a server tells of the connection to the client.
    const bool isServed = m_side == Side::Proxy && isOfClient(direction, isTunnel);
    return isServed ? std::min(1, int(m_lanes.size()) - 1) : laneOf(QStringLiteral("Socket"));
}

bool EventLanes::isSent(Direction direction, bool isTunnel) const
{
    if (m_side == Side::Proxy)
        return direction == Direction::Response && isOfClient(direction, isTunnel);
    return (direction == Direction::Request) == (m_side == Side::Client);
}

} // namespace headrace::ui
