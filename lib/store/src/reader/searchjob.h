#pragma once

#include "reader/rowkeys.h"

#include <exchange/store.h>

#include <QElapsedTimer>

namespace headrace::store {

class FileReader;
class FilterSql;
class Inbox;
class ReaderPool;
class SearchLine;
class Statement;

/** One query, from begin to end: first the rows whose columns do not speak against it, sorted; then, if the filter
    asks for more than columns, message by message in that order. */
class SearchJob
{
public:
    /// All are borrowed.
    SearchJob(
        SearchLine &line, ReaderPool &readers, const Inbox &inbox, const exchange::Query &query);

    void run();

private:
    QList<exchange::ExchangeId> rows(FileReader &reader, const FilterSql &sql);
    void take(Statement &found, RowKeys &keys);
    void tellAll(const QList<exchange::ExchangeId> &ids);
    void look(FileReader &reader, const QList<exchange::ExchangeId> &ids);

    SearchLine &m_line;
    ReaderPool &m_readers;
    const Inbox &m_inbox;
    const exchange::Query &m_query;
    QString m_error;
};

} // namespace headrace::store
