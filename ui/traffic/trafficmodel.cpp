#include "traffic/trafficmodel.h"

#include "traffic/trafficcells.h"

#include <exchange/summarytext.h>

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::State;
using exchange::Summary;
using Order = RowList::Order;

namespace {

constexpr int Margin = 32; // Rows read on either side of those in sight.
constexpr int MostAsked = 256; // Rows out of sight that are waited for.

// Beyond so many places a reset costs less than telling of each.
constexpr qsizetype MostRuns = 64;

Order orderOf(const exchange::Query &query)
{
    if (query.key != exchange::SortKey::Number)
        return Order::Other;
    return query.isDescending ? Order::Descending : Order::Ascending;
}

} // namespace

TrafficModel::TrafficModel(exchange::Store *store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_feed(new TrafficFeed(store, this))
    , m_cache(new SummaryCache(store, this))
{
    m_wishTimer.setSingleShot(true);
    connect(&m_wishTimer, &QTimer::timeout, this, &TrafficModel::wish);
    connect(m_cache, &SummaryCache::loaded, this, &TrafficModel::noteLoaded);
    connect(m_feed, &TrafficFeed::restarted, this, [this] {
        m_cache->clear();
        replace({});
    });
    connect(m_feed, &TrafficFeed::replaced, this, &TrafficModel::replace);
    connect(m_feed, &TrafficFeed::appended, this, &TrafficModel::append);
    connect(m_feed, &TrafficFeed::entered, this, &TrafficModel::enter);
    connect(m_feed, &TrafficFeed::left, this, &TrafficModel::remove);
    connect(m_feed, &TrafficFeed::altered, this, &TrafficModel::noteAltered);
}

exchange::Store *TrafficModel::store() const { return m_store; }

TrafficFeed *TrafficModel::feed() const { return m_feed; }

void TrafficModel::setFilter(const exchange::Filter &filter)
{
    exchange::Query query = m_feed->query();
    query.filter = filter;
    m_feed->setQuery(query);
}

void TrafficModel::sort(int column, Qt::SortOrder order)
{
    exchange::Query query = m_feed->query();
    query.key = column < 0 ? exchange::SortKey::Number : sortKeyOf(TrafficColumn(column));
    query.isDescending = column >= 0 && order == Qt::DescendingOrder;
    if (query.key != m_feed->query().key || query.isDescending != m_feed->query().isDescending)
        m_feed->setQuery(query);
}

Order TrafficModel::order() const { return m_rows.order(); }

ExchangeId TrafficModel::idAt(int row) const { return m_rows.at(row); }

int TrafficModel::rowOf(ExchangeId id) const { return m_rows.rowOf(id); }

const RowList &TrafficModel::rows() const { return m_rows; }

QStringList TrafficModel::typesRead() const { return m_cache->contentTypes(); }

void TrafficModel::setWindow(int first, int last)
{
    if (m_first == first && m_last == last)
        return;
    m_first = first;
    m_last = last;
    wishLater();
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows.size();
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
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    const ExchangeId id = m_rows.at(index.row());
    if (role == ExchangeIdRole)
        return QVariant::fromValue(id);

    if (!isInSight(index.row()) && !m_cache->isSettled(id) && m_asked.size() < MostAsked) {
        m_asked.insert(id);
        wishLater();
    }
    const Summary *summary = m_cache->find(id);
    if (!summary)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*summary, column);
    case Qt::ToolTipRole:
        return cellToolTip(*summary, column);
    case Qt::AccessibleTextRole:
        return column == TrafficColumn::Mark || column == TrafficColumn::Source
            ? cellToolTip(*summary, column)
            : cellText(*summary, column);
    case StatusCodeRole:
        return summary->statusCode;
    case HasFailedRole:
        return summary->state == State::Failed;
    case IsActiveRole:
        return summary->state == State::Active;
    case UrlRole:
        return exchange::urlOf(*summary);
    case SourceRole:
        return int(summary->source);
    case MarkRole:
        return int(summary->mark);
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= TrafficColumnCount)
        return {};
    const auto column = TrafficColumn(section);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(column);
    case Qt::AccessibleTextRole:
        return longTitleOf(column);
    case Qt::ToolTipRole:
        return hintOf(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

bool TrafficModel::isInSight(int row) const { return row >= m_first && row <= m_last; }

void TrafficModel::replace(const QList<ExchangeId> &ids)
{
    beginResetModel();
    m_arriving.clear(); // What was known then, is in the answer.
    m_awaited.clear();
    m_asked.clear();
    m_rows = RowList(ids, orderOf(m_feed->query()));
    endResetModel();
    wishLater();
}

void TrafficModel::append(const QList<ExchangeId> &ids)
{
    if (ids.isEmpty())
        return;
    beginInsertRows({}, m_rows.size(), m_rows.size() + int(ids.size()) - 1);
    m_rows.insert(m_rows.size(), ids);
    endInsertRows();
    wishLater();
}

void TrafficModel::enter(const QList<ExchangeId> &ids)
{
    const bool wasEmpty = m_arriving.isEmpty();
    for (const ExchangeId id : ids) {
        if (m_rows.rowOf(id) < 0)
            m_arriving += id;
    }
    if (m_arriving.isEmpty())
        return;
    if (!wasEmpty) {
        std::sort(m_arriving.begin(), m_arriving.end());
        m_arriving.erase(std::unique(m_arriving.begin(), m_arriving.end()), m_arriving.end());
        return; // They go in with those that are being read.
    }
    // Those that will be in sight are read before they are there: no row flashes up empty.
    const bool isEdgeInSight
        = order() == Order::Descending ? m_first == 0 : m_last >= m_rows.size() - 1;
    if (isEdgeInSight) {
        const qsizetype most = qBound(1, m_last - m_first + 1, int(SummaryCache::PageSize));
        for (qsizetype i = qMax<qsizetype>(0, m_arriving.size() - most); i < m_arriving.size();
             ++i) {
            if (!m_cache->isSettled(m_arriving.at(i)))
                m_awaited.insert(m_arriving.at(i));
        }
    }
    if (m_awaited.isEmpty())
        insertArrived();
    else
        wish();
}

void TrafficModel::insertArrived()
{
    m_awaited.clear();
    insertSorted(std::exchange(m_arriving, {}));
    wishLater();
}

void TrafficModel::insertSorted(const QList<ExchangeId> &ids)
{
    // Neighbours in the list go in together; from the last place up, so that the places before stay.
    struct Place
    {
        int row;
        QList<ExchangeId> ids;
    };

    QList<Place> places;
    for (const ExchangeId id : ids) {
        const int row = m_rows.placeOf(id);
        if (places.isEmpty() || places.constLast().row != row)
            places.append(Place { row, {} });
        places.last().ids += id;
    }
    const bool isDescending = order() == Order::Descending;
    if (isDescending) {
        for (Place &place : places)
            std::reverse(place.ids.begin(), place.ids.end());
    } else {
        std::reverse(places.begin(), places.end());
    }
    const bool isReset = places.size() > MostRuns;
    if (isReset)
        beginResetModel();
    for (const Place &place : std::as_const(places)) {
        if (!isReset)
            beginInsertRows({}, place.row, place.row + int(place.ids.size()) - 1);
        m_rows.insert(place.row, place.ids);
        if (!isReset)
            endInsertRows();
    }
    if (isReset)
        endResetModel();
}

void TrafficModel::remove(const QList<ExchangeId> &ids)
{
    m_cache->forget(ids);
    if (!m_arriving.isEmpty()) {
        const QSet<ExchangeId> gone(ids.cbegin(), ids.cend());
        m_arriving.removeIf([&gone](ExchangeId id) { return gone.contains(id); });
        m_awaited.subtract(gone);
        if (m_awaited.isEmpty())
            insertArrived();
    }
    const QList<RowList::Run> runs = m_rows.runsOf(ids);
    if (runs.size() > MostRuns) {
        beginResetModel();
        m_rows.remove(ids);
        endResetModel();
    } else {
        // From the bottom up, so that the rows above keep their numbers.
        for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
            beginRemoveRows({}, run->first, run->last);
            m_rows.remove(*run);
            endRemoveRows();
        }
    }
    if (!runs.isEmpty())
        wishLater();
}

