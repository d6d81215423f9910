#pragma once

#include "jsc.h"

#include <QtGlobal>

#include <cstddef>

namespace headrace::script {

/** Holds JavaScriptCore's lock of a context group for the thread that makes it. The C API takes and gives back
    the lock in every call, and runs all promise jobs whenever it gives it back; Node runs them after the ticks.
    So the lock is kept, and the jobs are run by drainJobs(). A call into the API is also cheaper by a third.

    The C API has no words for this: the two functions of the engine's own C++ that are needed are looked up
    by their exported names. Where they are missing (isExact() is false) scripts run all the same, with
    promise jobs before the ticks.
    Thread: the engine's. */
class EngineLock
{
public:
    explicit EngineLock(JSContextGroupRef group);
    ~EngineLock();
    Q_DISABLE_COPY_MOVE(EngineLock)

    bool isExact() const { return m_held; }

    void drainJobs(); ///< Runs the promise jobs, and those that they queue.

private:
    JSContextGroupRef m_group;
    alignas(std::max_align_t) std::byte m_holder[64]; ///< A JSC::JSLockHolder: one pointer today.
    bool m_held = false;
};

} // namespace headrace::script
