#include "inspector/rawview.h"

#include "inspector/rawplace.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace headrace::ui {

namespace {

constexpr qint64 WindowSize = 64 * 1024; // octets that are read at once
constexpr qint64 CountingStep = 4 * 1024 * 1024; // octets: some milliseconds

QString hexText(const QByteArray &octets) { return QString::fromLatin1(octets.toHex(' ')); }

QString charactersText(const QByteArray &octets)
{
    QString text(octets.size(), u'·');
    for (qsizetype i = 0; i < octets.size(); ++i) {
        if (uchar(octets.at(i)) >= 0x20 && uchar(octets.at(i)) < 0x7f)
            text[i] = QChar::fromLatin1(octets.at(i));
    }
    return text;
}

} // namespace

RawView::RawView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(Theme::fixedFont());
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    m_counting.setInterval(0);
    connect(&m_counting, &QTimer::timeout, this, &RawView::goOnCounting);
}

void RawView::setContent(const Content &content, bool grows)
{
    m_content = content;
    m_window.clear();
    if (grows && m_rows.rowCount() > 0) {
        m_layout = RawLayout(QFontMetricsF(font()), m_form, octetCount(), lastTime());
        m_rows.extend(content.octets, content.map->runs(content.direction));
        m_rows.scanToRow(verticalScrollBar()->value() + rowsInView());
        updateScrollBars();
        m_counting.start();
        viewport()->update();
        return;
    }
    m_caret = m_anchor = 0;
    m_mark.reset();
    m_matches.clear();
    m_rows = RawRows();
    cutRows();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
}

void RawView::clear()
{
    m_content = Content();
    m_window.clear();
    m_counting.stop();
    m_caret = m_anchor = 0;
    m_mark.reset();
    m_matches.clear();
    m_rows = RawRows();
    updateScrollBars();
    viewport()->update();
}

void RawView::setForm(Form form)
{
    if (m_form == form)
        return;
    m_form = form;
    cutRows();
}

RawView::Form RawView::form() const { return m_form; }

void RawView::setShowsLineEnds(bool shows)
{
    m_showsLineEnds = shows;
    viewport()->update();
}

bool RawView::showsLineEnds() const { return m_showsLineEnds; }

qint64 RawView::octetCount() const { return m_content.octets ? m_content.octets->size() : 0; }

qint64 RawView::caret() const { return m_caret; }

void RawView::setCaret(qint64 offset, bool extendsSelection)
{
    m_caret = std::clamp<qint64>(offset, 0, octetCount());
    if (!extendsSelection)
        m_anchor = m_caret;
    ensureVisible(m_caret);
    viewport()->update();
    Q_EMIT caretMoved(m_caret);
}

RawRange RawView::selection() const
{
    return { std::min(m_anchor, m_caret), std::max(m_anchor, m_caret) };
}

void RawView::select(const RawRange &range)
{
    m_anchor = std::clamp<qint64>(range.end, 0, octetCount());
    setCaret(range.begin, true);
}

void RawView::selectAll() { select({ 0, octetCount() }); }

void RawView::setMark(const std::optional<RawRange> &mark)
{
    if (m_mark == mark)
        return;
    m_mark = mark;
    viewport()->update();
    if (!mark || mark->begin >= octetCount())
        return;
    const qint64 first = m_rows.rowOf(mark->begin);
    const qint64 last = mark->isEmpty() ? first : m_rows.rowOf(mark->end - 1);
    const qint64 top = verticalScrollBar()->value();
    updateScrollBars();
    if (last < top || first >= top + rowsInView())
        showRow(first);
}

std::optional<RawRange> RawView::mark() const { return m_mark; }

void RawView::setMatches(const QList<RawRange> &matches)
{
    m_matches = matches;
    viewport()->update();
}

qint64 RawView::topOctet()
{
    const auto rows = m_rows.rows(verticalScrollBar()->value(), 1);
    return rows.isEmpty() ? 0 : rows.constFirst().begin;
}

QString RawView::selectedText() const
{
    const QByteArray octets = selectedOctets();
    if (m_form == Form::Text)
        return displayText(octets);
    return m_pane == RawLayout::Pane::Digits ? hexText(octets) : charactersText(octets);
}

