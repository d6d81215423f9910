#include "exchange/recorder.h"

#include "exchange/patternmatcher.h"
#include "recordednames_p.h"

#include <QHash>
#include <QStringList>

#include <map>

namespace headrace::exchange {

namespace {

constexpr int requestIndex = -1;
constexpr int responseIndex = 0;
constexpr qint64 pieceOverhead
    = 64; // what a kept piece costs beside its octets, so that tiny ones are bounded
constexpr qsizetype mergeLimit = 64 * 1024;
constexpr int eventLimit = 100'000;
constexpr int chunkLimit = 100'000;

Tls toTls(const http::TlsInfo &info)
{
    return { info.protocol, info.cipher, info.alpn, info.serverName, info.peerCertificates };
}

// Octets of a response's side that wait for the head to say which message they belong to.
struct ResponseOctets
{
    QList<Octets> waiting;
    bool isHeadKnown = false; // the final head was seen: all goes to the final response
    int owed = responseIndex; // message that an early headComplete() named…
    qsizetype owedOctets = 0; // …and how many octets of its head are still to come
};

struct MessageState
{
    Octets last; // kept piece that may still grow
    qint64 kept = 0;
    qint64 body = 0;
    qint64 chunked = 0; // octets that the size lines so far announced
    int chunks = 0;
    bool isTruncated = false;
    bool isComplete = false;
};

struct Active
{
    ExchangeId id = 0;
    http::MonotonicTime began = 0;
    bool isClient = true;
    bool isCanceled = false;
    Summary summary;
    Timings timings;
    Connection connection;
    std::optional<Failure> failure;
    ResponseOctets response;
    std::map<int, MessageState> messages;
    qint64 responseLength = -1; // Content-Length of the final response
    int events = 0;
    qint64 unkeptEvents = 0;
    PatternMatcher pattern;

    qint64 at(http::MonotonicTime time) const { return (time - began) / 1000; }

    bool isRequest(http::Direction direction) const
    {
        return (direction == http::Direction::Sent) == isClient;
    }
};

} // namespace

struct Recorder::Private
{
    Sink &sink;
    Source source;
    qint64 limit = DefaultMessageLimit;
    QHash<http::ExchangeId, Active> active;
    std::function<void(http::ExchangeId, ExchangeId)> endListener;
    QHash<http::ConnectionId, Tls> tls; // of open connections, for their later exchanges

    Active *find(http::ExchangeId exchange)
    {
        const auto found = active.find(exchange);
        return found == active.end() ? nullptr : &*found;
    }

    // Pieces of one part that came at one time are one piece.
    void keep(Active &exchange, int message, Octets octets)
    {
        MessageState &state = exchange.messages[message];
        if (octets.part == Part::Body)
            state.body += octets.octets.size();
        if (state.isTruncated || state.kept + octets.octets.size() + pieceOverhead > limit) {
            flushLast(exchange, message, state);
            state.isTruncated = true;
            sink.addUnkept(exchange.id, message, octets.part, octets.octets.size());
            return;
        }
        state.kept += octets.octets.size();
        if (!state.last.octets.isEmpty() && state.last.part == octets.part
            && state.last.time == octets.time && state.last.octets.size() < mergeLimit) {
            state.last.octets += octets.octets;
            return;
        }
        flushLast(exchange, message, state);
        state.kept += pieceOverhead;
        state.last = std::move(octets);
    }

    void flushLast(Active &exchange, int message, MessageState &state)
    {
        if (state.last.octets.isEmpty())
            return;
        sink.addOctets(exchange.id, message, state.last);
        state.last.octets = QByteArray();
    }

    void flushPieces(Active &exchange)
    {
        for (auto &[message, state] : exchange.messages)
            flushLast(exchange, message, state);
    }

    void addResponseOctets(Active &exchange, Octets octets)
    {
        ResponseOctets &response = exchange.response;
        if (response.owedOctets > 0 && octets.part == Part::Head) {
            response.owedOctets -= octets.octets.size();
            keep(exchange, response.owed, std::move(octets));
        } else if (response.isHeadKnown || octets.part != Part::Head) {
            giveWaiting(exchange, responseIndex);
            keep(exchange, responseIndex, std::move(octets));
        } else {
            response.waiting.append(std::move(octets));
        }
    }

    qsizetype giveWaiting(Active &exchange, int message)
    {
        qsizetype given = 0;
        for (const Octets &octets : std::as_const(exchange.response.waiting)) {
            given += octets.octets.size();
            keep(exchange, message, octets);
        }
        exchange.response.waiting.clear();
        return given;
    }

