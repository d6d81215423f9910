#include "traffic/trafficfeed.h"

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::SortKey;
using exchange::Store;

namespace {

constexpr int CostToInterval = 4; // One part work, four parts rest: a fifth of the time.

void removeFrom(QList<ExchangeId> &list, const QSet<ExchangeId> &gone)
{
    list.removeIf([&gone](ExchangeId id) { return gone.contains(id); });
}

} // namespace

TrafficFeed::TrafficFeed(Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_cooldown.setSingleShot(true);
    m_appendTimer.setSingleShot(true);
    connect(&m_appendTimer, &QTimer::timeout, this, &TrafficFeed::append);
    connect(&m_cooldown, &QTimer::timeout, this, &TrafficFeed::proceed);
    connect(store, &Store::added, this, &TrafficFeed::noteAdded);
    connect(store, &Store::changed, this, &TrafficFeed::noteChanged);
    connect(store, &Store::removed, this, &TrafficFeed::noteRemoved);
    connect(store, &Store::reset, this, &TrafficFeed::restart);
    start(Purpose::Answer);
}

TrafficFeed::~TrafficFeed() = default;

const exchange::Query &TrafficFeed::query() const { return m_query; }

void TrafficFeed::setQuery(const exchange::Query &query)
{
    m_query = query;
    m_query.among.reset();
    start(Purpose::Answer);
}

bool TrafficFeed::isSearching() const { return m_search && m_purpose == Purpose::Answer; }

void TrafficFeed::cancel()
{
    if (isSearching())
        m_search->cancel();
}

void TrafficFeed::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    if (isPaused)
        return;
    m_letThrough.clear();
    const QSet<ExchangeId> changed = std::exchange(m_heldChanged, {});
    const qsizetype count = m_heldAdded.size();
    m_added += std::exchange(m_heldAdded, {});
    if (!changed.isEmpty())
        noteChanged(QList<ExchangeId>(changed.cbegin(), changed.cend()));
    proceed();
    if (count > 0)
        Q_EMIT heldCountChanged(0);
}

bool TrafficFeed::isPaused() const { return m_isPaused; }

qsizetype TrafficFeed::heldCount() const { return m_heldAdded.size(); }

void TrafficFeed::letThrough(const QList<ExchangeId> &ids)
{
    if (m_isPaused)
        m_letThrough.unite(QSet<ExchangeId>(ids.cbegin(), ids.cend()));
}

void TrafficFeed::noteAdded(const QList<ExchangeId> &ids)
{
    QList<ExchangeId> &list = m_isPaused ? m_heldAdded : m_added;
    const ExchangeId last = list.isEmpty() ? 0 : list.constLast();
    list += ids;
    if (m_isPaused) {
        if (!std::is_sorted(ids.cbegin(), ids.cend())
            || (!ids.isEmpty() && ids.constFirst() <= last))
            std::sort(list.begin(), list.end());
        Q_EMIT heldCountChanged(list.size());
    } else {
        // They may have been found already, and shown as they were then.
        Q_EMIT altered(ids);
        proceed();
    }
}

void TrafficFeed::noteChanged(const QList<ExchangeId> &ids)
{
    if (m_isPaused) {
        QList<ExchangeId> shown;
        for (const ExchangeId id : ids) {
            if (m_letThrough.contains(id))
                shown += id;
            if (!std::binary_search(m_heldAdded.cbegin(), m_heldAdded.cend(), id))
                m_heldChanged.insert(id);
        }
        if (!shown.isEmpty())
            Q_EMIT altered(shown);
        return;
    }
    Q_EMIT altered(ids);
    if (isByNumber() && m_query.filter.isAll())
        return; // Their places stay.
    for (const ExchangeId id : ids)
        m_changed.insert(id);
    proceed();
}

void TrafficFeed::noteRemoved(const QList<ExchangeId> &ids)
{
    const qsizetype held = m_heldAdded.size();
    const bool isPending = !m_added.isEmpty() || !m_changed.isEmpty() || m_isPaused;
    if (isPending || m_search) {
        const QSet<ExchangeId> gone(ids.cbegin(), ids.cend());
        for (QList<ExchangeId> *list : { &m_added, &m_found, &m_candidates, &m_heldAdded })
            removeFrom(*list, gone);
        m_changed.subtract(gone);
        m_heldChanged.subtract(gone);
        if (m_search)
            m_gone.unite(gone);
    }
    Q_EMIT left(ids);
    if (m_heldAdded.size() != held)
        Q_EMIT heldCountChanged(m_heldAdded.size());
}

void TrafficFeed::restart()
{
    dropSearch();
    m_heldChanged.clear();
    m_letThrough.clear();
    const bool hasHeld = !m_heldAdded.isEmpty();
    m_heldAdded.clear();
    Q_EMIT restarted();
    if (hasHeld)
        Q_EMIT heldCountChanged(0);
    start(Purpose::Answer);
}