QStringList RawView::visibleRows()
{
    QStringList lines;
    const auto rows = m_rows.rows(verticalScrollBar()->value(), rowsInView());
    for (const RawRows::Row &row : rows) {
        const auto run = m_content.map->runAt(m_content.direction, row.begin);
        const QString time = row.beginsRun && run ? formatExactTime(run->time) : QString();
        const QByteArray octets = octetsOf(row);
        QString text;
        if (m_form == Form::Hex) {
            text = QStringLiteral("%1  %2  %3")
                       .arg(row.begin, m_layout.offsetDigits(), 16, QLatin1Char('0'))
                       .arg(hexText(octets), charactersText(octets));
        } else {
            for (const RawCell &cell : rawCells(octets, m_showsLineEnds))
                text += cell.text;
        }
        lines += time + u' ' + text;
    }
    return lines;
}

void RawView::copy()
{
    if (!selection().isEmpty())
        QGuiApplication::clipboard()->setText(selectedText());
}

void RawView::cutRows()
{
    if (!m_content.octets)
        return;
    const qint64 top = topOctet();
    m_layout = RawLayout(QFontMetricsF(font()), m_form, octetCount(), lastTime());
    const int perRow = m_form == Form::Hex ? RawLayout::OctetsPerHexRow
                                           : m_layout.octetsFor(viewport()->width());
    m_rows = m_content.map
        ? RawRows(m_content.octets, m_content.map->runs(m_content.direction), m_form, perRow)
        : RawRows();
    const qint64 row = std::max<qint64>(0, m_rows.rowOf(top));
    m_rows.scanToRow(row + rowsInView());
    updateScrollBars();
    showRow(row);
    if (!m_rows.isComplete())
        m_counting.start();
    viewport()->update();
}

qint64 RawView::lastTime() const
{
    if (!m_content.map || m_content.map->runs(m_content.direction).isEmpty())
        return 0;
    return m_content.map->runs(m_content.direction).constLast().time;
}

void RawView::goOnCounting()
{
    m_rows.scan(CountingStep);
    if (m_rows.isComplete())
        m_counting.stop();
    updateScrollBars();
}

void RawView::updateScrollBars()
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    const int rows = int(std::min(most, m_rows.rowCount()));
    verticalScrollBar()->setPageStep(rowsInView());
    verticalScrollBar()->setRange(0, std::max(0, rows - rowsInView()));
    const int width = m_layout.contentWidth(m_rows.perRow());
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(qRound(m_layout.charWidth()));
    // Text is cut to the width there is.
    const int beyond = width - viewport()->width();
    horizontalScrollBar()->setRange(
        0, m_form == Form::Text && beyond < 64 ? 0 : std::max(0, beyond));
}

int RawView::rowsInView() const
{
    return std::max(1, (viewport()->height() - TopMargin) / std::max(1, m_layout.rowHeight()));
}

void RawView::showRow(qint64 row)
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    verticalScrollBar()->setValue(int(std::min(most, row)));
}

void RawView::ensureVisible(qint64 offset)
{
    const qint64 row = m_rows.rowOf(offset);
    if (row < 0)
        return;
    updateScrollBars();
    const qint64 top = verticalScrollBar()->value();
    if (row < top)
        showRow(row);
    else if (row >= top + rowsInView())
        showRow(row - rowsInView() + 1);
}

QByteArray RawView::octetsOf(const RawRows::Row &row) const
{
    if (row.begin < m_windowBegin || row.end > m_windowBegin + m_window.size()) {
        m_windowBegin = row.begin;
        m_window = m_content.octets->read(row.begin, std::max(WindowSize, row.end - row.begin));
    }
    return m_window.mid(row.begin - m_windowBegin, row.end - row.begin);
}

QByteArray RawView::selectedOctets() const
{
    const RawRange range = selection();
    if (range.isEmpty())
        return {};
    return m_content.octets->read(range.begin, std::min(range.end - range.begin, CopyLimit));
}

