#include "fields/fieldlistmodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr qsizetype UndoLimit = 200;

bool isBlank(const session::DraftField &field)
{
    return field.name.isEmpty() && field.value.isEmpty();
}

} // namespace

QList<session::DraftField> FieldListModel::fields() const
{
    QList<session::DraftField> fields = m_rows;
    fields.removeIf(isBlank);
    return fields;
}

void FieldListModel::setFields(const QList<session::DraftField> &fields)
{
    m_undo.clear();
    m_redo.clear();
    replaceAll(fields);
}

void FieldListModel::setProblems(const QList<FieldProblem> &problems)
{
    if (m_problems == problems)
        return;
    m_problems = problems;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QList<FieldProblem> FieldListModel::problems() const { return m_problems; }

void FieldListModel::insertFields(int row, const QList<session::DraftField> &fields)
{
    if (fields.isEmpty())
        return;
    remember();
    const int first = std::clamp(row, 0, static_cast<int>(m_rows.size()));
    beginInsertRows({}, first, first + static_cast<int>(fields.size()) - 1);
    for (qsizetype i = 0; i < fields.size(); ++i)
        m_rows.insert(first + i, fields.at(i));
    endInsertRows();
    Q_EMIT changed();
}

bool FieldListModel::moveField(int row, int by)
{
    const int target = row + by;
    if (by == 0 || !isField(row) || !isField(target))
        return false;
    remember();
    beginMoveRows({}, row, row, {}, by > 0 ? target + 1 : target);
    m_rows.move(row, target);
    endMoveRows();
    Q_EMIT changed();
    return true;
}

void FieldListModel::removeField(int row)
{
    if (!isField(row))
        return;
    remember();
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

bool FieldListModel::isField(int row) const { return row >= 0 && row < m_rows.size(); }

int FieldListModel::rowOf(qsizetype field) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (fieldOfRow(row) == field)
            return row;
    }
    return static_cast<int>(m_rows.size());
}

void FieldListModel::undo()
{
    if (!canUndo())
        return;
    m_redo.append(m_rows);
    replaceAll(m_undo.takeLast());
}

void FieldListModel::redo()
{
    if (!canRedo())
        return;
    m_undo.append(m_rows);
    replaceAll(m_redo.takeLast());
}

bool FieldListModel::canUndo() const { return !m_undo.isEmpty(); }

bool FieldListModel::canRedo() const { return !m_redo.isEmpty(); }

int FieldListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + 1;
}

int FieldListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FieldListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == IsFieldRole)
        return isField(index.row());
    if (!isField(index.row()))
        return role == Qt::AccessibleTextRole ? accessibleText(index) : QVariant();

    const session::DraftField &field = m_rows.at(index.row());
    const FieldProblem *problem = problemOf(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        if (index.column() == NameColumn)
            return displayText(field.name);
        if (index.column() == ValueColumn)
            return displayText(field.value);
        return {};
    case Qt::CheckStateRole:
        if (index.column() != EnabledColumn)
            return {};
        return field.isEnabled ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        if (problem)
            return problem->message;
        if (index.column() == RemoveColumn)
            return tr("Remove this field (Delete)");
        if (index.column() == EnabledColumn)
            return field.isEnabled ? tr("Is sent") : tr("Is kept, but not sent");
        return {};
    case Qt::AccessibleTextRole:
        return accessibleText(index);
    case Qt::AccessibleDescriptionRole:
    case ProblemRole:
        return problem ? problem->message : QString();
    case IsProblemCellRole:
        return problem
            && index.column()
            == (problem->part == FieldProblem::Part::Name ? NameColumn : ValueColumn);
    case IsEnabledRole:
        return field.isEnabled;
    default:
        return {};
    }
}

bool FieldListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    if (role == Qt::CheckStateRole && index.column() == EnabledColumn && isField(index.row())) {
        remember();
        m_rows[index.row()].isEnabled = value.value<Qt::CheckState>() == Qt::Checked;
        Q_EMIT dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
        Q_EMIT changed();
        return true;
    }
    if (role != Qt::EditRole || (index.column() != NameColumn && index.column() != ValueColumn))
        return false;
    // Octets that were shown as Latin-1 stay as they are until the text is another one.
    if (value.toString() == index.data(Qt::EditRole).toString())
        return true;
    return setText(index, value.toString().toUtf8());
}

bool FieldListModel::setText(const QModelIndex &index, const QByteArray &text)
{
    rememberTyping({ index.row(), index.column() });
    const bool isNew = !isField(index.row());
    if (isNew) {
        // The empty row becomes a field where it stands, and another one appears below it.
        beginInsertRows({}, index.row() + 1, index.row() + 1);
        m_rows.append(session::DraftField());
        endInsertRows();
    }
    session::DraftField &field = m_rows[index.row()];
    (index.column() == NameColumn ? field.name : field.value) = text;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT changed();
    return true;
}

QVariant FieldListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    default:
        return {};
    }
}

Qt::ItemFlags FieldListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == EnabledColumn && isField(index.row()))
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == NameColumn || index.column() == ValueColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

const FieldProblem *FieldListModel::problemOf(int row) const
{
    if (m_problems.isEmpty())
        return nullptr;
    const qsizetype field = fieldOfRow(row);
    const auto found = std::find_if(m_problems.cbegin(), m_problems.cend(),
        [field](const FieldProblem &problem) { return problem.field == field; });
    return found == m_problems.cend() ? nullptr : &*found;
}

QString FieldListModel::accessibleText(const QModelIndex &index) const
{
    if (!isField(index.row()))
        return index.column() == NameColumn ? tr("Name of a new field") : tr("New field");
    const QString name = displayText(m_rows.at(index.row()).name);
    switch (index.column()) {
    case EnabledColumn:
        return tr("Send %1").arg(name);
    case NameColumn:
        return name;
    case ValueColumn:
        return displayText(m_rows.at(index.row()).value);
    default:
        return tr("Remove %1").arg(name);
    }
}

// Blank rows are no fields, so a row's number and its field's may differ.
qsizetype FieldListModel::fieldOfRow(int row) const
{
    if (isBlank(m_rows.at(row)))
        return -1;
    return row - std::count_if(m_rows.cbegin(), m_rows.cbegin() + row, isBlank);
}

void FieldListModel::remember()
{
    m_typing = {};
    m_redo.clear();
    m_undo.append(m_rows);
    if (m_undo.size() > UndoLimit)
        m_undo.removeFirst();
}

void FieldListModel::rememberTyping(Cell cell)
{
    if (cell == m_typing && m_redo.isEmpty())
        return;
    remember();
    m_typing = cell;
}

void FieldListModel::replaceAll(const QList<session::DraftField> &fields)
{
    beginResetModel();
    m_rows = fields;
    m_problems.clear();
    m_typing = {};
    endResetModel();
    Q_EMIT changed();
}

} // namespace headrace::ui
