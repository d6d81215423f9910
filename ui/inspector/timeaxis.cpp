#include "inspector/timeaxis.h"

#include "shell/format.h"

#include <algorithm>
#include <cmath>

namespace headrace::ui {

namespace {

/// The smallest of 1, 2, 5, 10, 20, 50 … that is not less.
double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(std::max(least, 1.0))));
    for (const double factor : { 1.0, 2.0, 5.0 }) {
        if (factor * power >= least)
            return factor * power;
    }
    return 10 * power;
}

/// Without digits that say nothing: steps are round.
QString tickText(qint64 time, double step)
{
    const double value = double(time);
    if (step >= 1'000'000 || time == 0)
        return QStringLiteral("%1 s").arg(value / 1'000'000);
    if (step >= 1'000)
        return QStringLiteral("%1 ms").arg(formatCount(qint64(value / 1'000)));
    return QStringLiteral("%1 µs").arg(formatCount(time));
}

} // namespace

void TimeAxis::setDuration(qint64 duration)
{
    const bool wasFit = isFit();
    m_duration = std::max<qint64>(duration, 1);
    if (wasFit)
        fit();
    settle();
}

void TimeAxis::setWidth(double width) { m_width = std::max(width, 1.0); }

double TimeAxis::x(double time) const { return (time - m_begin) / m_span * m_width; }

double TimeAxis::timeAt(double x) const { return m_begin + x / m_width * m_span; }

void TimeAxis::zoom(double factor, double x)
{
    const double time = timeAt(x);
    m_span = std::clamp(m_span / std::max(factor, 0.001),
        std::min(ShortestSpan, double(m_duration)), double(m_duration));
    m_begin = time - x / m_width * m_span;
    settle();
}

void TimeAxis::fit()
{
    m_begin = 0;
    m_span = double(m_duration);
}

void TimeAxis::scrollTo(double begin)
{
    m_begin = begin;
    settle();
}

void TimeAxis::ensureVisible(double time)
{
    if (time < m_begin || time > m_begin + m_span)
        scrollTo(time - m_span / 2);
}

QList<TimeAxis::Tick> TimeAxis::ticks(double distance) const
{
    const double step = roundStep(std::max(distance, 1.0) / m_width * m_span);
    const qint64 whole = std::max<qint64>(1, std::llround(step));
    QList<Tick> result;
    for (qint64 time = std::llround(std::ceil(m_begin / step)) * whole;
         double(time) <= m_begin + m_span; time += whole)
        result.append({ time, tickText(time, step) });
    return result;
}

void TimeAxis::settle()
{
    m_span = std::min(m_span, double(m_duration));
    m_begin = std::clamp(m_begin, 0.0, double(m_duration) - m_span);
}

} // namespace headrace::ui
