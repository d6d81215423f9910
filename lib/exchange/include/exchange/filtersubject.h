#pragma once

#include "exchange/exchange.h"

#include <functional>

namespace headrace::exchange {

/** What a filter is matched against. Each part is asked for only when a term needs it, from the cheap to the
    dear, so an implementation may read it then. What it answers stays until the next subject. */
class FilterSubject
{
public:
    virtual ~FilterSubject() = default;

    /// The row. Default: that of exchange().
    virtual const Summary &summary() { return exchange().summary; }

    /// Summary, heads, trailers, events, connections and changes; octets need not be there.
    virtual const Exchange &exchange() = 0;

    /// Start line and fields of a message; the rest need not be there. \a message: -1 the request, 0 the final
    /// response. Default: that of exchange().
    virtual const Message &head(int message)
    {
        return message < 0 ? exchange().request : exchange().response;
    }

    /// Gives the raw octets of a message piece by piece in order, until \a take says false. A piece may be
    /// borrowed (QByteArray::fromRawData()): it is there until \a take returns. \a message: as head().
    virtual void readOctets(int message, const std::function<bool(const Octets &)> &take) = 0;
};

} // namespace headrace::exchange
