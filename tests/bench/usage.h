#pragma once

#include <chrono>

/// What this process has used so far, as the operating system counts it.
namespace usage {

using Microseconds = std::chrono::microseconds;

Microseconds cpuTime(); ///< Of all threads, user and system.
long long residentOctets(); ///< Now.
long long peakOctets(); ///< The most that ever was resident.

} // namespace usage
