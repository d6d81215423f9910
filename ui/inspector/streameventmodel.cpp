#include "inspector/streameventmodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

using exchange::StreamEvent;

void StreamEventModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_incomplete.reset();
    m_leftOut = 0;
    endResetModel();
}

void StreamEventModel::append(const QList<StreamRow> &rows)
{
    setIncomplete({});
    const qsizetype room = MostRows - m_rows.size();
    const qsizetype taken = std::min(rows.size(), room);
    m_leftOut += rows.size() - taken;
    if (taken == 0)
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + taken) - 1);
    m_rows += rows.first(taken);
    endInsertRows();
}

void StreamEventModel::setIncomplete(const std::optional<StreamRow> &row)
{
    const int last = int(m_rows.size());
    if (m_incomplete && row) {
        m_incomplete = row;
        Q_EMIT dataChanged(index(last, 0), index(last, ColumnCount - 1));
    } else if (m_incomplete) {
        beginRemoveRows({}, last, last);
        m_incomplete.reset();
        endRemoveRows();
    } else if (row) {
        beginInsertRows({}, last, last);
        m_incomplete = row;
        endInsertRows();
    }
}

const StreamRow &StreamEventModel::row(int row) const
{
    return row < m_rows.size() ? m_rows.at(row) : *m_incomplete;
}

qint64 StreamEventModel::leftOut() const { return m_leftOut; }

int StreamEventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + (m_incomplete ? 1 : 0);
}

int StreamEventModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant StreamEventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const StreamRow &shownRow = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return shown(shownRow, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == TimeColumn || index.column() == RetryColumn)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case FaintRole:
        return shownRow.event.kind != StreamEvent::Kind::Event || !shownRow.event.hasData;
    default:
        return {};
    }
}

QString StreamEventModel::shown(const StreamRow &row, int column)
{
    const StreamEvent &event = row.event;
    switch (column) {
    case TimeColumn:
        return row.time < 0 ? QString() : formatExactTime(row.time);
    case TypeColumn:
        if (event.kind == StreamEvent::Kind::Comment)
            return tr("comment");
        if (event.kind == StreamEvent::Kind::Incomplete)
            return tr("incomplete");
        if (!event.hasData)
            return event.type.isEmpty() ? tr("no event")
                                        : tr("no event (%1)").arg(displayText(event.type));
        return event.type.isEmpty() ? QStringLiteral("message") : displayText(event.type);
    case IdColumn:
        return event.hasId && event.id.isEmpty() ? tr("(empty)") : displayText(event.id);
    case RetryColumn:
        return event.retry ? tr("%1 ms").arg(formatCount(*event.retry)) : QString();
    default:
        break;
    }
    const QByteArray &text = event.kind == StreamEvent::Kind::Comment ? event.comment : event.data;
    QString line = displayText(text.left(ShownData));
    line.replace(u'\n', u'⏎');
    return line + (event.dataOctets > ShownData ? QStringLiteral("…") : QString());
}

QVariant StreamEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case TimeColumn:
        return tr("Time (s)");
    case TypeColumn:
        return tr("Event");
    case IdColumn:
        return tr("ID");
    case RetryColumn:
        return tr("Retry");
    default:
        return tr("Data");
    }
}

} // namespace headrace::ui
