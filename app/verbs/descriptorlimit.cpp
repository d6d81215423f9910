#include "verbs/descriptorlimit.h"

#include <sys/resource.h>

namespace headrace::app {

void raiseDescriptorLimit()
{
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit); // else it stays as it was
}

} // namespace headrace::app
