#pragma once

#include <QList>
#include <QString>

namespace headrace::ui {

/** Time from left to right, to scale: which part of an exchange is in sight, and where a time lies.
    Unit: microseconds, and pixels from the left end of the axis. */
class TimeAxis
{
public:
    static constexpr double ShortestSpan = 5; ///< In sight at the largest zoom. Unit: microseconds.

    struct Tick
    {
        qint64 time = 0;
        QString text; ///< "20 ms"
    };

    /// Keeps what is in sight as far as it is still there; all of it when all was.
    void setDuration(qint64 duration);
    void setWidth(double width);

    double width() const { return m_width; }

    qint64 duration() const { return m_duration; }

    double begin() const { return m_begin; } ///< The time at the left end.

    double span() const { return m_span; } ///< In sight.

    bool isFit() const { return m_span >= double(m_duration); } ///< All is in sight.

    bool isLargest() const { return m_span <= ShortestSpan; }

    double x(double time) const;
    double timeAt(double x) const;

    /// More than 1: less is in sight, larger. What is at \a x stays there.
    void zoom(double factor, double x);
    void fit();
    void scrollTo(double begin);

    /// Moves what is in sight so that \a time is in it.
    void ensureVisible(double time);

    /// At round times, at least \a distance apart.
    QList<Tick> ticks(double distance) const;

private:
    void settle();

    qint64 m_duration = 1;
    double m_width = 1;
    double m_begin = 0;
    double m_span = 1;
};

} // namespace headrace::ui
