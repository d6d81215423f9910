#include "traffic/trafficdelegate.h"

#include "shell/theme.h"
#include "traffic/trafficcolumns.h"

#include <QApplication>
#include <QPainter>

namespace headrace::ui {

namespace {

bool isWire(TrafficColumn column)
{
    return column == TrafficColumn::Method || column == TrafficColumn::Host
        || column == TrafficColumn::Path || column == TrafficColumn::Status;
}

bool isMuted(TrafficColumn column)
{
    return column == TrafficColumn::Number || column == TrafficColumn::Time
        || column == TrafficColumn::Source || column == TrafficColumn::Type;
}

} // namespace

QFont TrafficDelegate::fontOf(int column)
{
    const auto which = TrafficColumn(column);
    QFont font = isWire(which) ? Theme::fixedFont() : QApplication::font();
    font.setBold(which == TrafficColumn::Method || which == TrafficColumn::Status);
    return font;
}

void TrafficDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto column = TrafficColumn(index.column());
    option->font = fontOf(index.column());
    option->fontMetrics = QFontMetrics(option->font);
    option->textElideMode = Qt::ElideMiddle;
    option->state &= ~QStyle::State_HasFocus; // The row is what is current.

    QColor color;
    const bool hasFailed = index.data(HasFailedRole).toBool();
    if (column == TrafficColumn::Status)
        color = Theme::statusColor(index.data(StatusCodeRole).toInt(),
            hasFailed && index.data(StatusCodeRole).toInt() == 0, option->palette);
    else if (column == TrafficColumn::Notes)
        color = hasFailed ? Theme::toneColor(Theme::Tone::Failed, option->palette)
                          : Theme::mutedColor(option->palette);
    else if (isMuted(column))
        color = Theme::mutedColor(option->palette);
    if (color.isValid()) {
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
}

void TrafficDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    // The current row is marked at its start as well, for those who do not see the tint.
    if (index.column() == 0 && (option.state & QStyle::State_Selected))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
            Theme::accentColor(option.palette));
}

} // namespace headrace::ui
