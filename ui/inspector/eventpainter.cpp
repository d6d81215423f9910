#include "inspector/eventpainter.h"

#include "inspector/eventglyph.h"
#include "inspector/waterfallpainter.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("EventPainter", text); }

void drawText(QPainter *painter, const QRect &rect, const QString &text,
    Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideMiddle)
{
    const QString shown = painter->fontMetrics().elidedText(text, elide, rect.width());
    painter->drawText(rect, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
}

} // namespace

EventPainter::EventPainter(const EventScene &scene, const QPalette &palette)
    : m_scene(scene)
    , m_columns(*scene.columns)
    , m_palette(palette)
    , m_ui(QApplication::font())
    , m_wire(Theme::fixedFont())
    , m_bold(m_wire)
{
    m_bold.setBold(true);
}

void EventPainter::setSelection(qsizetype first, qsizetype last, bool hasFocus)
{
    m_selection = { first, last };
    m_hasFocus = hasFocus;
}

QRect EventPainter::cell(const Extent &extent, qsizetype row) const
{
    return { extent.left, m_scene.layout.top(row), extent.width, m_scene.layout.rowHeight() };
}

QColor EventPainter::colorOf(qsizetype row) const
{
    const EventRows &rows = m_scene.rows;
    if (rows.isFailure(row))
        return Theme::toneColor(Theme::Tone::Failed, m_palette);
    if (rows.isDeparture(row))
        return Theme::toneColor(Theme::Tone::ClientError, m_palette);
    const EventRows::Kind kind = rows.at(row).kind;
    const bool isTransfer = kind == EventRows::Kind::Read || kind == EventRows::Kind::Write;
    return isTransfer || kind == EventRows::Kind::Omitted ? Theme::mutedColor(m_palette)
                                                          : Theme::accentColor(m_palette);
}

QColor EventPainter::textColor(qsizetype row) const
{
    const bool isPlain = !m_scene.rows.isFailure(row) && !m_scene.rows.isDeparture(row);
    return isPlain ? m_palette.color(QPalette::Text) : colorOf(row);
}

// --- the body

void EventPainter::paintBody(QPainter *painter, int top, int bottom) const
{
    const auto [first, last] = m_scene.layout.rowsIn(top, bottom);
    if (last < first)
        return;
    for (qsizetype row = first; row <= last; ++row)
        paintGround(painter, row);
    for (const EventLayout::Gap &gap : m_scene.layout.gaps()) {
        if (gap.row >= first && gap.row <= last + 1)
            paintGap(painter, gap);
    }
    paintLanes(painter, top, bottom);
    if (m_columns.isToScale())
        WaterfallPainter(m_scene, m_palette).paintGrid(painter, top, bottom);
    for (qsizetype row = first; row <= last; ++row)
        paintRow(painter, row);
}

void EventPainter::paintGround(QPainter *painter, qsizetype row) const
{
    const QRect line = cell({ 0, m_columns.width() }, row);
    if (row >= m_selection.first && row <= m_selection.second) {
        QColor color = m_palette.color(
            m_hasFocus ? QPalette::Active : QPalette::Inactive, QPalette::Highlight);
        painter->fillRect(line, color);
        painter->fillRect(line.left(), line.top(), 2, line.height(), Theme::accentColor(m_palette));
    } else if (m_scene.rows.isDeparture(row)) {
        painter->fillRect(line, Theme::tintColor(Theme::Tone::ClientError, m_palette));
        painter->fillRect(line.left(), line.top(), 3, line.height(),
            Theme::toneColor(Theme::Tone::ClientError, m_palette));
    }
}

/// Time passes and nothing happens: across all lanes, with its length.
void EventPainter::paintGap(QPainter *painter, const EventLayout::Gap &gap) const
{
    const QRect rect(0, m_scene.layout.gapTop(gap), m_columns.width(), gap.height);
    painter->fillRect(rect, m_palette.color(QPalette::AlternateBase));
    painter->setFont(m_ui);
    painter->setPen(Theme::mutedColor(m_palette));
    const Extent &name = m_columns.name();
    const QRect text(name.left, rect.top(), m_columns.width() - name.left, rect.height());
    drawText(painter, text, QStringLiteral("⋮  ") + formatDuration(gap.length));
}

void EventPainter::paintLanes(QPainter *painter, int top, int bottom) const
{
    const int end = std::min(bottom, m_scene.layout.height());
    const QColor line = Theme::separatorColor(m_palette);
    const QList<EventLane> &lanes = m_scene.rows.lanes().lanes();
    for (qsizetype i = 0; i < lanes.size(); ++i) {
        const double x = m_columns.laneMiddle(i);
        painter->setPen(QPen(line, lanes.at(i).isPeer ? 3 : 1));
        painter->drawLine(QPointF(x, top), QPointF(x, end));
    }
    painter->setPen(QPen(m_palette.color(QPalette::AlternateBase), 3, Qt::DotLine));
    for (const EventLayout::Gap &gap : m_scene.layout.gaps()) {
        const int gapTop = m_scene.layout.gapTop(gap);
        if (gapTop >= end || gapTop + gap.height <= top)
            continue;
        for (qsizetype i = 0; i < lanes.size(); ++i) {
            const double x = m_columns.laneMiddle(i);
            painter->drawLine(QPointF(x, gapTop), QPointF(x, gapTop + gap.height));
        }
    }
}

