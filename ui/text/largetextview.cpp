#include "text/largetextview.h"

#include "shell/icons.h"
#include "shell/theme.h"
#include "text/syntaxcolors.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headrace::ui {

using exchange::OctetSpan;
using exchange::RowIndex;
using exchange::TextRow;

namespace {

constexpr qsizetype UnwrappedOctets = 2000;
constexpr qsizetype NarrowestOctets = 20;
constexpr qint64 CopyLimit = 16 * 1024 * 1024;
constexpr int ResizePause = 150; // milliseconds
constexpr qint64 MostRows = std::numeric_limits<int>::max() / 2; // of a scroll bar

} // namespace

LargeTextView::LargeTextView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Large text"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    m_resized.setSingleShot(true);
    m_resized.setInterval(ResizePause);
    connect(&m_resized, &QTimer::timeout, this, [this] {
        if (m_index && wantedRowOctets() != m_index->rowOctets())
            startIndexing(false);
    });
    connect(&m_cache, &OctetCache::arrived, viewport(), qOverload<>(&QWidget::update));
    connect(&m_indexing, &RowIndexing::updated, this, &LargeTextView::takeIndex);
    updateMetrics();
}

void LargeTextView::setSource(
    const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding, bool isGrown)
{
    const bool continues = isGrown && m_index && encoding == m_encoding;
    m_cache.setSource(source, continues);
    m_encoding = encoding;
    if (!continues) {
        m_index.reset();
        m_indexedOctets = 0;
        m_topOffset = 0;
        m_caret = m_anchor = 0;
        m_seeksCaret = false;
        m_widest = 0;
        m_marks.clear();
        verticalScrollBar()->setValue(0);
        horizontalScrollBar()->setValue(0);
        // Until rows are known, the begin is in sight as if it were all.
        auto begin = std::make_shared<RowIndex>(wantedRowOctets());
        const qint64 known = std::min<qint64>(source->size(), qint64(64) * 1024);
        if (source->isInMemory() && source->size() <= known) {
            begin->feed(source->read(0, known));
            begin->finish();
        }
        m_index = begin;
    }
    startIndexing(continues);
    viewport()->update();
}

const exchange::OctetSourcePointer &LargeTextView::source() const { return m_cache.source(); }

void LargeTextView::setWordWrap(bool wrap)
{
    m_isWrapped = wrap;
    if (m_index && wantedRowOctets() != m_index->rowOctets())
        startIndexing(false);
}

bool LargeTextView::isWordWrap() const { return m_isWrapped; }

bool LargeTextView::isIndexing() const { return m_indexing.isRunning(); }

qint64 LargeTextView::rowCount() const { return m_index ? m_index->rowCount() : 0; }

qint64 LargeTextView::lineCount() const { return m_index ? m_index->lineCount() : 0; }

QStringList LargeTextView::shownRows()
{
    QStringList result;
    const auto rows = rowsFrom(verticalScrollBar()->value(), rowsInSight(), false);
    for (const Shown &shown : rows)
        result += shown.text.text;
    return result;
}

qint64 LargeTextView::topOffset() const { return m_topOffset; }

void LargeTextView::setMarks(const QList<OctetSpan> &marks)
{
    m_marks = marks;
    viewport()->update();
}

void LargeTextView::select(const OctetSpan &span)
{
    m_anchor = std::clamp<qint64>(span.end, 0, m_cache.size());
    m_caret = std::clamp<qint64>(span.begin, 0, m_cache.size());
    ensureVisible(m_caret);
    viewport()->update();
    Q_EMIT selectionChanged();
}

OctetSpan LargeTextView::selection() const
{
    return { std::min(m_anchor, m_caret), std::max(m_anchor, m_caret) };
}

QString LargeTextView::selectedText() const
{
    const OctetSpan span = selection();
    const QByteArray octets
        = m_cache.readNow(span.begin, std::min(span.end - span.begin, CopyLimit));
    return m_encoding == exchange::TextEncoding::Utf8 ? QString::fromUtf8(octets)
                                                      : QString::fromLatin1(octets);
}

