#pragma once

#include "exchange/filter.h"
#include "filter/grammar.h"

#include <variant>

namespace headrace::exchange::language {

/// Numbers from first to last, both included, in the field's unit; last below first is none.
struct NumberRange
{
    qint64 first = 0;
    qint64 last = 0;
};

/** What \a word says: a number with or without unit, a class of codes (4xx), or a moment. One range of one
    number; wider where the word says less (a minute, a class). Else the reason why it says nothing, as a
    sentence without full stop that begins with what \a who wants. */
std::variant<NumberRange, QString> readNumber(
    QStringView word, ValueKind kind, const QString &who, const QDateTime &now);

/// \a number in the largest unit that holds it exactly, as readNumber() reads it.
QString numberText(qint64 number, ValueKind kind);

} // namespace headrace::exchange::language
