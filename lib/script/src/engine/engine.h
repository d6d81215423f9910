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

    /// Ends the script that runs now; nothing happens when none does. Thread: any.
    void interrupt();

    /// The last exception was an interrupt(). Once.
    bool takeInterrupted();

    /// JavaScript runs while one of these lives.
    class Running
    {
    public:
        explicit Running(Engine &engine)
            : m_engine(engine)
        {
            m_engine.m_running.fetch_add(1, std::memory_order_relaxed);
        }

        ~Running()
        {
            if (m_engine.m_running.fetch_sub(1, std::memory_order_relaxed) == 1)
                m_engine.m_interruptWanted = false;
        }

        Q_DISABLE_COPY_MOVE(Running)

    private:
        Engine &m_engine;
    };

    void add(Context *context);
    void remove(Context *context);

private:
    void afterTicks();
    void watchTime();

    JSContextGroupRef m_group;
    std::unique_ptr<EngineLock> m_lock;
    std::vector<Context *> m_contexts;
    std::atomic<int> m_running = 0; ///< Calls into the engine on the stack.
    std::atomic<bool> m_interruptWanted = false;
    bool m_interrupted = false;
    bool m_allowsInterrupts = false;
};

} // namespace headrace::script
