#include "store/exchangestore.h"

#include "file/schema.h"
#include "file/sessionlock.h"
#include "reader/readerpool.h"
#include "reader/storedexchange.h"
#include "reader/storesearch.h"
#include "writer/copythread.h"
#include "writer/inbox.h"
#include "writer/writer.h"

#include <QFileInfo>
#include <QThreadPool>

#include <atomic>

namespace headrace::store {

using exchange::ExchangeId;

namespace {

constexpr int searchThreads = 2; // a long search, and what a view asks beside it

} // namespace

struct ExchangeStore::Private
{
    Inbox inbox;
    mutable ReaderPool readers;
    QThreadPool searches;
    SessionLock lock;
    SessionLock nextLock; // of the file that is being saved to
    std::unique_ptr<Writer> writer; // nothing: read-only, or no file
    std::unique_ptr<CopyThread> copy; // of a file that is only read
    QString path;
    bool isImmutable = false; // the file that is only read
    int generation = 0; // of the file: what was told of another one before is of no interest
    bool isSaving = false;
    std::atomic<qsizetype> count = 0;
    mutable QMutex mutex; // guards the next two, and changes of the path: any thread asks for status()
    exchange::StoreStatus::Condition condition = exchange::StoreStatus::Condition::Stopped;
    QString problem;

