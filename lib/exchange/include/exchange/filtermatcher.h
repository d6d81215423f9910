#pragma once

#include "exchange/filter.h"
#include "exchange/filtersubject.h"

#include <memory>

namespace headrace::exchange {

/** Answers whether exchanges match a filter. Made once for a filter, as it compiles its expressions; cheap to
    copy. Of what is joined by and, or, the terms that need least are tried first, whatever their order.
    A regular expression that gives up at its bound of steps is not found. Texts of the wire are UTF-8 where
    that is valid, else ISO 8859-1; bodies as their byte order mark or charset says first.
    Bodies are read piece by piece, without their content codings (one that is not known leaves a body as it
    is), and searched as exchange::OctetSearch does; a pair of pieces and what that keeps is in memory.
    Thread: any, several at once. */
class FilterMatcher
{
public:
    explicit FilterMatcher(const Filter &filter = {});

    bool matches(FilterSubject &subject) const;
    bool matches(const Exchange &exchange) const;

private:
    class Node;

    std::shared_ptr<const Node> m_root;
};

} // namespace headrace::exchange
