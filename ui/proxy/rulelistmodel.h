#pragma once

#include "proxy/listhistory.h"

#include <proxy/rule.h>

#include <QAbstractTableModel>
#include <QHash>

namespace headrace::ui {

/** The rules of a proxy, in the order in which they apply, with how often each has. Rows can be dragged to
    another place. Each step can be taken back. */
class RuleListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        EnabledColumn,
        NameColumn,
        FilterColumn,
        MatchesColumn,
        ColumnCount
    };

    enum Role
    {
        ProblemRole = Qt::UserRole + 1, ///< QString: the first thing that is wrong; empty without.
        IsEnabledRole,
        IsWireRole, ///< bool: text to be shown in the fixed font.
        IsMutedRole, ///< bool: text of second rank.
    };

    using QAbstractTableModel::QAbstractTableModel;

    const QList<proxy::Rule> &rules() const;
    void setRules(const QList<proxy::Rule> &rules); ///< Forgets the way back.

    /// Those that can be done: a rule with a problem is turned off. Each has a name.
    QList<proxy::Rule> usableRules() const;

    const proxy::Rule &rule(int row) const;
    void setRule(int row, const proxy::Rule &rule);
    QString problem(int row) const;

    void insertRules(int row, const QList<proxy::Rule> &rules);
    void removeRule(int row);
    bool moveRule(int row, int target); ///< \a target: the row it has then. False: there is none.

    bool canUndo() const;
    bool canRedo() const;
    void undo();
    void redo();

    /// By Rule::id; see ProxyControl::matches().
    void setMatches(const QHash<QString, qint64> &matches);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
        const QModelIndex &parent) override;

Q_SIGNALS:
    void changed(); ///< rules() answers something else.
    void movedByDrop(int row); ///< Where the row is now.

private:
    void replaceAll(const QList<proxy::Rule> &rules);
    void takeProblems();
    QString text(int row, int column) const;

    QList<proxy::Rule> m_rules;
    QStringList m_problems; ///< Found when a rule is set, not when it is painted.
    QHash<QString, qint64> m_matches;
    ListHistory<proxy::Rule> m_history;
};

} // namespace headrace::ui
