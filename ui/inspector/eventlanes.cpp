#include "inspector/eventlanes.h"

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
    order = { QStringLiteral("Wire"), QStringLiteral("Socket"), QStringLiteral("Server"),
        QStringLiteral("IncomingMessage"), QStringLiteral("ServerResponse") };
    if (side == Side::Proxy)
        order += { QStringLiteral("ClientRequest"), QStringLiteral("Agent") };
    return order;
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

QString peerTitle(const Exchange &exchange)
{
    const exchange::Connection &connection = exchange.connection;
    if (connection.peerAddress.isEmpty())
        return {};
    const bool isV6 = connection.peerAddress.contains(u':');
    return (isV6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(connection.peerAddress)
        .arg(connection.peerPort);
}

} // namespace

EventLanes::EventLanes(const Exchange &exchange)
    : m_side(exchange::sideOf(exchange))
{
    if (m_side != Side::Client)
        addPeer(Side::Client, exchange);
    addObjects(objectsOf(exchange));
    if (m_side != Side::Server)
        addPeer(Side::Server, exchange);
}

void EventLanes::addPeer(Side side, const Exchange &exchange)
{
    // The recorded connection of a proxy is that of its client.
    const bool isKnown = m_side != Side::Proxy || side == Side::Client;
    QString title = isKnown ? peerTitle(exchange) : exchange.summary.host;
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

int EventLanes::peerLane() const
{
    if (m_lanes.isEmpty())
        return 0;
    return m_side == Side::Client ? int(m_lanes.size()) - 1 : 0;
}

bool EventLanes::isSent(Direction direction) const
{
    return (direction == Direction::Request) == (m_side == Side::Client);
}

} // namespace headrace::ui
