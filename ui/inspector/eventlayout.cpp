#include "inspector/eventlayout.h"

#include "inspector/gapscale.h"

#include <algorithm>

namespace headrace::ui {

EventLayout::EventLayout(const QList<qint64> &times, int rowHeight, bool marksGaps)
    : m_count(times.size())
    , m_rowHeight(std::max(1, rowHeight))
{
    if (!marksGaps || times.isEmpty())
        return;
    const auto [first, last] = std::minmax_element(times.cbegin(), times.cend());
    const GapScale scale(*last - *first);
    // Times may fall a little: a pause counts from the latest so far.
    qint64 latest = times.constFirst();
    int heights = 0;
    for (qsizetype row = 1; row < times.size(); ++row) {
        const qint64 pause = times.at(row) - latest;
        latest = std::max(latest, times.at(row));
        if (!scale.isGap(pause))
            continue;
        m_gaps.append({ row, pause, scale.height(pause), heights });
        heights += m_gaps.constLast().height;
    }
}

int EventLayout::height() const { return m_count == 0 ? 0 : top(m_count - 1) + m_rowHeight; }

int EventLayout::top(qsizetype row) const
{
    const auto behind = std::upper_bound(m_gaps.cbegin(), m_gaps.cend(), row,
        [](qsizetype value, const Gap &gap) { return value < gap.row; });
    const int heights = behind == m_gaps.cbegin()
        ? 0
        : std::prev(behind)->heightsBefore + std::prev(behind)->height;
    return int(row) * m_rowHeight + heights;
}

qsizetype EventLayout::rowAt(int y) const
{
    if (m_count == 0)
        return -1;
    const auto behind = std::upper_bound(m_gaps.cbegin(), m_gaps.cend(), y,
        [this](int value, const Gap &gap) { return value < gapTop(gap); });
    int heights = 0;
    qsizetype first = 0;
    if (behind != m_gaps.cbegin()) {
        const Gap &gap = *std::prev(behind);
        heights = gap.heightsBefore + gap.height;
        first = gap.row;
        if (y < top(gap.row))
            return gap.row - 1;
    }
    const qsizetype row = std::max((y - heights) / m_rowHeight, 0);
    return std::clamp(row, first, m_count - 1);
}

std::pair<qsizetype, qsizetype> EventLayout::rowsIn(int top, int bottom) const
{
    if (m_count == 0 || bottom <= 0 || top >= height())
        return { 0, -1 };
    return { rowAt(std::max(top, 0)), rowAt(bottom - 1) };
}

} // namespace headrace::ui
