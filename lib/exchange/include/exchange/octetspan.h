#pragma once

#include <QtGlobal>

namespace headrace::exchange {

/// A run of octets in a body or another stream. Unit: octets.
struct OctetSpan
{
    qint64 begin = 0;
    qint64 end = 0; ///< One past the last.

    bool operator==(const OctetSpan &) const = default;
};

} // namespace headrace::exchange
