#include "exchange/recorder.h"

#include "exchange/recording.h"
#include "recordednames_p.h"

#include <QHash>

#include <unordered_map>

namespace headrace::exchange {

namespace {

// An open connection, as its exchanges had it.
struct KnownConnection
{
    Connection connection;
    QString scheme;
    QString host;
    bool isClient = false;
};

// What socketPhase() tells, in Timings.
qint64 Timings::*timingOf(http::SocketPhase phase)
{
    switch (phase) {
    case http::SocketPhase::LookupStarted:
        return &Timings::lookupStarted;
    case http::SocketPhase::LookupEnded:
        return &Timings::lookupEnded;
    case http::SocketPhase::ConnectStarted:
        return &Timings::connectStarted;
    case http::SocketPhase::ConnectEnded:
        return &Timings::connectEnded;
    case http::SocketPhase::TlsStarted:
        return &Timings::tlsStarted;
    case http::SocketPhase::TlsEnded:
        return &Timings::tlsEnded;
    case http::SocketPhase::FirstByte:
    case http::SocketPhase::PeerEnded:
    case http::SocketPhase::Closed:
        break;
    }
    return nullptr;
}

} // namespace

struct Recorder::Private
{
    Sink &sink;
    Source source;
    qint64 limit = DefaultMessageLimit;
    std::unordered_map<http::ExchangeId, Recording> active;
    std::unordered_map<http::ConnectionId, Recording> strays; // octets that belong to no exchange
    QHash<http::ConnectionId, KnownConnection> connections; // that are open
    std::function<void(http::ExchangeId, ExchangeId)> endListener;

    Recording *find(http::ExchangeId exchange)
    {
        const auto found = active.find(exchange);
        return found == active.end() ? nullptr : &found->second;
    }

    Recording &strayOf(http::ConnectionId id, http::MonotonicTime time)
    {
        if (const auto found = strays.find(id); found != strays.end())
            return found->second;
        const KnownConnection known = connections.value(id);
        Summary summary;
        summary.began = wallClock(time);
        summary.source = source;
        summary.scheme = known.scheme;
        summary.host = known.host;
        Recording stray(sink, summary, time, known.isClient, limit);
        Connection connection = known.connection;
        connection.id = id;
        stray.setConnection(connection);
        stray.fail(QString(wire::name(wire::ErrorCode::ProtocolFailure)),
            QStringLiteral("These octets belong to no request."));
        return strays.emplace(id, std::move(stray)).first->second;
    }

