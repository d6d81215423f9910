#pragma once

#include "session/hartransfer.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <optional>

namespace headrace::session {

/** HAR files that are read into the session, or written from it, in a thread of its own, one after the other.
    Thread: the session's. */
class HarFiles : public QObject
{
    Q_OBJECT

public:
    /// \a store and its \a sink are borrowed and outlive this.
    HarFiles(exchange::Store &store, exchange::Sink &sink, QObject *parent = nullptr);
    ~HarFiles() override; ///< stop(), without a signal.

    /// Reads \a path behind what is in the session; what was read is kept whatever happens.
    void importFile(const QString &path);

    /// Writes \a ids, or all there are, to \a path: complete, or the file that was there stays.
    void exportFile(
        const QString &path, const std::optional<QList<exchange::ExchangeId>> &ids = {});

    bool isBusy() const;
    void cancel(); ///< Of the one that runs; finished() follows. What waits goes on.
    void
    stop(); ///< Cancels all and waits for it: the store is free then. finished() follows once, if it was busy.

Q_SIGNALS:
    void started(const QString &path, bool isImport);

    /// Some ten a second, as HarProgress.
    void progressed(qint64 exchanges, double share);
    void finished(const headrace::session::HarOutcome &outcome);

private:
    struct Job
    {
        QString path;
        bool isImport = true;
        std::optional<QList<exchange::ExchangeId>> ids;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    void add(const Job &job);
    void startNext();
    HarOutcome run(const Job &job, const Flag &isCanceled);

    exchange::Store &m_store;
    exchange::Sink &m_sink;
    QList<Job> m_waiting;
    Flag m_isCanceled; ///< Of the one that runs; null without one.
    QThreadPool m_pool;
};

} // namespace headrace::session

Q_DECLARE_METATYPE(headrace::session::HarOutcome)
