#include "stuckwatch_p.h"

#include <algorithm>

namespace headrace::session {

using namespace std::chrono_literals;

StuckWatch::StuckWatch(QObject *other, QObject *parent)
    : QObject(parent)
    , m_other(other)
    , m_timer(this)
{
    connect(&m_timer, &QTimer::timeout, this, &StuckWatch::look);
}

void StuckWatch::start(std::chrono::milliseconds limit)
{
    m_limit = limit;
    m_timer.start(std::clamp<std::chrono::milliseconds>(limit / 5, 20ms, 1000ms));
    ask();
}

void StuckWatch::stop() { m_timer.stop(); }

void StuckWatch::ask()
{
    m_isAnswered = std::make_shared<std::atomic_bool>(false);
    m_asked.start();
    QMetaObject::invokeMethod(
        m_other, [isAnswered = m_isAnswered] { *isAnswered = true; }, Qt::QueuedConnection);
}

void StuckWatch::look()
{
    if (*m_isAnswered) {
        ask();
    } else if (m_asked.elapsed() >= m_limit.count()) {
        m_asked.start();
        Q_EMIT stuck(m_limit);
    }
}

} // namespace headrace::session
