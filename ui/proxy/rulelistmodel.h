#pragma once

#include "proxy/switchlistmodel.h"

#include <proxy/rule.h>

#include <QHash>

namespace headrace::ui {

/** The rules of a proxy, in the order in which they apply, with how often each has. Rows can be dragged to
    another place. Each step can be taken back. */
class RuleListModel : public SwitchListModel<proxy::Rule>
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

    explicit RuleListModel(QObject *parent = nullptr);

    const QList<proxy::Rule> &rules() const { return items(); }

    void setRules(const QList<proxy::Rule> &rules) { setItems(rules); }

    /// Those that can be done: a rule with a problem is turned off. Each has a name.
    QList<proxy::Rule> usableRules() const;

    const proxy::Rule &rule(int row) const { return item(row); }

    void setRule(int row, const proxy::Rule &rule) { setItem(row, rule); }

    void insertRules(int row, const QList<proxy::Rule> &rules) { insertItems(row, rules); }

    void removeRule(int row) { removeItem(row); }

    bool moveRule(int row, int target) { return moveItem(row, target); }

    /// By Rule::id; see ProxyControl::matches().
    void setMatches(const QHash<QString, qint64> &matches);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
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
    void tellChanged() override;
    QString problemIn(const proxy::Rule &rule) const override;
    QString text(int row, int column) const override;
    QString toolTip(int row, int column) const override;
    QString boxText(int row) const override;

    QHash<QString, qint64> m_matches;
};

} // namespace headrace::ui
