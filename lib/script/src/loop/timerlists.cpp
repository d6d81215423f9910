#include "timerlists.h"

#include <algorithm>

namespace headrace::script {

void TimerLists::start(Id id, qint64 duration, bool repeats, qint64 now)
{
    const auto [found, isNew] = m_timers.try_emplace(id);
    Timer &timer = found->second;
    if (isNew)
        ++m_referenced;
    take(timer);
    timer.duration = duration;
    timer.repeats = repeats;
    append(id, timer, now);
}

void TimerLists::append(Id id, Timer &timer, qint64 now)
{
    timer.started = now;
    const auto [found, isNew] = m_lists.try_emplace(timer.duration);
    List &list = found->second;
    if (isNew) {
        list.order = ++m_orders;
        list.due = now + timer.duration;
        m_schedule.emplace(list.due, list.order, timer.duration);
    }
    timer.place = list.timers.insert(list.timers.end(), id);
}

void TimerLists::take(Timer &timer)
{
    if (timer.place)
        m_lists.at(timer.duration).timers.erase(*std::exchange(timer.place, std::nullopt));
}

void TimerLists::stop(Id id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return;
    take(found->second);
    if (found->second.referenced)
        --m_referenced;
    m_timers.erase(found);
}

void TimerLists::setReferenced(Id id, bool referenced)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end() || found->second.referenced == referenced)
        return;
    found->second.referenced = referenced;
    m_referenced += referenced ? 1 : -1;
}

std::optional<qint64> TimerLists::nextDue() const
{
    if (m_schedule.empty())
        return std::nullopt;
    return std::get<0>(*m_schedule.begin());
}

void TimerLists::reschedule(qint64 duration, List &list, qint64 due)
{
    m_schedule.erase({ list.due, list.order, duration });
    list.due = due;
    m_schedule.emplace(list.due, list.order, duration);
}

void TimerLists::runDue(const std::function<qint64()> &now, const std::function<bool(Id)> &run)
{
    const qint64 begun = now();
    while (!m_schedule.empty() && std::get<0>(*m_schedule.begin()) <= begun) {
        if (!runList(std::get<2>(*m_schedule.begin()), now, run))
            return;
    }
}

bool TimerLists::runList(
    qint64 duration, const std::function<qint64()> &now, const std::function<bool(Id)> &run)
{
    List &list = m_lists.at(duration); // stays until it is empty here
    const qint64 begun = now();
    while (!list.timers.empty()) {
        const Id id = list.timers.front();
        Timer &timer = m_timers.at(id);
        if (begun - timer.started < duration) {
            reschedule(duration, list, std::max(timer.started + duration, begun + 1));
            return true;
        }
        take(timer);
        const bool goesOn = run(id);
        const auto found = m_timers.find(id);
        if (found != m_timers.end() && !found->second.place) { // neither stopped nor started anew
            if (found->second.repeats)
                append(id, found->second, now());
            else
                stop(id);
        }
        if (!goesOn)
            return false;
    }
    m_schedule.erase({ list.due, list.order, duration });
    m_lists.erase(duration);
    return true;
}

} // namespace headrace::script
