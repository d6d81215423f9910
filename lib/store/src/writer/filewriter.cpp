#include "writer/filewriter.h"

#include "file/schema.h"

#include <sqlite3.h>

#include <algorithm>

namespace headrace::store {

namespace {

constexpr int lastEventBit = 62; // stands for all names that came later

constexpr const char *insertRows = R"(
    INSERT INTO exchange(id, began, source, state, scheme, method, host, status, reason, type, request_type,
        request_octets, response_octets, duration, interim, has_trailers, pattern, events, request_names,
        response_names, trailer_names, error, target, error_message, connection, mark, note) VALUES )";
constexpr int columns = 27;

// Bits of events add up; what the user wrote comes with the first row and is not the recorder's to set later.
constexpr const char *updateRows = R"(
    ON CONFLICT(id) DO UPDATE SET state = excluded.state, scheme = excluded.scheme, method = excluded.method,
        host = excluded.host, status = excluded.status, reason = excluded.reason, type = excluded.type,
        request_type = excluded.request_type, request_octets = excluded.request_octets,
        response_octets = excluded.response_octets, duration = excluded.duration, interim = excluded.interim,
        has_trailers = excluded.has_trailers, pattern = excluded.pattern, events = events | excluded.events,
        request_names = excluded.request_names, response_names = excluded.response_names,
        trailer_names = excluded.trailer_names, error = excluded.error, target = excluded.target,
        error_message = excluded.error_message, connection = excluded.connection)";

// A statement opens the table and each index anew: that costs more than a row does.
constexpr size_t rowsAtOnce = 16;

QByteArray upsert(size_t rows)
{
    const QByteArray row = '(' + QByteArrayList(columns, QByteArrayLiteral("?")).join(',') + ')';
    return insertRows + QByteArrayList(qsizetype(rows), row).join(',') + updateRows;
}

} // namespace

FileWriter::FileWriter(Connection &connection)
    : m_connection(connection)
    , m_words(connection, "SELECT id FROM word WHERE text = ?", "INSERT INTO word(text) VALUES(?)")
    , m_names(connection, "SELECT id FROM field_names WHERE names = ?",
          "INSERT INTO field_names(names) VALUES(?)")
    , m_upsertOne(connection.prepare(upsert(1).constData()))
    , m_upsertMany(connection.prepare(upsert(rowsAtOnce).constData()))
    , m_segment(connection.prepare("INSERT OR REPLACE INTO segment(key, log) VALUES(?, ?)"))
    , m_addEvent(connection.prepare("INSERT INTO event_name(bit, name) VALUES(?, ?)"))
{
    Statement known = connection.prepare("SELECT name, bit FROM event_name");
    while (known.step())
        m_eventBits.insert(known.text(0), known.number(1));
}

template <class Function>
FileError FileWriter::transact(Function function)
{
    if (FileError failure = m_connection.run("BEGIN IMMEDIATE"))
        return failure;
    FileError failure;
    if (!function())
        failure = m_connection.error();
    else
        failure = m_connection.run("COMMIT");
    if (failure) {
        std::ignore = m_connection.run("ROLLBACK");
        m_words.forget();
        m_names.forget();
        m_eventBits.clear();
        m_knownEvents.clear();
        Statement known = m_connection.prepare("SELECT name, bit FROM event_name");
        while (known.step())
            m_eventBits.insert(known.text(0), known.number(1));
    }
    return failure;
}

FileError FileWriter::write(const Batch &batch)
{
    std::vector<const Batch::Item *> rows;
    for (const Batch::Item &item : batch.items) {
        if (item.row)
            rows.push_back(&item);
    }
    return transact([&] {
        std::span<const Batch::Item *const> left = rows;
        for (; left.size() >= rowsAtOnce; left = left.subspan(rowsAtOnce)) {
            if (!writeRows(m_upsertMany, left.first(rowsAtOnce)))
                return false;
        }
        for (; !left.empty(); left = left.subspan(1)) {
            if (!writeRows(m_upsertOne, left.first(1)))
                return false;
        }
        return std::all_of(batch.items.begin(), batch.items.end(),
            [this](const Batch::Item &item) { return writeSegments(item.id, item.segments); });
    });
}

bool FileWriter::writeRows(Statement &upsert, std::span<const Batch::Item *const> items)
{
    int parameter = 0;
    for (const Batch::Item *item : items) {
        if (!bindRow(upsert, parameter, item->id, *item->row))
            return false;
        parameter += columns;
    }
    return upsert.execute();
}

qint64 FileWriter::bitsOf(const std::vector<std::pair<QString, QString>> &events)
{
    qint64 bits = 0;
    for (const auto &event : events) {
        const auto known = m_knownEvents.constFind(event);
        const qint64 bit
            = known != m_knownEvents.constEnd() ? *known : bitOf(event.first + u'.' + event.second);
        if (bit < 0)
            return -1;
        if (bit < lastEventBit)
            m_knownEvents.insert(event, bit);
        bits |= qint64(1) << bit;
    }
    return bits;
}

