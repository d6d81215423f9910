#include "steadysource.h"

#include "smalltraffic.h"

#include <QElapsedTimer>

#include <utility>

namespace bench {

using namespace headrace;

SteadySource::SteadySource(exchange::Sink &sink, int rate)
    : m_sink(sink)
    , m_rate(rate)
{
}

SteadySource::~SteadySource() { stop(); }

void SteadySource::setListener(std::function<void(exchange::ExchangeId, qint64)> told)
{
    m_told = std::move(told);
}

void SteadySource::stop()
{
    m_isStopping = true;
    wait();
}

void SteadySource::run()
{
    SmallTraffic traffic(1);
    QElapsedTimer timer;
    timer.start();
    while (!m_isStopping) {
        const qint64 due = m_rate == 0 ? m_count + 100 : timer.elapsed() * m_rate / 1000;
        exchange::ExchangeId last = 0;
        for (; m_count < due; ++m_count)
            last = traffic.add(m_sink);
        if (m_told && last != 0)
            m_told(last, timer.elapsed());
        if (m_rate != 0)
            QThread::msleep(1); // paces the load; nothing waits for it
    }
}

} // namespace bench
