#include "scriptloop.h"

#include <http/ticks.h>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace headrace::script {

namespace {

const QEvent::Type ImmediatesEvent = QEvent::Type(QEvent::registerEventType());

} // namespace

ScriptLoop::ScriptLoop(Callbacks callbacks, QObject *parent)
    : QObject(parent)
    , m_callbacks(std::move(callbacks))
{
    m_clock.start();
    m_alarm.setSingleShot(true);
    m_alarm.setTimerType(Qt::PreciseTimer);
    connect(&m_alarm, &QTimer::timeout, this, &ScriptLoop::runTimers);
    if (QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance())
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { m_nowIsOld = true; });
}

qint64 ScriptLoop::now()
{
    if (m_nowIsOld) {
        m_now = m_clock.elapsed();
        // Before the event loop runs for the first time nothing tells when a turn begins.
        m_nowIsOld = !QAbstractEventDispatcher::instance();
    }
    return m_now;
}

void ScriptLoop::startTimer(TimerLists::Id id, qint64 milliseconds, bool repeats)
{
    m_timers.start(id, milliseconds, repeats, now());
    arm();
}

void ScriptLoop::stopTimer(TimerLists::Id id) { m_timers.stop(id); }

void ScriptLoop::setTimerReferenced(TimerLists::Id id, bool referenced)
{
    m_timers.setReferenced(id, referenced);
}

void ScriptLoop::requestImmediates(bool referenced)
{
    m_immediatesReferenced = referenced;
    if (m_immediatesRequested)
        return;
    m_immediatesRequested = true;
    QCoreApplication::postEvent(this, new QEvent(ImmediatesEvent));
}

void ScriptLoop::setImmediatesReferenced(bool referenced) { m_immediatesReferenced = referenced; }

bool ScriptLoop::isWaited() const
{
    return m_timers.referencedCount() > 0 || (m_immediatesRequested && m_immediatesReferenced);
}

void ScriptLoop::stop()
{
    m_alarm.stop();
    m_isStopped = true; // one of the callbacks may be what stops it
}

bool ScriptLoop::event(QEvent *event)
{
    if (event->type() != ImmediatesEvent)
        return QObject::event(event);
    runImmediates();
    return true;
}

void ScriptLoop::arm()
{
    if (m_runningTimers || m_isStopped)
        return;
    const std::optional<qint64> due = m_timers.nextDue();
    if (!due) {
        m_alarm.stop();
        return;
    }
    const qint64 wait = std::max<qint64>(0, *due - m_clock.elapsed());
    if (!m_alarm.isActive() || m_alarm.remainingTime() != wait)
        m_alarm.start(std::chrono::milliseconds(wait));
}

void ScriptLoop::runTimers()
{
    const http::IoScope scope(http::IoScope::Caller::EventLoop);
    m_nowIsOld = true;
    m_runningTimers = true;
    m_timers.runDue([this] { return now(); },
        [this](TimerLists::Id id) { return !m_isStopped && m_callbacks.timer(id); });
    m_runningTimers = false;
    arm();
}

void ScriptLoop::runImmediates()
{
    const http::IoScope scope(http::IoScope::Caller::EventLoop);
    m_immediatesRequested = false;
    if (!m_isStopped)
        m_callbacks.immediates();
}

} // namespace headrace::script
