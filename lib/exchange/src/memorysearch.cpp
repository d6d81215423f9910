#include "exchange/filtermatcher.h"
#include "exchange/sortorder.h"
#include "memorysearch_p.h"

#include <algorithm>

namespace headrace::exchange {

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
        const auto exchange = m_store.exchange(id);
        if (exchange && matcher.matches(*exchange))
            rows.append(exchange->summary);
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
