#pragma once

#include "filter/grammar.h"
#include "filter/relation.h"

namespace headrace::exchange::language {

/** What follows the sign behind a field of numbers: a number, a range, a list of them, each maybe with a
    sign of its own. \a who stands in messages; \a now is what times of day refer to. */
Filter readNumberTerms(Scanner &scanner, const FieldName &field, Relation relation,
    const QString &written, const QString &who, const QDateTime &now);

} // namespace headrace::exchange::language
