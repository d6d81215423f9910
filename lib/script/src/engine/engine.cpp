#include "engine.h"

#include "context.h"
#include "handle.h"

#include <http/ticks.h>

#include <algorithm>
#include <utility>

namespace headrace::script {

namespace {

/// How long a script that was interrupted goes on at most. Unit: seconds of processor time.
constexpr double InterruptInterval = 0.05;

} // namespace

std::shared_ptr<Engine> Engine::forThread()
{
    thread_local std::weak_ptr<Engine> current;
    std::shared_ptr<Engine> engine = current.lock();
    if (!engine) {
        engine = std::make_shared<Engine>();
        current = engine;
    }
    return engine;
}

Engine::Engine()
    : m_group(JSContextGroupCreate())
    , m_lock(std::make_unique<EngineLock>(m_group))
{
    http::setAfterTicks([this] { afterTicks(); });
}

Engine::~Engine()
{
    http::setAfterTicks({});
    m_lock.reset();
    JSContextGroupRelease(m_group);
    Handle::deleteCollected();
}

void Engine::allowInterrupts()
{
    if (m_allowsInterrupts)
        return;
    m_allowsInterrupts = true;
    watchTime();
}

void Engine::watchTime()
{
    JSContextGroupSetExecutionTimeLimit(
        m_group, InterruptInterval,
        [](JSContextRef, void *engine) {
            auto *self = static_cast<Engine *>(engine);
            self->m_interrupted = self->m_interruptWanted.exchange(false);
            // A script that may go on is watched on only if the limit is set anew.
            if (!self->m_interrupted)
                self->watchTime();
            return self->m_interrupted;
        },
        this);
}

void Engine::interrupt()
{
    if (m_running.load(std::memory_order_relaxed) > 0)
        m_interruptWanted = true;
}

bool Engine::takeInterrupted() { return std::exchange(m_interrupted, false); }

void Engine::add(Context *context) { m_contexts.push_back(context); }

void Engine::remove(Context *context) { std::erase(m_contexts, context); }

void Engine::afterTicks()
{
    {
        const Running running(*this);
        m_lock->drainJobs();
    }
    Handle::deleteCollected();
    const std::vector<Context *> contexts = m_contexts;
    for (Context *context : contexts) {
        if (std::ranges::find(m_contexts, context) != m_contexts.end())
            context->afterTicks();
    }
}

} // namespace headrace::script
