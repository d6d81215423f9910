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

BreakpointListModel::BreakpointListModel(QObject *parent)
    : SwitchListModel(ColumnCount, FilterColumn, parent)
{
}

void BreakpointListModel::tellChanged() { Q_EMIT changed(); }

QString BreakpointListModel::problemIn(const proxy::Breakpoint &breakpoint) const
{
    return problemOf(breakpoint);
}

QList<proxy::Breakpoint> BreakpointListModel::usableBreakpoints() const
{
    QList<proxy::Breakpoint> breakpoints = this->breakpoints();
    for (proxy::Breakpoint &breakpoint : breakpoints)
        breakpoint.isEnabled = breakpoint.isEnabled && problemOf(breakpoint).isEmpty();
    return breakpoints;
}

void BreakpointListModel::takeStates(const QList<proxy::Breakpoint> &breakpoints)
{
    bool isOther = false;
    for (const proxy::Breakpoint &taken : breakpoints) {
        for (int row = 0; row < rowCount(); ++row) {
            const proxy::Breakpoint &own = breakpoint(row);
            // One with a problem is off in the proxy only.
            if (own.id != taken.id || own.isEnabled == taken.isEnabled || !problem(row).isEmpty())
                continue;
            switchItem(row, taken.isEnabled);
            isOther = true;
        }
    }
    if (isOther)
        Q_EMIT changed();
}

QString BreakpointListModel::toolTip(int row, int column) const
{
    if (column != EnabledColumn)
        return text(row, column);
    return breakpoint(row).isEnabled ? tr("Holds what its filter takes")
                                     : tr("Is kept, but holds nothing");
}

QString BreakpointListModel::boxText(int row) const
{
    return tr("Breakpoint %1 is on").arg(text(row, FilterColumn));
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

QString BreakpointListModel::text(int row, int column) const
{
    const proxy::Breakpoint &breakpoint = this->breakpoint(row);
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
