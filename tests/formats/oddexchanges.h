#pragma once

#include <exchange/exchange.h>

namespace headrace::formats {

/// A message of a head and, unless it is empty, a body in one piece.
exchange::Message madeMessage(
    const QByteArray &startLine, const exchange::FieldList &fields, const QByteArray &body);

/// A GET that was answered with a text.
exchange::Exchange plainExchange();

struct NamedExchange
{
    QByteArray name;
    exchange::Exchange exchange;
};

/// Exchanges with everything that files are likely to lose, one oddity each.
QList<NamedExchange> oddExchanges();

} // namespace headrace::formats
