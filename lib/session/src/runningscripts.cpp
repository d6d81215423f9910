#include "runningscripts_p.h"

#include <script/runtime.h>

namespace headrace::session {

void RunningScripts::add(script::Runtime *runtime)
{
    const QMutexLocker lock(&m_mutex);
    m_runtimes.insert(runtime);
}

void RunningScripts::remove(script::Runtime *runtime)
{
    const QMutexLocker lock(&m_mutex);
    m_runtimes.remove(runtime);
}

// Under the lock, so that none is deleted meanwhile.
void RunningScripts::interruptAll()
{
    const QMutexLocker lock(&m_mutex);
    for (script::Runtime *runtime : m_runtimes)
        runtime->interrupt();
}

} // namespace headrace::session
