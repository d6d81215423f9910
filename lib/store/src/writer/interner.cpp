#include "writer/interner.h"

#include <sqlite3.h>

namespace headrace::store {

namespace {

constexpr qsizetype mostKnown = 20'000;

} // namespace

Interner::Interner(Connection &connection, const char *find, const char *add)
    : m_connection(connection)
    , m_find(connection.prepare(find))
    , m_add(connection.prepare(add))
{
}

qint64 Interner::numberOf(const QString &text)
{
    const auto known = m_known.constFind(text);
    if (known != m_known.constEnd())
        return *known;
    const QString wanted = text.isNull() ? QStringLiteral("") : text;
    m_find.bind(0, wanted);
    qint64 number = m_find.step() ? m_find.number(0) : 0;
    const bool hasFailed = m_find.hasFailed();
    m_find.reset();
    if (hasFailed)
        return 0;
    if (number == 0) {
        m_add.bind(0, wanted);
        if (!m_add.execute())
            return 0;
        number = sqlite3_last_insert_rowid(m_connection.handle());
    }
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_known.insert(text, number);
    return number;
}

void Interner::forget() { m_known.clear(); }

} // namespace headrace::store