    void addEvent(Active &exchange, http::MonotonicTime time, const QString &object,
        const QString &name, const QString &detail)
    {
        const Event event { exchange.at(time), object, name, detail };
        exchange.pattern.add(event); // also those that are not kept
        if (exchange.events >= eventLimit) {
            ++exchange.unkeptEvents;
            return;
        }
        ++exchange.events;
        flushPieces(exchange); // the octets that caused it are in the store before it
        sink.addEvent(exchange.id, event);
    }

    void setTiming(Active &exchange, qint64 Timings::*phase, qint64 time)
    {
        if (exchange.timings.*phase >= 0)
            return;
        exchange.timings.*phase = time;
        sink.setTimings(exchange.id, exchange.timings);
    }

    void updateSummary(Active &exchange)
    {
        exchange.summary.requestBodyOctets = exchange.messages[requestIndex].body;
        exchange.summary.responseBodyOctets = exchange.messages[responseIndex].body;
        sink.setSummary(exchange.id, exchange.summary);
    }

    void fail(Active &exchange, const QString &code, const QString &message)
    {
        if (exchange.failure)
            return;
        exchange.failure = Failure { code, message };
        exchange.summary.errorCode = code;
        exchange.summary.errorMessage = message;
        sink.setFailure(exchange.id, *exchange.failure);
    }

    State finalState(Active &exchange)
    {
        if (exchange.isCanceled)
            return State::Canceled;
        if (!exchange.failure) {
            if (exchange.messages[responseIndex].isComplete
                && exchange.messages[requestIndex].isComplete)
                return State::Complete;
            fail(exchange, QStringLiteral("ERR_STREAM_PREMATURE_CLOSE"),
                exchange.messages[responseIndex].isComplete
                    ? QStringLiteral("The connection closed before the request was complete.")
                    : QStringLiteral("The connection closed before the response was complete."));
        }
        return State::Failed;
    }

    void end(Active &exchange, qint64 time)
    {
        giveWaiting(exchange, responseIndex);
        flushPieces(exchange);
        if (exchange.unkeptEvents > 0) {
            sink.addEvent(exchange.id,
                { time, QStringLiteral("Recorder"), QStringLiteral("events not kept"),
                    QString::number(exchange.unkeptEvents) });
        }
        setTiming(exchange, &Timings::ended, time);
        exchange.summary.state = finalState(exchange);
        exchange.summary.pattern = exchange.pattern.pattern(exchange.summary);
        exchange.summary.duration = time;
        updateSummary(exchange);
        sink.end(exchange.id);
    }

    void requestHead(Active &exchange, const wire::Head &head, Message &message)
    {
        Summary &summary = exchange.summary;
        summary.method = QString::fromLatin1(head.part(head.method));
        summary.target = QString::fromLatin1(head.part(head.target));
        summary.requestType = mediaType(message.field("Content-Type"));
        const QByteArray host = message.field("Host");
        if (!exchange.isClient && !host.isEmpty())
            summary.host = QString::fromLatin1(host);
    }

    int responseHead(Active &exchange, const wire::Head &head, Message &message)
    {
        message.statusCode = head.statusCode;
        message.reason = head.part(head.reason).toByteArray();
        Summary &summary = exchange.summary;
        if (isInterim(head.statusCode))
            return ++summary.interimCount;
        exchange.responseLength = head.contentLength;
        summary.statusCode = head.statusCode;
        summary.reason = QString::fromLatin1(message.reason);
        summary.contentType = mediaType(message.field("Content-Type"));
        return responseIndex;
    }

    // What follows is a tunnel: the response is its head. RFC 9110 sections 9.3.6 and 15.2.2.
    static bool opensTunnel(const Active &exchange, int statusCode)
    {
        const bool isSuccess = statusCode >= 200 && statusCode < 300;
        return statusCode == 101 || (exchange.summary.method == u"CONNECT" && isSuccess);
    }