void TrafficModel::noteAltered(const QList<ExchangeId> &ids)
{
    m_cache->noteChanged(ids);
    wishLater();
}

void TrafficModel::noteLoaded(const QList<ExchangeId> &ids)
{
    QSet<ExchangeId> left(ids.cbegin(), ids.cend());
    if (!m_awaited.isEmpty()) {
        m_awaited.subtract(left);
        if (m_awaited.isEmpty())
            insertArrived();
    }
    m_asked.subtract(left);
    RowList::Run run { 0, -2 };
    const auto add = [this, &run](int row) {
        if (run.last == row - 1) {
            run.last = row;
            return;
        }
        showAnew(run);
        run = { row, row };
    };
    const int last = qMin(m_last + Margin, m_rows.size() - 1);
    for (int row = qMax(0, m_first - Margin); row <= last; ++row) {
        if (left.remove(m_rows.at(row)))
            add(row);
    }
    showAnew(run);
    for (const RowList::Run &far : m_rows.runsOf(QList<ExchangeId>(left.cbegin(), left.cend())))
        showAnew(far);
    wish();
}

void TrafficModel::showAnew(const RowList::Run &run)
{
    if (run.last >= run.first)
        Q_EMIT dataChanged(index(run.first, 0), index(run.last, TrafficColumnCount - 1));
}

void TrafficModel::wishLater() const
{
    if (!m_wishTimer.isActive())
        m_wishTimer.start(0);
}

void TrafficModel::wish()
{
    QList<ExchangeId> wishes(m_awaited.cbegin(), m_awaited.cend());
    const auto add = [this, &wishes](int first, int last) {
        for (int row = qMax(0, first); row <= qMin(last, m_rows.size() - 1); ++row) {
            if (!m_cache->isSettled(m_rows.at(row)))
                wishes += m_rows.at(row);
        }
    };
    if (m_first <= m_last) {
        add(m_first, m_last);
        add(m_last + 1, m_last + Margin);
        add(m_first - Margin, m_first - 1);
    }
    wishes += QList<ExchangeId>(m_asked.cbegin(), m_asked.cend());
    m_cache->setWishes(wishes);
}

} // namespace headrace::ui
