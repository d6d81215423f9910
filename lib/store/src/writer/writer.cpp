#include "writer/writer.h"

#include "file/schema.h"
#include "writer/checkpointer.h"
#include "writer/saving.h"

#include <http/observer.h>

#include <QFileInfo>
#include <QSemaphore>

#include <sqlite3.h>

namespace headrace::store {

using exchange::ExchangeId;

namespace {

using namespace std::chrono_literals;

constexpr auto batchInterval = 50ms; // between commits, under load
constexpr auto gatherTime = 3ms; // after a quiet time, so that one exchange is one batch
constexpr auto retryInterval = 1000ms;
constexpr auto progressInterval = 100ms;
constexpr int lookInterval = 1000; // milliseconds
constexpr int pagesWorthMoving = 1000; // of the write-ahead log; 8 MiB
constexpr qsizetype removedAtOnce = 2000;

int requestCheckpoint(void *checkpointer, sqlite3 *, const char *, int pages)
{
    if (pages >= pagesWorthMoving)
        static_cast<Checkpointer *>(checkpointer)->request();
    return SQLITE_OK;
}

} // namespace

Writer::Writer(Inbox &inbox)
    : m_inbox(inbox)
{
    setObjectName(QStringLiteral("writer"));
}

Writer::~Writer()
{
    post([this] {
        const QMutexLocker lock(&m_mutex);
        m_isStopping = true;
    });
    wait();
}

FileError Writer::start(const QString &path)
{
    if (FileError failure = open(path))
        return failure;
    // What went on when the file was left has ended, nobody knows how.
    const QByteArray endOpen
        = "UPDATE exchange SET state = " + QByteArray::number(int(exchange::State::Canceled))
        + " WHERE state = 0; DELETE FROM meta WHERE key = 'closed'";
    if (FileError failure = m_connection->run(endOpen.constData()))
        return failure;
    http::skipConnectionIds(quint64(m_connection->number(
        "SELECT connection FROM exchange WHERE connection <> 0 ORDER BY connection DESC")));
    QThread::start();
    return {};
}

FileError Writer::open(const QString &path)
{
    auto connection = std::make_unique<Connection>();
    if (FileError failure = connection->open(path, Connection::Mode::Create))
        return failure;
    if (FileError failure = prepareForWriting(*connection))
        return failure;
    closeFile();
    m_path = path;
    m_connection = std::move(connection);
    m_file = std::make_unique<FileWriter>(*m_connection);
    m_checkpointer = std::make_unique<Checkpointer>(path);
    m_checkpointer->start();
    sqlite3_wal_hook(m_connection->handle(), requestCheckpoint, m_checkpointer.get());
    return {};
}

void Writer::closeFile()
{
    m_file.reset();
    m_checkpointer.reset();
    m_connection.reset(); // last: it moves what is left of the log, and takes the log away
}

void Writer::post(Command command)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_commands.push_back(std::move(command));
    }
    m_inbox.wake();
}

void Writer::setNote(const QList<ExchangeId> &ids, const QString &note)
{
    post([this, ids, note] { tellChanged(m_file->setNote(ids, note), ids); });
}

void Writer::setMark(const QList<ExchangeId> &ids, exchange::Mark mark)
{
    post([this, ids, mark] { tellChanged(m_file->setMark(ids, mark), ids); });
}

void Writer::tellChanged(const FileError &failure, const QList<ExchangeId> &ids)
{
    if (failure)
        Q_EMIT failed(failure.message);
    else
        Q_EMIT written({}, ids);
}

void Writer::remove(const QList<ExchangeId> &ids)
{
    post([this, ids] { runRemoval(ids); });
}

// In parts, so that recording goes on between them.
void Writer::runRemoval(const QList<ExchangeId> &ids)
{
    QList<ExchangeId> gone;
    const FileError failure = m_file->remove(ids.first(std::min(ids.size(), removedAtOnce)), &gone);
    if (failure) {
        Q_EMIT failed(failure.message);
        return;
    }
    Q_EMIT removed(gone);
    if (ids.size() > removedAtOnce)
        post([this, rest = ids.mid(removedAtOnce)] { runRemoval(rest); });
}

void Writer::clear()
{
    post([this] {
        if (const FileError failure = m_file->clear())
            Q_EMIT failed(failure.message);
        else
            Q_EMIT cleared();
    });
}

void Writer::setSizeLimit(qint64 octets)
{
    post([this, octets] {
        const qint64 pages = octets / m_connection->number("PRAGMA page_size", 1);
        std::ignore = m_connection->run(
            ("PRAGMA max_page_count=" + QByteArray::number(std::max<qint64>(pages, 1)))
                .constData());
    });
}

void Writer::setClosed()
{
    post([this] {
        std::ignore
            = m_connection->run("INSERT OR REPLACE INTO meta(key, value) VALUES('closed', 1)");
    });
}

void Writer::flush()
{
    QSemaphore done;
    post([this, &done] {
        writeAll();
        done.release();
    });
    done.acquire();
}

