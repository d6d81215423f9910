#include "http/ticks.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <deque>
#include <memory>
#include <utility>

namespace headrace::http {

namespace {

struct Tick
{
    QPointer<QObject> context;
    Task run;
};

/// The ticks of one thread.
class TickQueue
{
public:
    static TickQueue &current()
    {
        thread_local TickQueue queue;
        return queue;
    }

    void add(QObject *context, Task run)
    {
        m_ticks.push_back({ context, std::move(run) });
        if (depth == 0 || currentLoopLevel() > loopLevel)
            wake();
    }

    /// Ticks that ticks queue run in the same drain.
    void drain()
    {
        if (m_draining)
            return;
        m_draining = true;
        while (!m_ticks.empty()) {
            Tick tick = std::move(m_ticks.front());
            m_ticks.pop_front();
            if (tick.context)
                tick.run();
        }
        m_draining = false;
    }

    int currentLoopLevel() const { return m_thread->loopLevel(); }

    int depth = 0; ///< Open IoScopes of the innermost event loop that has any.
    int loopLevel = 0; ///< The event loop nesting at which the outermost of them was opened.

    bool isDraining() const { return m_draining; }

    void setDraining(bool draining) { m_draining = draining; }

private:
    /// Somebody outside any scope queued work: run it on the next turn of the event loop.
    void wake()
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

    QThread *m_thread = QThread::currentThread();
    std::deque<Tick> m_ticks;
    std::unique_ptr<QObject> m_receiver;
    bool m_draining = false;
    bool m_wakePosted = false;
};

} // namespace

void nextTick(QObject *context, Task run)
{
    TickQueue::current().add(context, std::move(run));
}

IoScope::IoScope()
{
    TickQueue &queue = TickQueue::current();
    m_outerDepth = queue.depth;
    m_outerLoopLevel = queue.loopLevel;
    m_outerDraining = queue.isDraining();
    const int level = queue.currentLoopLevel();
    if (queue.depth > 0 && level > queue.loopLevel) {
        queue.depth = 0;
        queue.setDraining(false);
    }
    if (queue.depth == 0)
        queue.loopLevel = level;
    ++queue.depth;
}

IoScope::~IoScope()
{
    TickQueue &queue = TickQueue::current();
    if (queue.depth == 1)
        queue.drain();
    queue.depth = m_outerDepth;
    queue.loopLevel = m_outerLoopLevel;
    queue.setDraining(m_outerDraining);
}

void drainTicks()
{
    TickQueue &queue = TickQueue::current();
    if (queue.depth == 1)
        queue.drain();
}

} // namespace headrace::http
