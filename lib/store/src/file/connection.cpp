#include "file/connection.h"

#include <QFileInfo>
#include <QUrl>

#include <sqlite3.h>

#include <utility>

namespace headrace::store {

namespace {

constexpr int busyTimeout = 5000; // milliseconds

FileError::Code codeOf(int result)
{
    switch (result & 0xff) {
    case SQLITE_NOTADB:
        return FileError::Code::NotASession;
    case SQLITE_CORRUPT:
        return FileError::Code::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FileError::Code::InUse;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return FileError::Code::ReadOnly;
    case SQLITE_FULL:
        return FileError::Code::DiskFull;
    default:
        return FileError::Code::Failed;
    }
}

QString explain(int result, const QString &name, const QString &detail)
{
    if (result == SQLITE_READONLY_DBMOVED)
        return QStringLiteral("%1 was deleted or moved away; save the session elsewhere.")
            .arg(name);
    switch (codeOf(result)) {
    case FileError::Code::NotASession:
        return QStringLiteral("%1 is no Headrace session.").arg(name);
    case FileError::Code::Damaged:
        return QStringLiteral("%1 is damaged (%2).").arg(name, detail);
    case FileError::Code::InUse:
        return QStringLiteral("%1 is in use by another program.").arg(name);
    case FileError::Code::ReadOnly:
        return QStringLiteral("%1 or its folder must not be written.").arg(name);
    case FileError::Code::DiskFull:
        return QStringLiteral("There is no space left on the disk of %1.").arg(name);
    default:
        return QStringLiteral("%1: %2.").arg(name, detail);
    }
}

} // namespace

Connection::~Connection() { close(); }

FileError Connection::open(const QString &path, Mode mode)
{
    close();
    m_path = path;
    QByteArray uri
        = path.startsWith(u"file:") ? path.toUtf8() : QUrl::fromLocalFile(path).toEncoded();
    if (mode == Mode::Immutable)
        uri += "?immutable=1";
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    if (mode == Mode::Create)
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    else
        flags |= mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int result = sqlite3_open_v2(uri.constData(), &m_handle, flags, nullptr);
    if (result != SQLITE_OK) {
        const FileError failure = error();
        close();
        return failure;
    }
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, busyTimeout);
    return {};
}

void Connection::close()
{
    // Statements of it that are still there keep it alive until they go.
    sqlite3_close_v2(std::exchange(m_handle, nullptr));
}

FileError Connection::run(const char *sql)
{
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK ? FileError()
                                                                               : error();
}

Statement Connection::prepare(const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(m_handle, sql, -1, &statement, nullptr);
    return Statement(statement);
}

qint64 Connection::number(const char *sql, qint64 fallback)
{
    Statement statement = prepare(sql);
    return statement.step() && !statement.isNull(0) ? statement.number(0) : fallback;
}

FileError Connection::error() const
{
    const int result = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
    const QString detail
        = m_handle ? QString::fromUtf8(sqlite3_errmsg(m_handle)) : QStringLiteral("out of memory");
    return { codeOf(result), explain(result, QFileInfo(m_path).fileName(), detail) };
}

FileError Connection::errorOf(int result) const
{
    return { codeOf(result),
        explain(result, QFileInfo(m_path).fileName(), QString::fromUtf8(sqlite3_errstr(result))) };
}

} // namespace headrace::store