void Writer::saveAs(const QString &path)
{
    post([this, path] {
        m_saving = std::make_unique<Saving>(*m_connection, path);
        // Nobody else writes while pages are copied, or the copy would begin anew: no checkpoints either.
        sqlite3_wal_hook(m_connection->handle(), nullptr, nullptr);
        m_sinceProgress.start();
        if (const FileError failure = m_saving->begin())
            endSaving(failure);
    });
}

void Writer::cancelSave()
{
    post([this] {
        if (m_saving)
            endSaving({ FileError::Code::Failed, {} });
    });
}

void Writer::endSaving(const FileError &failure)
{
    m_saving.reset();
    sqlite3_wal_hook(m_connection->handle(), requestCheckpoint, m_checkpointer.get());
    Q_EMIT saveFailed(failure);
}

void Writer::stepSaving()
{
    double share = 0;
    if (const FileError failure = m_saving->step(&share)) {
        endSaving(failure);
        return;
    }
    if (share < 1) {
        if (std::chrono::nanoseconds(m_sinceProgress.nsecsElapsed()) >= progressInterval) {
            m_sinceProgress.start();
            Q_EMIT saveProgressed(share);
        }
        return;
    }
    const QString path = m_saving->path();
    if (const FileError failure = m_saving->finish()) {
        endSaving(failure);
        return;
    }
    m_saving.reset();
    if (const FileError failure = open(path)) {
        endSaving(failure);
        return;
    }
    Q_EMIT saved(path);
}

void Writer::run()
{
    while (!isStopping()) {
        m_inbox.wait(nextWork());
        runCommands();
        if (m_saving)
            stepSaving();
        if (m_inbox.isEmpty())
            continue;
        const std::chrono::nanoseconds rest = untilDue();
        if (rest <= 0ns)
            writeBatch();
        else if (!m_saving)
            m_inbox.pause(QDeadlineTimer(rest, Qt::PreciseTimer));
    }
    writeAll();
    m_saving.reset();
    closeFile();
}

bool Writer::isStopping()
{
    const QMutexLocker lock(&m_mutex);
    return m_isStopping;
}

QDeadlineTimer Writer::nextWork() const
{
    if (m_saving)
        return QDeadlineTimer(0);
    return m_batch ? QDeadlineTimer(retryInterval) : QDeadlineTimer(QDeadlineTimer::Forever);
}

// How long the batch still has to gather.
std::chrono::nanoseconds Writer::untilDue()
{
    if (!m_sinceWork.isValid())
        m_sinceWork.start();
    std::chrono::nanoseconds rest
        = gatherTime - std::chrono::nanoseconds(m_sinceWork.nsecsElapsed());
    const std::chrono::nanoseconds interval = m_batch ? retryInterval : batchInterval;
    if (m_sinceCommit.isValid())
        rest = std::max(rest, interval - std::chrono::nanoseconds(m_sinceCommit.nsecsElapsed()));
    return rest;
}

void Writer::runCommands()
{
    std::vector<Command> commands;
    {
        const QMutexLocker lock(&m_mutex);
        commands.swap(m_commands);
    }
    if (commands.empty())
        return;
    // What was told before is in the file before what is done to it.
    writeAll();
    for (const Command &command : commands)
        command();
}

// A batch that failed before is one, what came since another.
void Writer::writeAll()
{
    while (!m_inbox.isEmpty() && writeBatch()) { }
}

bool Writer::writeBatch()
{
    if (!m_batch)
        m_batch = m_inbox.takeBatch();
    FileError failure = lookForFile();
    if (!failure)
        failure = m_file->write(*m_batch);
    m_sinceCommit.start();
    m_sinceWork.invalidate();
    if (failure) {
        m_isDelayed = true;
        m_inbox.setDelayed(true);
        Q_EMIT delayed(failure.message);
        return false;
    }
    const std::shared_ptr<const Batch> batch = std::exchange(m_batch, nullptr);
    m_inbox.batchWritten();
    if (std::exchange(m_isDelayed, false)) {
        m_inbox.setDelayed(false);
        Q_EMIT resumed();
    }
    tell(*batch);
    return true;
}

// What is written into a deleted file goes away with it, and only the file system knows. What is in it can still be
// read, and saved elsewhere.
FileError Writer::lookForFile()
{
    if (m_path.startsWith(u"file:")
        || (!m_isDelayed && m_sinceLook.isValid() && !m_sinceLook.hasExpired(lookInterval)))
        return {};
    m_sinceLook.start();
    if (QFileInfo::exists(m_path))
        return {};
    return { FileError::Code::NotFound,
        QStringLiteral("%1 was deleted or moved away; save the session elsewhere.").arg(m_path) };
}

void Writer::tell(const Batch &batch)
{
    QList<ExchangeId> added;
    QList<ExchangeId> changed;
    for (const Batch::Item &item : batch.items)
        (item.isNew ? added : changed).append(item.id);
    if (!batch.items.empty())
        Q_EMIT written(added, changed);
}

} // namespace headrace::store
