#pragma once

#include "http/task.h"

#include <QObject>

#include <functional>

namespace headrace::http {

/** Queues \a run for the current thread: Node's `process.nextTick`. First in, first out; drained when the
    outermost IoScope closes, before Qt's event loop goes on; ticks queued by ticks run in the same drain.
    Outside any IoScope the drain happens on the next turn of the event loop.
    Dropped when \a context is deleted before. Thread: \a context's own. Source: DESIGN.md rule 2. */
void nextTick(QObject *context, Task run);

/** First line of every slot that Qt's event loop calls (sockets, timers). The outermost one of a thread
    drains the ticks when it closes. A nested event loop counts as a new outermost. */
class IoScope
{
public:
    enum class Caller
    {
        Anyone,
        /// No function of an http object can be further up on the stack: messages that are over are deleted
        /// when the scope closes, where otherwise deleteLater() has to do it.
        EventLoop,
    };

    explicit IoScope(Caller caller = Caller::Anyone);
    ~IoScope();
    Q_DISABLE_COPY_MOVE(IoScope)

private:
    int m_outerDepth;
    int m_outerLoopLevel;
    bool m_outerDraining;
    bool m_outerSweeps;
    std::size_t m_retiredBefore = 0;
};

/// Drains now if the current IoScope is the outermost one and no drain is going on: the points where
/// the reference runs its ticks between two callbacks of one read. Does nothing otherwise.
void drainTicks();

/** Calls \a run each time the current thread has run all its ticks, before the scope closes; ticks that it
    queues run next, and then it again: where a script runtime runs its promise jobs. One per thread; a null
    one takes it away. Source: DESIGN.md rule 2. */
void setAfterTicks(std::function<void()> run);

} // namespace headrace::http
