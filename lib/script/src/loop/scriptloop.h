#pragma once

#include "timerlists.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace headrace::script {

/** A script's part of the event loop of its thread: its timers, its immediates, and the count of what it
    waits for. A turn has Node's phases: timers, then what is ready on sockets, then immediates.
    Thread: its own. Source: Node's event loop phases; DESIGN.md rule 2. */
class ScriptLoop : public QObject
{
    Q_OBJECT

public:
    struct Callbacks
    {
        std::function<bool(TimerLists::Id)> timer; ///< False: the script is over.
        std::function<void()> immediates; ///< Runs all that are queued.
    };

    explicit ScriptLoop(Callbacks callbacks, QObject *parent = nullptr);

    /// Milliseconds since it was made, as they were when this turn of the event loop began.
    qint64 now();

    void startTimer(TimerLists::Id id, qint64 milliseconds, bool repeats);
    void stopTimer(TimerLists::Id id);
    void setTimerReferenced(TimerLists::Id id, bool referenced);

    /// Calls Callbacks::immediates once, after what is ready now. \a referenced: it is waited for.
    void requestImmediates(bool referenced);
    void setImmediatesReferenced(bool referenced);

    bool isWaited() const; ///< For a timer or an immediate that holds the program.

    void stop(); ///< No more callbacks.

protected:
    bool event(QEvent *event) override;

private:
    void arm();
    void runTimers();
    void runImmediates();

    Callbacks m_callbacks;
    TimerLists m_timers;
    QTimer m_alarm;
    QElapsedTimer m_clock;
    qint64 m_now = 0;
    bool m_nowIsOld = true;
    bool m_immediatesRequested = false;
    bool m_immediatesReferenced = false;
    bool m_runningTimers = false;
    bool m_isStopped = false;
};

} // namespace headrace::script