    void setPath(const QString &newPath)
    {
        const QMutexLocker lock(&mutex);
        path = newPath;
    }
};

ExchangeStore::ExchangeStore(QObject *parent)
    : Store(parent)
    , d(std::make_unique<Private>())
{
    qRegisterMetaType<headrace::store::FileError>();
    qRegisterMetaType<QList<ExchangeId>>();
    d->searches.setMaxThreadCount(searchThreads);
    d->problem = tr("No session is open.");
}

ExchangeStore::~ExchangeStore()
{
    close();
    d->searches.waitForDone();
}

FileError ExchangeStore::open(const QString &path)
{
    close();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (FileError failure = checkHeader(absolute))
        return failure;
    FileError failure = d->lock.take(absolute);
    if (failure.code == FileError::Code::ReadOnly && QFileInfo(absolute).isReadable())
        return openForReading(absolute, failure.message);
    if (!failure)
        failure = startWriting(absolute);
    if (failure.code == FileError::Code::ReadOnly && QFileInfo(absolute).isReadable()) {
        d->lock.release();
        return openForReading(absolute, failure.message);
    }
    if (failure) {
        d->lock.release();
        return failure;
    }
    d->setPath(absolute);
    Q_EMIT reset();
    Q_EMIT statusChanged();
    return {};
}

FileError ExchangeStore::openInMemory(qint64 octets)
{
    close();
    // Shared by the connections of this process, and no other.
    static std::atomic<int> number = 0;
    if (FileError failure
        = startWriting(QStringLiteral("file:/headrace-%1?vfs=memdb").arg(++number)))
        return failure;
    d->writer->setSizeLimit(octets);
    Q_EMIT reset();
    Q_EMIT statusChanged();
    return {};
}

FileError ExchangeStore::startWriting(const QString &path)
{
    auto writer = std::make_unique<Writer>(d->inbox);
    connectWriter(*writer);
    if (FileError failure = writer->start(path))
        return failure;
    d->readers.setFile(path, Connection::Mode::ReadOnly);
    d->writer = std::move(writer);
    {
        const ReaderPool::Loan reader = d->readers.take();
        d->count = reader ? reader->count() : 0;
        d->inbox.startAfter(reader ? reader->lastId() : 0);
    }
    setCondition(exchange::StoreStatus::Condition::Recording, {});
    d->inbox.setAccepting(true);
    return {};
}

FileError ExchangeStore::openForReading(const QString &path, const QString &problem)
{
    // A log beside the file has what the file does not; only without one may it be read as it is.
    const bool hasLog = QFileInfo(path + QStringLiteral("-wal")).size() > 0;
    const Connection::Mode mode = hasLog ? Connection::Mode::ReadOnly : Connection::Mode::Immutable;
    Connection connection;
    if (FileError failure = connection.open(path, mode))
        return failure;
    if (FileError failure = checkForReading(connection))
        return failure;
    d->readers.setFile(path, mode);
    d->setPath(path);
    d->isImmutable = mode == Connection::Mode::Immutable;
    const ReaderPool::Loan reader = d->readers.take();
    d->count = reader ? reader->count() : 0;
    setCondition(exchange::StoreStatus::Condition::Stopped,
        tr("%1 Nothing new is recorded; save the session elsewhere to go on.").arg(problem));
    Q_EMIT reset();
    Q_EMIT statusChanged();
    return {};
}

// What the writer says comes later: by then another file may be open.
template <class... Arguments, class Function>
void ExchangeStore::listen(Writer &writer, void (Writer::*signal)(Arguments...), Function function)
{
    connect(&writer, signal, this,
        [this, generation = d->generation, function](Arguments... arguments) {
            if (generation != d->generation)
                return;
            function(arguments...);
            Q_EMIT statusChanged();
        });
}

void ExchangeStore::connectWriter(Writer &writer)
{
    using Condition = exchange::StoreStatus::Condition;
    using Ids = const QList<ExchangeId> &;
    // The count is right as soon as the file is.
    connect(
        &writer, &Writer::written, this, [this](Ids added) { d->count += added.size(); },
        Qt::DirectConnection);
    connect(
        &writer, &Writer::removed, this, [this](Ids ids) { d->count -= ids.size(); },
        Qt::DirectConnection);
    connect(
        &writer, &Writer::cleared, this, [this] { d->count = 0; }, Qt::DirectConnection);

    listen(writer, &Writer::written, [this](Ids added, Ids changed) {
        if (!added.isEmpty())
            Q_EMIT this->added(added);
        if (!changed.isEmpty())
            Q_EMIT this->changed(changed);
    });
    listen(writer, &Writer::removed, [this](Ids ids) { Q_EMIT removed(ids); });
    listen(writer, &Writer::cleared, [this] { Q_EMIT reset(); });
    listen(writer, &Writer::delayed, [this](const QString &problem) {
        if (d->inbox.isFull())
            setCondition(Condition::Stopped,
                tr("%1 The memory for what waits is used up: new exchanges are not recorded.")
                    .arg(problem));
        else
            setCondition(Condition::Delayed,
                tr("%1 New exchanges wait in memory and are written as soon as they can be.")
                    .arg(problem));
    });
    listen(writer, &Writer::resumed, [this] { setCondition(Condition::Recording, {}); });
    listen(writer, &Writer::failed, [this](const QString &problem) { Q_EMIT failed(problem); });
    listen(writer, &Writer::saveProgressed, [this](double share) { Q_EMIT saveProgressed(share); });
    listen(writer, &Writer::saved, [this](const QString &path) {
        d->isSaving = false;
        d->lock.release();
        d->lock.swap(d->nextLock);
        d->setPath(path);
        d->readers.setFile(path, Connection::Mode::ReadOnly);
        Q_EMIT saved(path);
    });
    listen(writer, &Writer::saveFailed, [this](const FileError &failure) { endSaving(failure); });
}

void ExchangeStore::endSaving(const FileError &failure)
{
    d->isSaving = false;
    d->nextLock.release();
    Q_EMIT saveFailed(failure);
}

void ExchangeStore::setCondition(exchange::StoreStatus::Condition condition, const QString &problem)
{
    const QMutexLocker lock(&d->mutex);
    d->condition = condition;
    d->problem = problem;
}

void ExchangeStore::close()
{
    ++d->generation;
    d->copy.reset();
    d->inbox.setAccepting(false);
    d->readers.setFile(
        {}, Connection::Mode::ReadOnly); // the writer closes last, and takes the log away
    if (d->writer) {
        d->inbox.endAll();
        d->writer->setClosed();
        d->writer.reset();
    }
    d->inbox.forgetAll();
    d->lock.release();
    d->nextLock.release();
    d->setPath({});
    d->count = 0;
    d->isSaving = false;
    setCondition(exchange::StoreStatus::Condition::Stopped, tr("No session is open."));
}

QString ExchangeStore::path() const { return d->path; }

void ExchangeStore::saveAs(const QString &path)
{
    if (d->isSaving)
        return;
    d->isSaving = true;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const FileError failure = absolute == d->path
        ? FileError { FileError::Code::Failed, tr("The session is in this file already.") }
        : d->nextLock.take(absolute);
    if (failure) {
        QMetaObject::invokeMethod(
            this, [this, failure] { endSaving(failure); }, Qt::QueuedConnection);
        return;
    }
    if (d->writer) {
        d->writer->saveAs(absolute);
        return;
    }
    d->copy = std::make_unique<CopyThread>(d->path, d->isImmutable, absolute);
    connect(d->copy.get(), &CopyThread::progressed, this, &ExchangeStore::saveProgressed);
    connect(d->copy.get(), &CopyThread::done, this,
        [this, absolute, generation = d->generation](const FileError &failure) {
            if (generation == d->generation)
                goOnInCopy(absolute, failure);
        });
    d->copy->start();
}

void ExchangeStore::goOnInCopy(const QString &path, const FileError &copyFailure)
{
    if (copyFailure) {
        endSaving(copyFailure);
        return;
    }
    d->nextLock.release();
    if (const FileError failure = open(path))
        Q_EMIT saveFailed(failure);
    else
        Q_EMIT saved(path);
}

void ExchangeStore::cancelSave()
{
    if (d->copy)
        d->copy->cancel();
    else if (d->writer)
        d->writer->cancelSave();
}

bool ExchangeStore::isSaving() const { return d->isSaving; }

void ExchangeStore::flush()
{
    if (d->writer)
        d->writer->flush();
}

void ExchangeStore::setMemoryLimits(qint64 recordingOctets, qint64 delayedOctets)
{
    d->inbox.setLimits(recordingOctets, delayedOctets);
}

qsizetype ExchangeStore::count() const { return d->count; }

QList<ExchangeId> ExchangeStore::ids(ExchangeId first, qsizetype limit) const
{
    const ReaderPool::Loan reader = d->readers.take();
    return reader ? reader->ids(first, limit) : QList<ExchangeId>();
}

std::optional<exchange::Summary> ExchangeStore::summary(ExchangeId id) const
{
    const QList<exchange::Summary> found = summaries({ id });
    return found.isEmpty() ? std::nullopt : std::optional(found.constFirst());
}

// What goes on is known better here than in the file.
QList<exchange::Summary> ExchangeStore::summaries(const QList<ExchangeId> &ids) const
{
    QList<exchange::Summary> result;
    result.reserve(ids.size());
    const ReaderPool::Loan reader = d->readers.take();
    for (const ExchangeId id : ids) {
        if (auto waiting = d->inbox.summary(id))
            result.append(std::move(*waiting));
        else if (auto summary = reader ? reader->summary(id) : std::nullopt)
            result.append(std::move(*summary));
    }
    return result;
}

std::optional<exchange::Exchange> ExchangeStore::exchange(ExchangeId id, qint64 octetLimit) const
{
    const ReaderPool::Loan reader = d->readers.take();
    return reader ? readExchange(*reader, d->inbox, id, octetLimit) : std::nullopt;
}

void ExchangeStore::readOctets(
    ExchangeId id, int message, const std::function<bool(const exchange::Octets &)> &take) const
{
    readOctetsFrom(
        id, message, 0, [&take](const exchange::Octets &octets, qint64) { return take(octets); });
}

void ExchangeStore::readOctetsFrom(ExchangeId id, int message, qint64 mark,
    const std::function<bool(const exchange::Octets &, qint64 mark)> &take) const
{
    if (const ReaderPool::Loan reader = d->readers.take())
        store::readOctets(*reader, d->inbox, id, message, mark, take);
}

std::unique_ptr<exchange::Search> ExchangeStore::search(const exchange::Query &query)
{
    return std::make_unique<StoreSearch>(d->searches, d->readers, d->inbox, query);
}

QList<exchange::HostCount> ExchangeStore::hosts() const
{
    const ReaderPool::Loan reader = d->readers.take();
    return reader ? reader->hosts() : QList<exchange::HostCount>();
}

void ExchangeStore::setNote(const QList<ExchangeId> &ids, const QString &note)
{
    if (!canWrite())
        return;
    d->inbox.annotate(ids, [&note](exchange::Summary &summary) { summary.note = note; });
    d->writer->setNote(ids, note);
}

void ExchangeStore::setMark(const QList<ExchangeId> &ids, exchange::Mark mark)
{
    if (!canWrite())
        return;
    d->inbox.annotate(ids, [mark](exchange::Summary &summary) { summary.mark = mark; });
    d->writer->setMark(ids, mark);
}

void ExchangeStore::remove(const QList<ExchangeId> &ids)
{
    if (!canWrite())
        return;
    d->inbox.forget(ids);
    d->writer->remove(ids);
}

void ExchangeStore::clear()
{
    if (!canWrite())
        return;
    d->inbox.forgetAll();
    d->writer->clear();
}

bool ExchangeStore::canWrite()
{
    if (d->writer)
        return true;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT failed(tr("This session must not be changed.")); },
        Qt::QueuedConnection);
    return false;
}

