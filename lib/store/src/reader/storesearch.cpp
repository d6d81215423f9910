#include "reader/storesearch.h"

#include "reader/searchjob.h"

#include <QThreadPool>

namespace headrace::store {

void SearchLine::hangUp()
{
    const QMutexLocker lock(&m_mutex);
    m_search = nullptr;
    m_isCanceled = true;
}

template <class Function>
void SearchLine::tell(Function function)
{
    const QMutexLocker lock(&m_mutex);
    if (m_search)
        QMetaObject::invokeMethod(m_search, std::move(function), Qt::QueuedConnection);
}

void SearchLine::tellFound(const QList<exchange::ExchangeId> &ids)
{
    tell([search = m_search, ids] { Q_EMIT search->found(ids); });
}

void SearchLine::tellProgress(double share)
{
    tell([search = m_search, share] { Q_EMIT search->progressed(share); });
}

void SearchLine::tellFinished(const QString &error)
{
    tell([search = m_search, error] { Q_EMIT search->finished(error); });
}

StoreSearch::StoreSearch(
    QThreadPool &pool, ReaderPool &readers, const Inbox &inbox, const exchange::Query &query)
    : m_line(std::make_shared<SearchLine>(this))
{
    pool.start([line = m_line, &readers, &inbox, query] {
        SearchJob(*line, readers, inbox, query).run();
    });
}

StoreSearch::~StoreSearch() { m_line->hangUp(); }

void StoreSearch::cancel() { m_line->cancel(); }

} // namespace headrace::store
