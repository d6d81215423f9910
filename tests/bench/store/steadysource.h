#pragma once

#include <exchange/store.h>

#include <QThread>

#include <atomic>
#include <functional>

namespace bench {

/// A thread that tells exchanges of bench::SmallTraffic at a steady rate until it is stopped.
class SteadySource : public QThread
{
public:
    /// \a sink: borrowed. \a rate: exchanges a second; 0: as many as can be.
    SteadySource(headrace::exchange::Sink &sink, int rate);
    ~SteadySource() override; ///< stop().

    /// Calls \a told with the number of the last exchange and the milliseconds since the first, after each few
    /// exchanges. Before start(); thread: this one.
    void setListener(std::function<void(headrace::exchange::ExchangeId, qint64)> told);

    void stop(); ///< Returns when the last exchange is told.

    qint64 count() const { return m_count; } ///< Told so far. Thread: any.

protected:
    void run() override;

private:
    headrace::exchange::Sink &m_sink;
    int m_rate;
    std::function<void(headrace::exchange::ExchangeId, qint64)> m_told;
    std::atomic<qint64> m_count = 0;
    std::atomic<bool> m_isStopping = false;
};

} // namespace bench
