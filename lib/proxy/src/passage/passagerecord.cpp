#include "passage/passagerecord.h"

#include "engine/core.h"

#include <utility>

namespace headrace::proxy {

namespace {

http::Direction directionOf(exchange::Direction direction)
{
    // Seen from the server that a proxy is to its client.
    return direction == exchange::Direction::Request ? http::Direction::Received
                                                     : http::Direction::Sent;
}

qint64 exchange::Timings::*timingOf(http::SocketPhase phase)
{
    switch (phase) {
    case http::SocketPhase::LookupStarted:
        return &exchange::Timings::lookupStarted;
    case http::SocketPhase::LookupEnded:
        return &exchange::Timings::lookupEnded;
    case http::SocketPhase::ConnectStarted:
        return &exchange::Timings::connectStarted;
    case http::SocketPhase::ConnectEnded:
        return &exchange::Timings::connectEnded;
    case http::SocketPhase::TlsStarted:
        return &exchange::Timings::tlsStarted;
    case http::SocketPhase::TlsEnded:
        return &exchange::Timings::tlsEnded;
    case http::SocketPhase::FirstByte:
    case http::SocketPhase::PeerEnded:
    case http::SocketPhase::Closed:
        break;
    }
    return nullptr;
}

exchange::Summary summaryOf(bool isSecure, const QString &host, http::MonotonicTime began)
{
    exchange::Summary summary;
    summary.began = exchange::wallClock(began);
    summary.source = exchange::Source::Proxy;
    summary.scheme = isSecure ? QStringLiteral("https") : QStringLiteral("http");
    summary.host = host;
    return summary;
}

} // namespace

PassageRecord::PassageRecord(Core &core, const exchange::Connection &client, bool isSecure,
    const QString &host, http::MonotonicTime began)
    : m_core(core)
    , m_recording(core.sink, summaryOf(isSecure, host, began), began, false, core.messageLimit)
{
    m_recording.setClient(client);
    ++m_core.counters.exchanges;
    ++m_core.counters.active;
    m_core.countersChanged();
}

PassageRecord::~PassageRecord() { end(); }

void PassageRecord::octets(exchange::Direction direction, wire::MessagePart part,
    QByteArrayView octets, http::MonotonicTime time)
{
    if (!octets.isEmpty() && !m_isOver)
        m_recording.addOctets(directionOf(direction), exchange::Part(int(part)), octets, time);
}

void PassageRecord::head(
    exchange::Direction direction, const wire::Head &head, http::MonotonicTime time)
{
    m_recording.setHead(directionOf(direction), head, time);
}

void PassageRecord::complete(exchange::Direction direction, http::MonotonicTime time)
{
    if (!m_isOver)
        m_recording.setEnd(directionOf(direction), time);
}

void PassageRecord::flush()
{
    if (!m_isOver)
        m_recording.flush();
}

void PassageRecord::event(const QString &object, const QString &name, const QString &detail)
{
    if (!m_isOver)
        m_recording.addEvent(http::monotonicNow(), object, name, detail);
}

void PassageRecord::phase(http::SocketPhase phase, http::MonotonicTime time)
{
    if (m_isOver)
        return;
    if (const auto timing = timingOf(phase))
        m_recording.setTiming(timing, time);
    m_recording.addEvent(time, QStringLiteral("Socket"), QString(http::name(phase)), {});
}

void PassageRecord::fail(const http::Error &error)
{
    if (!m_isOver)
        m_recording.fail(QString(wire::name(error.code)), error.message);
}

void PassageRecord::end()
{
    if (std::exchange(m_isOver, true))
        return;
    m_recording.end(http::monotonicNow());
    --m_core.counters.active;
    m_core.countersChanged();
}

} // namespace headrace::proxy