    // Head octets come before headComplete() or, for a head that is sent, behind it.
    void settleResponseHead(Active &exchange, int index, const wire::Head &head)
    {
        const qsizetype given = giveWaiting(exchange, index);
        exchange.response.owed = index;
        exchange.response.owedOctets = given > 0 ? 0 : head.octets().size();
        exchange.response.isHeadKnown = index == responseIndex;
    }
};

Recorder::Recorder(Sink &sink, Source source)
    : d(new Private { sink, source, DefaultMessageLimit, {}, {}, {} })
{
}

Recorder::~Recorder() = default;

void Recorder::setMessageLimit(qint64 octets) { d->limit = octets; }

ExchangeId Recorder::storeId(http::ExchangeId exchange) const
{
    const Active *found = d->find(exchange);
    return found ? found->id : 0;
}

RecordedBody Recorder::body(http::ExchangeId exchange) const
{
    RecordedBody result;
    if (Active *found = d->find(exchange)) {
        result.requestOctets = found->messages[requestIndex].body;
        result.responseOctets = found->messages[responseIndex].body;
        result.responseLength = found->responseLength;
    }
    return result;
}

void Recorder::setEndListener(std::function<void(http::ExchangeId, ExchangeId)> listener)
{
    d->endListener = std::move(listener);
}

void Recorder::markCanceled(http::ExchangeId exchange)
{
    if (Active *found = d->find(exchange))
        found->isCanceled = true;
}

void Recorder::endAll()
{
    const http::MonotonicTime now = http::monotonicNow();
    for (Active &exchange : d->active) {
        exchange.isCanceled = true;
        d->end(exchange, exchange.at(now));
    }
    d->active.clear();
    d->tls.clear();
}

void Recorder::exchangeBegan(const http::ExchangeStart &start)
{
    Active exchange;
    exchange.began = start.time;
    exchange.isClient = start.isClient;
    exchange.summary.began
        = QDateTime::currentDateTime().addMSecs((start.time - http::monotonicNow()) / 1'000'000);
    exchange.summary.source = d->source;
    exchange.summary.scheme = start.isSecure ? QStringLiteral("https") : QStringLiteral("http");
    exchange.summary.host = withPort(start.host, start.port, start.isSecure);
    exchange.summary.method = QString::fromLatin1(start.method);
    exchange.summary.target = QString::fromLatin1(start.target);
    exchange.id = d->sink.begin(exchange.summary);
    exchange.connection.id = start.connection;
    d->active.insert(start.exchange, exchange);
}

void Recorder::socketAssigned(
    http::ExchangeId exchange, const http::ConnectionInfo &info, http::MonotonicTime)
{
    Active *found = d->find(exchange);
    if (!found)
        return;
    Connection &connection = found->connection;
    connection.id = info.connection;
    connection.isReused = info.isReused;
    connection.localAddress = info.localAddress;
    connection.peerAddress = info.peerAddress;
    connection.localPort = info.localPort;
    connection.peerPort = info.peerPort;
    const auto tls = d->tls.constFind(info.connection);
    if (tls != d->tls.constEnd())
        connection.tls = *tls;
    d->sink.setConnection(found->id, connection);
}

void Recorder::socketPhase(http::ExchangeId exchange, http::ConnectionId connection,
    http::SocketPhase phase, http::MonotonicTime time)
{
    if (phase == http::SocketPhase::Closed)
        d->tls.remove(connection);
    Active *found = d->find(exchange);
    if (!found)
        return;
    const qint64 at = found->at(time);
    switch (phase) {
    case http::SocketPhase::LookupStarted:
        d->setTiming(*found, &Timings::lookupStarted, at);
        break;
    case http::SocketPhase::LookupEnded:
        d->setTiming(*found, &Timings::lookupEnded, at);
        break;
    case http::SocketPhase::ConnectStarted:
        d->setTiming(*found, &Timings::connectStarted, at);
        break;
    case http::SocketPhase::ConnectEnded:
        d->setTiming(*found, &Timings::connectEnded, at);
        break;
    case http::SocketPhase::TlsStarted:
        d->setTiming(*found, &Timings::tlsStarted, at);
        break;
    case http::SocketPhase::TlsEnded:
        d->setTiming(*found, &Timings::tlsEnded, at);
        break;
    case http::SocketPhase::FirstByte:
        if (found->isClient)
            d->setTiming(*found, &Timings::firstByte, at);
        break;
    case http::SocketPhase::PeerEnded:
    case http::SocketPhase::Closed:
        break;
    }
    d->addEvent(*found, time, emitterName(http::Emitter::Socket), QString(http::name(phase)), {});
}

void Recorder::tlsEstablished(http::ExchangeId exchange, http::ConnectionId connection,
    const http::TlsInfo &info, http::MonotonicTime)
{
    d->tls.insert(connection, toTls(info));
    if (Active *found = d->find(exchange)) {
        found->connection.tls = toTls(info);
        d->sink.setConnection(found->id, found->connection);
    }
}

void Recorder::octets(http::ExchangeId exchange, http::ConnectionId, http::Direction direction,
    wire::MessagePart part, QByteArrayView octets, http::MonotonicTime time)
{
    Active *found = d->find(exchange);
    if (!found || octets.isEmpty())
        return;
    const qint64 at = found->at(time);
    Octets piece { at, Part(int(part)), octets.toByteArray() };
    if (found->isRequest(direction)) {
        found->timings.requestSent = at; // settled by messageComplete()
        d->keep(*found, requestIndex, std::move(piece));
    } else {
        d->setTiming(*found, &Timings::firstByte, at);
        d->addResponseOctets(*found, std::move(piece));
    }
}

void Recorder::headComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Head &head, http::MonotonicTime time)
{
    Active *found = d->find(exchange);
    if (!found)
        return;
    Message message;
    message.startLine = startLineOf(head);
    message.fields = head.fields.toPairs();
    message.httpVersion = head.part(head.version).toByteArray();
    message.headTime = found->at(time);
    int index = requestIndex;
    if (found->isRequest(direction)) {
        d->requestHead(*found, head, message);
    } else {
        index = d->responseHead(*found, head, message);
        d->settleResponseHead(*found, index, head);
    }
    d->sink.setHead(found->id, index, message);
    const bool isTunnel = index == responseIndex && d->opensTunnel(*found, head.statusCode);
    if (index > 0 || isTunnel) {
        found->messages[index].isComplete = true; // a head only
        d->sink.setEnd(found->id, index, message.headTime);
    }
    d->updateSummary(*found);
}

