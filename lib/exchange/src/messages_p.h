#pragma once

#include "exchange/exchange.h"

namespace headrace::exchange {

/// Calls \a visit with each message of that direction, in the order of their octets.
template <typename Visitor>
void visitMessages(const Exchange &exchange, Direction direction, Visitor visit)
{
    if (direction == Direction::Request) {
        visit(exchange.request);
        return;
    }
    for (const Message &message : exchange.interim)
        visit(message);
    visit(exchange.response);
}

} // namespace headrace::exchange
