#pragma once

#include <QPalette>

class QColor;
class QPainter;

namespace headrace::ui {

struct EventScene;

/** Paints the part of a chart that is to scale: time from left to right, a mark for each line with what has passed since
    the one before, and bars for the phases. */
class WaterfallPainter
{
public:
    WaterfallPainter(const EventScene &scene, const QPalette &palette);

    void paintHeader(QPainter *painter) const; ///< The phases, and the times of the grid.
    void paintGrid(QPainter *painter, int top, int bottom) const;
    void paintRow(QPainter *painter, qsizetype row, const QColor &mark, const QColor &text) const;

private:
    double x(double time) const; ///< On the painter.
    void paintBeyond(QPainter *painter, bool isBefore, double y) const;

    const EventScene &m_scene;
    QPalette m_palette;
};

} // namespace headrace::ui
