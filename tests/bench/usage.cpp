#include "usage.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

namespace usage {

namespace {

Microseconds toMicroseconds(const timeval &time)
{
    return std::chrono::seconds(time.tv_sec) + Microseconds(time.tv_usec);
}

rusage own()
{
    rusage used {};
    getrusage(RUSAGE_SELF, &used);
    return used;
}

} // namespace

Microseconds cpuTime()
{
    const rusage used = own();
    return toMicroseconds(used.ru_utime) + toMicroseconds(used.ru_stime);
}

long long residentOctets()
{
    long long total = 0;
    long long resident = 0;
    if (FILE *file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%lld %lld", &total, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return resident * sysconf(_SC_PAGESIZE);
}

long long peakOctets() { return own().ru_maxrss * 1024LL; }

} // namespace usage
