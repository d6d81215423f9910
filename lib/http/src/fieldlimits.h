#pragma once

#include <QtGlobal>

namespace headrace::http {

/// Fields of a message that are seen when nobody says otherwise. The documented 2000 counts names and values.
inline constexpr qsizetype DefaultMaxFields = 1000;

/// Fields in rawHeaders and rawTrailers when \a maxFields are seen in headers; 0 is no limit of either.
/// Source: the reference takes fields in batches of 31 and looks at the limit before each.
constexpr qsizetype maxRawFields(qsizetype maxFields)
{
    constexpr qsizetype Batch = 31;
    return (maxFields + Batch - 1) / Batch * Batch;
}

} // namespace headrace::http
