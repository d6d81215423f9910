#include "fields/fieldview.h"

#include "fields/fielddelegate.h"
#include "fields/fieldlistmodel.h"
#include "fields/fieldtext.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int NarrowColumn = 28;
constexpr int LeastNameWidth = 120;
constexpr int MostNameWidth = 280;

} // namespace

FieldView::FieldView(FieldListModel *model, FieldDelegate *delegate, QWidget *parent)
    : QTableView(parent)
    , m_fields(model)
{
    setModel(model);
    setItemDelegate(delegate);
    connect(delegate, &FieldDelegate::blockPasted, this, &FieldView::paste);

    setEditTriggers(AnyKeyPressed | EditKeyPressed | DoubleClicked);
    setSelectionBehavior(SelectItems);
    setSelectionMode(ContiguousSelection);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setMouseTracking(true);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Wire data reads from left to right in every language.
    setLayoutDirection(Qt::LeftToRight);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(NarrowColumn);
    horizontalHeader()->setSectionResizeMode(FieldListModel::EnabledColumn, QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(FieldListModel::NameColumn, QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(FieldListModel::ValueColumn, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(FieldListModel::RemoveColumn, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(FieldListModel::EnabledColumn, NarrowColumn);
    horizontalHeader()->resizeSection(FieldListModel::RemoveColumn, NarrowColumn);
    horizontalHeader()->resizeSection(FieldListModel::NameColumn, 200);
    fitRows();
}

void FieldView::fitRows()
{
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(
        std::max(22, QFontMetrics(Theme::fixedFont()).height() + 6));
}

void FieldView::editName(int row)
{
    const QModelIndex index = m_fields->index(row, FieldListModel::NameColumn);
    setCurrentIndex(index);
    scrollTo(index);
    edit(index);
}

void FieldView::moveCurrent(int by)
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && m_fields->moveField(current.row(), by))
        setCurrentIndex(current.siblingAtRow(current.row() + by));
}

void FieldView::removeCurrent()
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedIndexes()) {
        if (!rows.contains(index.row()))
            rows.append(index.row());
    }
    if (rows.isEmpty() && currentIndex().isValid())
        rows.append(currentIndex().row());
    std::sort(rows.begin(), rows.end(), std::greater<>());
    const QModelIndex current = currentIndex();
    for (const int row : std::as_const(rows))
        m_fields->removeField(row);
    if (current.isValid() && !rows.isEmpty())
        setCurrentIndex(m_fields->index(rows.last(), current.column()));
}

void FieldView::copySelected() const
{
    const QModelIndexList selected = selectionModel()->selectedIndexes();
    if (selected.size() == 1) {
        QGuiApplication::clipboard()->setText(selected.first().data(Qt::EditRole).toString());
        return;
    }
    QList<int> rows;
    for (const QModelIndex &index : selected) {
        if (!rows.contains(index.row()) && m_fields->isField(index.row()))
            rows.append(index.row());
    }
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const int row : std::as_const(rows)) {
        text += m_fields->index(row, FieldListModel::NameColumn).data(Qt::EditRole).toString()
            + QStringLiteral(": ")
            + m_fields->index(row, FieldListModel::ValueColumn).data(Qt::EditRole).toString()
            + QLatin1Char('\n');
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void FieldView::paste(const QString &text)
{
    const QList<session::DraftField> fields = fieldsFromPaste(text);
    if (fields.isEmpty())
        return;
    const int row = currentIndex().isValid() ? currentIndex().row() : m_fields->rowCount() - 1;
    const QPersistentModelIndex below = m_fields->index(row, FieldListModel::NameColumn);
    m_fields->insertFields(row, fields);
    setCurrentIndex(below);
    scrollTo(below);
}

QSize FieldView::sizeHint() const { return { 320, 160 }; }

void FieldView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event->matches(QKeySequence::Paste)) {
        const QString text = QGuiApplication::clipboard()->text();
        if (isFieldBlock(text))
            paste(text);
        else if (current.isValid() && current.flags().testFlag(Qt::ItemIsEditable))
            m_fields->setData(current, text.trimmed(), Qt::EditRole);
    } else if (event->matches(QKeySequence::Undo)) {
        m_fields->undo();
    } else if (event->matches(QKeySequence::Redo)) {
        m_fields->redo();
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        removeCurrent();
    } else if (event->modifiers() == Qt::AltModifier
        && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveCurrent(event->key() == Qt::Key_Up ? -1 : 1);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers() == Qt::NoModifier && current.isValid()) {
        edit(current.flags().testFlag(Qt::ItemIsEditable)
                ? current
                : current.siblingAtColumn(FieldListModel::NameColumn));
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier
        && current.isValid()) {
        const QModelIndex box = current.siblingAtColumn(FieldListModel::EnabledColumn);
        if (box.flags().testFlag(Qt::ItemIsUserCheckable))
            m_fields->setData(box,
                box.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                Qt::CheckStateRole);
    } else {
        QTableView::keyPressEvent(event);
    }
}

void FieldView::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool isClick = event->button() == Qt::LeftButton && index.isValid()
        && index == currentIndex() && selectionModel()->selectedIndexes().size() <= 1;
    if (isClick && index.column() == FieldListModel::EnabledColumn) {
        // Anywhere in the narrow column, not only on the box itself.
        if (index.flags().testFlag(Qt::ItemIsUserCheckable))
            m_fields->setData(index,
                index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                Qt::CheckStateRole);
        setState(NoState);
        return;
    }
    QTableView::mouseReleaseEvent(event);
    if (!isClick)
        return;
    if (index.column() == FieldListModel::RemoveColumn)
        m_fields->removeField(index.row());
    else if (index.flags().testFlag(Qt::ItemIsEditable) && state() != EditingState)
        edit(index);
}

void FieldView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    // From the empty row's name there is no next cell worth going to: leave the table.
    const QModelIndex current = currentIndex();
    const bool leaves = hint == QAbstractItemDelegate::EditNextItem && current.isValid()
        && !m_fields->isField(current.row());
    QTableView::closeEditor(editor, leaves ? QAbstractItemDelegate::NoHint : hint);
    if (leaves)
        focusNextPrevChild(true);
}

QModelIndex FieldView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex current = currentIndex();
    if (!current.isValid() || (action != MoveNext && action != MovePrevious))
        return QTableView::moveCursor(action, modifiers);
    if (action == MoveNext) {
        if (current.column() < FieldListModel::ValueColumn)
            return current.siblingAtColumn(current.column() + 1);
        return m_fields->index(current.row() + 1, FieldListModel::NameColumn);
    }
    if (current.column() > FieldListModel::NameColumn)
        return current.siblingAtColumn(current.column() - 1);
    return m_fields->index(current.row() - 1, FieldListModel::ValueColumn);
}

void FieldView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->oldSize().width() == event->size().width())
        return;
    const int width = std::clamp(viewport()->width() * 3 / 10, LeastNameWidth, MostNameWidth);
    horizontalHeader()->resizeSection(FieldListModel::NameColumn, width);
}

void FieldView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRows();
}

} // namespace headrace::ui
