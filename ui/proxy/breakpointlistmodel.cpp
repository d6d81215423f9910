#include "proxy/breakpointlistmodel.h"

#include "proxy/ruletext.h"

namespace headrace::ui {

QString problemOf(const proxy::Breakpoint &breakpoint)
{
    const QString problem = filterProblem(breakpoint.filter);
    if (!problem.isEmpty())
        return problem;
    return breakpoint.at ? QString()
                         : BreakpointListModel::tr("It holds nothing: choose where it holds");
}

const QList<proxy::Breakpoint> &BreakpointListModel::breakpoints() const { return m_breakpoints; }

void BreakpointListModel::setBreakpoints(const QList<proxy::Breakpoint> &breakpoints)
{
    m_history.clear();
    replaceAll(breakpoints);
}

QList<proxy::Breakpoint> BreakpointListModel::usableBreakpoints() const
{
    QList<proxy::Breakpoint> breakpoints = m_breakpoints;
    for (proxy::Breakpoint &breakpoint : breakpoints)
        breakpoint.isEnabled = breakpoint.isEnabled && problemOf(breakpoint).isEmpty();
    return breakpoints;
}

void BreakpointListModel::takeStates(const QList<proxy::Breakpoint> &breakpoints)
{
    bool isOther = false;
    for (const proxy::Breakpoint &taken : breakpoints) {
        for (int row = 0; row < rowCount(); ++row) {
            proxy::Breakpoint &own = m_breakpoints[row];
            // One with a problem is off in the proxy only.
            if (own.id != taken.id || own.isEnabled == taken.isEnabled
                || !m_problems.at(row).isEmpty())
                continue;
            own.isEnabled = taken.isEnabled;
            isOther = true;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (isOther)
        Q_EMIT changed();
}

const proxy::Breakpoint &BreakpointListModel::breakpoint(int row) const
{
    return m_breakpoints.at(row);
}

void BreakpointListModel::setBreakpoint(int row, const proxy::Breakpoint &breakpoint)
{
    if (m_breakpoints.at(row) == breakpoint)
        return;
    m_history.remember(m_breakpoints, row + 1);
    m_breakpoints[row] = breakpoint;
    m_problems[row] = problemOf(breakpoint);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT changed();
}

void BreakpointListModel::insertBreakpoint(int row, const proxy::Breakpoint &breakpoint)
{
    m_history.remember(m_breakpoints);
    beginInsertRows({}, row, row);
    m_breakpoints.insert(row, breakpoint);
    m_problems.insert(row, problemOf(breakpoint));
    endInsertRows();
    Q_EMIT changed();
}

void BreakpointListModel::removeBreakpoint(int row)
{
    m_history.remember(m_breakpoints);
    beginRemoveRows({}, row, row);
    m_breakpoints.removeAt(row);
    m_problems.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

bool BreakpointListModel::canUndo() const { return m_history.canUndo(); }

bool BreakpointListModel::canRedo() const { return m_history.canRedo(); }

void BreakpointListModel::undo()
{
    if (canUndo())
        replaceAll(m_history.undo(m_breakpoints));
}

void BreakpointListModel::redo()
{
    if (canRedo())
        replaceAll(m_history.redo(m_breakpoints));
}

void BreakpointListModel::replaceAll(const QList<proxy::Breakpoint> &breakpoints)
{
    beginResetModel();
    m_breakpoints = breakpoints;
    m_problems.clear();
    for (const proxy::Breakpoint &breakpoint : breakpoints)
        m_problems.append(problemOf(breakpoint));
    endResetModel();
    Q_EMIT changed();
}

int BreakpointListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_breakpoints.size());
}

int BreakpointListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BreakpointListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const proxy::Breakpoint &breakpoint = m_breakpoints.at(index.row());
    const QString &problem = m_problems.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(breakpoint, index.column());
    case Qt::ToolTipRole:
        if (!problem.isEmpty())
            return problem;
        if (index.column() == EnabledColumn)
            return breakpoint.isEnabled ? tr("Holds what its filter takes")
                                        : tr("Is kept, but holds nothing");
        return text(breakpoint, index.column());
    case Qt::CheckStateRole:
        if (index.column() != EnabledColumn)
            return {};
        return breakpoint.isEnabled ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
        return index.column() == EnabledColumn
            ? tr("Breakpoint %1 is on").arg(text(breakpoint, FilterColumn))
            : text(breakpoint, index.column());
    case Qt::AccessibleDescriptionRole:
    case ProblemRole:
        return problem;
    case IsEnabledRole:
        return breakpoint.isEnabled;
    case IsWireRole:
        return index.column() == FilterColumn && !breakpoint.filter.isEmpty();
    case IsMutedRole:
        return index.column() == FilterColumn && breakpoint.filter.isEmpty();
    default:
        return {};
    }
}

bool BreakpointListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != EnabledColumn)
        return false;
    proxy::Breakpoint breakpoint = m_breakpoints.at(index.row());
    breakpoint.isEnabled = value.value<Qt::CheckState>() == Qt::Checked;
    setBreakpoint(index.row(), breakpoint);
    return true;
}

QVariant BreakpointListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FilterColumn:
        return tr("Exchanges");
    case WhereColumn:
        return tr("Held at");
    default:
        return {};
    }
}

Qt::ItemFlags BreakpointListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == EnabledColumn)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QString BreakpointListModel::text(const proxy::Breakpoint &breakpoint, int column) const
{
    switch (column) {
    case FilterColumn:
        return breakpoint.filter.trimmed().isEmpty() ? tr("all") : breakpoint.filter;
    case WhereColumn:
        return breakpoint.onlyNext ? tr("%1 · only the next").arg(describe(breakpoint.at))
                                   : describe(breakpoint.at);
    default:
        return {};
    }
}

} // namespace headrace::ui
