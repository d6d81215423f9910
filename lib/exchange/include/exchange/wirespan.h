#pragma once

#include "exchange/exchange.h"

#include <optional>

namespace headrace::exchange {

/** Octets of one direction of an exchange, counted from the first that passed: those of the request, or
    those of the interim responses and the response in their order. Unit: octets. */
struct WireSpan
{
    Direction direction = Direction::Request;
    qint64 begin = 0;
    qint64 end = 0; ///< One past the last.

    bool operator==(const WireSpan &) const = default;
};

} // namespace headrace::exchange
