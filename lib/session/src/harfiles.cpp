#include "session/harfiles.h"

#include <QFile>
#include <QSaveFile>

namespace headrace::session {

HarFiles::HarFiles(exchange::Store &store, exchange::Sink &sink, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_sink(sink)
{
    m_pool.setMaxThreadCount(1);
}

HarFiles::~HarFiles() { stop(); }

void HarFiles::importFile(const QString &path) { add({ path, true, {} }); }

void HarFiles::exportFile(
    const QString &path, const std::optional<QList<exchange::ExchangeId>> &ids)
{
    add({ path, false, ids });
}

bool HarFiles::isBusy() const { return m_isCanceled != nullptr; }

void HarFiles::cancel()
{
    if (m_isCanceled)
        *m_isCanceled = true;
}

void HarFiles::stop()
{
    m_waiting.clear();
    cancel();
    m_pool.waitForDone();
}

void HarFiles::add(const Job &job)
{
    m_waiting.append(job);
    if (!isBusy())
        startNext();
}

void HarFiles::startNext()
{
    if (m_waiting.isEmpty())
        return;
    const Job job = m_waiting.takeFirst();
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    Q_EMIT started(job.path, job.isImport);
    m_pool.start([this, job, flag = m_isCanceled] {
        const HarOutcome outcome = run(job, flag);
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                m_isCanceled.reset();
                Q_EMIT finished(outcome);
                startNext();
            },
            Qt::QueuedConnection);
    });
}

HarOutcome HarFiles::run(const Job &job, const Flag &isCanceled)
{
    const auto tell = [this, isCanceled](qint64 exchanges, double share) {
        Q_EMIT progressed(exchanges, share); // queued: the receivers live in the session's thread
        return !*isCanceled;
    };
    HarOutcome outcome;
    if (job.isImport) {
        QFile file(job.path);
        if (!file.open(QIODevice::ReadOnly)) {
            outcome.error = tr("It cannot be read: %1.").arg(file.errorString());
            return outcome;
        }
        return importHar(file, m_store, m_sink, tell);
    }
    QSaveFile file(job.path);
    if (file.open(QIODevice::WriteOnly)) {
        outcome = exportHar(m_store, job.ids ? *job.ids : m_store.ids(), file, tell);
        // Even when all was written by the time: who cancels wants the file that was there.
        outcome.isCanceled = outcome.isCanceled || *isCanceled;
        if (!outcome.error.isEmpty() || outcome.isCanceled || file.commit())
            return outcome;
    }
    outcome.error = tr("It cannot be written: %1.").arg(file.errorString());
    return outcome;
}

} // namespace headrace::session
