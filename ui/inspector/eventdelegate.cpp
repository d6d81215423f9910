#include "inspector/eventdelegate.h"

#include "inspector/eventmodel.h"
#include "shell/theme.h"

#include <QApplication>
#include <QPainter>

namespace headrace::ui {

namespace {

constexpr int Inset = 4;

/// A mark that tells the lane by its form as well as by its place.
void drawMark(QPainter *painter, const QPointF &middle, int lane, const QColor &color)
{
    constexpr double Radius = 4;
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    switch (lane % 4) {
    case 0:
        painter->drawEllipse(middle, Radius, Radius);
        break;
    case 1:
        painter->drawRect(QRectF(middle.x() - 3.5, middle.y() - 3.5, 7, 7));
        break;
    case 2:
        painter->drawPolygon(QPolygonF { middle + QPointF(0, -5), middle + QPointF(5, 0),
            middle + QPointF(0, 5), middle + QPointF(-5, 0) });
        break;
    default:
        painter->drawPolygon(QPolygonF {
            middle + QPointF(0, -4.5), middle + QPointF(4.5, 4), middle + QPointF(-4.5, 4) });
        break;
    }
}

} // namespace

void EventDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() == EventModel::Object)
        paintLanes(painter, option, index);
}

void EventDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideMiddle;
    option->state &= ~QStyle::State_HasFocus;
    const bool isWire = index.column() != EventModel::Detail;
    option->font = isWire ? Theme::fixedFont() : QApplication::font();
    option->font.setBold(index.column() == EventModel::Name);
    option->fontMetrics = QFontMetrics(option->font);
    QColor color;
    if (index.data(EventModel::IsFailureRole).toBool() && index.column() >= EventModel::Name)
        color = Theme::toneColor(Theme::Tone::Failed, option->palette);
    else if (index.data(EventModel::IsDepartureRole).toBool() && index.column() >= EventModel::Name)
        color = Theme::toneColor(Theme::Tone::ClientError, option->palette);
    else if (index.column() != EventModel::Name && index.column() != EventModel::Detail)
        color = Theme::mutedColor(option->palette);
    if (color.isValid()) {
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
    if (index.column() == EventModel::Object) {
        // The lanes are painted before the name; a transparent picture keeps their place.
        const int lanes = index.data(EventModel::LaneCountRole).toInt();
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(lanes * LaneWidth + Inset, 1);
    }
}

void EventDelegate::paintLanes(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int lane = index.data(EventModel::LaneRole).toInt();
    const int lanes = index.data(EventModel::LaneCountRole).toInt();
    const bool isFirst = index.row() == 0;
    const bool isLast = index.row() == index.model()->rowCount() - 1;
    const QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < lanes; ++i) {
        const double x = rect.left() + Inset + (i + 0.5) * LaneWidth;
        const double top = isFirst ? rect.center().y() : rect.top();
        const double bottom = isLast ? rect.center().y() : rect.bottom() + 1;
        painter->setPen(QPen(Theme::separatorColor(option.palette), 1));
        painter->drawLine(QPointF(x, top), QPointF(x, bottom));
    }
    const bool hasFailed = index.data(EventModel::IsFailureRole).toBool();
    drawMark(painter,
        QPointF(rect.left() + Inset + (lane + 0.5) * LaneWidth, rect.center().y() + 0.5), lane,
        hasFailed ? Theme::toneColor(Theme::Tone::Failed, option.palette)
                  : Theme::accentColor(option.palette));
    painter->restore();
}

} // namespace headrace::ui
