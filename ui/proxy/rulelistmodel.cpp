#include "proxy/rulelistmodel.h"

#include "proxy/ruletext.h"
#include "shell/format.h"

#include <proxy/rulebook.h>

#include <QMimeData>

#include <algorithm>

namespace headrace::ui {

namespace {

QString rowsType() { return QStringLiteral("application/x-headrace-rule-row"); }

QString problemOf(const proxy::Rule &rule)
{
    if (const QString problem = filterProblem(rule.filter); !problem.isEmpty())
        return problem;
    if (const QString problem = actionProblem(rule.action); !problem.isEmpty())
        return problem;
    return proxy::RuleBook::problemOf(rule);
}

} // namespace

const QList<proxy::Rule> &RuleListModel::rules() const { return m_rules; }

void RuleListModel::setRules(const QList<proxy::Rule> &rules)
{
    m_history.clear();
    replaceAll(rules);
}

QList<proxy::Rule> RuleListModel::usableRules() const
{
    QList<proxy::Rule> rules = m_rules;
    for (qsizetype i = 0; i < rules.size(); ++i) {
        rules[i].name = titleOf(rules.at(i));
        if (!m_problems.at(i).isEmpty())
            rules[i].isEnabled = false;
    }
    return rules;
}

const proxy::Rule &RuleListModel::rule(int row) const { return m_rules.at(row); }

void RuleListModel::setRule(int row, const proxy::Rule &rule)
{
    if (m_rules.at(row) == rule)
        return;
    m_history.remember(m_rules, row + 1);
    m_rules[row] = rule;
    m_problems[row] = problemOf(rule);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT changed();
}

QString RuleListModel::problem(int row) const { return m_problems.at(row); }

void RuleListModel::insertRules(int row, const QList<proxy::Rule> &rules)
{
    if (rules.isEmpty())
        return;
    m_history.remember(m_rules);
    beginInsertRows({}, row, row + int(rules.size()) - 1);
    for (qsizetype i = 0; i < rules.size(); ++i) {
        m_rules.insert(row + i, rules.at(i));
        m_problems.insert(row + i, problemOf(rules.at(i)));
    }
    endInsertRows();
    Q_EMIT changed();
}

void RuleListModel::removeRule(int row)
{
    m_history.remember(m_rules);
    beginRemoveRows({}, row, row);
    m_rules.removeAt(row);
    m_problems.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

bool RuleListModel::moveRule(int row, int target)
{
    if (row == target || row < 0 || row >= m_rules.size() || target < 0 || target >= m_rules.size())
        return false;
    m_history.remember(m_rules);
    beginMoveRows({}, row, row, {}, target > row ? target + 1 : target);
    m_rules.move(row, target);
    m_problems.move(row, target);
    endMoveRows();
    Q_EMIT changed();
    return true;
}

bool RuleListModel::canUndo() const { return m_history.canUndo(); }

bool RuleListModel::canRedo() const { return m_history.canRedo(); }

void RuleListModel::undo()
{
    if (canUndo())
        replaceAll(m_history.undo(m_rules));
}

void RuleListModel::redo()
{
    if (canRedo())
        replaceAll(m_history.redo(m_rules));
}

void RuleListModel::setMatches(const QHash<QString, qint64> &matches)
{
    if (m_matches == matches)
        return;
    m_matches = matches;
    if (!m_rules.isEmpty())
        Q_EMIT dataChanged(index(0, MatchesColumn), index(rowCount() - 1, MatchesColumn));
}

void RuleListModel::replaceAll(const QList<proxy::Rule> &rules)
{
    beginResetModel();
    m_rules = rules;
    takeProblems();
    endResetModel();
    Q_EMIT changed();
}

void RuleListModel::takeProblems()
{
    m_problems.clear();
    for (const proxy::Rule &rule : std::as_const(m_rules))
        m_problems.append(problemOf(rule));
}

int RuleListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

int RuleListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RuleListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const proxy::Rule &rule = m_rules.at(index.row());
    const QString &problem = m_problems.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        if (!problem.isEmpty())
            return problem;
        if (index.column() == EnabledColumn)
            return rule.isEnabled ? tr("Applies to what its filter takes")
                                  : tr("Is kept, but changes nothing");
        if (index.column() == NameColumn)
            return shortDescription(rule.action);
        if (index.column() == MatchesColumn)
            return tr("Exchanges it has touched since it was set or the proxy was started");
        return text(index.row(), index.column());
    case Qt::CheckStateRole:
        if (index.column() != EnabledColumn)
            return {};
        return rule.isEnabled ? Qt::Checked : Qt::Unchecked;
    case Qt::TextAlignmentRole:
        return index.column() == MatchesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                               : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == EnabledColumn ? tr("%1 is on").arg(titleOf(rule))
                                               : text(index.row(), index.column());
    case Qt::AccessibleDescriptionRole:
    case ProblemRole:
        return problem;
    case IsEnabledRole:
        return rule.isEnabled;
    case IsWireRole:
        return index.column() == FilterColumn && !rule.filter.isEmpty();
    case IsMutedRole:
        return index.column() == FilterColumn && rule.filter.isEmpty();
    default:
        return {};
    }
}

bool RuleListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != EnabledColumn)
        return false;
    proxy::Rule rule = m_rules.at(index.row());
    rule.isEnabled = value.value<Qt::CheckState>() == Qt::Checked;
    setRule(index.row(), rule);
    return true;
}

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
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
        | Qt::ItemIsDragEnabled;
    if (index.column() == EnabledColumn)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
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
    const proxy::Rule &rule = m_rules.at(row);
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
