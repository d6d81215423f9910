#pragma once

#include "inspector/eventrows.h"

#include <QFontMetrics>
#include <QStringList>

namespace headrace::ui {

/// What lies from left to right between two places. Unit: pixels.
struct Extent
{
    int left = 0;
    int width = 0;

    int right() const { return left + width; }
};

/** Where time, lanes, names and the rest of the chart lie from left to right: lanes wide enough for their titles
    where there is room, else narrow ones and the object in a column of its own. */
class EventColumns
{
public:
    struct Metrics
    {
        QFontMetrics ui; ///< Titles, details.
        QFontMetrics wire; ///< Times, names.
        QFontMetrics bold; ///< Names of documented events.
    };

    static constexpr int NarrowLane = 18; ///< Of an object; a peer's takes the name of its side.
    static constexpr int Spacing = 12;
    static constexpr int AxisMargin = 8;

    /// \a width: of the view; \a isToScale: what is left belongs to the time axis, not to details.
    EventColumns(const EventRows &rows, const Metrics &metrics, int width, bool isToScale);

    int width() const
    {
        return m_width;
    } ///< Of all: more than the view has where it is too narrow.

    int headerHeight() const { return m_headerHeight; }

    bool hasTitles() const { return m_hasTitles; } ///< Lanes are wide.

    bool isToScale() const { return m_isToScale; }

    Extent time() const { return m_time; }

    Extent delta() const { return m_delta; }

    Extent lanes() const { return m_lanes; }

    Extent lane(qsizetype index) const { return m_laneExtents.at(index); }

    double laneMiddle(qsizetype index) const;

    Extent object() const { return m_object; } ///< No width with wide lanes.

    Extent name() const { return m_name; }

    Extent rest() const { return m_rest; } ///< Details, or the time axis.

    /// Where the axis begins and how long it is: within rest(), with room for a mark at both ends.
    int axisLeft() const { return m_rest.left + AxisMargin; }

    int axisWidth() const { return m_rest.width - 3 * AxisMargin; }

    /// A title in at most two lines: "Incoming", "Message"; "127.0.0.1", ":8080".
    static QStringList titleLines(const QString &title);

    static QString sideName(exchange::Side side); ///< "Client"

private:
    void placeLanes(const QList<EventLane> &lanes, int width, int peerWidth);

    int m_width = 0;
    int m_headerHeight = 0;
    bool m_hasTitles = false;
    bool m_isToScale = false;
    Extent m_time;
    Extent m_delta;
    Extent m_lanes;
    QList<Extent> m_laneExtents;
    Extent m_object;
    Extent m_name;
    Extent m_rest;
};

} // namespace headrace::ui
