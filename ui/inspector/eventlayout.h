#pragma once

#include <QList>

#include <utility>

namespace headrace::ui {

/** Where each line of the chart lies from top to bottom: lines of one height, and between them the gaps of
    GapScale. Answers in O(log gaps) whatever the count of lines. Unit: pixels from the top of the first line. */
class EventLayout
{
public:
    struct Gap
    {
        qsizetype row = 0; ///< The line behind it.
        qint64 length = 0; ///< Microseconds.
        int height = 0;
        int heightsBefore = 0; ///< Of all gaps above.
    };

    EventLayout() = default;

    /// \a times: of each line, in microseconds; \a marksGaps: false where time has an axis of its own.
    EventLayout(const QList<qint64> &times, int rowHeight, bool marksGaps);

    qsizetype count() const { return m_count; }

    int rowHeight() const { return m_rowHeight; }

    int height() const;
    int top(qsizetype row) const;

    /// The line at \a y, the nearest above if there is a gap; the first or last beyond them; -1 without lines.
    qsizetype rowAt(int y) const;

    /// First and last of the lines that are in sight between \a top and \a bottom; last < first: none.
    std::pair<qsizetype, qsizetype> rowsIn(int top, int bottom) const;

    const QList<Gap> &gaps() const { return m_gaps; }

    int gapTop(const Gap &gap) const { return top(gap.row) - gap.height; }

private:
    qsizetype m_count = 0;
    int m_rowHeight = 1;
    QList<Gap> m_gaps;
};

} // namespace headrace::ui
