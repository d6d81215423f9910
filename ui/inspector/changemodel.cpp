#include "inspector/changemodel.h"

#include "inspector/changefacts.h"
#include "shell/format.h"

namespace headrace::ui {

using exchange::Change;

void ChangeModel::setChanges(const QList<Change> &changes, bool isGrown)
{
    if (!isGrown || changes.size() < m_changes.size()) {
        beginResetModel();
        m_changes = changes;
        endResetModel();
    } else if (changes.size() > m_changes.size()) {
        beginInsertRows({}, int(m_changes.size()), int(changes.size()) - 1);
        m_changes = changes;
        endInsertRows();
    }
}

int ChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_changes.size());
}

int ChangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Change &change = m_changes.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return shown(change, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == TimeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case CauseRole:
        return int(change.cause);
    default:
        return {};
    }
}

QString ChangeModel::shown(const Change &change, int column) const
{
    switch (column) {
    case TimeColumn:
        return formatExactTime(change.time);
    case CauseColumn:
        // Never by colour alone.
        return change.cause == Change::Cause::Leniency ? QStringLiteral("⚠ ") + causeText(change)
                                                       : causeText(change);
    case PlaceColumn:
        return placeText(change);
    default:
        return shortened(change.summary, 500);
    }
}

QVariant ChangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation == Qt::Vertical)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time (s)");
    case CauseColumn:
        return tr("By");
    case PlaceColumn:
        return tr("Where");
    default:
        return tr("What");
    }
}

} // namespace headrace::ui
