#include "http/clock.h"

#include <chrono>

namespace headrace::http {

MonotonicTime monotonicNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace headrace::http
