#pragma once

#include "http/ticks.h"

#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace headrace::http {

/// What one thread has to do before Qt's event loop goes on: its ticks, and to delete what was retired.
class TickQueue
{
public:
    static TickQueue &current();

    void add(QObject *context, Task run);

    /// Runs all ticks; ticks that ticks queue run in the same drain.
    void drain();

    /// False: nothing sweeps here, the caller has to delete \a object otherwise.
    bool retire(QObject *object);

    /// Deletes what was retired since there were \a before such objects, and runs what ticks that makes.
    void sweep(std::size_t before);

    void setAfterTicks(std::function<void()> run) { m_afterTicks = std::move(run); }

    std::size_t retiredCount() const { return m_retired.size(); }

    int currentLoopLevel() const { return m_thread->loopLevel(); }

    /// A new outermost IoScope.
    struct Level
    {
        int depth = 0; ///< Open IoScopes of the innermost event loop that has any.
        int loopLevel = 0; ///< The event loop nesting at which the outermost of them was opened.
        bool draining = false;
        bool sweeps = false; ///< The outermost of them deletes what is retired.
    };
    Level level;

private:
    struct Tick
    {
        QPointer<QObject> context;
        Task run;
    };

    void clear();
    void wake();

    static constexpr std::size_t KeptCapacity = 1024;

    QThread *m_thread = QThread::currentThread();
    std::vector<Tick> m_ticks;
    std::size_t m_next = 0; ///< Those before it were taken.
    std::function<void()> m_afterTicks;
    std::vector<QPointer<QObject>> m_retired;
    std::unique_ptr<QObject> m_receiver;
    bool m_wakePosted = false;
};

} // namespace headrace::http
