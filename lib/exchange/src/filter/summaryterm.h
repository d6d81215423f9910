#pragma once

#include "exchange/exchange.h"
#include "filter/texttest.h"

namespace headrace::exchange {

/// Whether \a summary is what \a term asks for. \a term: FilterCost::Summary; \a test: of it.
bool matchesSummary(const FilterTerm &term, const TextTest &test, const Summary &summary);

} // namespace headrace::exchange