qint64 FileWriter::bitOf(const QString &event)
{
    const auto known = m_eventBits.constFind(event);
    if (known != m_eventBits.constEnd())
        return *known;
    const qint64 bit = std::min<qint64>(m_eventBits.size(), lastEventBit);
    if (bit < lastEventBit) {
        m_addEvent.bind(0, bit);
        m_addEvent.bind(1, event);
        if (!m_addEvent.execute())
            return -1;
        m_eventBits.insert(event, bit);
    }
    return bit;
}

bool FileWriter::bindRow(Statement &upsert, int parameter, exchange::ExchangeId id, const Row &row)
{
    const exchange::Summary &summary = row.summary;
    const qint64 scheme = m_words.numberOf(summary.scheme);
    const qint64 method = m_words.numberOf(summary.method);
    const qint64 host = m_words.numberOf(summary.host);
    const qint64 reason = m_words.numberOf(summary.reason);
    const qint64 type = m_words.numberOf(summary.contentType);
    const qint64 requestType = m_words.numberOf(summary.requestType);
    const auto namesOf = [this](const QByteArray &names) {
        return names.isEmpty() ? 0 : m_names.numberOf(QString::fromLatin1(names));
    };
    const qint64 requestNames = namesOf(row.requestNames);
    const qint64 responseNames = namesOf(row.responseNames);
    const qint64 trailerNames = namesOf(row.trailerNames);
    const qint64 error = summary.errorCode.isEmpty() ? 0 : m_words.numberOf(summary.errorCode);
    const qint64 events = bitsOf(row.events);
    if (scheme == 0 || method == 0 || host == 0 || reason == 0 || type == 0 || requestType == 0
        || events < 0)
        return false;

    const qint64 numbers[] = { qint64(id), summary.began.toMSecsSinceEpoch(),
        qint64(summary.source), qint64(summary.state), scheme, method, host, summary.statusCode,
        reason, type, requestType, summary.requestBodyOctets, summary.responseBodyOctets,
        summary.duration, summary.interimCount, summary.hasTrailers, qint64(summary.pattern),
        events, requestNames, responseNames };
    for (const qint64 number : numbers)
        upsert.bind(parameter++, number);
    for (const qint64 number : { trailerNames, error }) {
        if (number == 0)
            upsert.bindNull(parameter++);
        else
            upsert.bind(parameter++, number);
    }
    upsert.bind(parameter++, summary.target.isNull() ? QStringLiteral("") : summary.target);
    upsert.bind(parameter++, summary.errorMessage.isEmpty() ? QString() : summary.errorMessage);
    upsert.bind(parameter++, qint64(summary.connection));
    upsert.bind(parameter++, qint64(summary.mark));
    upsert.bind(parameter++, summary.note.isEmpty() ? QString() : summary.note);
    return true;
}

bool FileWriter::writeSegments(exchange::ExchangeId id, const QList<Segment> &segments)
{
    for (const Segment &segment : segments) {
        m_segment.bind(0, segmentKey(id, segment.number));
        m_segment.bind(1, QByteArrayView(segment.log));
        if (!m_segment.execute())
            return false;
    }
    return true;
}

FileError FileWriter::setNote(const QList<exchange::ExchangeId> &ids, const QString &note)
{
    return transact([&] {
        Statement update = m_connection.prepare("UPDATE exchange SET note = ? WHERE id = ?");
        update.bind(0, note.isEmpty() ? QString() : note);
        for (const exchange::ExchangeId id : ids) {
            update.bind(1, qint64(id));
            if (!update.execute())
                return false;
        }
        return true;
    });
}

FileError FileWriter::setMark(const QList<exchange::ExchangeId> &ids, exchange::Mark mark)
{
    return transact([&] {
        Statement update = m_connection.prepare("UPDATE exchange SET mark = ? WHERE id = ?");
        update.bind(0, qint64(mark));
        for (const exchange::ExchangeId id : ids) {
            update.bind(1, qint64(id));
            if (!update.execute())
                return false;
        }
        return true;
    });
}

FileError FileWriter::remove(
    const QList<exchange::ExchangeId> &ids, QList<exchange::ExchangeId> *removed)
{
    return transact([&] {
        Statement row = m_connection.prepare("DELETE FROM exchange WHERE id = ?");
        Statement log = m_connection.prepare("DELETE FROM segment WHERE key BETWEEN ? AND ?");
        for (const exchange::ExchangeId id : ids) {
            row.bind(0, qint64(id));
            log.bind(0, segmentKey(id, 0));
            log.bind(1, segmentKey(id + 1, 0) - 1);
            if (!row.execute())
                return false;
            if (sqlite3_changes(m_connection.handle()) > 0)
                removed->append(id);
            if (!log.execute())
                return false;
        }
        return true;
    });
}

FileError FileWriter::clear()
{
    const FileError failure
        = transact([&] { return !m_connection.run("DELETE FROM exchange; DELETE FROM segment"); });
    // Nothing is left to move: this only gives the space back. Where it fails, it is used again.
    if (!failure)
        std::ignore = m_connection.run("VACUUM");
    return failure;
}

} // namespace headrace::store
