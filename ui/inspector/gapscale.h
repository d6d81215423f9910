#pragma once

#include <QtGlobal>

namespace headrace::ui {

/** Which pauses of an exchange are shown as a gap, and how high, where the chart is not to scale: those that take
    at least a twentieth of the whole. So there are at most twenty. */
class GapScale
{
public:
    static constexpr qint64 Shortest = 50; ///< Less is no pause at all. Unit: microseconds.
    static constexpr int Least = 18; ///< Height of the shortest. Unit: pixels.
    static constexpr int Most = 44;

    explicit GapScale(qint64 duration); ///< Of the whole. Unit: microseconds.

    bool isGap(qint64 pause) const { return pause >= m_threshold; }

    /// Grows with the order of magnitude: ten times as long is not ten times as high.
    int height(qint64 pause) const;

private:
    qint64 m_duration;
    qint64 m_threshold;
};

} // namespace headrace::ui
