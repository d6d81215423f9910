#include "traffic/trafficdelegate.h"

#include "shell/icons.h"
#include "shell/theme.h"
#include "traffic/markcolor.h"
#include "traffic/trafficcolumns.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace headrace::ui {

using exchange::Mark;
using exchange::Source;

namespace {

constexpr int IconSize = 14;
constexpr int DotSize = 8;

bool isWire(TrafficColumn column)
{
    return column == TrafficColumn::Method || column == TrafficColumn::Host
        || column == TrafficColumn::Path || column == TrafficColumn::Status;
}

bool isMuted(TrafficColumn column)
{
    return column == TrafficColumn::Number || column == TrafficColumn::Time
        || column == TrafficColumn::Scheme || column == TrafficColumn::Type;
}

QString iconOf(Source source)
{
    switch (source) {
    case Source::Composer:
        return QStringLiteral("compose");
    case Source::Proxy:
        return QStringLiteral("proxy");
    case Source::Mock:
        return QStringLiteral("mock");
    case Source::Script:
        return QStringLiteral("script");
    }
    return {};
}

bool isLeftmost(const QStyleOptionViewItem &option, int column)
{
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    if (!view)
        return column == 0;
    const QHeaderView *header = view->horizontalHeader();
    int visual = 0;
    while (visual < header->count() && header->isSectionHidden(header->logicalIndex(visual)))
        ++visual;
    return header->visualIndex(column) == visual;
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
    option->textElideMode = column == TrafficColumn::Pattern || column == TrafficColumn::Note
        ? Qt::ElideRight
        : Qt::ElideMiddle;
    option->state &= ~QStyle::State_HasFocus; // The row is what is current.

    QColor color;
    const bool hasFailed = index.data(HasFailedRole).toBool();
    if (column == TrafficColumn::Status)
        color = Theme::statusColor(index.data(StatusCodeRole).toInt(),
            hasFailed && index.data(StatusCodeRole).toInt() == 0, option->palette);
    else if (column == TrafficColumn::Pattern)
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
    const auto column = TrafficColumn(index.column());
    if (column == TrafficColumn::Source)
        paintSource(painter, option, index.data(SourceRole));
    else if (column == TrafficColumn::Mark)
        paintMark(painter, option, index.data(MarkRole));
    // The current row is marked at its start as well, for those who do not see the tint.
    if ((option.state & QStyle::State_Selected) && isLeftmost(option, index.column()))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
            Theme::accentColor(option.palette));
}

void TrafficDelegate::paintSource(
    QPainter *painter, const QStyleOptionViewItem &option, const QVariant &source) const
{
    if (!source.isValid())
        return;
    QRect place(0, 0, IconSize, IconSize);
    place.moveCenter(option.rect.center());
    const QColor color = Theme::mutedColor(option.palette);
    QIcon &picture = m_icons[{ source.toInt(), color.rgb() }];
    if (picture.isNull())
        picture = icon(iconOf(Source(source.toInt())), color);
    picture.paint(painter, place);
}

void TrafficDelegate::paintMark(
    QPainter *painter, const QStyleOptionViewItem &option, const QVariant &mark) const
{
    const QColor color = markColor(Mark(mark.toInt()), option.palette);
    if (!color.isValid())
        return;
    QRectF place(0, 0, DotSize, DotSize);
    place.moveCenter(QRectF(option.rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawEllipse(place);
    painter->restore();
}

} // namespace headrace::ui
