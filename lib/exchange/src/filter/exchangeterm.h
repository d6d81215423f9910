#pragma once

#include "exchange/exchange.h"
#include "filter/texttest.h"

namespace headrace::exchange {

/// Whether heads, trailers, events, connections or changes are what a term of FilterCost::Exchange asks for.
/// Thread: any, several at once.
class ExchangeTerm
{
public:
    explicit ExchangeTerm(const FilterTerm &term);

    bool matches(const Exchange &exchange, const TextTest &test) const;

private:
    bool hasField(const FieldList &fields, const TextTest &test) const;
    bool isNamed(const QByteArray &name) const;

    FilterField m_field;
    FilterCompare m_compare;
    QByteArray m_name;
    QRegularExpression m_nameExpression; ///< For a name with wildcards.
};

} // namespace headrace::exchange
