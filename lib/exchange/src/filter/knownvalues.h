#pragma once

#include "exchange/filtercompletion.h"
#include "filter/cursorplace.h"

namespace headrace::exchange::language {

/// A value that is worth offering.
struct KnownValue
{
    QString text;
    QString hint;
};

/// What the value at \a place may be, in a sensible order.
QList<KnownValue> knownValues(const CursorPlace &place, const FilterValues &values);

/// Names of header fields.
QList<KnownValue> knownFieldLines(const FilterValues &values);

} // namespace headrace::exchange::language
