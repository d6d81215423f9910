#include "session/sessionfiles.h"

#include <store/exchangestore.h>
#include <store/sessioninfo.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace headrace::session {

namespace {

constexpr qint64 memoryOctets = qint64(256) * 1024 * 1024;
constexpr auto pattern = "session-*.headrace";

void deleteSession(const QString &path)
{
    for (const char *suffix : { "", "-wal", "-shm", ".lock" })
        QFile::remove(path + QLatin1String(suffix));
}

} // namespace

SessionFiles::SessionFiles(
    store::ExchangeStore &store, const QString &stateDirectory, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_stateDirectory(QDir(stateDirectory).absolutePath())
{
    connect(&store, &store::ExchangeStore::saveProgressed, this, &SessionFiles::saveProgressed);
    connect(&store, &store::ExchangeStore::saveFailed, this,
        [this](const store::FileError &failure) { Q_EMIT saveFailed(failure.message); });
    connect(&store, &store::ExchangeStore::failed, this, &SessionFiles::warned);
    connect(&store, &store::ExchangeStore::saved, this, [this] {
        if (!m_unsavedPath.isEmpty()) // everything is in the new file now
            deleteSession(std::exchange(m_unsavedPath, {}));
        Q_EMIT saved();
        Q_EMIT changed();
    });
}

SessionFiles::~SessionFiles()
{
    m_store.disconnect(this);
    closeCurrent();
}

QString SessionFiles::defaultStateDirectory()
{
    const QString own = qEnvironmentVariable("HEADRACE_STATE_DIR");
    if (!own.isEmpty())
        return own;
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty() || QDir::isRelativePath(state))
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/headrace");
}

void SessionFiles::closeCurrent()
{
    Q_EMIT closing();
    const bool isEmpty = m_store.count() == 0;
    m_store.flush();
    const bool isStillEmpty = isEmpty && m_store.count() == 0;
    m_store.close();
    if (!m_unsavedPath.isEmpty() && isStillEmpty)
        deleteSession(m_unsavedPath);
    m_unsavedPath.clear();
}

// The time for people, the process and a number so that no two are the same.
QString SessionFiles::newPathIn(const QString &directory) const
{
    static int number = 0;
    return QStringLiteral("%1/session-%2-%3-%4.headrace")
        .arg(directory, QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")))
        .arg(QCoreApplication::applicationPid())
        .arg(++number);
}

bool SessionFiles::tryNewIn(const QString &directory, QString *problem)
{
    if (!QDir().mkpath(directory)) {
        *problem = tr("The folder %1 cannot be made.").arg(directory);
        return false;
    }
    const QString path = newPathIn(directory);
    const store::FileError failure = m_store.open(path);
    if (!failure && m_store.status().condition == exchange::StoreStatus::Condition::Recording) {
        m_unsavedPath = path;
        return true;
    }
    m_store.close();
    deleteSession(path);
    *problem = failure ? failure.message : tr("The folder %1 must not be written.").arg(directory);
    return false;
}

void SessionFiles::startNew()
{
    closeCurrent();
    deleteOldest();
    QString problem;
    QString ignored;
    if (!tryNewIn(m_stateDirectory, &problem)) {
        const QString temporary = QDir::tempPath() + QStringLiteral("/headrace");
        if (tryNewIn(temporary, &ignored)) {
            Q_EMIT warned(
                tr("%1 This session is recorded in %2 until it is saved.").arg(problem, temporary));
        } else if (const store::FileError failure = m_store.openInMemory(memoryOctets)) {
            Q_EMIT warned(tr("%1 Nothing is recorded: %2").arg(problem, failure.message));
        } else {
            Q_EMIT warned(
                tr("%1 This session is recorded in memory only, up to 256 MiB, until it is saved.")
                    .arg(problem));
        }
    }
    Q_EMIT changed();
}

QString SessionFiles::open(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (absolute == m_store.path())
        return {};
    if (!QFileInfo(absolute).isFile())
        return tr("There is no file %1.").arg(path);
    closeCurrent();
    if (const store::FileError failure = m_store.open(absolute)) {
        startNew();
        return failure.message;
    }
    if (isInState(absolute))
        m_unsavedPath = absolute;
    Q_EMIT changed();
    return {};
}

void SessionFiles::saveAs(const QString &path) { m_store.saveAs(path); }

void SessionFiles::cancelSave() { m_store.cancelSave(); }

bool SessionFiles::isSaving() const { return m_store.isSaving(); }

QString SessionFiles::path() const { return m_store.path(); }

bool SessionFiles::isSaved() const { return !m_store.path().isEmpty() && m_unsavedPath.isEmpty(); }

QString SessionFiles::name() const
{
    return isSaved() ? QFileInfo(path()).completeBaseName() : tr("Unsaved session");
}

bool SessionFiles::hasUnwritten() const
{
    const exchange::StoreStatus status = m_store.status();
    return status.condition != exchange::StoreStatus::Condition::Recording
        && status.memoryOctets > 0;
}

bool SessionFiles::isInState(const QString &path) const
{
    return QFileInfo(path).absolutePath() == m_stateDirectory
        && QDir::match(QLatin1String(pattern), QFileInfo(path).fileName());
}

QList<EarlierSession> SessionFiles::earlier() const
{
    QList<EarlierSession> result;
    const QFileInfoList files
        = QDir(m_stateDirectory).entryInfoList({ QLatin1String(pattern) }, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files) {
        const QString path = file.absoluteFilePath();
        if (path == m_store.path())
            continue;
        const std::optional<store::SessionInfo> info = store::sessionInfo(path);
        if (info && info->exchanges > 0)
            result.append({ path, file.lastModified(), info->exchanges, info->wasClosed });
    }
    return result;
}

void SessionFiles::discard(const QString &path)
{
    if (isInState(path) && path != m_store.path() && store::sessionInfo(path))
        deleteSession(path);
}

void SessionFiles::deleteOldest()
{
    int closed = 0;
    const QList<EarlierSession> sessions = earlier();
    for (const EarlierSession &session : sessions) {
        if (session.wasClosed && ++closed > KeptEarlier)
            deleteSession(session.path);
    }
}

} // namespace headrace::session
