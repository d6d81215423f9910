#pragma once

#include <QByteArrayView>
#include <QString>

struct sqlite3_stmt;

namespace headrace::store {

/// A prepared statement. An invalid one (see isValid()) answers no rows. Columns and parameters count from 0.
class Statement
{
public:
    Statement() = default;
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&other) noexcept;
    ~Statement();

    bool isValid() const { return m_statement != nullptr; }

    void bind(int parameter, qint64 value);
    void bind(int parameter, const QString &text); ///< Null: NULL.
    void bind(int parameter, QByteArrayView octets); ///< Borrowed until reset().
    void bindNull(int parameter);

    /// Whether there is a row. After false, hasFailed() tells the end from an error.
    bool step();

    bool hasFailed() const { return m_hasFailed; }

    void reset(); ///< For the next use; parameters stay until they are bound anew.

    /// step() and reset() of a statement without rows. Whether it was done.
    bool execute();

    bool isNull(int column) const;
    qint64 number(int column) const;
    QString text(int column) const;
    QByteArrayView octets(int column) const; ///< Until the next step() or reset().

private:
    friend class Connection;

    explicit Statement(sqlite3_stmt *statement)
        : m_statement(statement)
        , m_hasFailed(statement == nullptr)
    {
    }

    sqlite3_stmt *m_statement = nullptr;
    bool m_hasFailed = false;
};

} // namespace headrace::store