void EventPainter::paintRow(QPainter *painter, qsizetype row) const
{
    const EventRows &rows = m_scene.rows;
    const QRect line = cell({ 0, m_columns.width() }, row);
    painter->setFont(m_wire);
    painter->setPen(Theme::mutedColor(m_palette));
    drawText(painter, cell(m_columns.time(), row), rows.timeText(row), Qt::AlignRight);
    drawText(painter, cell(m_columns.delta(), row), rows.deltaText(row), Qt::AlignRight);
    if (!m_columns.hasTitles())
        drawText(painter, cell(m_columns.object(), row), rows.object(row));
    painter->setFont(rows.at(row).kind == EventRows::Kind::Documented ? m_bold : m_wire);
    painter->setPen(textColor(row));
    drawText(painter, cell(m_columns.name(), row), rows.name(row));
    painter->setFont(m_ui);
    if (m_columns.isToScale())
        WaterfallPainter(m_scene, m_palette).paintRow(painter, row, colorOf(row), textColor(row));
    else
        paintDetail(painter, row);
    paintMark(painter, row, line.top() + line.height() / 2.0);
}

void EventPainter::paintDetail(QPainter *painter, qsizetype row) const
{
    const EventRows &rows = m_scene.rows;
    QRect rect = cell(m_columns.rest(), row);
    const QString departure = rows.departureText(row);
    const QString detail = rows.detail(row);
    painter->setPen(textColor(row));
    if (departure.isEmpty()) {
        drawText(painter, rect, detail);
        return;
    }
    drawText(painter, rect,
        detail.isEmpty() ? departure : departure + QStringLiteral("  ") + detail, Qt::AlignLeft,
        Qt::ElideRight);
}

void EventPainter::paintMark(QPainter *painter, qsizetype row, double y) const
{
    const EventRows::Row &line = m_scene.rows.at(row);
    const QPointF own(m_columns.laneMiddle(line.lane), y);
    const QColor color = colorOf(row);
    painter->setRenderHint(QPainter::Antialiasing);
    if (line.kind == EventRows::Kind::Read || line.kind == EventRows::Kind::Write) {
        const QPointF peer(m_columns.laneMiddle(m_scene.rows.peerLane(row)), y);
        const bool isWrite = line.kind == EventRows::Kind::Write;
        paintArrow(painter, isWrite ? own : peer, isWrite ? peer : own, color);
    }
    paintGlyph(painter, own, line.kind, m_scene.rows.isFailure(row), color,
        m_palette.color(QPalette::Base));
    painter->setRenderHint(QPainter::Antialiasing, false);
}

// --- the header

void EventPainter::paintHeader(QPainter *painter) const
{
    const QRect header(0, 0, m_columns.width(), m_columns.headerHeight());
    painter->fillRect(header, m_palette.color(QPalette::Window));
    painter->fillRect(0, header.bottom(), header.width(), 1, Theme::separatorColor(m_palette));
    painter->setFont(m_ui);
    painter->setPen(Theme::mutedColor(m_palette));
    const int height = painter->fontMetrics().height();
    const auto title = [&](const Extent &extent, const QString &text, Qt::Alignment alignment) {
        drawText(painter, { extent.left, header.bottom() - height - 3, extent.width, height }, text,
            alignment);
    };
    title(m_columns.time(), tr("Time (s)"), Qt::AlignRight);
    title(m_columns.delta(), tr("Δ"), Qt::AlignRight);
    if (!m_columns.hasTitles())
        title(m_columns.object(), tr("Object"), Qt::AlignLeft);
    title(m_columns.name(), tr("Event"), Qt::AlignLeft);
    if (m_columns.isToScale())
        WaterfallPainter(m_scene, m_palette).paintHeader(painter);
    else
        title(m_columns.rest(), tr("Detail"), Qt::AlignLeft);
    paintSides(painter);
    if (m_columns.hasTitles())
        paintTitles(painter);
}

/// A bracket over the lanes of each side.
void EventPainter::paintSides(QPainter *painter) const
{
    const QList<EventLane> &lanes = m_scene.rows.lanes().lanes();
    const int height = painter->fontMetrics().height();
    QFont bold = m_ui;
    bold.setBold(true);
    for (qsizetype first = 0, next = 0; first < lanes.size(); first = next) {
        while (next < lanes.size() && lanes.at(next).side == lanes.at(first).side)
            ++next;
        const int left = m_columns.lane(first).left + 2;
        const int right = m_columns.lane(next - 1).right() - 2;
        painter->fillRect(left, height + 4, right - left, 1, Theme::mutedColor(m_palette));
        painter->setFont(bold);
        painter->setPen(m_palette.color(QPalette::Text));
        const QString name = EventColumns::sideName(lanes.at(first).side);
        const bool fits = painter->fontMetrics().horizontalAdvance(name) <= right - left;
        painter->drawText(QRect(left, 3, right - left, height),
            int(Qt::AlignCenter) | Qt::TextSingleLine, fits ? name : name.left(1));
    }
    painter->setFont(m_ui);
}

void EventPainter::paintTitles(QPainter *painter) const
{
    const QList<EventLane> &lanes = m_scene.rows.lanes().lanes();
    const int height = painter->fontMetrics().height();
    painter->setPen(Theme::mutedColor(m_palette));
    for (qsizetype i = 0; i < lanes.size(); ++i) {
        const Extent extent = m_columns.lane(i);
        QStringList lines = EventColumns::titleLines(lanes.at(i).title);
        if (lines.size() == 1)
            lines.prepend({}); // next to its lane
        for (int line = 0; line < lines.size(); ++line)
            drawText(painter,
                { extent.left + 2, height * (line + 1) + 5, extent.width - 4, height },
                lines.at(line), Qt::AlignHCenter);
    }
}

} // namespace headrace::ui
