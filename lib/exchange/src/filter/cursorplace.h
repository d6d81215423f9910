#pragma once

#include "filter/grammar.h"
#include "filter/relation.h"

namespace headrace::exchange::language {

/// What stands where the cursor is in a filter that may not be complete.
struct CursorPlace
{
    enum class Kind
    {
        Nothing, ///< Text of which nothing is known.
        Condition, ///< A word where a condition begins; maybe empty.
        Operator, ///< '~' and maybe letters.
        Value, ///< Of a field or an operator.
        FieldLineName, ///< Name of a header field.
    };

    Kind kind = Kind::Nothing;
    const FieldName *field
        = nullptr; ///< Of a value; for an operator the field it looks at, or null.
    const OperatorName *operatorName = nullptr; ///< Of a value, if it is an operator's.
    Relation relation = Relation::Colon;
    qsizetype from = 0; ///< Where the word begins.
    QString written; ///< The word up to the cursor, without quote.
};

/// \a text: up to the cursor.
CursorPlace cursorPlace(QStringView text);

} // namespace headrace::exchange::language
