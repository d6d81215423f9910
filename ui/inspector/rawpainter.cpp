#include "inspector/rawpainter.h"

#include "shell/format.h"
#include "shell/theme.h"
#include "text/syntaxcolors.h"

#include <QPainter>

#include <algorithm>

namespace headrace::ui {

using exchange::WireItem;
using exchange::WireSpan;

namespace {

bool contains(const RawRange &range, qint64 offset)
{
    return offset >= range.begin && offset < range.end;
}

QString digitsOf(char octet)
{
    static constexpr QStringView digits = u"0123456789abcdef";
    const QChar pair[] = { digits[uchar(octet) >> 4], digits[uchar(octet) & 15] };
    return QString(pair, 2);
}

QChar characterOf(char octet)
{
    return uchar(octet) >= 0x20 && uchar(octet) < 0x7f ? QChar::fromLatin1(octet) : QChar(u'·');
}

} // namespace

RawPainter::RawPainter(QPainter &painter, const Scene &scene)
    : m_painter(painter)
    , m_scene(scene)
    , m_text(scene.palette.color(QPalette::Text))
    , m_muted(Theme::mutedColor(scene.palette))
    , m_framing(Theme::accentColor(scene.palette))
    , m_foreign(Theme::toneColor(Theme::Tone::ClientError, scene.palette))
    , m_selection(scene.palette.color(QPalette::Highlight))
    , m_mark(Theme::tintColor(Theme::Tone::Redirect, scene.palette))
    , m_match(SyntaxColors::of(scene.palette).match)
    , m_small(painter.font())
    , m_ascent(painter.fontMetrics().ascent())
{
    m_small.setPointSizeF(painter.font().pointSizeF() * 0.7);
    m_match.setAlpha(90);
}

void RawPainter::paintRow(const RawRows::Row &row, const QByteArray &octets, int y)
{
    if (row.beginsRun && row.begin > 0)
        m_painter.fillRect(
            QRect(0, y, std::max(m_scene.width, 1), 1), Theme::separatorColor(m_scene.palette));
    if (m_scene.layout.form() == RawRows::Form::Text)
        paintTextRow(row, octets, y);
    else
        paintHexRow(row, octets, y);
}

void RawPainter::paintGutter(const RawRows::Row &row, int y, int scrolled)
{
    const RawLayout &layout = m_scene.layout;
    const int width = layout.gutterWidth();
    m_painter.fillRect(QRect(scrolled, y, width, layout.rowHeight()),
        m_scene.palette.color(QPalette::AlternateBase));
    m_painter.fillRect(QRect(scrolled + width - 1, y, 1, layout.rowHeight()),
        Theme::separatorColor(m_scene.palette));
    if (!row.beginsRun)
        return;
    if (row.begin > 0)
        m_painter.fillRect(QRect(scrolled, y, width, 1), Theme::separatorColor(m_scene.palette));
    const auto run = m_scene.map->runAt(m_scene.direction, row.begin);
    if (!run)
        return;
    m_painter.setPen(m_muted);
    m_painter.drawText(QRect(scrolled, y, width - 5, layout.rowHeight()),
        Qt::AlignRight | Qt::AlignVCenter, formatExactTime(run->time));
}

/// The colour of each octet by what it is.
QList<QColor> RawPainter::colorsOf(const RawRows::Row &row) const
{
    QList<QColor> colors(row.end - row.begin, m_text);
    qint64 offset = row.begin;
    while (offset < row.end) {
        const auto item = m_scene.map->at(m_scene.direction, offset);
        const qint64 end = item ? std::min(item->span.end, row.end) : row.end;
        QColor color = m_text;
        if (!item)
            break;
        switch (item->kind) {
        case WireItem::Kind::SizeLine:
        case WireItem::Kind::ChunkEnd:
        case WireItem::Kind::LastChunk:
            color = m_framing;
            break;
        case WireItem::Kind::Field:
        case WireItem::Kind::Trailer: {
            const bool isField = item->kind == WireItem::Kind::Field;
            const auto block
                = isField ? m_scene.map->head(item->message) : m_scene.map->trailers(item->message);
            const auto &lines = isField ? m_scene.map->headLines(item->message)
                                        : m_scene.map->trailerLines(item->message);
            const qint64 nameEnd = block->begin + lines.fields.at(item->index).nameEnd;
            for (qint64 i = offset; i < std::min(nameEnd + 1, end); ++i)
                colors[i - row.begin] = m_muted;
            break;
        }
        default:
            break;
        }
        if (color != m_text)
            std::fill(
                colors.begin() + (offset - row.begin), colors.begin() + (end - row.begin), color);
        offset = std::max(end, offset + 1);
    }
    return colors;
}

QColor RawPainter::groundOf(qint64 offset) const
{
    if (contains(m_scene.selection, offset))
        return m_selection;
    const auto match = std::find_if(m_scene.matches.cbegin(), m_scene.matches.cend(),
        [offset](const RawRange &range) { return contains(range, offset); });
    if (match != m_scene.matches.cend())
        return m_match;
    return contains(m_scene.mark, offset) ? m_mark : QColor();
}

void RawPainter::paintTextRow(const RawRows::Row &row, const QByteArray &octets, int y)
{
    const RawLayout &layout = m_scene.layout;
    const QList<RawCell> cells = rawCells(octets, m_scene.showsLineEnds);
    const QList<QColor> colors = colorsOf(row);
    const auto widthOf = [&](const RawCell &cell) {
        return layout.columnX(cell.column + cell.columns) - layout.columnX(cell.column);
    };

    for (const RawCell &cell : cells) {
        const QColor ground = groundOf(row.begin + cell.begin);
        const bool isHidden = cell.columns == 0 && cell.kind == RawCell::Kind::LineEnd;
        if (ground.isValid())
            fill(layout.columnX(cell.column), isHidden ? 3 : widthOf(cell), y, ground);
    }
    // Neighbours of one colour are drawn together; what may be as wide as it likes, by itself.
    QString run;
    int runX = 0;
    QColor runColor;
    const auto flush = [&] {
        drawText(runX, y, run, runColor);
        run.clear();
    };
    for (const RawCell &cell : cells) {
        if (cell.text.isEmpty())
            continue;
        QColor color = colors.value(cell.begin, m_text);
        if (cell.kind == RawCell::Kind::LineEnd)
            color = m_muted;
        else if (cell.kind != RawCell::Kind::Text)
            color = m_foreign;
        const bool isName
            = cell.kind == RawCell::Kind::LineEnd || cell.kind == RawCell::Kind::Control;
        const bool isPlain = !isName && cell.text.at(0).unicode() < 0x80;
        if (!run.isEmpty() && (!isPlain || color != runColor))
            flush();
        if (isName) {
            drawName(layout.columnX(cell.column), widthOf(cell), y, cell.text, color);
            continue;
        }
        if (!isPlain) {
            drawText(
                layout.columnX(cell.column - (cell.columns == 0 ? 1 : 0)), y, cell.text, color);
            continue;
        }
        if (run.isEmpty()) {
            runX = layout.columnX(cell.column);
            runColor = color;
        }
        run += cell.text;
    }
    flush();

    if (m_scene.caret >= row.begin && m_scene.caret <= row.end) {
        for (const RawCell &cell : cells) {
            if (row.begin + cell.begin == m_scene.caret)
                return fill(layout.columnX(cell.column) - 1, 2, y, m_framing);
        }
        // Behind the last octet of all.
        if (m_scene.caret == row.end && !cells.isEmpty() && m_scene.caret == m_scene.end)
            fill(layout.columnX(cells.constLast().column + cells.constLast().columns), 2, y,
                m_framing);
    }
}

void RawPainter::paintHexRow(const RawRows::Row &row, const QByteArray &octets, int y)
{
    const RawLayout &layout = m_scene.layout;
    const int charWidth = qRound(layout.charWidth());
    drawText(layout.offsetX(), y,
        QStringLiteral("%1").arg(row.begin, layout.offsetDigits(), 16, QLatin1Char('0')), m_muted);
    const QList<QColor> colors = colorsOf(row);
    for (int i = 0; i < octets.size(); ++i) {
        const qint64 offset = row.begin + i;
        const QColor ground = groundOf(offset);
        if (ground.isValid()) {
            const bool goesOn = i + 1 < octets.size() && groundOf(offset + 1) == ground;
            const int next = goesOn ? layout.digitsX(i + 1) : layout.digitsX(i) + 2 * charWidth;
            fill(layout.digitsX(i), next - layout.digitsX(i), y, ground);
            fill(layout.charactersX(i), charWidth, y, ground);
        }
        const QChar character = characterOf(octets.at(i));
        const bool isShown = uchar(octets.at(i)) >= 0x20 && uchar(octets.at(i)) < 0x7f;
        drawText(layout.digitsX(i), y, digitsOf(octets.at(i)), colors.at(i));
        drawText(layout.charactersX(i), y, character, isShown ? colors.at(i) : m_muted);
    }
    const bool isInRow = m_scene.caret >= row.begin && m_scene.caret < row.end;
    const bool isBehindAll = m_scene.caret == row.end && row.end == m_scene.end;
    if (isInRow || isBehindAll) {
        const int octet = int(m_scene.caret - row.begin);
        const int x = m_scene.pane == RawLayout::Pane::Digits ? layout.digitsX(octet)
                                                              : layout.charactersX(octet);
        fill(x - 1, 2, y, m_framing);
    }
}

void RawPainter::fill(int x, int width, int y, const QColor &color)
{
    m_painter.fillRect(QRect(x, y + 1, width, m_scene.layout.rowHeight() - 1), color);
}

void RawPainter::drawName(int x, int width, int y, const QString &name, const QColor &color)
{
    const QRect place(x + 1, y + 3, width - 2, m_scene.layout.rowHeight() - 5);
    const QFont font = m_painter.font();
    QColor line = color;
    line.setAlpha(110);
    m_painter.setPen(line);
    m_painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 2, 2);
    m_painter.setPen(color);
    m_painter.setFont(m_small);
    m_painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, name);
    m_painter.setFont(font);
}

void RawPainter::drawText(int x, int y, const QString &text, const QColor &color)
{
    if (text.isEmpty())
        return;
    m_painter.setPen(color);
    m_painter.drawText(x, y + 1 + m_ascent, text);
}

} // namespace headrace::ui
