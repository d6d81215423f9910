#include "reader/searchjob.h"

#include "reader/filtersql.h"
#include "reader/readerpool.h"
#include "reader/storedsubject.h"
#include "reader/storesearch.h"

#include <exchange/filtermatcher.h>

#include <sqlite3.h>

namespace headrace::store {

using exchange::ExchangeId;

namespace {

using namespace std::chrono_literals;

constexpr qsizetype tellAtOnce = 100'000; // ids
constexpr auto firstHits = 10ms; // from the first hit until it is told
constexpr auto tellInterval = 100ms;
constexpr int instructionsBetweenLooks = 20'000; // of SQLite's machine: about a millisecond

int isCanceled(void *line) { return static_cast<const SearchLine *>(line)->isCanceled(); }

} // namespace

SearchJob::SearchJob(
    SearchLine &line, ReaderPool &readers, const Inbox &inbox, const exchange::Query &query)
    : m_line(line)
    , m_readers(readers)
    , m_inbox(inbox)
    , m_query(query)
{
}

void SearchJob::run()
{
    const ReaderPool::Loan reader = m_readers.take();
    if (!reader) {
        m_line.tellFinished(QStringLiteral("The session file cannot be read."));
        return;
    }
    sqlite3 *handle = reader->connection().handle();
    sqlite3_progress_handler(handle, instructionsBetweenLooks, isCanceled, &m_line);
    {
        const FilterSql sql(reader->connection(), m_query.filter);
        const QList<ExchangeId> ids = rows(*reader, sql);
        if (m_line.isCanceled() || !m_error.isEmpty())
            m_line.tellFinished(m_line.isCanceled() ? QString() : m_error);
        else if (sql.isExact())
            tellAll(ids);
        else
            look(*reader, ids);
    }
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
}

QList<ExchangeId> SearchJob::rows(FileReader &reader, const FilterSql &sql)
{
    RowKeys keys(reader.connection(), m_query.key);
    QByteArray select = "SELECT id";
    if (!keys.column().isEmpty())
        select += ", " + keys.column();
    select += " FROM exchange";
    // One condition may have an index; several are looked through faster than they are gathered row by row.
    if (!m_query.among && !sql.isSingle())
        select += " NOT INDEXED";
    select += " WHERE (" + sql.condition() + ")";
    if (!m_query.among) {
        Statement found = reader.connection().prepare(select);
        take(found, keys);
    } else {
        Statement found = reader.connection().prepare(select + " AND id = ?");
        for (const ExchangeId id : *m_query.among) {
            found.bind(0, qint64(id));
            take(found, keys);
            found.reset();
        }
    }
    return keys.sorted(m_query.isDescending);
}

void SearchJob::take(Statement &found, RowKeys &keys)
{
    while (!m_line.isCanceled() && found.step())
        keys.add(found);
    if (found.hasFailed() && m_error.isEmpty())
        m_error = QStringLiteral("The session file cannot be read.");
}

void SearchJob::tellAll(const QList<ExchangeId> &ids)
{
    for (qsizetype at = 0; at < ids.size(); at += tellAtOnce)
        m_line.tellFound(ids.mid(at, tellAtOnce));
    m_line.tellFinished({});
}

void SearchJob::look(FileReader &reader, const QList<ExchangeId> &ids)
{
    const exchange::FilterMatcher matcher(m_query.filter);
    StoredSubject subject(reader, m_inbox, m_line.canceled());
    QList<ExchangeId> hits;
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    QElapsedTimer sinceHit;
    qsizetype looked = 0;
    for (const ExchangeId id : ids) {
        if (m_line.isCanceled())
            break;
        subject.setId(id);
        if (matcher.matches(subject)) {
            if (hits.isEmpty())
                sinceHit.start();
            hits.append(id);
        }
        ++looked;
        if (!hits.isEmpty() && std::chrono::nanoseconds(sinceHit.nsecsElapsed()) >= firstHits)
            m_line.tellFound(std::exchange(hits, {}));
        if (std::chrono::nanoseconds(sinceProgress.nsecsElapsed()) >= tellInterval) {
            sinceProgress.start();
            m_line.tellProgress(double(looked) / double(ids.size()));
        }
    }
    if (!hits.isEmpty() && !m_line.isCanceled())
        m_line.tellFound(hits);
    m_line.tellFinished({});
}

} // namespace headrace::store
