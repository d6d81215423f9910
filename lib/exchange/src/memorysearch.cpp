#include "exchange/filtermatcher.h"
#include "exchange/sortorder.h"
#include "memorysearch_p.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

// A record of the store, read as far as a filter asks.
class StoredExchange : public FilterSubject
{
public:
    StoredExchange(const Store &store, const Summary &summary)
        : m_store(store)
        , m_summary(summary)
    {
    }

    const Summary &summary() override { return m_summary; }

    const Exchange &exchange() override
    {
        if (!m_exchange)
            m_exchange = m_store.exchange(m_summary.id, 0).value_or(Exchange());
        return *m_exchange;
    }

    void readOctets(int message, const std::function<bool(const Octets &)> &take) override
    {
        m_store.readOctets(m_summary.id, message, take);
    }

private:
    const Store &m_store;
    const Summary &m_summary;
    std::optional<Exchange> m_exchange;
};

} // namespace

MemorySearch::MemorySearch(const Store &store, const Query &query)
    : m_store(store)
    , m_query(query)
{
    QMetaObject::invokeMethod(this, &MemorySearch::run, Qt::QueuedConnection);
}

void MemorySearch::cancel()
{
    if (std::exchange(m_isOver, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT finished({}); }, Qt::QueuedConnection);
}

void MemorySearch::run()
{
    if (std::exchange(m_isOver, true))
        return;
    const FilterMatcher matcher(m_query.filter);
    QList<Summary> rows;
    for (const ExchangeId id : m_query.among ? *m_query.among : m_store.ids()) {
        const auto summary = m_store.summary(id);
        if (!summary)
            continue;
        StoredExchange subject(m_store, *summary);
        if (matcher.matches(subject))
            rows.append(*summary);
    }
    const SortOrder order(m_query.key, m_query.isDescending);
    std::sort(rows.begin(), rows.end(), order);
    QList<ExchangeId> ids;
    ids.reserve(rows.size());
    for (const Summary &row : std::as_const(rows))
        ids.append(row.id);
    if (!ids.isEmpty())
        Q_EMIT found(ids);
    Q_EMIT finished({});
}

} // namespace headrace::exchange
