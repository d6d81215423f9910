#include "text/largetextview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

// What the mouse and the keys do.

namespace headrace::ui {

namespace {

bool isWordUnit(QChar unit) { return unit.isLetterOrNumber() || unit == u'_'; }

} // namespace

qint64 LargeTextView::offsetAt(const QPoint &position)
{
    const int y = std::max(0, position.y() - Margin / 2);
    const qint64 wanted = verticalScrollBar()->value() + y / rowHeight();
    const QList<Shown> rows = rowsFrom(std::min(wanted, rowCount() - 1), 1, true);
    if (rows.isEmpty())
        return m_caret;
    const Shown &shown = rows.constFirst();
    QTextLayout layout;
    layOut(&layout, shown);
    const int unit
        = layout.lineAt(0).xToCursor(position.x() - gutterWidth() + horizontalScrollBar()->value());
    return shown.row.begin + shown.text.offsets.at(unit);
}

qint64 LargeTextView::moved(qint64 offset, int rows)
{
    const qint64 row = rowOf(offset);
    const qint64 wanted = std::clamp<qint64>(row + rows, 0, std::max<qint64>(0, rowCount() - 1));
    const QList<Shown> from = rowsFrom(row, 1, true);
    const QList<Shown> to = rowsFrom(wanted, 1, true);
    if (from.isEmpty() || to.isEmpty())
        return offset;
    const qsizetype unit = from.constFirst().text.unitOf(offset - from.constFirst().row.begin);
    const exchange::RowText &text = to.constFirst().text;
    return to.constFirst().row.begin + text.offsets.at(std::min(unit, text.text.size()));
}

qint64 LargeTextView::stepped(qint64 offset, int direction)
{
    const qint64 row = rowOf(offset);
    const QList<Shown> rows = rowsFrom(row, 1, true);
    if (rows.isEmpty())
        return offset;
    const Shown &shown = rows.constFirst();
    const qint64 inRow = offset - shown.row.begin;
    if (direction > 0) {
        const auto next
            = std::upper_bound(shown.text.offsets.begin(), shown.text.offsets.end(), inRow);
        return next == shown.text.offsets.end() ? shown.row.next : shown.row.begin + *next;
    }
    if (inRow == 0) {
        const QList<Shown> before = row > 0 ? rowsFrom(row - 1, 1, true) : QList<Shown>();
        if (before.isEmpty())
            return 0;
        const exchange::TextRow &last = before.constFirst().row;
        // A row that goes on below ends where that one begins.
        return last.end < last.next ? last.end : stepped(last.end - 1, 0);
    }
    const auto at = std::lower_bound(
        shown.text.offsets.begin(), shown.text.offsets.end(), direction < 0 ? inRow : inRow + 1);
    return shown.row.begin + (at == shown.text.offsets.begin() ? 0 : *std::prev(at));
}

void LargeTextView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCaret(offsetAt(event->position().toPoint()), event->modifiers() & Qt::ShiftModifier);
}

void LargeTextView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        setCaret(offsetAt(event->position().toPoint()), true);
}

void LargeTextView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept(); // It ends what the press began.
}

void LargeTextView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const qint64 offset = offsetAt(event->position().toPoint());
    const QList<Shown> rows = rowsFrom(rowOf(offset), 1, true);
    if (rows.isEmpty())
        return;
    const Shown &shown = rows.constFirst();
    const QString &text = shown.text.text;
    qsizetype from = shown.text.unitOf(offset - shown.row.begin);
    qsizetype to = from;
    while (from > 0 && isWordUnit(text.at(from - 1)))
        --from;
    while (to < text.size() && isWordUnit(text.at(to)))
        ++to;
    m_anchor = shown.row.begin + shown.text.offsets.at(from);
    setCaret(shown.row.begin + shown.text.offsets.at(to), true);
}

void LargeTextView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (!m_index || !m_cache.source())
        return QAbstractScrollArea::keyPressEvent(event);
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    const bool isControl = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        return setCaret(stepped(m_caret, -1), extends);
    case Qt::Key_Right:
        return setCaret(stepped(m_caret, 1), extends);
    case Qt::Key_Up:
        return setCaret(moved(m_caret, -1), extends);
    case Qt::Key_Down:
        return setCaret(moved(m_caret, 1), extends);
    case Qt::Key_PageUp:
        return setCaret(moved(m_caret, -rowsInSight()), extends);
    case Qt::Key_PageDown:
        return setCaret(moved(m_caret, rowsInSight()), extends);
    case Qt::Key_Home:
    case Qt::Key_End: {
        const bool isHome = event->key() == Qt::Key_Home;
        if (isControl)
            return setCaret(isHome ? 0 : m_cache.size(), extends);
        const QList<Shown> rows = rowsFrom(rowOf(m_caret), 1, true);
        if (!rows.isEmpty())
            setCaret(isHome ? rows.constFirst().row.begin : rows.constFirst().row.end, extends);
        return;
    }
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace headrace::ui
