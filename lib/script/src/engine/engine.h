#pragma once

#include "enginelock.h"

#include <atomic>
#include <memory>
#include <vector>

namespace headrace::script {

class Context;

/** JavaScriptCore for one thread: the context group of all its contexts, its lock and its promise jobs, which
    run whenever the ticks of lib/http have run. Made with the first context of a thread, gone with the last. */
class Engine
{
public:
    static std::shared_ptr<Engine> forThread();

    explicit Engine();
    ~Engine();
    Q_DISABLE_COPY_MOVE(Engine)

    JSContextGroupRef group() const { return m_group; }

    /// Scripts can be ended by interrupt() from now on. It costs every entry into the engine a look at the clock.
    void allowInterrupts();

    void interrupt(); ///< Ends the script that runs now. Thread: any.
    void forgetInterrupt(); ///< What is called next runs.
    bool isInterrupted() const { return m_interrupted; }

    void add(Context *context);
    void remove(Context *context);

private:
    void afterTicks();

    JSContextGroupRef m_group;
    std::unique_ptr<EngineLock> m_lock;
    std::vector<Context *> m_contexts;
    std::atomic<bool> m_interrupted = false;
    bool m_allowsInterrupts = false;
};

} // namespace headrace::script
