#include "traffic/trafficmodel.h"

#include "shell/format.h"

#include <QDateTime>

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::State;
using exchange::Summary;

namespace {

constexpr int CachedSummaries = 2000; ///< Some screens full.

QString tr(const char *text) { return TrafficModel::tr(text); }

/// The part of a media type that tells: "json" for "application/json", "svg" for "image/svg+xml".
QString shortType(const QString &contentType)
{
    QString type = contentType.section(u'/', 1);
    if (type.isEmpty())
        return contentType;
    if (type.startsWith(u"x-"))
        type = type.mid(2);
    return type == u"svg+xml" ? QStringLiteral("svg") : type;
}

QString statusText(const Summary &summary)
{
    if (summary.statusCode != 0)
        return QString::number(summary.statusCode);
    switch (summary.state) {
    case State::Active:
        return QStringLiteral("…");
    case State::Failed:
        return tr("✕ failed");
    case State::Canceled:
        return tr("⊘ canceled");
    case State::Complete:
        break;
    }
    return QStringLiteral("–");
}

} // namespace

TrafficModel::TrafficModel(exchange::Store *store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_ids(store->ids())
    , m_cache(CachedSummaries)
{
    connect(store, &exchange::Store::added, this, &TrafficModel::addRows);
    connect(store, &exchange::Store::changed, this, &TrafficModel::updateRows);
    connect(store, &exchange::Store::removed, this, &TrafficModel::removeRowsOf);
}

exchange::Store *TrafficModel::store() const { return m_store; }

ExchangeId TrafficModel::idAt(int row) const
{
    return row >= 0 && row < m_ids.size() ? m_ids.at(row) : 0;
}

int TrafficModel::rowOf(ExchangeId id) const
{
    const auto found = std::lower_bound(m_ids.cbegin(), m_ids.cend(), id);
    return found != m_ids.cend() && *found == id ? int(found - m_ids.cbegin()) : -1;
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : TrafficColumnCount;
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = TrafficColumn(index.column());
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = column == TrafficColumn::Number || column == TrafficColumn::Size
            || column == TrafficColumn::Duration;
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == ExchangeIdRole)
        return QVariant::fromValue(m_ids.at(index.row()));

    const Summary *summary = summaryAt(index.row());
    if (!summary)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*summary, column);
    case Qt::ToolTipRole:
        return toolTip(*summary, column);
    case Qt::AccessibleTextRole:
        return text(*summary, column);
    case StatusCodeRole:
        return summary->statusCode;
    case HasFailedRole:
        return summary->state == State::Failed;
    case IsActiveRole:
        return summary->state == State::Active;
    case UrlRole:
        return urlOf(*summary);
    case SortRole:
        return sortKey(*summary, column);
    case SearchTextRole:
        return QStringList { summary->method, summary->host, summary->target, statusText(*summary),
            summary->reason, summary->contentType, notesOf(*summary) }
            .join(u'\n');
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= TrafficColumnCount)
        return {};
    const auto column = TrafficColumn(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter
            | (column == TrafficColumn::Number || column == TrafficColumn::Size
                        || column == TrafficColumn::Duration
                    ? Qt::AlignRight
                    : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        switch (column) {
        case TrafficColumn::Time:
            return tr("When the exchange began (wall clock)");
        case TrafficColumn::Source:
            return tr("Which part of Headrace saw it");
        case TrafficColumn::Size:
            return tr("Octets of the response body as they passed");
        case TrafficColumn::Duration:
            return tr("Milliseconds from begin to end");
        case TrafficColumn::Notes:
            return tr("Failures, interim responses, trailers");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case TrafficColumn::Number:
        return QStringLiteral("#");
    case TrafficColumn::Time:
        return tr("Time");
    case TrafficColumn::Source:
        return tr("Source");
    case TrafficColumn::Method:
        return tr("Method");
    case TrafficColumn::Host:
        return tr("Host");
    case TrafficColumn::Path:
        return tr("Path");
    case TrafficColumn::Status:
        return tr("Status");
    case TrafficColumn::Type:
        return tr("Type");
    case TrafficColumn::Size:
        return tr("Size");
    case TrafficColumn::Duration:
        return tr("ms");
    case TrafficColumn::Notes:
        return tr("Notes");
    }
    return {};
}

QString TrafficModel::urlOf(const Summary &summary)
{
    if (summary.target.startsWith(u'/'))
        return summary.scheme + QStringLiteral("://") + summary.host + summary.target;
    if (summary.target.contains(QStringLiteral("://")))
        return summary.target;
    return summary.scheme + QStringLiteral("://") + summary.host + QStringLiteral("/");
}

QString TrafficModel::notesOf(const Summary &summary)
{
    QStringList notes;
    if (summary.state == State::Failed)
        notes += QStringLiteral("✕ ") + summary.errorCode;
    else if (summary.state == State::Canceled)
        notes += tr("⊘ canceled");
    else if (summary.state == State::Active)
        notes += summary.statusCode != 0 ? tr("▾ receiving") : tr("… waiting");
    if (summary.interimCount > 0)
        notes += tr("1xx ×%1").arg(summary.interimCount);
    if (summary.hasTrailers)
        notes += tr("trailers");
    return notes.join(QStringLiteral(" · "));
}

const Summary *TrafficModel::summaryAt(int row) const
{
    const ExchangeId id = m_ids.at(row);
    if (const Summary *cached = m_cache.object(id))
        return cached;
    const auto fetched = m_store->summary(id);
    if (!fetched)
        return nullptr; // Evicted a moment ago: removed() is on its way.
    auto *kept = new Summary(*fetched);
    m_cache.insert(id, kept);
    return kept;
}

QString TrafficModel::text(const Summary &summary, TrafficColumn column) const
{
    switch (column) {
    case TrafficColumn::Number:
        return QString::number(summary.id);
    case TrafficColumn::Time:
        return summary.began.toString(QStringLiteral("HH:mm:ss.zzz"));
    case TrafficColumn::Source:
        return exchange::displayName(summary.source);
    case TrafficColumn::Method:
        return summary.method;
    case TrafficColumn::Host:
        return summary.host;
    case TrafficColumn::Path:
        return summary.target;
    case TrafficColumn::Status:
        return statusText(summary);
    case TrafficColumn::Type:
        return shortType(summary.contentType);
    case TrafficColumn::Size:
        return summary.statusCode == 0 && summary.responseBodyOctets == 0
            ? QString()
            : formatOctets(summary.responseBodyOctets);
    case TrafficColumn::Duration:
        return summary.duration < 0 ? QString() : formatMilliseconds(summary.duration);
    case TrafficColumn::Notes:
        return notesOf(summary);
    }
    return {};
}

QVariant TrafficModel::sortKey(const Summary &summary, TrafficColumn column) const
{
    switch (column) {
    case TrafficColumn::Number:
        return QVariant::fromValue(summary.id);
    case TrafficColumn::Time:
        return summary.began;
    case TrafficColumn::Status:
        return summary.statusCode;
    case TrafficColumn::Size:
        return summary.responseBodyOctets;
    case TrafficColumn::Duration:
        return summary.duration;
    default:
        return text(summary, column);
    }
}

QString TrafficModel::toolTip(const Summary &summary, TrafficColumn column) const
{
    constexpr qsizetype Longest = 2000; // A tool tip larger than the screen helps nobody.
    switch (column) {
    case TrafficColumn::Host:
        return shortened(summary.host, Longest);
    case TrafficColumn::Path:
        return shortened(urlOf(summary), Longest);
    case TrafficColumn::Time:
        return summary.began.toString(Qt::ISODateWithMs);
    case TrafficColumn::Status:
        if (summary.state == State::Failed)
            return summary.errorMessage;
        return summary.statusCode == 0
            ? QString()
            : QStringLiteral("%1 %2").arg(summary.statusCode).arg(summary.reason);
    case TrafficColumn::Type:
        return summary.contentType;
    case TrafficColumn::Size:
        return tr("%1 octets in the response body, %2 in the request body")
            .arg(formatCount(summary.responseBodyOctets), formatCount(summary.requestBodyOctets));
    case TrafficColumn::Notes:
        return summary.errorMessage.isEmpty() ? notesOf(summary) : summary.errorMessage;
    default:
        return {};
    }
}

void TrafficModel::addRows(const QList<ExchangeId> &ids)
{
    updateRows(ids); // Those that were here when the model was made have changed since.
    const ExchangeId last = m_ids.isEmpty() ? 0 : m_ids.constLast();
    QList<ExchangeId> fresh;
    std::copy_if(ids.cbegin(), ids.cend(), std::back_inserter(fresh),
        [last](ExchangeId id) { return id > last; });
    if (fresh.isEmpty())
        return;
    std::sort(fresh.begin(), fresh.end());
    const int first = int(m_ids.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_ids += fresh;
    endInsertRows();
}

void TrafficModel::updateRows(const QList<ExchangeId> &ids)
{
    for (const ExchangeId id : ids)
        m_cache.remove(id);
    const QList<int> rows = rowsOf(ids);
    for (qsizetype begin = 0, end = 0; begin < rows.size(); begin = end) {
        for (end = begin + 1; end < rows.size() && rows.at(end) == rows.at(end - 1) + 1; ++end) { }
        Q_EMIT dataChanged(
            index(rows.at(begin), 0), index(rows.at(end - 1), TrafficColumnCount - 1));
    }
}

void TrafficModel::removeRowsOf(const QList<ExchangeId> &ids)
{
    const QList<int> rows = rowsOf(ids);
    // From the bottom up, so that the rows above keep their numbers.
    for (qsizetype end = rows.size(), begin = end; end > 0; end = begin) {
        for (begin = end - 1; begin > 0 && rows.at(begin - 1) == rows.at(begin) - 1; --begin) { }
        const int first = rows.at(begin);
        const int last = rows.at(end - 1);
        beginRemoveRows({}, first, last);
        m_ids.remove(first, last - first + 1);
        endRemoveRows();
    }
    for (const ExchangeId id : ids)
        m_cache.remove(id);
}

QList<int> TrafficModel::rowsOf(const QList<ExchangeId> &ids) const
{
    QList<int> rows;
    rows.reserve(ids.size());
    for (const ExchangeId id : ids) {
        if (const int row = rowOf(id); row >= 0)
            rows += row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

} // namespace headrace::ui