void LargeTextView::selectAll()
{
    m_anchor = 0;
    m_caret = m_cache.size();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LargeTextView::copy()
{
    if (m_anchor != m_caret)
        QGuiApplication::clipboard()->setText(selectedText());
}

int LargeTextView::rowHeight() const { return fontMetrics().height() + 2; }

int LargeTextView::rowsInSight() const
{
    return std::max(1, (viewport()->height() - Margin) / rowHeight());
}

int LargeTextView::gutterWidth() const
{
    const int digits = std::max<int>(3, int(std::log10(std::max<qint64>(1, lineCount()))) + 1);
    return Margin + digits * m_charWidth + Margin;
}

// A row that holds as many octets as there are columns is never too wide, unless characters are.
qsizetype LargeTextView::wantedRowOctets() const
{
    if (!m_isWrapped)
        return UnwrappedOctets;
    // With room for the numbers of a million lines, so that the gutter's growth breaks no row anew.
    const int room = viewport()->width() - 3 * Margin - 7 * m_charWidth;
    return std::max<qsizetype>(NarrowestOctets, qsizetype(room / m_columnWidth));
}

void LargeTextView::updateMetrics()
{
    setFont(Theme::fixedFont());
    m_columnWidth = std::max<qreal>(1, QFontMetricsF(font()).horizontalAdvance(u'0'));
    m_charWidth = int(std::ceil(m_columnWidth));
    updateScrollBars();
}

void LargeTextView::updateScrollBars()
{
    const auto rows = int(std::min(rowCount(), MostRows));
    verticalScrollBar()->setPageStep(rowsInSight());
    verticalScrollBar()->setRange(0, std::max(0, rows - rowsInSight()));
    const int room = viewport()->width() - gutterWidth() - Margin;
    horizontalScrollBar()->setPageStep(room);
    horizontalScrollBar()->setRange(0, std::max(0, m_widest - room));
    horizontalScrollBar()->setSingleStep(m_charWidth);
}

void LargeTextView::startIndexing(bool isGrown)
{
    m_isReplacing = !isGrown;
    m_indexing.start(m_cache.source(), wantedRowOctets(), isGrown);
}

void LargeTextView::takeIndex(const RowIndexing::IndexPointer &index, qint64 octets)
{
    const bool isAll = octets >= m_cache.size();
    // What is known of a text shown before is not given up for less.
    if (!isAll && (octets < m_indexedOctets || (m_isReplacing && octets <= m_topOffset)))
        return;
    const qint64 top = m_topOffset;
    const bool isReplaced = m_isReplacing;
    m_index = index;
    m_indexedOctets = octets;
    if (isReplaced) {
        m_isReplacing = false;
        m_widest = 0;
    }
    updateScrollBars();
    if (isReplaced && top > 0)
        verticalScrollBar()->setValue(int(rowOf(top)));
    if (m_seeksCaret && octets > m_caret)
        ensureVisible(m_caret);
    viewport()->update();
    Q_EMIT indexed();
}

QList<LargeTextView::Shown> LargeTextView::rowsFrom(qint64 first, int count, bool mayRead)
{
    QList<Shown> result;
    if (!m_index || !m_cache.source() || count <= 0)
        return result;
    const RowIndex::Place place = m_index->placeBeforeRow(first);
    const qint64 most = (first - place.row + count + 1) * (m_index->rowOctets() + 2);
    const auto window = mayRead ? std::optional(m_cache.readNow(place.offset, most))
                                : m_cache.window(place.offset, most);
    if (!window)
        return result;
    const bool isLast = place.offset + window->size() >= m_cache.size();
    const QList<TextRow> rows = m_index->rows(place, *window, isLast);
    for (qint64 i = first - place.row; i < rows.size() && result.size() < count; ++i) {
        const TextRow &row = rows.at(i);
        const QByteArrayView octets
            = QByteArrayView(*window).sliced(row.begin - place.offset, row.end - row.begin);
        result.append({ row, exchange::decodeRow(octets, m_encoding) });
    }
    return result;
}

void LargeTextView::layOut(QTextLayout *layout, const Shown &shown) const
{
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    layout->setFont(font());
    layout->setTextOption(option);
    layout->setText(shown.text.text);
    layout->beginLayout();
    layout->createLine().setLineWidth(std::numeric_limits<int>::max() / 256);
    layout->endLayout();
}

void LargeTextView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const int widest = m_widest;
    const QList<Shown> rows = rowsFrom(verticalScrollBar()->value(), rowsInSight() + 1, false);
    if (!rows.isEmpty())
        m_topOffset = rows.constFirst().row.begin;
    int y = Margin / 2;
    for (const Shown &shown : rows) {
        paintRow(&painter, shown, y);
        y += rowHeight();
    }
    if (m_widest != widest)
        updateScrollBars();
}

