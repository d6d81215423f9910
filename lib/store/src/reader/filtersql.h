#pragma once

#include "file/connection.h"

#include <exchange/filter.h>

#include <QHash>

#include <memory>
#include <vector>

struct sqlite3_context;
struct sqlite3_value;

namespace headrace::store {

/** A filter as a condition on rows of table `exchange`. What the columns do not tell (values of headers, bodies) is
    taken to hold, so that the rows found are at least those that match; isExact() tells whether there was such.

    What a term means is not said twice: texts are given to exchange::FilterMatcher by a function of SQL,
    once for each word, set of names or row. It belongs to the connection until this is deleted.
    Thread: the connection's. */
class FilterSql
{
public:
    FilterSql(Connection &connection, const exchange::Filter &filter);
    ~FilterSql();
    Q_DISABLE_COPY_MOVE(FilterSql)

    const QByteArray &condition() const { return m_condition; }

    bool isExact() const { return m_isExact; }

    /// Whether it is one comparison, which an index may answer; else looking through all rows is faster.
    bool isSingle() const { return m_terms <= 1; }

private:
    struct Probe;

    QByteArray conditionOf(const exchange::Filter &filter, bool isNegated);
    QByteArray joined(const exchange::Filter &filter, bool isNegated, const char *word);
    QByteArray conditionOf(const exchange::FilterTerm &term);
    QByteArray numberCondition(
        const exchange::FilterTerm &term, const char *column, const char *absent);
    QByteArray enumCondition(const exchange::FilterTerm &term);
    QByteArray eventCondition(const exchange::FilterTerm &term);
    QByteArray nameCondition(const exchange::FilterTerm &term);
    QByteArray necessaryCondition(const exchange::FilterTerm &term);
    QByteArray match(const exchange::FilterTerm &term, const char *arguments);
    QString word(qint64 id);

    static void matchFunction(sqlite3_context *context, int count, sqlite3_value **values);

    Connection &m_connection;
    std::vector<std::unique_ptr<Probe>> m_probes;
    QHash<qint64, QString> m_words;
    Statement m_word;
    QByteArray m_condition;
    int m_terms = 0;
    bool m_isExact = true;
};

} // namespace headrace::store
