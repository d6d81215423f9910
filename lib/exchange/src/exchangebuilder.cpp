#include "exchange/exchangebuilder.h"

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
    return summary.id;
}

// What the user wrote and the counts are not the recorder's to set.
void ExchangeBuilder::setSummary(ExchangeId, const Summary &summary)
{
    Summary next = summary;
    next.id = m_exchange.summary.id;
    next.mark = m_exchange.summary.mark;
    next.note = m_exchange.summary.note;
    next.requestBodyOctets = m_exchange.request.bodyOctets;
    next.responseBodyOctets = m_exchange.response.bodyOctets;
    m_exchange.summary = next;
}

void ExchangeBuilder::setConnection(ExchangeId, const Connection &connection)
{
    m_exchange.connection = connection;
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

void ExchangeBuilder::end(ExchangeId) { }

} // namespace headrace::exchange