void LargeTextView::paintRow(QPainter *painter, const Shown &shown, int y)
{
    const SyntaxColors colors = SyntaxColors::of(palette());
    const int gutter = gutterWidth();
    QList<QTextLayout::FormatRange> ranges;
    const auto addRange = [&](const OctetSpan &span, const QColor &back, const QColor &front) {
        const qsizetype from = shown.text.unitOf(span.begin - shown.row.begin);
        const qsizetype to = shown.text.unitOf(span.end - shown.row.begin);
        if (from >= to)
            return;
        QTextLayout::FormatRange range { int(from), int(to - from), {} };
        range.format.setBackground(back);
        range.format.setForeground(front);
        ranges.append(range);
    };
    const qint64 begin = shown.row.begin;
    const qint64 end = shown.row.end;
    auto mark = std::partition_point(m_marks.begin(), m_marks.end(),
        [begin](const OctetSpan &span) { return span.end <= begin; });
    for (; mark != m_marks.end() && mark->begin < end; ++mark)
        addRange(
            { std::max(begin, mark->begin), std::min(end, mark->end) }, colors.match, colors.text);
    const OctetSpan chosen = selection();
    if (chosen.begin < end && chosen.end > begin)
        addRange({ std::max(begin, chosen.begin), std::min(end, chosen.end) },
            palette().color(QPalette::Highlight), palette().color(QPalette::HighlightedText));

    QTextLayout layout;
    layOut(&layout, shown);
    const QTextLine line = layout.lineAt(0);
    m_widest = std::max(m_widest, int(line.naturalTextWidth()) + Margin);
    painter->save();
    painter->setClipRect(gutter, y, viewport()->width() - gutter, rowHeight());
    painter->setPen(palette().color(QPalette::Text));
    const QPointF place(gutter - horizontalScrollBar()->value(), y + 1);
    layout.draw(painter, place, ranges);
    if (hasFocus() && m_caret >= begin && (m_caret < shown.row.next || end == m_cache.size())
        && m_caret <= end) {
        const qreal x = line.cursorToX(int(shown.text.unitOf(m_caret - begin)));
        painter->fillRect(
            QRectF(place.x() + x - 1, y, 2, rowHeight()), Theme::accentColor(palette()));
    }
    painter->restore();

    painter->setPen(colors.faint);
    const QRect numberRect(0, y, gutter - Margin, rowHeight());
    const QString number
        = shown.row.isContinued ? QStringLiteral("·") : QString::number(shown.row.line + 1);
    painter->drawText(numberRect, Qt::AlignRight | Qt::AlignVCenter, number);
}

qint64 LargeTextView::rowOf(qint64 offset) const
{
    const RowIndex::Place place = m_index->placeBeforeOffset(offset);
    const qint64 most = offset - place.offset + 2 * (m_index->rowOctets() + 2);
    const QByteArray window = m_cache.readNow(place.offset, most);
    const bool isLast = place.offset + window.size() >= m_cache.size();
    qint64 row = place.row;
    const QList<TextRow> rows = m_index->rows(place, window, isLast);
    for (qsizetype i = 1; i < rows.size() && rows.at(i).begin <= offset; ++i)
        ++row;
    return row;
}

void LargeTextView::setCaret(qint64 offset, bool extendsSelection)
{
    m_caret = std::clamp<qint64>(offset, 0, m_cache.size());
    if (!extendsSelection)
        m_anchor = m_caret;
    ensureVisible(m_caret);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LargeTextView::ensureVisible(qint64 offset)
{
    m_seeksCaret = !m_index || (m_indexing.isRunning() && offset >= m_indexedOctets);
    if (m_seeksCaret)
        return;
    const qint64 row = rowOf(offset);
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value())
        bar->setValue(int(row));
    else if (row >= bar->value() + rowsInSight())
        bar->setValue(int(row - rowsInSight() / 2));
    const QList<Shown> rows = rowsFrom(row, 1, true);
    if (rows.isEmpty())
        return;
    QTextLayout layout;
    layOut(&layout, rows.constFirst());
    const auto unit = int(rows.constFirst().text.unitOf(offset - rows.constFirst().row.begin));
    const int x = int(layout.lineAt(0).cursorToX(unit));
    QScrollBar *across = horizontalScrollBar();
    m_widest = std::max(m_widest, int(layout.lineAt(0).naturalTextWidth()) + Margin);
    updateScrollBars();
    if (x < across->value() || x > across->value() + across->pageStep() - Margin)
        across->setValue(std::max(0, x - across->pageStep() / 2));
}

void LargeTextView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
    if (m_index && m_cache.source() && wantedRowOctets() != m_index->rowOctets())
        m_resized.start();
}

void LargeTextView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copyAction = menu.addAction(icon(QStringLiteral("copy")), tr("Copy"));
    copyAction->setEnabled(m_anchor != m_caret);
    connect(copyAction, &QAction::triggered, this, &LargeTextView::copy);
    connect(menu.addAction(tr("Select all")), &QAction::triggered, this, &LargeTextView::selectAll);
    menu.addSeparator();
    menu.addActions(actions());
    menu.exec(event->globalPos());
}

void LargeTextView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        updateMetrics();
}

} // namespace headrace::ui