bool TrafficFeed::isByNumber() const { return m_query.key == SortKey::Number; }

void TrafficFeed::proceed()
{
    if (m_isPaused || m_search || (m_added.isEmpty() && m_changed.isEmpty()))
        return;
    if (isByNumber() && m_query.filter.isAll()) {
        m_changed.clear();
        QList<ExchangeId> ids = std::exchange(m_added, {});
        std::sort(ids.begin(), ids.end());
        Q_EMIT entered(ids);
        return;
    }
    if (m_cooldown.isActive())
        return;
    start(isByNumber() && m_added.size() + m_changed.size() <= MostSifted ? Purpose::Sift
                                                                          : Purpose::Refresh);
}

void TrafficFeed::start(Purpose purpose)
{
    exchange::Query query = m_query;
    if (purpose == Purpose::Sift) {
        m_candidates = m_added;
        m_candidates += QList<ExchangeId>(m_changed.cbegin(), m_changed.cend());
        std::sort(m_candidates.begin(), m_candidates.end());
        m_candidates.erase(
            std::unique(m_candidates.begin(), m_candidates.end()), m_candidates.end());
        query.among = m_candidates;
        query.isDescending = false;
    } else {
        m_candidates.clear();
    }
    // What is known to be new now, this search finds.
    m_added.clear();
    m_changed.clear();
    dropSearch();
    m_isAnswered = false;
    m_purpose = purpose;
    m_clock.start();
    m_search = m_store->search(query);
    connect(m_search.get(), &exchange::Search::found, this, &TrafficFeed::take);
    connect(m_search.get(), &exchange::Search::finished, this, &TrafficFeed::finish);
    if (purpose == Purpose::Answer) {
        connect(
            m_search.get(), &exchange::Search::progressed, this, &TrafficFeed::searchProgressed);
        Q_EMIT searchStarted();
    }
}

void TrafficFeed::take(const QList<ExchangeId> &found)
{
    QList<ExchangeId> ids = found;
    if (!m_gone.isEmpty())
        removeFrom(ids, m_gone);
    if (!m_heldAdded.isEmpty())
        ids.removeIf([this](ExchangeId id) {
            return std::binary_search(m_heldAdded.cbegin(), m_heldAdded.cend(), id);
        });
    if (m_purpose == Purpose::Answer && !std::exchange(m_isAnswered, true)) {
        Q_EMIT replaced(ids);
        return;
    }
    m_found += ids;
    if (m_purpose == Purpose::Answer && !m_appendTimer.isActive())
        m_appendTimer.start(ShortestAppend);
}

void TrafficFeed::append()
{
    m_appendTimer.stop();
    if (!m_found.isEmpty())
        Q_EMIT appended(std::exchange(m_found, {}));
}

void TrafficFeed::finish(const QString &error)
{
    if (m_purpose == Purpose::Answer) {
        const exchange::Search *search = m_search.get();
        append();
        if (m_search.get() != search)
            return; // Whoever was told began another.
    }
    QList<ExchangeId> found = std::exchange(m_found, {});
    dropSearch();
    if (m_purpose == Purpose::Sift) {
        finishSift(std::move(found), error);
    } else {
        using std::chrono::milliseconds;
        m_cooldown.start(
            std::max(ShortestRefresh, milliseconds(CostToInterval * m_clock.elapsed())));
        if (m_purpose == Purpose::Answer) {
            if (!m_isAnswered)
                Q_EMIT replaced({});
            Q_EMIT searchFinished(error);
        } else if (error.isEmpty()) {
            Q_EMIT replaced(found);
        }
    }
    proceed();
}

void TrafficFeed::dropSearch()
{
    m_appendTimer.stop();
    m_found.clear();
    m_gone.clear();
    if (!m_search)
        return;
    // It may be in the middle of emitting; but it must not outlive this, as the store may be gone then.
    m_search->disconnect(this);
    m_dropped.push_back(std::move(m_search));
    QMetaObject::invokeMethod(
        this, [this] { m_dropped.clear(); }, Qt::QueuedConnection);
}

void TrafficFeed::finishSift(QList<ExchangeId> found, const QString &error)
{
    const QList<ExchangeId> candidates = std::exchange(m_candidates, {});
    if (!error.isEmpty()) {
        // Later again, with what has come until then.
        m_added += candidates;
        m_cooldown.start(ShortestRefresh);
        return;
    }
    QList<ExchangeId> out;
    std::set_difference(candidates.cbegin(), candidates.cend(), found.cbegin(), found.cend(),
        std::back_inserter(out));
    if (!out.isEmpty())
        Q_EMIT left(out);
    if (!found.isEmpty())
        Q_EMIT entered(found);
}

} // namespace headrace::ui
