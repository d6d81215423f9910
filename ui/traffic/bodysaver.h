#pragma once

#include "shell/background.h"

#include <exchange/store.h>

#include <atomic>
#include <memory>

namespace headrace::ui {

/** Writes bodies of a store to files, piece by piece beside the GUI thread: the octets as they passed, without
    framing. A file is complete or not there. Thread: GUI. */
class BodySaver : public QObject
{
    Q_OBJECT

public:
    struct Job
    {
        exchange::ExchangeId id = 0;
        int message = 0; ///< As Sink::setHead().
        QString path;
    };

    /// \a store is borrowed and outlives this.
    explicit BodySaver(const exchange::Store *store, QObject *parent = nullptr);
    ~BodySaver() override; ///< Cancels.

    /// One list after the other; answers through finished().
    void save(const QList<Job> &jobs);
    void cancel();

    /// What a body could be called: the last part of the path, with the suffix of its type.
    static QString fileName(const exchange::Summary &summary, bool isRequest);

Q_SIGNALS:
    void progressed(qint64 octets); ///< Written so far; at most ten a second.

    /// \a error: for people; empty without. The files before it are complete.
    void finished(int files, qint64 octets, const QString &error);

private:
    struct Outcome
    {
        int files = 0;
        qint64 octets = 0;
        QString error;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    Outcome write(const QList<Job> &jobs, const Flag &isCanceled);
    QString writeOne(
        const Job &job, const std::atomic_bool &isCanceled, Outcome *outcome); ///< Error.

    const exchange::Store *m_store;
    Flag m_isCanceled; ///< Of the save() before.
    Background m_background; ///< Last: what it runs uses the rest.
};

} // namespace headrace::ui
