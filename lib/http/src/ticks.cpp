#include "http/ticks.h"

#include "tickqueue.h"

namespace headrace::http {

TickQueue &TickQueue::current()
{
    thread_local TickQueue queue;
    return queue;
}

void TickQueue::add(QObject *context, Task run)
{
    m_ticks.push_back({ context, std::move(run) });
    if (level.depth == 0 || currentLoopLevel() > level.loopLevel)
        wake();
}

void TickQueue::drain()
{
    if (level.draining)
        return;
    level.draining = true;
    do {
        while (m_next < m_ticks.size()) {
            Tick tick = std::move(m_ticks[m_next++]);
            if (m_next == m_ticks.size())
                clear();
            if (tick.context)
                tick.run();
        }
        if (m_afterTicks)
            m_afterTicks();
    } while (m_next < m_ticks.size());
    level.draining = false;
}

/// All were taken. The memory stays for the next ones, unless there were very many.
void TickQueue::clear()
{
    m_ticks.clear();
    m_next = 0;
    if (m_ticks.capacity() > KeptCapacity)
        m_ticks.shrink_to_fit();
}

/// Somebody outside any scope queued work: run it on the next turn of the event loop.
void TickQueue::wake()
{
    if (m_wakePosted)
        return;
    if (!m_receiver)
        m_receiver = std::make_unique<QObject>();
    m_wakePosted = true;
    QMetaObject::invokeMethod(
        m_receiver.get(),
        [this] {
            m_wakePosted = false;
            const IoScope scope;
        },
        Qt::QueuedConnection);
}

bool TickQueue::retire(QObject *object)
{
    if (!level.sweeps || level.depth == 0 || currentLoopLevel() > level.loopLevel)
        return false;
    m_retired.emplace_back(object);
    return true;
}

void TickQueue::sweep(std::size_t before)
{
    while (m_retired.size() > before) {
        const QPointer<QObject> object = std::move(m_retired.back());
        m_retired.pop_back();
        delete object;
        drain();
    }
}

void setAfterTicks(std::function<void()> run)
{
    TickQueue::current().setAfterTicks(std::move(run));
}

void nextTick(QObject *context, Task run) { TickQueue::current().add(context, std::move(run)); }

IoScope::IoScope(Caller caller)
{
    TickQueue &queue = TickQueue::current();
    m_outerDepth = queue.level.depth;
    m_outerLoopLevel = queue.level.loopLevel;
    m_outerDraining = queue.level.draining;
    m_outerSweeps = queue.level.sweeps;
    const int loopLevel = queue.currentLoopLevel();
    if (queue.level.depth > 0 && loopLevel > queue.level.loopLevel) {
        queue.level.depth = 0;
        queue.level.draining = false;
    }
    if (queue.level.depth == 0) {
        queue.level.loopLevel = loopLevel;
        queue.level.sweeps = caller == Caller::EventLoop;
        m_retiredBefore = queue.retiredCount();
    }
    ++queue.level.depth;
}

IoScope::~IoScope()
{
    TickQueue &queue = TickQueue::current();
    if (queue.level.depth == 1) {
        queue.drain();
        if (queue.level.sweeps)
            queue.sweep(m_retiredBefore);
    }
    queue.level = { m_outerDepth, m_outerLoopLevel, m_outerDraining, m_outerSweeps };
}

void drainTicks()
{
    TickQueue &queue = TickQueue::current();
    if (queue.level.depth == 1)
        queue.drain();
}

} // namespace headrace::http