    void endStray(http::ConnectionId id, http::MonotonicTime time)
    {
        const auto found = strays.find(id);
        if (found == strays.end())
            return;
        found->second.end(time);
        strays.erase(found);
    }
};

Recorder::Recorder(Sink &sink, Source source)
    : d(new Private { sink, source, DefaultMessageLimit, {}, {}, {}, {} })
{
}

Recorder::~Recorder() = default;

void Recorder::setMessageLimit(qint64 octets) { d->limit = octets; }

ExchangeId Recorder::storeId(http::ExchangeId exchange) const
{
    const Recording *found = d->find(exchange);
    return found ? found->id() : 0;
}

RecordedBody Recorder::body(http::ExchangeId exchange) const
{
    Recording *found = d->find(exchange);
    return found ? found->body() : RecordedBody();
}

void Recorder::setEndListener(std::function<void(http::ExchangeId, ExchangeId)> listener)
{
    d->endListener = std::move(listener);
}

void Recorder::markCanceled(http::ExchangeId exchange)
{
    if (Recording *found = d->find(exchange))
        found->setCanceled();
}

void Recorder::endAll()
{
    const http::MonotonicTime now = http::monotonicNow();
    for (auto &[id, exchange] : d->active) {
        exchange.setCanceled();
        exchange.end(now);
    }
    for (auto &[id, stray] : d->strays)
        stray.end(now);
    d->active.clear();
    d->strays.clear();
    d->connections.clear();
}

void Recorder::exchangeBegan(const http::ExchangeStart &start)
{
    Summary summary;
    summary.began = wallClock(start.time);
    summary.source = d->source;
    summary.scheme = start.isSecure ? QStringLiteral("https") : QStringLiteral("http");
    summary.host = withPort(start.host, start.port, start.isSecure);
    summary.method = QString::fromLatin1(start.method);
    summary.target = QString::fromLatin1(start.target);
    d->endStray(start.connection, start.time);
    Recording exchange(d->sink, summary, start.time, start.isClient, d->limit);
    exchange.setConnectionId(start.connection);
    d->active.emplace(start.exchange, std::move(exchange));
}

void Recorder::socketAssigned(
    http::ExchangeId exchange, const http::ConnectionInfo &info, http::MonotonicTime time)
{
    Recording *found = d->find(exchange);
    if (!found)
        return;
    d->endStray(info.connection, time);
    KnownConnection &known = d->connections[info.connection];
    known.connection.id = info.connection;
    known.connection.isReused = info.isReused;
    known.connection.localAddress = info.localAddress;
    known.connection.peerAddress = info.peerAddress;
    known.connection.localPort = info.localPort;
    known.connection.peerPort = info.peerPort;
    known.scheme = found->summary().scheme;
    known.host = found->summary().host;
    known.isClient = found->isClient();
    found->setConnection(known.connection);
}

void Recorder::socketPhase(http::ExchangeId exchange, http::ConnectionId connection,
    http::SocketPhase phase, http::MonotonicTime time)
{
    if (phase == http::SocketPhase::Closed) {
        d->endStray(connection, time);
        d->connections.remove(connection);
    }
    Recording *found = d->find(exchange);
    if (!found)
        return;
    if (phase == http::SocketPhase::FirstByte) {
        if (found->isClient())
            found->setTiming(&Timings::firstByte, time);
    } else if (const auto timing = timingOf(phase)) {
        found->setTiming(timing, time);
    }
    found->addEvent(time, emitterName(http::Emitter::Socket), QString(http::name(phase)), {});
}

void Recorder::tlsEstablished(http::ExchangeId exchange, http::ConnectionId connection,
    const http::TlsInfo &info, http::MonotonicTime)
{
    const Tls tls { info.protocol, info.cipher, info.alpn, info.serverName, info.peerCertificates };
    d->connections[connection].connection.tls = tls;
    if (Recording *found = d->find(exchange)) {
        Connection changed = found->connection();
        changed.tls = tls;
        found->setConnection(changed);
    }
}

void Recorder::tlsRefused(http::ExchangeId exchange, http::ConnectionId connection,
    const http::TlsInfo &info, http::MonotonicTime time)
{
    tlsEstablished(exchange, connection, info, time); // the record has one place for both
}

void Recorder::octets(http::ExchangeId exchange, http::ConnectionId connection,
    http::Direction direction, wire::MessagePart part, QByteArrayView octets,
    http::MonotonicTime time)
{
    if (octets.isEmpty())
        return;
    if (exchange == 0)
        d->strayOf(connection, time).addOctets(direction, Part(int(part)), octets, time);
    else if (Recording *found = d->find(exchange))
        found->addOctets(direction, Part(int(part)), octets, time);
}

void Recorder::headComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Head &head, http::MonotonicTime time)
{
    if (Recording *found = d->find(exchange))
        found->setHead(direction, head, time);
}

void Recorder::chunkBegan(http::ExchangeId exchange, http::Direction direction,
    const wire::ChunkHeader &chunk, http::MonotonicTime time)
{
    if (Recording *found = d->find(exchange))
        found->addChunk(direction, chunk, time);
}

void Recorder::trailersComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Fields &trailers, http::MonotonicTime time)
{
    Recording *found = d->find(exchange);
    if (found && !trailers.isEmpty())
        found->setTrailers(direction, trailers, time);
}

void Recorder::messageComplete(
    http::ExchangeId exchange, http::Direction direction, http::MonotonicTime time)
{
    if (Recording *found = d->find(exchange))
        found->setEnd(direction, time);
}

void Recorder::event(http::ExchangeId exchange, http::Emitter emitter, http::EventKind event,
    const QString &detail, http::MonotonicTime time)
{
    if (Recording *found = d->find(exchange))
        found->addEvent(time, emitterName(emitter), eventName(event), detail);
}

void Recorder::failed(http::ExchangeId exchange, const http::Error &error, http::MonotonicTime)
{
    if (Recording *found = d->find(exchange))
        found->fail(QString(wire::name(error.code)), error.message);
}

void Recorder::exchangeEnded(http::ExchangeId exchange, http::MonotonicTime time)
{
    const auto found = d->active.find(exchange);
    if (found == d->active.end())
        return;
    found->second.end(time);
    const ExchangeId id = found->second.id();
    d->active.erase(found);
    if (d->endListener)
        d->endListener(exchange, id);
}

} // namespace headrace::exchange
