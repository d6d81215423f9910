#include "writer/saving.h"

#include <QFile>

#include <sqlite3.h>

#include <filesystem>

namespace headrace::store {

namespace {

constexpr int pagesAtOnce = 512; // 4 MiB: some milliseconds between two batches

void removeWithLogs(const QString &path)
{
    for (const char *suffix : { "", "-wal", "-shm", "-journal" })
        QFile::remove(path + QLatin1String(suffix));
}

} // namespace

Saving::Saving(Connection &source, const QString &path)
    : m_source(source)
    , m_path(path)
    , m_partPath(path + QStringLiteral(".part"))
{
}

Saving::~Saving()
{
    sqlite3_backup_finish(m_backup);
    if (m_target.isOpen()) {
        m_target.close();
        removeWithLogs(m_partPath);
    }
}

FileError Saving::begin()
{
    removeWithLogs(m_partPath);
    if (FileError failure = m_target.open(m_partPath, Connection::Mode::Create))
        return failure;
    m_backup = sqlite3_backup_init(m_target.handle(), "main", m_source.handle(), "main");
    return m_backup ? FileError() : m_target.error();
}

FileError Saving::step(double *share)
{
    const int result = sqlite3_backup_step(m_backup, pagesAtOnce);
    const int pages = sqlite3_backup_pagecount(m_backup);
    *share = pages > 0 ? 1 - double(sqlite3_backup_remaining(m_backup)) / pages : 0;
    if (result == SQLITE_DONE)
        *share = 1;
    else if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED)
        return m_target.errorOf(result);
    else
        *share = std::min(*share, 0.999);
    return {};
}

FileError Saving::finish()
{
    const int result = sqlite3_backup_finish(m_backup);
    m_backup = nullptr;
    if (result != SQLITE_OK)
        return m_target.errorOf(result);
    m_target.close();
    for (const char *suffix : { "-wal", "-shm" })
        QFile::remove(m_path + QLatin1String(suffix));
    std::error_code error;
    std::filesystem::rename(
        std::filesystem::path(m_partPath.toStdU16String()), m_path.toStdU16String(), error);
    if (!error)
        return {};
    removeWithLogs(m_partPath);
    return { FileError::Code::Failed,
        QStringLiteral("%1 cannot be put in place: %2.")
            .arg(m_path, QString::fromLocal8Bit(error.message().c_str())) };
}

} // namespace headrace::store
