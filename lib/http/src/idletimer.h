#pragma once

#include "http/clock.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>

namespace headrace::http {

/** Fires once after a time without touch(); the next touch() arms it again. Touching is cheap: the timer
    is not restarted, it looks at the clock when it fires. Source: reference `socket.setTimeout`. */
class IdleTimer
{
public:
    explicit IdleTimer(std::function<void()> onIdle)
        : m_onIdle(std::move(onIdle))
    {
    }

    void setTimeout(std::chrono::milliseconds timeout)
    {
        m_timeout = std::min(timeout, std::chrono::milliseconds(std::numeric_limits<int>::max()));
        m_fired = false;
        if (m_timeout.count() <= 0)
            return; // a running timer finds that out
        m_lastTouch = monotonicNow();
        arm(m_lastTouch);
    }

    /// For good; timeout() still tells what it was.
    void stop()
    {
        m_fired = false;
        m_stopped = true;
        if (m_timer)
            m_timer->stop();
    }

    std::chrono::milliseconds timeout() const { return m_timeout; }

    void touch()
    {
        if (m_timeout.count() <= 0 || m_stopped)
            return;
        m_lastTouch = monotonicNow();
        if (m_fired) {
            m_fired = false;
            arm(m_lastTouch);
        }
    }

private:
    /// A timer that fires too early finds that out: no need to set it again with each touch.
    void arm(MonotonicTime now)
    {
        if (!m_timer) {
            m_timer = std::make_unique<QTimer>();
            m_timer->setSingleShot(true);
            m_timer->setTimerType(Qt::PreciseTimer);
            QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { check(); });
        }
        const MonotonicTime due = now + std::chrono::nanoseconds(m_timeout).count();
        if (m_timer->isActive() && m_due <= due)
            return;
        m_due = due;
        m_timer->start(m_timeout);
    }

    void check()
    {
        if (m_timeout.count() <= 0)
            return;
        const MonotonicTime now = monotonicNow();
        const auto idle = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::nanoseconds(now - m_lastTouch));
        if (idle < m_timeout) {
            m_due = m_lastTouch + std::chrono::nanoseconds(m_timeout).count();
            m_timer->start(m_timeout - idle);
            return;
        }
        m_fired = true;
        m_onIdle();
    }

    std::function<void()> m_onIdle;
    std::unique_ptr<QTimer> m_timer;
    std::chrono::milliseconds m_timeout { 0 };
    MonotonicTime m_lastTouch = 0;
    MonotonicTime m_due = 0; ///< When the running timer fires.
    bool m_fired = false;
    bool m_stopped = false;
};

} // namespace headrace::http
