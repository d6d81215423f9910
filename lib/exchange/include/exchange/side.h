#pragma once

#include "exchange/exchange.h"

namespace headrace::exchange {

/// Who an object belongs to.
enum class Side
{
    Client,
    Proxy,
    Server
};

/** The side that recorded an exchange, and whose objects its events come from: the proxy by
    Summary::source, else a server when a Server or a ServerResponse emitted an event, or octets came to a mock
    without any. Its peers are known by their octets only. */
Side sideOf(const Exchange &exchange);

/** The direction of the message that an 'IncomingMessage' of \a side is. A proxy has one of both: the request
    until \a hasResponse ("a 'response' was emitted"), then the response. */
Direction incomingOf(Side side, bool hasResponse);

} // namespace headrace::exchange
