#pragma once

#include <wire/error.h>

namespace headrace::http {

using wire::Error;
using wire::ErrorCode;

} // namespace headrace::http
