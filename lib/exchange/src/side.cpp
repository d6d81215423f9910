#include "exchange/side.h"

#include <algorithm>

namespace headrace::exchange {

Side sideOf(const Exchange &exchange)
{
    if (exchange.summary.source == Source::Proxy)
        return Side::Proxy;
    const auto emits = [&exchange](QStringView one, QStringView other) {
        return std::any_of(exchange.events.cbegin(), exchange.events.cend(),
            [&](const Event &event) { return event.object == one || event.object == other; });
    };
    if (emits(u"Server", u"ServerResponse"))
        return Side::Server;
    const bool isServed = exchange.summary.source == Source::Mock;
    return isServed && !emits(u"ClientRequest", u"Agent") ? Side::Server : Side::Client;
}

Direction incomingOf(Side side, bool hasResponse)
{
    const bool isResponse = side == Side::Client || (side == Side::Proxy && hasResponse);
    return isResponse ? Direction::Response : Direction::Request;
}

} // namespace headrace::exchange
