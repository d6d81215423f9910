#pragma once

#include <exchange/exchange.h>

namespace headrace::formats {

class JsonValue;

/// The `timings` of an entry. Unit: microseconds; -1 does not apply.
struct HarTimings
{
    qint64 blocked = -1;
    qint64 dns = -1;
    qint64 connect = -1; ///< With ssl.
    qint64 ssl = -1;
    qint64 send = 0;
    qint64 wait = 0;
    qint64 receive = 0;

    qint64 total() const; ///< Of those that apply; ssl counts in connect.
};

/// \a duration: -1 while it is not over.
HarTimings harTimings(const exchange::Timings &timings, qint64 duration);

/// The same read from a file in which they are milliseconds, with fractions.
HarTimings harTimings(const JsonValue &value);

/// When each phase was, if they followed one another.
exchange::Timings timingsOf(const HarTimings &timings);

} // namespace headrace::formats
