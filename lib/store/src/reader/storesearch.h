#pragma once

#include <exchange/store.h>

#include <QMutex>

#include <atomic>
#include <memory>

class QThreadPool;

namespace headrace::store {

class Inbox;
class ReaderPool;

/// What a running query and the Search that was handed out know of each other. Thread: any.
class SearchLine
{
public:
    explicit SearchLine(exchange::Search *search)
        : m_search(search)
    {
    }

    void cancel() { m_isCanceled = true; }

    bool isCanceled() const { return m_isCanceled; }

    const std::atomic<bool> &canceled() const { return m_isCanceled; }

    void hangUp(); ///< The Search goes away.

    // To the Search, in its thread.
    void tellFound(const QList<exchange::ExchangeId> &ids);
    void tellProgress(double share);
    void tellFinished(const QString &error);

private:
    template <class Function>
    void tell(Function function);

    QMutex m_mutex; // guards the next
    exchange::Search *m_search;
    std::atomic<bool> m_isCanceled = false;
};

/// A query of the session file, run by a thread of \a pool.
class StoreSearch : public exchange::Search
{
    Q_OBJECT

public:
    /// \a readers and \a inbox are borrowed, until \a pool has done.
    StoreSearch(
        QThreadPool &pool, ReaderPool &readers, const Inbox &inbox, const exchange::Query &query);
    ~StoreSearch() override;

    void cancel() override;

private:
    std::shared_ptr<SearchLine> m_line;
};

} // namespace headrace::store
