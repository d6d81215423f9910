#include "file/statement.h"

#include <sqlite3.h>

#include <utility>

namespace headrace::store {

Statement::Statement(Statement &&other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr))
    , m_hasFailed(other.m_hasFailed)
{
}

Statement &Statement::operator=(Statement &&other) noexcept
{
    std::swap(m_statement, other.m_statement);
    m_hasFailed = other.m_hasFailed;
    return *this;
}

Statement::~Statement() { sqlite3_finalize(m_statement); }

void Statement::bind(int parameter, qint64 value)
{
    sqlite3_bind_int64(m_statement, parameter + 1, value);
}

void Statement::bind(int parameter, const QString &text)
{
    if (text.isNull()) {
        bindNull(parameter);
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text(
        m_statement, parameter + 1, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
}

void Statement::bind(int parameter, QByteArrayView octets)
{
    sqlite3_bind_blob64(m_statement, parameter + 1, octets.isNull() ? "" : octets.data(),
        sqlite3_uint64(octets.size()), SQLITE_STATIC);
}

void Statement::bindNull(int parameter) { sqlite3_bind_null(m_statement, parameter + 1); }

bool Statement::step()
{
    if (!m_statement)
        return false;
    const int result = sqlite3_step(m_statement);
    m_hasFailed = result != SQLITE_ROW && result != SQLITE_DONE;
    return result == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(m_statement); }

bool Statement::execute()
{
    step();
    const bool isDone = !m_hasFailed;
    reset();
    return isDone;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::number(int column) const { return sqlite3_column_int64(m_statement, column); }

QString Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(text, sqlite3_column_bytes(m_statement, column));
}

QByteArrayView Statement::octets(int column) const
{
    const auto *octets = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArrayView(octets, sqlite3_column_bytes(m_statement, column));
}

} // namespace headrace::store
