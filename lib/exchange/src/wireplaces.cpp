#include "messages_p.h"
#include "wireplaces_p.h"

#include <algorithm>

namespace headrace::exchange {

WirePlaces::WirePlaces(const Exchange &exchange, Direction direction)
    : m_direction(direction)
    , m_transfers(transfersOf(exchange))
{
    m_transfers.removeIf(
        [direction](const Transfer &transfer) { return transfer.span.direction != direction; });
    qint64 offset = 0;
    visitMessages(exchange, direction, [&](const Message &message) {
        addMessage(message, offset);
        for (const Octets &piece : message.octets)
            offset += piece.octets.size();
    });
    settleEnding(direction == Direction::Request ? exchange.request : exchange.response);
}

void WirePlaces::addMessage(const Message &message, qint64 offset)
{
    m_head = {};
    for (const Frame &frame : framesOf(message)) {
        const qint64 begin = offset + frame.offset;
        addFrame(frame, { m_direction, begin, begin + frame.octets });
    }
    m_heads.append(m_head);
    for (const Octets &piece : message.octets) {
        if (piece.part == Part::Body)
            m_body.append({ offset, piece.octets.size() });
        offset += piece.octets.size();
    }
}

void WirePlaces::addFrame(const Frame &frame, const WireSpan &span)
{
    switch (frame.kind) {
    case Frame::Kind::Head:
        m_head = span;
        break;
    case Frame::Kind::Chunk:
        m_chunks.append(span);
        break;
    case Frame::Kind::LastChunk:
        m_chunks.append(span);
        m_lastChunk = span;
        break;
    case Frame::Kind::Data:
        m_lastData = span;
        break;
    case Frame::Kind::Trailers:
        m_trailers = span;
        break;
    case Frame::Kind::Tunnel:
        break;
    case Frame::Kind::Unparsed:
        m_unparsed = span;
        break;
    }
}

/// Source: RFC 9112 section 6.3, the length of a body.
void WirePlaces::settleEnding(const Message &message)
{
    if (message.endTime < 0 || message.isTruncated || message.isPartial)
        return;
    if (m_lastChunk.end > 0) {
        m_ending = m_lastChunk;
        m_ending.end = std::max(m_lastChunk.end, m_trailers.end);
    } else if (m_lastData.end == 0) {
        m_ending = m_head;
    } else if (!message.field("Content-Length").isNull()) {
        m_ending = m_lastData;
    }
}

WireSpan WirePlaces::interimHead(qsizetype index) const
{
    // The last is that of the final response.
    return index >= 0 && index + 1 < m_heads.size() ? m_heads.at(index) : WireSpan();
}

WireSpan WirePlaces::nextData(qint64 count)
{
    WireSpan result { m_direction, 0, 0 };
    while (count > 0 && m_nextRun < m_body.size()) {
        const Run &run = m_body.at(m_nextRun);
        const qint64 taken = std::min(count, run.count - m_runOffset);
        if (taken > 0) {
            if (result.end == 0)
                result.begin = run.offset + m_runOffset;
            result.end = run.offset + m_runOffset + taken;
        }
        count -= taken;
        m_runOffset += taken;
        if (m_runOffset >= run.count) {
            ++m_nextRun;
            m_runOffset = 0;
        }
    }
    return result;
}

WireSpan WirePlaces::nextChunk()
{
    return m_nextChunk < m_chunks.size() ? m_chunks.at(m_nextChunk++) : WireSpan();
}

WireSpan WirePlaces::firstTransfer() const
{
    return m_transfers.isEmpty() ? WireSpan() : m_transfers.constFirst().span;
}

WireSpan WirePlaces::lastTransfer(qint64 time) const
{
    const auto behind = std::upper_bound(m_transfers.cbegin(), m_transfers.cend(), time,
        [](qint64 value, const Transfer &transfer) { return value < transfer.time; });
    return behind == m_transfers.cbegin() ? WireSpan() : std::prev(behind)->span;
}

} // namespace headrace::exchange