QList<RawRange> RawView::matchesWithin(qint64 begin, qint64 end) const
{
    auto match = std::upper_bound(m_matches.cbegin(), m_matches.cend(), begin,
        [](qint64 value, const RawRange &range) { return value < range.end; });
    QList<RawRange> found;
    for (; match != m_matches.cend() && match->begin < end; ++match)
        found.append(*match);
    return found;
}

QString RawView::toolTipAt(const QPoint &position)
{
    if (!m_content.map || m_rows.rowCount() == 0)
        return {};
    const int below = std::max(0, position.y() - TopMargin) / m_layout.rowHeight();
    if (verticalScrollBar()->value() + below >= m_rows.rowCount())
        return {};
    const RawLayout::Pane pane = m_pane;
    bool isInGutter = false;
    const qint64 offset = octetAt(position, &isInGutter);
    m_pane = pane;
    QString run = runText(*m_content.map, m_content.direction, offset);
    const QString place
        = placeText(*m_content.exchange, *m_content.map, m_content.direction, offset);
    if (isInGutter)
        return run;
    return place.isEmpty() ? run : place + u'\n' + run;
}

bool RawView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
    return true;
}

void RawView::paintEvent(QPaintEvent *)
{
    if (!m_content.map || !m_content.octets)
        return;
    QPainter painter(viewport());
    painter.setFont(font());
    const int scrolled = horizontalScrollBar()->value();
    painter.translate(-scrolled, 0);
    const auto rows = m_rows.rows(verticalScrollBar()->value(), rowsInView() + 2);
    RawPainter::Scene scene;
    scene.layout = m_layout;
    scene.palette = palette();
    scene.map = m_content.map.get();
    scene.direction = m_content.direction;
    scene.selection = selection();
    scene.mark = m_mark.value_or(RawRange());
    if (!rows.isEmpty())
        scene.matches = matchesWithin(rows.constFirst().begin, rows.constLast().end);
    scene.end = octetCount();
    scene.caret = hasFocus() ? m_caret : -1;
    scene.pane = m_pane;
    scene.showsLineEnds = m_showsLineEnds;
    scene.width = std::max(viewport()->width() + scrolled, m_layout.contentWidth(m_rows.perRow()));
    RawPainter rowPainter(painter, scene);
    int y = TopMargin;
    for (const RawRows::Row &row : rows) {
        rowPainter.paintRow(row, octetsOf(row), y);
        rowPainter.paintGutter(row, y, scrolled);
        y += m_layout.rowHeight();
    }
    // The column of the times goes on to both ends.
    const RawRows::Row none { -1, -1, false };
    for (const int edge : { TopMargin - m_layout.rowHeight(), y }) {
        for (int at = edge; at < viewport()->height(); at += m_layout.rowHeight()) {
            rowPainter.paintGutter(none, at, scrolled);
            if (edge < 0)
                break;
        }
    }
}

void RawView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const bool fits
        = m_form == Form::Hex || m_layout.octetsFor(viewport()->width()) == m_rows.perRow();
    if (fits && m_rows.rowCount() > 0)
        updateScrollBars();
    else
        cutRows();
}

void RawView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const bool hasSelection = !selection().isEmpty();
    const auto add = [&](const QString &text, auto make) {
        QAction *action = menu.addAction(text);
        action->setEnabled(hasSelection);
        connect(action, &QAction::triggered, this,
            [this, make] { QGuiApplication::clipboard()->setText(make(selectedOctets())); });
        return action;
    };
    add(tr("Copy as text"), displayText)->setIcon(icon(QStringLiteral("copy")));
    add(tr("Copy as hexadecimal"), hexText);
    menu.addSeparator();
    menu.addAction(tr("Select all"), this, &RawView::selectAll);
    if (m_content.map) {
        const auto here = placeSpan(*m_content.map, m_content.direction, m_caret);
        QAction *part = menu.addAction(tr("Select what stands here"));
        part->setEnabled(here.has_value());
        connect(part, &QAction::triggered, this, [this, here] {
            select({ here->begin, here->end });
        });
    }
    menu.addSeparator();
    QAction *find = menu.addAction(icon(QStringLiteral("search")), tr("Find…"));
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, this, &RawView::findRequested);
    menu.exec(event->globalPos());
}

void RawView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(Theme::fixedFont());
        cutRows();
    }
}

} // namespace headrace::ui
