#pragma once

#include "inspector/eventrows.h"

class QColor;
class QPainter;
class QPointF;

namespace headrace::ui {

/** The mark of a line: told by form, not by colour alone. A documented event is a disk, a failure a disk with a cross,
    a step of the socket a ring, a milestone of the framing a diamond, what is missing a broken ring. */
void paintGlyph(QPainter *painter, const QPointF &middle, EventRows::Kind kind, bool isFailure,
    const QColor &color, const QColor &ground);

/// A read or a write: an arrow from one lane to another.
void paintArrow(QPainter *painter, const QPointF &from, const QPointF &to, const QColor &color);

} // namespace headrace::ui
