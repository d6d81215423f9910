#pragma once

#include <QtGlobal>

#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace headrace::script {

/** Node's timers: one list for each duration, in order of start; lists by when their first timer is due. What
    is due in a list runs before the next list is looked at. No clock of its own, no event loop.
    Unit of all times: milliseconds. Source: reference timers (`setTimeout`), the event loop's timers phase. */
class TimerLists
{
public:
    using Id = qint64;

    /// Starts \a id, or starts it anew.
    void start(Id id, qint64 duration, bool repeats, qint64 now);
    void stop(Id id);
    void setReferenced(Id id, bool referenced);

    std::optional<qint64> nextDue() const;

    qsizetype referencedCount() const { return m_referenced; }

    /// Runs all that is due by \a now; \a run may start and stop timers, and answers false to end the round.
    void runDue(const std::function<qint64()> &now, const std::function<bool(Id)> &run);

private:
    struct List
    {
        std::list<Id> timers;
        qint64 due = 0; ///< Of the first, as far as it is known: a stopped one is not taken back.
        quint64 order = 0;
    };

    struct Timer
    {
        qint64 duration = 0;
        qint64 started = 0;
        bool repeats = false;
        bool referenced = true;
        std::optional<std::list<Id>::iterator> place; ///< None: it is running, or has run.
    };

    using Schedule = std::set<std::tuple<qint64, quint64, qint64>>; ///< due, order, duration

    void append(Id id, Timer &timer, qint64 now);
    void take(Timer &timer);
    void reschedule(qint64 duration, List &list, qint64 due);
    bool runList(
        qint64 duration, const std::function<qint64()> &now, const std::function<bool(Id)> &run);

    std::unordered_map<Id, Timer> m_timers;
    std::map<qint64, List> m_lists; ///< By duration.
    Schedule m_schedule;
    quint64 m_orders = 0;
    qsizetype m_referenced = 0;
};

} // namespace headrace::script
