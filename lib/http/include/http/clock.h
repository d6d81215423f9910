#pragma once

#include <QtGlobal>

namespace headrace::http {

/// A point of the process-wide monotonic clock. Unit: nanoseconds from an arbitrary start.
using MonotonicTime = qint64;

/// Now. Thread: any.
MonotonicTime monotonicNow();

} // namespace headrace::http
