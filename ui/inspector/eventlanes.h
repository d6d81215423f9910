#pragma once

#include <exchange/side.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/// One vertical line of the chart: an object, or the peer at the other end of the connection.
struct EventLane
{
    exchange::Side side = exchange::Side::Client;
    QString
        object; ///< As events have it; empty for a peer and for all that have no lane of their own.
    QString title;
    bool isPeer = false; ///< Only its octets are known.

    bool operator==(const EventLane &) const = default;
};

/** The lanes of an exchange from left to right: client, proxy, server, and within a side from the program to
    the wire. An object has a lane when it emitted an event; the socket's is always there. */
class EventLanes
{
public:
    /// More objects share the last lane: a file may hold any number of them.
    static constexpr int MaxObjects = 12;

    EventLanes() = default;
    explicit EventLanes(const exchange::Exchange &exchange);

    const QList<EventLane> &lanes() const { return m_lanes; }

    int laneOf(const QString &object) const;

    /// Where recorded octets came from or went to. A proxy records what it receives: of its client the request, of the
    /// origin the response, unless it made that itself. \a isTunnel: octets behind the heads, which it never makes.
    int peerLane(exchange::Direction direction, bool isTunnel) const;

    /// At this side's end of them.
    int octetLane(exchange::Direction direction, bool isTunnel) const;

    exchange::Side ownSide() const { return m_side; } ///< Of the objects.

    /// Whether octets of that direction were written, not read.
    bool isSent(exchange::Direction direction, bool isTunnel) const;

private:
    void addPeer(exchange::Side side, const exchange::Exchange &exchange);
    void addObjects(const QStringList &objects);
    bool isOfClient(exchange::Direction direction, bool isTunnel) const;

    exchange::Side m_side = exchange::Side::Client;
    bool m_isAnsweredHere = false; ///< By the proxy.
    QList<EventLane> m_lanes;
};

} // namespace headrace::ui
