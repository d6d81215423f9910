#include "inspector/waterfallpainter.h"

#include "inspector/eventglyph.h"
#include "inspector/eventpainter.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace headrace::ui {

namespace {

constexpr double TickDistance = 90;
constexpr int MarkRoom = 8; ///< Between a mark and its text.

} // namespace

WaterfallPainter::WaterfallPainter(const EventScene &scene, const QPalette &palette)
    : m_scene(scene)
    , m_palette(palette)
{
}

double WaterfallPainter::x(double time) const
{
    return m_scene.columns->axisLeft() + m_scene.axis.x(time);
}

void WaterfallPainter::paintHeader(QPainter *painter) const
{
    const Extent &rest = m_scene.columns->rest();
    const int height = painter->fontMetrics().height();
    const int headerHeight = m_scene.columns->headerHeight();
    painter->save();
    painter->setClipRect(rest.left, 0, rest.width, headerHeight);
    painter->setPen(Theme::mutedColor(m_palette));
    for (const TimeAxis::Tick &tick : m_scene.axis.ticks(TickDistance)) {
        const int left = int(x(double(tick.time)));
        if (left + 3 + painter->fontMetrics().horizontalAdvance(tick.text) <= rest.right())
            painter->drawText(QRect(left + 3, headerHeight - height - 3, int(TickDistance), height),
                int(Qt::AlignLeft | Qt::AlignVCenter), tick.text);
    }
    // One after the other, mostly; what overlaps goes into the second line.
    double occupied = 0;
    for (const Phase &phase : m_scene.rows.phases()) {
        const double left = x(double(phase.begin));
        const double right = std::max(x(double(phase.end)), left + 2);
        const bool overlaps = left < occupied;
        const QRectF bar(left, overlaps ? height + 4 : 3, right - left, height - 1);
        occupied = std::max(occupied, right);
        if (right < rest.left || left > rest.right())
            continue;
        QColor fill = Theme::accentColor(m_palette);
        fill.setAlphaF(0.25F);
        painter->fillRect(bar, fill);
        painter->fillRect(QRectF(left, bar.top(), 2, bar.height()), Theme::accentColor(m_palette));
        const QString text
            = phase.name + QStringLiteral(" ") + formatDuration(phase.end - phase.begin);
        const QRectF inner
            = bar.intersected(QRectF(rest.left, 0, rest.width, headerHeight)).adjusted(5, 0, -2, 0);
        painter->setPen(m_palette.color(QPalette::Text));
        if (inner.width() > 30)
            painter->drawText(inner, int(Qt::AlignLeft | Qt::AlignVCenter),
                painter->fontMetrics().elidedText(text, Qt::ElideRight, int(inner.width())));
    }
    painter->restore();
}

void WaterfallPainter::paintGrid(QPainter *painter, int top, int bottom) const
{
    const int end = std::min(bottom, m_scene.layout.height());
    for (const TimeAxis::Tick &tick : m_scene.axis.ticks(TickDistance))
        painter->fillRect(
            QRectF(int(x(double(tick.time))), top, 1, end - top), Theme::separatorColor(m_palette));
}

void WaterfallPainter::paintRow(
    QPainter *painter, qsizetype row, const QColor &mark, const QColor &text) const
{
    const EventRows &rows = m_scene.rows;
    const EventRows::Row &line = rows.at(row);
    const Extent &rest = m_scene.columns->rest();
    const int top = m_scene.layout.top(row);
    const int height = m_scene.layout.rowHeight();
    const double middle = top + height / 2.0;
    const double at = x(double(line.time));
    painter->save();
    painter->setClipRect(rest.left, top, rest.width, height);

    QString label = rows.departureText(row);
    if (!rows.detail(row).isEmpty())
        label += (label.isEmpty() ? QString() : QStringLiteral("  ")) + rows.detail(row);
    if (const Phase *phase = rows.phaseEndingAt(row)) {
        QColor fill = Theme::accentColor(m_palette);
        fill.setAlphaF(0.3F);
        const double left = x(double(phase->begin));
        painter->fillRect(
            QRectF(left, middle - 8, std::max(2.0, x(double(phase->end)) - left), 16), fill);
        const QString length
            = phase->name + QStringLiteral(" ") + formatDuration(phase->end - phase->begin);
        label = label.isEmpty() ? length : label + QStringLiteral(" · ") + length;
    } else if (row > 0 && rows.at(row - 1).kind != EventRows::Kind::Omitted) {
        // What has passed since the line above, below the text.
        const double before = x(double(rows.at(row - 1).time));
        painter->fillRect(
            QRectF(std::min(before, at), top + height - 4, std::abs(at - before), 2), mark);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    if (at < rest.left - MarkRoom || at > rest.right() + MarkRoom) {
        paintBeyond(painter, at < rest.left, middle);
        painter->restore();
        return;
    }
    paintGlyph(painter, QPointF(at, middle), line.kind, rows.isFailure(row), mark,
        m_palette.color(QPalette::Base));

    // Beside the mark, where there is more room.
    const double right = rest.right() - at;
    const bool isBehind = right >= std::min<double>(rest.width / 2.0,
                              painter->fontMetrics().horizontalAdvance(label) + 2 * MarkRoom);
    const QRectF room = isBehind
        ? QRectF(at + MarkRoom, top, std::max(0.0, right - MarkRoom), height)
        : QRectF(rest.left, top, std::max(0.0, at - MarkRoom - rest.left), height);
    painter->setPen(text);
    painter->drawText(room,
        int((isBehind ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(label, Qt::ElideRight, int(room.width())));
    painter->restore();
}

/// The mark is not in sight: where it is.
void WaterfallPainter::paintBeyond(QPainter *painter, bool isBefore, double y) const
{
    const Extent &rest = m_scene.columns->rest();
    const QPointF tip(isBefore ? rest.left + 2 : rest.right() - 2, y);
    const double back = isBefore ? 5 : -5;
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::mutedColor(m_palette));
    painter->drawPolygon(QPolygonF { tip, tip + QPointF(back, -3.5), tip + QPointF(back, 3.5) });
}

} // namespace headrace::ui
