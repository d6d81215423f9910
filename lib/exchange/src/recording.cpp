#include "exchange/recording.h"

#include "recordednames_p.h"

#include <QStringList>

#include <algorithm>

namespace headrace::exchange {

namespace {

constexpr qint64 pieceOverhead
    = 64; // what a kept piece costs beside its octets, so that tiny ones are bounded
constexpr qsizetype mergeLimit = 64 * 1024;
constexpr int eventLimit = 100'000;
constexpr int chunkLimit = 100'000;

/// It changes when the clocks do, or the user travels.
struct ZoneOffset
{
    qint64 knownAt = -1; // milliseconds since 1970; -1: never
    int seconds = 0;
};

constexpr qint64 offsetLifetime = 1000; // milliseconds

} // namespace

QDateTime wallClock(http::MonotonicTime time)
{
    // Local time asks the system for its zone whenever it is made or counted with, and that looks for a file.
    thread_local ZoneOffset offset;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (offset.knownAt < 0 || now < offset.knownAt || now > offset.knownAt + offsetLifetime)
        offset = { now, QDateTime::currentDateTime().offsetFromUtc() };
    const qint64 at = now + (time - http::monotonicNow()) / 1'000'000;
    return QDateTime::fromMSecsSinceEpoch(at, Qt::OffsetFromUTC, offset.seconds);
}

Recording::Recording(
    Sink &sink, const Summary &summary, http::MonotonicTime began, bool isClient, qint64 limit)
    : m_sink(sink)
    , m_summary(summary)
    , m_began(began)
    , m_isClient(isClient)
    , m_limit(limit)
    , m_id(sink.begin(summary))
    , m_pattern(PatternMatcher::Purpose::PatternOnly)
{
}

RecordedBody Recording::body()
{
    return { m_messages[RequestIndex].body, m_messages[ResponseIndex].body, m_responseLength };
}

void Recording::setConnectionId(http::ConnectionId id) { m_connection.id = id; }

void Recording::setConnection(const Connection &connection)
{
    m_isConnectionKept = true;
    m_connection = connection;
    m_sink.setConnection(m_id, connection);
}

void Recording::setTiming(qint64 Timings::*phase, http::MonotonicTime time)
{
    if (m_timings.*phase >= 0)
        return;
    m_timings.*phase = at(time);
    m_sink.setTimings(m_id, m_timings);
}

void Recording::setRequestForwarded(http::MonotonicTime time)
{
    m_isForwarded = true;
    m_timings.requestSent = at(time);
    m_sink.setTimings(m_id, m_timings);
}

void Recording::addHeldTime(std::chrono::microseconds time)
{
    m_timings.held += std::max<qint64>(time.count(), 0);
    m_sink.setTimings(m_id, m_timings);
}

// --- octets

void Recording::addOctets(
    http::Direction direction, Part part, QByteArrayView octets, http::MonotonicTime time)
{
    Octets piece { at(time), part, octets.toByteArray() };
    const int index = indexOf(direction);
    if (index == RequestIndex) {
        if (!m_messages[RequestIndex].isComplete && !m_isForwarded)
            m_timings.requestSent = piece.time; // settled by setEnd()
        keep(RequestIndex, std::move(piece));
    } else {
        setTiming(&Timings::firstByte, time);
        addResponseOctets(std::move(piece));
    }
    // No event follows that would say so, maybe for long.
    if (part == Part::Tunnel || part == Part::Unparsed)
        flushLast(index, m_messages[index]);
}

/// Pieces of one part that came at one time are one piece.
void Recording::keep(int message, Octets octets)
{
    MessageState &state = m_messages[message];
    if (octets.part == Part::Body)
        state.body += octets.octets.size();
    if (state.isTruncated || state.kept + octets.octets.size() + pieceOverhead > m_limit) {
        flushLast(message, state);
        state.isTruncated = true;
        m_sink.addUnkept(m_id, message, octets.part, octets.octets.size());
        return;
    }
    state.kept += octets.octets.size();
    if (!state.last.octets.isEmpty() && state.last.part == octets.part
        && state.last.time == octets.time && state.last.octets.size() < mergeLimit) {
        state.last.octets += octets.octets;
        return;
    }
    flushLast(message, state);
    state.kept += pieceOverhead;
    state.last = std::move(octets);
}

void Recording::flushLast(int message, MessageState &state)
{
    if (state.last.octets.isEmpty())
        return;
    m_sink.addOctets(m_id, message, state.last);
    state.last.octets = QByteArray();
}

void Recording::flushPieces()
{
    for (auto &[message, state] : m_messages)
        flushLast(message, state);
}

void Recording::flush() { flushPieces(); }

void Recording::addResponseOctets(Octets octets)
{
    if (m_response.owedOctets > 0 && octets.part == Part::Head) {
        m_response.owedOctets -= octets.octets.size();
        keep(m_response.owed, std::move(octets));
    } else if (m_response.isHeadKnown || octets.part != Part::Head) {
        giveWaiting(ResponseIndex);
        keep(ResponseIndex, std::move(octets));
    } else {
        m_response.waiting.append(std::move(octets));
    }
}

qsizetype Recording::giveWaiting(int message)
{
    qsizetype given = 0;
    for (const Octets &octets : std::as_const(m_response.waiting)) {
        given += octets.octets.size();
        keep(message, octets);
    }
    m_response.waiting.clear();
    return given;
}

// --- what the octets mean

void Recording::setHead(http::Direction direction, const wire::Head &head, http::MonotonicTime time)
{
    Message message;
    message.startLine = startLineOf(head);
    message.fields = head.fields.toPairs();
    message.httpVersion = head.part(head.version).toByteArray();
    message.headTime = at(time);
    int index = RequestIndex;
    if (indexOf(direction) == RequestIndex) {
        requestHead(head, message);
    } else {
        index = responseHead(head, message);
        settleResponseHead(index, head);
    }
    m_sink.setHead(m_id, index, message);
    if (index > 0 || (index == ResponseIndex && opensTunnel(head.statusCode))) {
        m_messages[index].isComplete = true; // a head only
        m_sink.setEnd(m_id, index, message.headTime);
    }
    updateSummary();
}

void Recording::requestHead(const wire::Head &head, const Message &message)
{
    m_summary.method = QString::fromLatin1(head.part(head.method));
    m_summary.target = QString::fromLatin1(head.part(head.target));
    m_summary.requestType = mediaType(message.field("Content-Type"));
    const QByteArray host = message.field("Host");
    if (!m_isClient && !host.isEmpty())
        m_summary.host = QString::fromLatin1(host);
}

int Recording::responseHead(const wire::Head &head, Message &message)
{
    message.statusCode = head.statusCode;
    message.reason = head.part(head.reason).toByteArray();
    if (isInterim(head.statusCode))
        return ++m_summary.interimCount;
    m_responseLength = head.contentLength;
    m_summary.statusCode = head.statusCode;
    m_summary.reason = QString::fromLatin1(message.reason);
    m_summary.contentType = mediaType(message.field("Content-Type"));
    return ResponseIndex;
}

/// What follows is a tunnel: the response is its head. RFC 9110 sections 9.3.6 and 15.2.2.
bool Recording::opensTunnel(int statusCode) const
{
    const bool isSuccess = statusCode >= 200 && statusCode < 300;
    return statusCode == 101 || (m_summary.method == u"CONNECT" && isSuccess);
}

/// Head octets come before their head or, for one that is sent, behind it.
void Recording::settleResponseHead(int index, const wire::Head &head)
{
    const qsizetype given = giveWaiting(index);
    m_response.owed = index;
    m_response.owedOctets = given > 0 ? 0 : head.octets().size();
    m_response.isHeadKnown = index == ResponseIndex;
}

void Recording::addChunk(
    http::Direction direction, const wire::ChunkHeader &chunk, http::MonotonicTime time)
{
    const int index = indexOf(direction);
    MessageState &state = m_messages[index];
    const qint64 offset = state.chunked;
    state.chunked += chunk.size;
    if (++state.chunks > chunkLimit) {
        state.isTruncated = true;
        m_sink.addUnkept(m_id, index, Part::ChunkHeader, 0);
        return;
    }
    m_sink.addChunk(m_id, index, { at(time), offset, chunk.size, chunk.extensions });
    QString detail = QStringLiteral("%1 B").arg(chunk.size);
    if (!chunk.extensions.isEmpty())
        detail += u' ' + QString::fromLatin1(chunk.extensions);
    addEvent(time, wireObject(), wireEvent("chunk", direction), detail);
}

void Recording::setTrailers(
    http::Direction direction, const wire::Fields &trailers, http::MonotonicTime time)
{
    const FieldList fields = trailers.toPairs();
    m_sink.setTrailers(m_id, indexOf(direction), fields);
    QStringList names;
    for (const auto &[name, value] : fields)
        names.append(QString::fromLatin1(name));
    addEvent(time, wireObject(), wireEvent("trailers", direction), names.join(QLatin1String(", ")));
    m_summary.hasTrailers = true;
    updateSummary();
}

void Recording::setEnd(http::Direction direction, http::MonotonicTime time)
{
    const int index = indexOf(direction);
    flushPieces();
    m_messages[index].isComplete = true;
    m_sink.setEnd(m_id, index, at(time));
    if (index == RequestIndex && !m_isForwarded) {
        m_timings.requestSent = at(time);
        m_sink.setTimings(m_id, m_timings);
    }
    updateSummary();
}

void Recording::addEvent(
    http::MonotonicTime time, const QString &object, const QString &name, const QString &detail)
{
    const Event event { at(time), object, name, detail };
    m_pattern.add(event); // also those that are not kept
    if (m_events >= eventLimit) {
        ++m_unkeptEvents;
        return;
    }
    ++m_events;
    flushPieces(); // the octets that caused it are in the store before it
    m_sink.addEvent(m_id, event);
}

// --- the end

void Recording::setClient(const Connection &client) { m_sink.setClient(m_id, client); }

void Recording::addChange(const Change &change) { m_sink.addChange(m_id, change); }

void Recording::fail(const QString &code, const QString &message)
{
    noteFailure(code, message);
    updateSummary();
}

void Recording::noteFailure(const QString &code, const QString &message)
{
    if (m_failure)
        return;
    m_failure = Failure { code, message };
    m_summary.errorCode = code;
    m_summary.errorMessage = message;
    m_sink.setFailure(m_id, *m_failure);
}

State Recording::finalState()
{
    if (m_isCanceled)
        return State::Canceled;
    if (!m_failure) {
        const bool hasResponse = m_messages[ResponseIndex].isComplete;
        if (hasResponse && m_messages[RequestIndex].isComplete)
            return State::Complete;
        noteFailure(QStringLiteral("ERR_STREAM_PREMATURE_CLOSE"),
            hasResponse
                ? QStringLiteral("The connection closed before the request was complete.")
                : QStringLiteral("The connection closed before the response was complete."));
    }
    return State::Failed;
}

void Recording::end(http::MonotonicTime time)
{
    giveWaiting(ResponseIndex);
    flushPieces();
    if (m_unkeptEvents > 0) {
        m_sink.addEvent(m_id,
            { at(time), QStringLiteral("Recorder"), QStringLiteral("events not kept"),
                QString::number(m_unkeptEvents) });
    }
    if (!m_isConnectionKept && m_connection.id != 0)
        setConnection(m_connection);
    setTiming(&Timings::ended, time);
    m_summary.state = finalState();
    m_summary.duration = at(time);
    m_summary.pattern = m_pattern.pattern(m_summary);
    updateSummary();
    m_sink.end(m_id);
}

void Recording::updateSummary()
{
    m_summary.requestBodyOctets = m_messages[RequestIndex].body;
    m_summary.responseBodyOctets = m_messages[ResponseIndex].body;
    m_sink.setSummary(m_id, m_summary);
}

} // namespace headrace::exchange
