#pragma once

#include "proxy/listhistory.h"

#include <proxy/rule.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// The breakpoints of a proxy. Each step can be taken back.
class BreakpointListModel : public QAbstractTableModel
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

    /// As RuleListModel::Role.
    enum Role
    {
        ProblemRole = Qt::UserRole + 1,
        IsEnabledRole,
        IsWireRole,
        IsMutedRole,
    };

    using QAbstractTableModel::QAbstractTableModel;

    const QList<proxy::Breakpoint> &breakpoints() const;
    void setBreakpoints(const QList<proxy::Breakpoint> &breakpoints); ///< Forgets the way back.

    /// Those that can hold something: others are turned off.
    QList<proxy::Breakpoint> usableBreakpoints() const;

    /// What turned itself off, by id; no step to be taken back.
    void takeStates(const QList<proxy::Breakpoint> &breakpoints);

    const proxy::Breakpoint &breakpoint(int row) const;
    void setBreakpoint(int row, const proxy::Breakpoint &breakpoint);
    void insertBreakpoint(int row, const proxy::Breakpoint &breakpoint);
    void removeBreakpoint(int row);

    bool canUndo() const;
    bool canRedo() const;
    void undo();
    void redo();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changed();

private:
    void replaceAll(const QList<proxy::Breakpoint> &breakpoints);
    QString text(const proxy::Breakpoint &breakpoint, int column) const;

    QList<proxy::Breakpoint> m_breakpoints;
    QStringList m_problems; ///< Found when one is set, not when it is painted.
    ListHistory<proxy::Breakpoint> m_history;
};

/// What is wrong with it; one sentence, or empty.
QString problemOf(const proxy::Breakpoint &breakpoint);

} // namespace headrace::ui
