#include "replay/replaymodel.h"

#include "shell/format.h"

#include <algorithm>
#include <utility>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Summary;
using session::Replay;
using session::ReplayItem;
using ItemState = ReplayItem::State;
using Bodies = ReplayItem::Bodies;

namespace {

QString statusOf(const Summary &summary)
{
    if (summary.statusCode != 0)
        return QString::number(summary.statusCode);
    return summary.errorCode.isEmpty() ? QStringLiteral("–") : summary.errorCode;
}

QString durationOf(const Summary &summary)
{
    return summary.duration < 0 ? QStringLiteral("–") : formatDuration(summary.duration);
}

/// "a", "a → b"
QString change(const QString &from, const QString &to)
{
    return from == to ? from : QStringLiteral("%1 → %2").arg(from, to);
}

} // namespace

ReplayModel::ReplayModel(exchange::Store *store, Replay *replay, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_replay(replay)
{
    connect(replay, &Replay::started, this, [this] {
        QList<ExchangeId> ids;
        for (const ReplayItem &item : m_replay->items())
            ids += item.recorded;
        setIds(ids);
    });
    connect(replay, &Replay::itemChanged, this, &ReplayModel::take);
    connect(replay, &Replay::finished, this, [this] {
        for (int i = 0; i < m_replay->items().size(); ++i)
            take(i);
    });
    connect(store, &exchange::Store::changed, this, &ReplayModel::noteChange);
}

void ReplayModel::setIds(const QList<ExchangeId> &ids)
{
    beginResetModel();
    m_rows.clear();
    for (const ExchangeId id : ids) {
        Row row;
        row.item.recorded = id;
        row.recorded.id = id;
        m_rows += row;
    }
    const QList<Summary> summaries = m_store->summaries(ids);
    qsizetype at = 0; // they come in the same order, but for those that are gone
    for (Row &row : m_rows) {
        if (at < summaries.size() && summaries.at(at).id == row.recorded.id)
            row.recorded = summaries.at(at++);
    }
    endResetModel();
    Q_EMIT verdictsChanged();
}

void ReplayModel::take(int index)
{
    if (index >= m_rows.size())
        return;
    m_rows[index].item = m_replay->items().at(index);
    update(index);
}

void ReplayModel::noteChange(const QList<ExchangeId> &ids)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).item.replayed != 0 && ids.contains(m_rows.at(row).item.replayed))
            update(row);
    }
}

void ReplayModel::update(int index)
{
    Row &row = m_rows[index];
    if (row.item.replayed != 0)
        row.replayed = m_store->summary(row.item.replayed);
    const Verdict before = std::exchange(row.verdict, verdictOf(row));
    Q_EMIT dataChanged(this->index(index, 0), this->index(index, ColumnCount - 1));
    if (row.verdict != before)
        Q_EMIT verdictsChanged();
}

ReplayModel::Verdict ReplayModel::verdictOf(const Row &row)
{
    switch (row.item.state) {
    case ItemState::Waiting:
    case ItemState::Running:
        return Verdict::Pending;
    case ItemState::Skipped:
    case ItemState::Canceled:
        return Verdict::NotSent;
    case ItemState::Done:
        break;
    }
    if (!row.replayed)
        return Verdict::Different; // it is gone
    const Summary &replayed = *row.replayed;
    if (replayed.state != exchange::State::Complete
        && row.recorded.state == exchange::State::Complete)
        return Verdict::Failed;
    const bool isSame = replayed.statusCode == row.recorded.statusCode
        && replayed.errorCode == row.recorded.errorCode && row.item.bodies != Bodies::Different;
    return isSame ? Verdict::Same : Verdict::Different;
}

ExchangeId ReplayModel::recordedAt(int row) const { return m_rows.at(row).item.recorded; }

ExchangeId ReplayModel::replayedAt(int row) const { return m_rows.at(row).item.replayed; }

ReplayModel::Verdict ReplayModel::verdictAt(int row) const { return m_rows.at(row).verdict; }

int ReplayModel::count(Verdict verdict) const
{
    return int(std::count_if(m_rows.cbegin(), m_rows.cend(),
        [verdict](const Row &row) { return row.verdict == verdict; }));
}

int ReplayModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ReplayModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReplayModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, index.column());
    case Qt::ToolTipRole:
        return shortened(shown(row, index.column()), 500);
    case Qt::TextAlignmentRole:
        return index.column() == NumberColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case VerdictRole:
        return int(row.verdict);
    default:
        return {};
    }
}

QString ReplayModel::shown(const Row &row, int column)
{
    const Summary &old = row.recorded;
    switch (column) {
    case NumberColumn:
        return formatCount(qint64(row.item.recorded));
    case RequestColumn:
        return shortened(old.method + u' ' + old.host + old.target, 500);
    case StatusColumn:
        return row.replayed ? change(statusOf(old), statusOf(*row.replayed)) : statusOf(old);
    case BodyColumn: {
        const QString before = formatOctets(old.responseBodyOctets);
        if (!row.replayed)
            return before;
        const QString after = formatOctets(row.replayed->responseBodyOctets);
        if (row.item.bodies == Bodies::Same)
            return QStringLiteral("= %1").arg(after);
        const QString both = change(before, after);
        return row.item.bodies == Bodies::Different ? QStringLiteral("≠ %1").arg(both) : both;
    }
    case DurationColumn:
        return row.replayed
            ? QStringLiteral("%1 → %2").arg(durationOf(old), durationOf(*row.replayed))
            : durationOf(old);
    default:
        return resultOf(row);
    }
}

QString ReplayModel::resultOf(const Row &row)
{
    switch (row.item.state) {
    case ItemState::Waiting:
        return {};
    case ItemState::Running:
        return tr("sending…");
    case ItemState::Skipped:
        return QStringLiteral("⊘ ") + row.item.problem;
    case ItemState::Canceled:
        return tr("⊘ canceled");
    case ItemState::Done:
        break;
    }
    switch (row.verdict) {
    case Verdict::Same:
        return row.item.bodies == Bodies::Same ? tr("✓ same answer")
                                               : tr("✓ same status, bodies not compared");
    case Verdict::Failed:
        return QStringLiteral("✕ ")
            + (row.replayed->errorMessage.isEmpty() ? tr("canceled") : row.replayed->errorMessage);
    default:
        break;
    }
    if (!row.replayed)
        return tr("gone");
    return row.replayed->statusCode != row.recorded.statusCode ? tr("≠ other status")
        : row.item.bodies == Bodies::Different                 ? tr("≠ other body")
                                                               : tr("≠ other end");
}

QVariant ReplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation == Qt::Vertical)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("#");
    case RequestColumn:
        return tr("Request");
    case StatusColumn:
        return tr("Status");
    case BodyColumn:
        return tr("Body");
    case DurationColumn:
        return tr("Duration");
    default:
        return tr("Result");
    }
}

} // namespace headrace::ui
