#pragma once

#include "filter/scanner.h"

namespace headrace::exchange::language {

/// The sign between a field and its value.
enum class Relation
{
    Colon,
    Equals,
    NotEquals,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches
};

inline bool isOrder(Relation relation)
{
    return relation >= Relation::Less && relation <= Relation::GreaterOrEqual;
}

/// Takes the sign at the position, and space behind it where it may have some. \a isApart: there is space
/// before it, which not every sign may have.
std::optional<Relation> takeRelation(Scanner &scanner, bool isApart);

/// Keeps the error that nothing follows \a written, and answers All.
Filter failMissing(Scanner &scanner, const QString &written);

} // namespace headrace::exchange::language
