#include "compare/comparisondelegate.h"

#include "compare/comparisonmodel.h"
#include "shell/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <optional>

namespace headrace::ui {

using Kind = exchange::ComparedLine::Kind;

namespace {

constexpr int Inset = 8;
constexpr qsizetype Before = 12; // characters shown before the first difference of a long line
constexpr qsizetype MostShown = 2000; // characters; no screen has room for more

/// The part of a text that is not on the other side, too.
struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

Span changedSpan(const QString &text, const QString &other)
{
    const qsizetype shorter = std::min(text.size(), other.size());
    Span span;
    while (span.begin < shorter && text.at(span.begin) == other.at(span.begin))
        ++span.begin;
    qsizetype tail = 0;
    while (tail < shorter - span.begin
        && text.at(text.size() - 1 - tail) == other.at(other.size() - 1 - tail))
        ++tail;
    span.end = text.size() - tail;
    return span;
}

std::optional<Theme::Tone> toneOf(Kind kind)
{
    switch (kind) {
    case Kind::Changed:
        return Theme::Tone::ClientError;
    case Kind::OnlyLeft:
        return Theme::Tone::Failed;
    case Kind::OnlyRight:
        return Theme::Tone::Success;
    case Kind::Moved:
        return Theme::Tone::Informational;
    case Kind::Same:
    case Kind::Figure:
        break;
    }
    return {};
}

} // namespace

void ComparisonDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(ComparisonModel::SpansRole).toBool())
        paintSpan(painter, option, index);
    else
        paintLine(painter, option, index);
    painter->restore();
}

void ComparisonDelegate::paintSpan(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isHeading = index.data(ComparisonModel::IsHeadingRole).toBool();
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect,
        option.palette.color(isSelected ? QPalette::Highlight
                : isHeading             ? QPalette::Window
                                        : QPalette::Base));
    QFont font = option.widget ? option.widget->parentWidget()->font() : option.font;
    font.setBold(isHeading);
    painter->setFont(font);
    painter->setPen(
        isHeading ? option.palette.color(QPalette::WindowText) : Theme::mutedColor(option.palette));
    painter->drawText(option.rect.adjusted(Inset, 0, -Inset, 0), Qt::AlignVCenter | Qt::AlignLeft,
        index.data().toString());
}

void ComparisonDelegate::paintLine(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto kind = Kind(index.data(ComparisonModel::KindRole).toInt());
    const std::optional<Theme::Tone> tone = toneOf(kind);
    const QVariant shown = index.data();
    const QString text = shown.toString();
    const bool isMark = index.column() == ComparisonModel::Mark;
    const bool isMissing = !isMark && text.isNull();
    const bool isSelected = option.state & QStyle::State_Selected;
    QColor ground = option.palette.color(isMissing ? QPalette::AlternateBase : QPalette::Base);
    if (tone && !isMissing)
        ground = Theme::tintColor(*tone, option.palette);
    if (isSelected)
        ground = option.palette.color(QPalette::Highlight);
    painter->fillRect(option.rect, ground);
    painter->setFont(option.font);
    painter->setPen(tone && isMark ? Theme::toneColor(*tone, option.palette)
                                   : option.palette.color(QPalette::Text));
    if (isMark) {
        painter->drawText(option.rect, Qt::AlignCenter, text);
        return;
    }
    const QRect room = option.rect.adjusted(Inset, 0, -Inset, 0);
    painter->setClipRect(room);
    const QFontMetrics metrics(option.font);
    const int baseline = room.top() + (room.height() + metrics.ascent() - metrics.descent()) / 2;
    if (kind != Kind::Changed) {
        const QString elided
            = metrics.elidedText(text.left(MostShown), Qt::ElideRight, room.width());
        painter->drawText(room.left(), baseline, elided);
        return;
    }
    const Span span = changedSpan(text, index.data(ComparisonModel::OtherTextRole).toString());
    const qsizetype fits = std::max<qsizetype>(1, room.width() / metrics.averageCharWidth());
    const bool isMoved = text.size() > fits && span.begin > fits / 2;
    const qsizetype first = isMoved ? span.begin - Before : 0;
    int x = room.left();
    const auto draw = [&](const QString &piece, bool isChanged) {
        const int width = metrics.horizontalAdvance(piece);
        if (isChanged) {
            QColor strong = Theme::toneColor(Theme::Tone::ClientError, option.palette);
            painter->fillRect(x, room.bottom() - 2, width, 2, strong);
            QFont bold = option.font;
            bold.setBold(true);
            painter->setFont(bold);
        }
        painter->drawText(x, baseline, piece);
        painter->setFont(option.font);
        x += width;
    };
    if (isMoved)
        draw(QStringLiteral("…"), false);
    draw(text.mid(first, span.begin - first), false);
    draw(text.mid(span.begin, std::min(span.end - span.begin, MostShown)), true);
    draw(text.mid(span.end, MostShown), false);
}

bool ComparisonDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QString text = index.data().toString();
    const bool isCut = event->type() == QEvent::ToolTip && index.column() != ComparisonModel::Mark
        && QFontMetrics(option.font).horizontalAdvance(text.left(MostShown))
            > option.rect.width() - 2 * Inset;
    if (!isCut)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), text.left(MostShown), view);
    return true;
}

} // namespace headrace::ui
