#pragma once

#include <span>

namespace headrace::exchange {

/// A row of the table of fields. UTF-8.
struct KnownField
{
    const char *name;
    const char *sentence;
    const char *source; ///< May be empty.
    bool isForbiddenInTrailers;
};

/// In order of name, letters compared as small ones.
std::span<const KnownField> knownFields();

} // namespace headrace::exchange
