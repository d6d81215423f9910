#pragma once

#include "wire/errorcode.h"

namespace headrace::wire {

/// Why a reader refuses an octet. The reason is static text.
struct ParserFault
{
    ErrorCode code = ErrorCode::None;
    QLatin1StringView reason;
};

/// What a reader that looks at octets says after each look.
enum class ReadOutcome
{
    NeedMore,
    Complete,
    Fault
};

} // namespace headrace::wire
