#include "inspector/lifedelegate.h"

#include "inspector/connectionlife.h"
#include "shell/theme.h"

#include <QPainter>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Inset = 8;
constexpr double BarHeight = 8;

} // namespace

void LifeDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != ConnectionLife::Line)
        return;
    const QRectF track = QRectF(option.rect).adjusted(Inset, 0, -Inset, 0);
    const double left
        = track.left() + track.width() * index.data(ConnectionLife::BeginRole).toDouble();
    const double right
        = track.left() + track.width() * index.data(ConnectionLife::EndRole).toDouble();
    const double width = std::max(2.0, right - left);
    const double start = std::min(left, track.right() - width);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(index.data(ConnectionLife::IsShownRole).toBool()
            ? Theme::accentColor(option.palette)
            : Theme::mutedColor(option.palette));
    painter->drawRoundedRect(
        QRectF(start, track.center().y() - BarHeight / 2, width, BarHeight), 2, 2);
    painter->restore();
}

void LifeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideMiddle;
    option->state &= ~QStyle::State_HasFocus;
    option->font.setBold(index.data(ConnectionLife::IsShownRole).toBool());
    option->fontMetrics = QFontMetrics(option->font);
    if (index.column() != ConnectionLife::Status)
        return;
    const QColor color = Theme::statusColor(index.data(ConnectionLife::StatusRole).toInt(),
        index.data(ConnectionLife::HasFailedRole).toBool(), option->palette);
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}

} // namespace headrace::ui