exchange::StoreStatus ExchangeStore::status() const
{
    exchange::StoreStatus result;
    QString path;
    {
        const QMutexLocker lock(&d->mutex);
        result.condition = d->condition;
        result.problem = d->problem;
        path = d->path;
    }
    result.memoryOctets = d->inbox.octets();
    result.lostExchanges = d->inbox.lostCount();
    for (const char *suffix : { "", "-wal" })
        result.diskOctets += QFileInfo(path + QLatin1String(suffix)).size();
    return result;
}

ExchangeId ExchangeStore::begin(const exchange::Summary &summary)
{
    return d->inbox.begin(summary);
}

void ExchangeStore::setSummary(ExchangeId id, const exchange::Summary &summary)
{
    d->inbox.setSummary(id, summary);
}

void ExchangeStore::setConnection(ExchangeId id, const exchange::Connection &connection)
{
    d->inbox.setConnection(id, connection);
}

void ExchangeStore::setTimings(ExchangeId id, const exchange::Timings &timings)
{
    d->inbox.setTimings(id, timings);
}

void ExchangeStore::setHead(ExchangeId id, int message, const exchange::Message &head)
{
    d->inbox.setHead(id, message, head);
}

void ExchangeStore::addOctets(ExchangeId id, int message, const exchange::Octets &octets)
{
    d->inbox.addOctets(id, message, octets);
}

