#include "reader/filereader.h"

#include "file/schema.h"

namespace headrace::store {

using exchange::ExchangeId;
using exchange::Summary;

namespace {

constexpr const char *summaryOfId = R"(
    SELECT began, source, state, scheme.text, method.text, host.text, status, reason.text, type.text,
        request_type.text, request_octets, response_octets, duration, interim, has_trailers, pattern, error.text,
        target, error_message, mark, note, connection
    FROM exchange
        JOIN word AS scheme ON scheme.id = exchange.scheme
        JOIN word AS method ON method.id = exchange.method
        JOIN word AS host ON host.id = exchange.host
        JOIN word AS reason ON reason.id = exchange.reason
        JOIN word AS type ON type.id = exchange.type
        JOIN word AS request_type ON request_type.id = exchange.request_type
        LEFT JOIN word AS error ON error.id = exchange.error
    WHERE exchange.id = ?)";

Summary summaryOf(ExchangeId id, const Statement &row)
{
    Summary result;
    int at = 0;
    result.id = id;
    result.began = QDateTime::fromMSecsSinceEpoch(row.number(at++));
    result.source = exchange::Source(row.number(at++));
    result.state = exchange::State(row.number(at++));
    result.scheme = row.text(at++);
    result.method = row.text(at++);
    result.host = row.text(at++);
    result.statusCode = int(row.number(at++));
    result.reason = row.text(at++);
    result.contentType = row.text(at++);
    result.requestType = row.text(at++);
    result.requestBodyOctets = row.number(at++);
    result.responseBodyOctets = row.number(at++);
    result.duration = row.number(at++);
    result.interimCount = int(row.number(at++));
    result.hasTrailers = row.number(at++) != 0;
    result.pattern = exchange::Pattern(row.number(at++));
    result.errorCode = row.text(at++);
    result.target = row.text(at++);
    result.errorMessage = row.text(at++);
    result.mark = exchange::Mark(row.number(at++));
    result.note = row.text(at++);
    result.connection = quint64(row.number(at++));
    return result;
}

} // namespace

FileReader::FileReader(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
    , m_summary(m_connection->prepare(summaryOfId))
    , m_log(m_connection->prepare(
          "SELECT key, log FROM segment WHERE key BETWEEN ? AND ? ORDER BY key"))
{
}

qsizetype FileReader::count() { return m_connection->number("SELECT count(*) FROM exchange"); }

ExchangeId FileReader::lastId()
{
    return ExchangeId(m_connection->number("SELECT max(id) FROM exchange"));
}

QList<ExchangeId> FileReader::ids(ExchangeId first, qsizetype limit)
{
    QList<ExchangeId> result;
    Statement rows
        = m_connection->prepare("SELECT id FROM exchange WHERE id >= ? ORDER BY id LIMIT ?");
    rows.bind(0, qint64(first));
    rows.bind(1, qint64(limit));
    while (rows.step())
        result.append(ExchangeId(rows.number(0)));
    return result;
}

std::optional<Summary> FileReader::summary(ExchangeId id)
{
    m_summary.bind(0, qint64(id));
    std::optional<Summary> result;
    if (m_summary.step())
        result = summaryOf(id, m_summary);
    m_summary.reset();
    return result;
}

QList<exchange::HostCount> FileReader::hosts()
{
    QList<exchange::HostCount> result;
    Statement rows
        = m_connection->prepare("SELECT word.text, counted.n FROM (SELECT host, count(*) AS n FROM "
                                "exchange GROUP BY host) AS counted "
                                "JOIN word ON word.id = counted.host ORDER BY word.text");
    while (rows.step())
        result.append({ rows.text(0), rows.number(1) });
    return result;
}

bool FileReader::readLog(ExchangeId id, quint32 first,
    const std::function<bool(quint32 number, QByteArrayView log)> &take)
{
    m_log.bind(0, segmentKey(id, first));
    m_log.bind(1, segmentKey(id + 1, 0) - 1);
    bool goesOn = true;
    while (goesOn && m_log.step())
        goesOn = take(quint32(m_log.number(0) - segmentKey(id, 0)), m_log.octets(1));
    m_log.reset();
    return goesOn;
}

} // namespace headrace::store
