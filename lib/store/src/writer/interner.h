#pragma once

#include "file/connection.h"

#include <QHash>

namespace headrace::store {

/** Numbers of texts in a table `(id INTEGER PRIMARY KEY, <text> UNIQUE)`: looked up, or added. Remembers a bounded
    number of them. */
class Interner
{
public:
    /// \a find: one parameter, the text; answers the number. \a add: the text.
    Interner(Connection &connection, const char *find, const char *add);

    /// 0 when the file could not be read or written: see Connection::error().
    qint64 numberOf(const QString &text);

    void forget(); ///< After a rollback: what was added is not there.

private:
    Connection &m_connection;
    Statement m_find;
    Statement m_add;
    QHash<QString, qint64> m_known;
};

} // namespace headrace::store