void ExchangeStore::addUnkept(ExchangeId id, int message, exchange::Part part, qint64 count)
{
    d->inbox.addUnkept(id, message, part, count);
}

void ExchangeStore::addChunk(ExchangeId id, int message, const exchange::Chunk &chunk)
{
    d->inbox.addChunk(id, message, chunk);
}

void ExchangeStore::setTrailers(ExchangeId id, int message, const exchange::FieldList &trailers)
{
    d->inbox.setTrailers(id, message, trailers);
}

void ExchangeStore::setEnd(ExchangeId id, int message, qint64 time)
{
    d->inbox.setEnd(id, message, time);
}

void ExchangeStore::addEvent(ExchangeId id, const exchange::Event &event)
{
    d->inbox.addEvent(id, event);
}

void ExchangeStore::setFailure(ExchangeId id, const exchange::Failure &failure)
{
    d->inbox.setFailure(id, failure);
}

void ExchangeStore::setClient(ExchangeId id, const exchange::Connection &client)
{
    d->inbox.setClient(id, client);
}

void ExchangeStore::addChange(ExchangeId id, const exchange::Change &change)
{
    d->inbox.addChange(id, change);
}

void ExchangeStore::end(ExchangeId id) { d->inbox.end(id); }

} // namespace headrace::store
