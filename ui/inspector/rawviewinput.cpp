#include "inspector/rawview.h"

#include "inspector/rawplace.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

// What the mouse and the keys do.

namespace headrace::ui {

qint64 RawView::octetAt(const QPoint &position, bool *isInGutter)
{
    const int below = std::max(0, position.y() - TopMargin) / m_layout.rowHeight();
    const auto rows = m_rows.rows(verticalScrollBar()->value() + below, 1);
    if (isInGutter)
        *isInGutter = position.x() < m_layout.gutterWidth();
    if (rows.isEmpty())
        return octetCount();
    const RawRows::Row &row = rows.constFirst();
    const int x = position.x() + horizontalScrollBar()->value();
    qsizetype octet = 0;
    if (m_form == Form::Text)
        octet = m_layout.octetAt(x, rawCells(octetsOf(row), m_showsLineEnds));
    else
        octet = m_layout.octetAtHex(x, row.end - row.begin, &m_pane);
    // Behind the last octet of a row is the first of the next one: stay in the row.
    const bool isLastRow = row.end >= octetCount();
    return std::min(row.begin + octet, isLastRow ? row.end : row.end - 1);
}

int RawView::caretX(qint64 offset, const RawRows::Row &row) const
{
    const qsizetype octet = offset - row.begin;
    if (m_form == Form::Hex)
        return m_pane == RawLayout::Pane::Digits ? m_layout.digitsX(int(octet))
                                                 : m_layout.charactersX(int(octet));
    int column = 0;
    for (const RawCell &cell : rawCells(octetsOf(row), m_showsLineEnds)) {
        if (cell.begin >= octet)
            return m_layout.columnX(cell.column);
        column = cell.column + cell.columns;
    }
    return m_layout.columnX(column);
}

qint64 RawView::besideCaret(int rows)
{
    const qint64 from = m_rows.rowOf(m_caret);
    const auto here = m_rows.rows(from, 1);
    if (here.isEmpty())
        return m_caret;
    const qint64 wanted = std::max<qint64>(0, from + rows);
    m_rows.scanToRow(wanted);
    const qint64 row = std::min(wanted, m_rows.rowCount() - 1);
    if (row == from)
        return m_caret;
    const int x = caretX(m_caret, here.constFirst()) - horizontalScrollBar()->value();
    updateScrollBars();
    const qint64 top = verticalScrollBar()->value();
    if (row < top || row >= top + rowsInView())
        showRow(rows < 0 ? row : row - rowsInView() + 1);
    const int y = TopMargin + int(row - verticalScrollBar()->value()) * m_layout.rowHeight();
    const RawLayout::Pane pane = m_pane;
    const qint64 offset = octetAt({ x, y + 1 });
    m_pane = pane;
    return offset;
}

/// The next or previous place: an octet, or a character of text.
qint64 RawView::step(qint64 offset, int direction) const
{
    const qint64 next = std::clamp<qint64>(offset + direction, 0, octetCount());
    if (m_form == Form::Hex || next >= octetCount())
        return next;
    // Not into a character of UTF-8.
    qint64 place = next;
    for (int i = 0; i < 3 && place > 0 && place < octetCount(); ++i) {
        const QByteArray octet = m_content.octets->read(place, 1);
        if (octet.isEmpty() || (uchar(octet.at(0)) & 0xc0) != 0x80)
            return place;
        place += direction;
    }
    return place;
}

bool RawView::event(QEvent *event)
{
    // Ours before a window's action with the same key.
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Find)) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void RawView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    bool isInGutter = false;
    const qint64 offset = octetAt(event->position().toPoint(), &isInGutter);
    if (isInGutter && m_content.map) {
        // Its read or write as a whole.
        if (const auto run = m_content.map->runAt(m_content.direction, offset))
            return select({ run->begin, run->end });
    }
    setCaret(offset, event->modifiers() & Qt::ShiftModifier);
}

void RawView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const RawLayout::Pane pane = m_pane;
    const qint64 offset = octetAt(event->position().toPoint());
    m_pane = pane;
    if (offset != m_caret)
        setCaret(offset, true);
}

void RawView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_content.map)
        return;
    const qint64 offset = octetAt(event->position().toPoint());
    if (const auto span = placeSpan(*m_content.map, m_content.direction, offset))
        select({ span->begin, span->end });
}

void RawView::keyPressEvent(QKeyEvent *event)
{
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    const bool isControl = event->modifiers() & Qt::ControlModifier;
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (event->matches(QKeySequence::Find)) {
        Q_EMIT findRequested();
        return;
    }
    const auto here = m_rows.rows(m_rows.rowOf(m_caret), 1);
    switch (event->key()) {
    case Qt::Key_Left:
        return setCaret(step(m_caret, -1), extends);
    case Qt::Key_Right:
        return setCaret(step(m_caret, 1), extends);
    case Qt::Key_Up:
        return setCaret(besideCaret(-1), extends);
    case Qt::Key_Down:
        return setCaret(besideCaret(1), extends);
    case Qt::Key_PageUp:
        return setCaret(besideCaret(-rowsInView()), extends);
    case Qt::Key_PageDown:
        return setCaret(besideCaret(rowsInView()), extends);
    case Qt::Key_Home:
        return setCaret(isControl || here.isEmpty() ? 0 : here.constFirst().begin, extends);
    case Qt::Key_End:
        if (isControl || here.isEmpty() || here.constFirst().end >= octetCount())
            return setCaret(octetCount(), extends);
        return setCaret(step(here.constFirst().end, -1), extends);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace headrace::ui
