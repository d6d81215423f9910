#pragma once

#include "file/statement.h"
#include "store/fileerror.h"

#include <QByteArray>
#include <QString>

struct sqlite3;

namespace headrace::store {

/** A connection to a session file: SQLite through its C interface, as Qt's has neither interruption, nor
    functions of ours, nor backups. Thread: one at a time. */
class Connection
{
public:
    enum class Mode
    {
        Create, ///< For reading and writing; made if it is not there.
        ReadWrite,
        ReadOnly,
        Immutable, ///< Read-only, and nobody changes it: for folders that must not be written.
    };

    Connection() = default;
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] FileError open(const QString &path, Mode mode);
    void close();

    bool isOpen() const { return m_handle != nullptr; }

    /// Statements without parameters and results.
    [[nodiscard]] FileError run(const char *sql);

    Statement prepare(const char *sql);

    Statement prepare(const QByteArray &sql) { return prepare(sql.constData()); }

    /// The first column of the first row; \a fallback without one.
    qint64 number(const char *sql, qint64 fallback = 0);

    /// Of the last call that failed.
    FileError error() const;

    /// Of a call that answered \a result, with the path of this connection.
    FileError errorOf(int result) const;

    sqlite3 *handle() const { return m_handle; }

private:
    sqlite3 *m_handle = nullptr;
    QString m_path;
};

} // namespace headrace::store
