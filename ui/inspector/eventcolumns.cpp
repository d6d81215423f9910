#include "inspector/eventcolumns.h"

#include <QCoreApplication>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Edge = 8;
constexpr int WidestLane = 104;
constexpr int WidestName = 220;
constexpr int LeastDetail = 150;
constexpr int LeastAxis = 300;

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
    // Widths are rounded; what is measured must fit in them.
    const auto advance = [](const QFontMetrics &font, const QString &text) {
        return font.horizontalAdvance(text) + 3;
    };
    int names = advance(metrics.bold, QStringLiteral("information"));
    const QStringList allNames = rows.names();
    for (const QString &name : allNames)
        names = std::max(names, advance(metrics.bold, name));
    int objects = 0;
    const QList<EventLane> &lanes = rows.lanes().lanes();
    for (const EventLane &lane : lanes)
        objects = std::max(objects, advance(metrics.wire, lane.object));

    m_time = { Edge, advance(metrics.wire, QStringLiteral("000.000000")) };
    m_delta = { m_time.right() + Spacing, advance(metrics.wire, QStringLiteral("+000 ms")) };
    m_lanes.left = m_delta.right() + Spacing;
    m_name.width = std::min(names, WidestName);

    const int least = isToScale ? LeastAxis : LeastDetail;
    const int wide = laneWidthFor(rows.lanes(), metrics.ui);
    const int around = m_lanes.left + Spacing + m_name.width + Spacing + least + Edge;
    m_hasTitles = around + wide * int(lanes.size()) <= width;
    int peerWidth = wide;
    if (!m_hasTitles) {
        for (const exchange::Side side : { exchange::Side::Client, exchange::Side::Server })
            peerWidth = std::max(side == exchange::Side::Client ? NarrowLane : peerWidth,
                metrics.ui.horizontalAdvance(sideName(side)) + Spacing);
    }
    placeLanes(lanes, m_hasTitles ? wide : NarrowLane, peerWidth);
    m_object = { m_lanes.right() + Spacing, m_hasTitles ? 0 : std::min(objects, WidestName) };
    m_name.left = m_hasTitles ? m_object.left : m_object.right() + Spacing;
    m_rest.left = m_name.right() + Spacing;
    m_rest.width = std::max(least, width - m_rest.left - Edge);
    m_width = m_rest.right() + Edge;
    m_headerHeight = metrics.ui.height() * (m_hasTitles || isToScale ? 3 : 2) + 8;
}

void EventColumns::placeLanes(const QList<EventLane> &lanes, int width, int peerWidth)
{
    int left = m_lanes.left;
    for (const EventLane &lane : lanes) {
        m_laneExtents.append({ left, lane.isPeer ? peerWidth : width });
        left = m_laneExtents.constLast().right();
    }
    m_lanes.width = left - m_lanes.left;
}

double EventColumns::laneMiddle(qsizetype index) const
{
    return lane(index).left + lane(index).width / 2.0;
}

QString EventColumns::sideName(exchange::Side side)
{
    switch (side) {
    case exchange::Side::Client:
        return QCoreApplication::translate("EventColumns", "Client");
    case exchange::Side::Proxy:
        return QCoreApplication::translate("EventColumns", "Proxy");
    case exchange::Side::Server:
        return QCoreApplication::translate("EventColumns", "Server");
    }
    return {};
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