void Recorder::chunkBegan(http::ExchangeId exchange, http::Direction direction,
    const wire::ChunkHeader &chunk, http::MonotonicTime time)
{
    Active *found = d->find(exchange);
    if (!found)
        return;
    const int index = found->isRequest(direction) ? requestIndex : responseIndex;
    MessageState &state = found->messages[index];
    const qint64 offset = state.chunked;
    state.chunked += chunk.size;
    if (++state.chunks > chunkLimit) {
        state.isTruncated = true;
        d->sink.addUnkept(found->id, index, Part::ChunkHeader, 0);
        return;
    }
    d->sink.addChunk(found->id, index, { found->at(time), offset, chunk.size, chunk.extensions });
    QString detail = QStringLiteral("%1 B").arg(chunk.size);
    if (!chunk.extensions.isEmpty())
        detail += u' ' + QString::fromLatin1(chunk.extensions);
    d->addEvent(*found, time, wireObject(), wireEvent("chunk", direction), detail);
}

void Recorder::trailersComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Fields &trailers, http::MonotonicTime time)
{
    Active *found = d->find(exchange);
    if (!found || trailers.isEmpty())
        return;
    const FieldList fields = trailers.toPairs();
    d->sink.setTrailers(
        found->id, found->isRequest(direction) ? requestIndex : responseIndex, fields);
    QStringList names;
    for (const auto &[name, value] : fields)
        names.append(QString::fromLatin1(name));
    d->addEvent(*found, time, wireObject(), wireEvent("trailers", direction),
        names.join(QLatin1String(", ")));
    found->summary.hasTrailers = true;
    d->updateSummary(*found);
}

void Recorder::messageComplete(
    http::ExchangeId exchange, http::Direction direction, http::MonotonicTime time)
{
    Active *found = d->find(exchange);
    if (!found)
        return;
    const int index = found->isRequest(direction) ? requestIndex : responseIndex;
    d->flushPieces(*found);
    found->messages[index].isComplete = true;
    d->sink.setEnd(found->id, index, found->at(time));
    if (index == requestIndex) {
        found->timings.requestSent = found->at(time);
        d->sink.setTimings(found->id, found->timings);
    }
    d->updateSummary(*found);
}

void Recorder::event(http::ExchangeId exchange, http::Emitter emitter, http::EventKind event,
    const QString &detail, http::MonotonicTime time)
{
    if (Active *found = d->find(exchange))
        d->addEvent(*found, time, emitterName(emitter), eventName(event), detail);
}

void Recorder::failed(http::ExchangeId exchange, const http::Error &error, http::MonotonicTime)
{
    if (Active *found = d->find(exchange)) {
        d->fail(*found, QString(wire::name(error.code)), error.message);
        d->updateSummary(*found);
    }
}

void Recorder::exchangeEnded(http::ExchangeId exchange, http::MonotonicTime time)
{
    const auto found = d->active.find(exchange);
    if (found == d->active.end())
        return;
    d->end(*found, found->at(time));
    const ExchangeId id = found->id;
    d->active.erase(found);
    if (d->endListener)
        d->endListener(exchange, id);
}

} // namespace headrace::exchange
