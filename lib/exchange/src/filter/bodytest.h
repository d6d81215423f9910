#pragma once

#include "exchange/filter.h"
#include "exchange/filtersubject.h"
#include "exchange/octetsearch.h"

namespace headrace::exchange {

/// Whether a body is what a term of FilterCost::Body asks for. Thread: any, several at once.
class BodyTest
{
public:
    explicit BodyTest(const FilterTerm &term);

    /// \a message: as FilterSubject::readOctets().
    bool matches(FilterSubject &subject, int message) const;

private:
    FilterTerm m_term;
    OctetSearch m_search; // copied for each body
};

} // namespace headrace::exchange
