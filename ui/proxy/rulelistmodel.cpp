#include "proxy/rulelistmodel.h"

#include "proxy/ruletext.h"
#include "shell/format.h"

#include <proxy/rulebook.h>

#include <QMimeData>

namespace headrace::ui {

namespace {

QString rowsType() { return QStringLiteral("application/x-headrace-rule-row"); }

} // namespace

RuleListModel::RuleListModel(QObject *parent)
    : SwitchListModel(ColumnCount, FilterColumn, parent)
{
}

void RuleListModel::tellChanged() { Q_EMIT changed(); }

QString RuleListModel::problemIn(const proxy::Rule &rule) const
{
    if (const QString problem = filterProblem(rule.filter); !problem.isEmpty())
        return problem;
    if (const QString problem = actionProblem(rule.action); !problem.isEmpty())
        return problem;
    return proxy::RuleBook::problemOf(rule);
}

QList<proxy::Rule> RuleListModel::usableRules() const
{
    QList<proxy::Rule> rules = this->rules();
    for (qsizetype i = 0; i < rules.size(); ++i) {
        rules[i].name = titleOf(rules.at(i));
        if (!problem(int(i)).isEmpty())
            rules[i].isEnabled = false;
    }
    return rules;
}

void RuleListModel::setMatches(const QHash<QString, qint64> &matches)
{
    if (m_matches == matches)
        return;
    m_matches = matches;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, MatchesColumn), index(rowCount() - 1, MatchesColumn));
}

QVariant RuleListModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::TextAlignmentRole && index.column() == MatchesColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return SwitchListModel::data(index, role);
}

QString RuleListModel::toolTip(int row, int column) const
{
    switch (column) {
    case EnabledColumn:
        return rule(row).isEnabled ? tr("Applies to what its filter takes")
                                   : tr("Is kept, but changes nothing");
    case NameColumn:
        return shortDescription(rule(row).action);
    case MatchesColumn:
        return tr("Exchanges it has touched since it was set or the proxy was started");
    default:
        return text(row, column);
    }
}

QString RuleListModel::boxText(int row) const { return tr("%1 is on").arg(titleOf(rule(row))); }

QVariant RuleListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == MatchesColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Rule");
    case FilterColumn:
        return tr("Exchanges");
    case MatchesColumn:
        return tr("Matches");
    default:
        return {};
    }
}

Qt::ItemFlags RuleListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows
    return SwitchListModel::flags(index) | Qt::ItemIsDragEnabled;
}

Qt::DropActions RuleListModel::supportedDropActions() const { return Qt::MoveAction; }

QStringList RuleListModel::mimeTypes() const { return { rowsType() }; }

QMimeData *RuleListModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(rowsType(), QByteArray::number(indexes.constFirst().row()));
    return data;
}

// The row is moved here; the view is told that nothing was dropped, as it would remove it then.
bool RuleListModel::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    Q_UNUSED(column)
    if (action != Qt::MoveAction || !data->hasFormat(rowsType()))
        return false;
    const int from = data->data(rowsType()).toInt();
    const int before = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const int target = before > from ? before - 1 : before;
    if (moveRule(from, target))
        Q_EMIT movedByDrop(target);
    return false;
}

QString RuleListModel::text(int row, int column) const
{
    const proxy::Rule &rule = this->rule(row);
    switch (column) {
    case NameColumn:
        return titleOf(rule);
    case FilterColumn:
        return rule.filter.trimmed().isEmpty() ? tr("all") : rule.filter;
    case MatchesColumn: {
        const qint64 count = m_matches.value(rule.id);
        return count == 0 ? QString() : formatCount(count);
    }
    default:
        return {};
    }
}

} // namespace headrace::ui
