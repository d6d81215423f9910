#include "inspector/eventcolumns.h"

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Edge = 8;
constexpr int WidestLane = 104;
constexpr int WidestName = 220;
constexpr int LeastDetail = 150;
constexpr int LeastAxis = 320;

int laneWidthFor(const EventLanes &lanes, const QFontMetrics &metrics)
{
    int width = 0;
    for (const EventLane &lane : lanes.lanes()) {
        const QStringList lines = EventColumns::titleLines(lane.title);
        for (const QString &line : lines)
            width = std::max(width, metrics.horizontalAdvance(line));
    }
    return std::min(width + EventColumns::Spacing, WidestLane);
}

} // namespace

EventColumns::EventColumns(const EventRows &rows, const Metrics &metrics, int width, bool isToScale)
    : m_isToScale(isToScale)
{
    int names = metrics.bold.horizontalAdvance(QStringLiteral("information"));
    const QStringList allNames = rows.names();
    for (const QString &name : allNames)
        names = std::max(names, metrics.bold.horizontalAdvance(name));
    int objects = 0;
    const QList<EventLane> &lanes = rows.lanes().lanes();
    for (const EventLane &lane : lanes)
        objects = std::max(objects, metrics.wire.horizontalAdvance(lane.object));

    m_time = { Edge, metrics.wire.horizontalAdvance(QStringLiteral("000.000000")) };
    m_delta
        = { m_time.right() + Spacing, metrics.wire.horizontalAdvance(QStringLiteral("+000 ms")) };
    m_lanes.left = m_delta.right() + Spacing;
    m_name.width = std::min(names, WidestName);

    const int least = isToScale ? LeastAxis : LeastDetail;
    const int wide = laneWidthFor(rows.lanes(), metrics.ui);
    const int around = m_lanes.left + Spacing + m_name.width + Spacing + least + Edge;
    m_hasTitles = around + wide * int(lanes.size()) <= width;
    m_laneWidth = m_hasTitles ? wide : NarrowLane;
    m_lanes.width = m_laneWidth * int(lanes.size());
    m_object = { m_lanes.right() + Spacing, m_hasTitles ? 0 : std::min(objects, WidestName) };
    m_name.left = m_hasTitles ? m_object.left : m_object.right() + Spacing;
    m_rest.left = m_name.right() + Spacing;
    m_rest.width = std::max(least, width - m_rest.left - Edge);
    m_width = m_rest.right() + Edge;
    m_headerHeight = metrics.ui.height() * 3 + 8;
}

Extent EventColumns::lane(qsizetype index) const
{
    return { m_lanes.left + int(index) * m_laneWidth, m_laneWidth };
}

double EventColumns::laneMiddle(qsizetype index) const
{
    return lane(index).left + m_laneWidth / 2.0;
}

QStringList EventColumns::titleLines(const QString &title)
{
    qsizetype cut = title.lastIndexOf(u':');
    if (cut <= 0) {
        // The last word of a name in camel case.
        cut = title.size() - 1;
        while (cut > 0 && !title.at(cut).isUpper())
            --cut;
    }
    if (cut <= 0 || title.isEmpty())
        return { title };
    return { title.left(cut), title.mid(cut) };
}

} // namespace headrace::ui
