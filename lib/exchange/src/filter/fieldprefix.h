#pragma once

#include "filter/grammar.h"
#include "filter/relation.h"

namespace headrace::exchange::language {

/// A name and the sign behind it.
struct FieldPrefix
{
    const FieldName *field = nullptr; ///< Null if no field has this name.
    Relation relation = Relation::Colon;
    QStringView name;
    qsizetype position = 0;
    QString written; ///< "status>="
};

/// Takes a name and a sign at the position; without both the position stays.
std::optional<FieldPrefix> takeFieldPrefix(Scanner &scanner);

} // namespace headrace::exchange::language
