#pragma once

#include "proxy/switchlistmodel.h"

#include <proxy/rule.h>

namespace headrace::ui {

/// The breakpoints of a proxy. Each step can be taken back.
class BreakpointListModel : public SwitchListModel<proxy::Breakpoint>
{
    Q_OBJECT

public:
    enum Column
    {
        EnabledColumn,
        FilterColumn,
        WhereColumn,
        ColumnCount
    };

    explicit BreakpointListModel(QObject *parent = nullptr);

    const QList<proxy::Breakpoint> &breakpoints() const { return items(); }

    void setBreakpoints(const QList<proxy::Breakpoint> &breakpoints) { setItems(breakpoints); }

    /// Those that can hold something: others are turned off.
    QList<proxy::Breakpoint> usableBreakpoints() const;

    /// What turned itself off, by id; no step to be taken back.
    void takeStates(const QList<proxy::Breakpoint> &breakpoints);

    const proxy::Breakpoint &breakpoint(int row) const { return item(row); }

    void setBreakpoint(int row, const proxy::Breakpoint &breakpoint) { setItem(row, breakpoint); }

    void insertBreakpoint(int row, const proxy::Breakpoint &breakpoint)
    {
        insertItems(row, { breakpoint });
    }

    void removeBreakpoint(int row) { removeItem(row); }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed();

private:
    void tellChanged() override;
    QString problemIn(const proxy::Breakpoint &breakpoint) const override;
    QString text(int row, int column) const override;
    QString toolTip(int row, int column) const override;
    QString boxText(int row) const override;
};

/// What is wrong with it; one sentence, or empty.
QString problemOf(const proxy::Breakpoint &breakpoint);

} // namespace headrace::ui
