#pragma once

#include "inspector/eventcolumns.h"
#include "inspector/eventlayout.h"
#include "inspector/timeaxis.h"

#include <QFont>
#include <QPalette>

#include <utility>

class QPainter;
class QRect;

namespace headrace::ui {

/// All that a picture of the events is made from; borrowed by the painter for as long as it paints.
struct EventScene
{
    EventRows rows;
    EventLayout layout;
    std::optional<EventColumns> columns; ///< Set by whoever knows the width.
    TimeAxis axis; ///< Of use to a chart to scale.
};

/** Paints a chart of events on whatever it is given: a widget, a picture, a drawing. Only the lines asked for cost
    anything. */
class EventPainter
{
public:
    EventPainter(const EventScene &scene, const QPalette &palette);

    /// Lines that are chosen; last < first: none.
    void setSelection(qsizetype first, qsizetype last, bool hasFocus);

    /// Sides and lanes, columns and time axis: from (0, 0), as wide as the columns.
    void paintHeader(QPainter *painter) const;

    /// The lines between \a top and \a bottom, in the coordinates of the layout.
    void paintBody(QPainter *painter, int top, int bottom) const;

private:
    void paintLanes(QPainter *painter, int top, int bottom) const;
    void paintGap(QPainter *painter, const EventLayout::Gap &gap) const;
    void paintGround(QPainter *painter, qsizetype row) const;
    void paintRow(QPainter *painter, qsizetype row) const;
    void paintMark(QPainter *painter, qsizetype row, double y) const;
    void paintDetail(QPainter *painter, qsizetype row) const;
    void paintSides(QPainter *painter) const;
    void paintTitles(QPainter *painter) const;
    QRect cell(const Extent &extent, qsizetype row) const;
    QColor colorOf(qsizetype row) const; ///< Of its mark.
    QColor textColor(qsizetype row) const;

    const EventScene &m_scene;
    const EventColumns &m_columns;
    QPalette m_palette;
    QFont m_ui;
    QFont m_wire;
    QFont m_bold;
    std::pair<qsizetype, qsizetype> m_selection { 0, -1 };
    bool m_hasFocus = false;
};

} // namespace headrace::ui
