#include "exchange/exchangebuilder.h"

#include <algorithm>

namespace headrace::exchange {

ExchangeBuilder::ExchangeBuilder(qint64 octetLimit)
    : m_octetLimit(octetLimit)
{
}

const Exchange &ExchangeBuilder::exchange() const { return m_exchange; }

Exchange &ExchangeBuilder::exchange() { return m_exchange; }

Message &ExchangeBuilder::message(int which)
{
    if (which < 0)
        return m_exchange.request;
    if (which == 0)
        return m_exchange.response;
    while (m_exchange.interim.size() < which)
        m_exchange.interim.append(Message());
    return m_exchange.interim[which - 1];
}

ExchangeId ExchangeBuilder::begin(const Summary &summary)
{
    m_exchange.summary = summary;
    m_exchange.summary.connection = 0; // setConnection() tells
    m_exchange.summary.requestBodyOctets = 0; // they come with the octets
    m_exchange.summary.responseBodyOctets = 0;
    return summary.id;
}

// What the user wrote and the counts are not the recorder's to set.
void ExchangeBuilder::setSummary(ExchangeId, const Summary &summary)
{
    Summary next = summary;
    next.id = m_exchange.summary.id;
    next.connection = m_exchange.connection.id;
    next.mark = m_exchange.summary.mark;
    next.note = m_exchange.summary.note;
    next.requestBodyOctets = m_exchange.request.bodyOctets;
    next.responseBodyOctets = m_exchange.response.bodyOctets;
    m_exchange.summary = next;
}

void ExchangeBuilder::setConnection(ExchangeId, const Connection &connection)
{
    m_exchange.connection = connection;
    m_exchange.summary.connection = connection.id;
}

void ExchangeBuilder::setTimings(ExchangeId, const Timings &timings)
{
    m_exchange.timings = timings;
}

void ExchangeBuilder::setHead(ExchangeId, int message, const Message &head)
{
    Message &target = this->message(message);
    target.startLine = head.startLine;
    target.fields = head.fields;
    target.statusCode = head.statusCode;
    target.reason = head.reason;
    target.httpVersion = head.httpVersion;
    target.headTime = head.headTime;
}

void ExchangeBuilder::addOctets(ExchangeId, int message, const Octets &octets)
{
    Message &target = this->message(message);
    if (m_kept.size() <= message + 1)
        m_kept.resize(message + 2, 0); // the rest would be left as it is
    qint64 &kept = m_kept[message + 1];
    count(target, octets.part, octets.octets.size());
    if (target.isPartial)
        return;
    const qint64 room = m_octetLimit - kept;
    if (octets.octets.size() <= room) {
        target.octets.append(octets);
        kept += octets.octets.size();
        return;
    }
    target.isPartial = true;
    if (room > 0) {
        target.octets.append({ octets.time, octets.part, octets.octets.first(room) });
        kept += room;
    }
}

void ExchangeBuilder::addUnkept(ExchangeId, int message, Part part, qint64 octets)
{
    Message &target = this->message(message);
    target.isTruncated = true;
    count(target, part, octets);
}

void ExchangeBuilder::count(Message &message, Part part, qint64 octets)
{
    message.wireOctets += octets;
    if (part != Part::Body)
        return;
    message.bodyOctets += octets;
    m_exchange.summary.requestBodyOctets = m_exchange.request.bodyOctets;
    m_exchange.summary.responseBodyOctets = m_exchange.response.bodyOctets;
}

void ExchangeBuilder::addChunk(ExchangeId, int message, const Chunk &chunk)
{
    this->message(message).chunks.append(chunk);
}

void ExchangeBuilder::setTrailers(ExchangeId, int message, const FieldList &trailers)
{
    this->message(message).trailers = trailers;
}

void ExchangeBuilder::setEnd(ExchangeId, int message, qint64 time)
{
    this->message(message).endTime = time;
}

void ExchangeBuilder::addEvent(ExchangeId, const Event &event) { m_exchange.events.append(event); }

void ExchangeBuilder::setFailure(ExchangeId, const Failure &failure)
{
    m_exchange.failure = failure;
}

void ExchangeBuilder::setClient(ExchangeId, const Connection &client)
{
    m_exchange.client = client;
}

void ExchangeBuilder::addChange(ExchangeId, const Change &change)
{
    m_exchange.changes.append(change);
}

void ExchangeBuilder::end(ExchangeId) { }

namespace {

void tellMessage(Sink &sink, ExchangeId id, int which, const Message &message)
{
    if (message.hasHead())
        sink.setHead(id, which, message);
    qint64 body = 0;
    qint64 all = 0;
    for (const Octets &octets : message.octets) {
        sink.addOctets(id, which, octets);
        all += octets.octets.size();
        if (octets.part == Part::Body)
            body += octets.octets.size();
    }
    const qint64 missingBody = std::max<qint64>(0, message.bodyOctets - body);
    const qint64 missing = std::max<qint64>(0, message.wireOctets - all - missingBody);
    if (missingBody > 0 || (message.isTruncated && missing == 0))
        sink.addUnkept(id, which, Part::Body, missingBody);
    if (missing > 0)
        sink.addUnkept(id, which, Part::Head, missing);
    for (const Chunk &chunk : message.chunks)
        sink.addChunk(id, which, chunk);
    if (!message.trailers.isEmpty())
        sink.setTrailers(id, which, message.trailers);
    if (message.endTime >= 0)
        sink.setEnd(id, which, message.endTime);
}

} // namespace

ExchangeId tellExchange(Sink &sink, const Exchange &exchange)
{
    const ExchangeId id = sink.begin(exchange.summary);
    if (id == 0)
        return 0;
    sink.setConnection(id, exchange.connection);
    tellMessage(sink, id, -1, exchange.request);
    for (qsizetype i = 0; i < exchange.interim.size(); ++i)
        tellMessage(sink, id, int(i) + 1, exchange.interim.at(i));
    tellMessage(sink, id, 0, exchange.response);
    for (const Event &event : exchange.events)
        sink.addEvent(id, event);
    if (exchange.client)
        sink.setClient(id, *exchange.client);
    for (const Change &change : exchange.changes)
        sink.addChange(id, change);
    sink.setTimings(id, exchange.timings);
    if (exchange.failure)
        sink.setFailure(id, *exchange.failure);
    sink.setSummary(id, exchange.summary);
    sink.end(id);
    return id;
}

} // namespace headrace::exchange
