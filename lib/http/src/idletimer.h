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
        arm(m_timeout);
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
            arm(m_timeout);
        }
    }

private:
    void arm(std::chrono::milliseconds in)
    {
        if (!m_timer) {
            m_timer = std::make_unique<QTimer>();
            m_timer->setSingleShot(true);
            m_timer->setTimerType(Qt::PreciseTimer);
            QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { check(); });
        }
        if (!m_timer->isActive() || m_timer->remainingTimeAsDuration() > in)
            m_timer->start(in);
    }

    void check()
    {
        if (m_timeout.count() <= 0)
            return;
        const auto idle = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::nanoseconds(monotonicNow() - m_lastTouch));
        if (idle < m_timeout) {
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
    bool m_fired = false;
    bool m_stopped = false;
};

} // namespace headrace::http
