#include "inspector/eventglyph.h"

#include <QPainter>
#include <QPointF>
#include <QPolygonF>

namespace headrace::ui {

namespace {

constexpr double Radius = 4;

} // namespace

void paintGlyph(QPainter *painter, const QPointF &middle, EventRows::Kind kind, bool isFailure,
    const QColor &color, const QColor &ground)
{
    painter->setBrush(color);
    painter->setPen(Qt::NoPen);
    switch (kind) {
    case EventRows::Kind::Documented: {
        const double radius = isFailure ? Radius + 1.5 : Radius;
        painter->drawEllipse(middle, radius, radius);
        if (!isFailure)
            break;
        painter->setPen(QPen(ground, 1.5));
        const QPointF down(2.2, 2.2);
        const QPointF up(2.2, -2.2);
        painter->drawLine(middle - down, middle + down);
        painter->drawLine(middle - up, middle + up);
        break;
    }
    case EventRows::Kind::Phase:
    case EventRows::Kind::Missing:
        painter->setBrush(ground);
        painter->setPen(
            QPen(color, 1.5, kind == EventRows::Kind::Missing ? Qt::DotLine : Qt::SolidLine));
        painter->drawEllipse(middle, Radius - 0.5, Radius - 0.5);
        break;
    case EventRows::Kind::Frame:
        painter->drawPolygon(QPolygonF { middle + QPointF(0, -Radius), middle + QPointF(Radius, 0),
            middle + QPointF(0, Radius), middle + QPointF(-Radius, 0) });
        break;
    case EventRows::Kind::Read:
    case EventRows::Kind::Write:
        painter->drawRect(QRectF(middle.x() - 1.5, middle.y() - Radius, 3, 2 * Radius));
        break;
    case EventRows::Kind::Omitted:
        for (const double offset : { -5.0, 0.0, 5.0 })
            painter->drawEllipse(middle + QPointF(0, offset), 1, 1);
        break;
    }
}

void paintArrow(QPainter *painter, const QPointF &from, const QPointF &to, const QColor &color)
{
    const double direction = to.x() < from.x() ? -1 : 1;
    painter->setPen(QPen(color, 1.5));
    painter->drawLine(from, to - QPointF(4 * direction, 0));
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawPolygon(
        QPolygonF { to, to + QPointF(-7 * direction, -3.5), to + QPointF(-7 * direction, 3.5) });
}

} // namespace headrace::ui
