#pragma once

#include "exchange/wirespan.h"

#include <QByteArray>
#include <QList>

namespace headrace::exchange {

/// One read or one write of the socket.
struct Transfer
{
    qint64 time = 0; ///< Microseconds from Exchange::began.
    WireSpan span; ///< What passed.
    quint32 parts = 0; ///< Bit n: octets of the Part of value n were among it.

    bool operator==(const Transfer &) const = default;
};

/** All reads and writes of both directions in order of time, as far as their octets are here: octets of one
    direction that have one time are one. Of the same time, the request's are first. Thread: any. */
QList<Transfer> transfersOf(const Exchange &exchange);

/// Octets of that direction that are here. Unit: octets.
qint64 octetCount(const Exchange &exchange, Direction direction);

/// What these octets are, \a atMost from the first; as far as they are here.
QByteArray octetsOf(const Exchange &exchange, const WireSpan &span, qint64 atMost);

} // namespace headrace::exchange
