#pragma once

#include "exchange/framing.h"
#include "exchange/transfer.h"
#include "exchange/wirespan.h"

#include <QList>

namespace headrace::exchange {

/** Where the parts of the messages of one direction lie among its octets. What is not there, or not kept, is
    an empty span. The functions named next… go on from call to call. */
class WirePlaces
{
public:
    WirePlaces(const Exchange &exchange, Direction direction);

    WireSpan head() const { return m_head; } ///< Of the request or the final response.

    WireSpan interimHead(qsizetype index) const;

    /// The next \a count octets of the body, with the framing between them.
    WireSpan nextData(qint64 count);

    WireSpan nextChunk();

    WireSpan trailers() const { return m_trailers; }

    WireSpan unparsed() const { return m_unparsed; }

    /// What said that the message is over.
    WireSpan ending() const { return m_ending; }

    WireSpan firstTransfer() const;
    WireSpan lastTransfer(qint64 time) const; ///< That began by then.

private:
    void addMessage(const Message &message, qint64 offset);
    void addFrame(const Frame &frame, const WireSpan &span);
    void settleEnding(const Message &message);

    struct Run
    {
        qint64 offset = 0; ///< Of its first octet among those of the direction.
        qint64 count = 0;
    };

    Direction m_direction;
    QList<WireSpan> m_heads; ///< Of all messages.
    QList<WireSpan> m_chunks;
    QList<Run> m_body;
    QList<Transfer> m_transfers;
    WireSpan m_head;
    WireSpan m_trailers;
    WireSpan m_unparsed;
    WireSpan m_ending;
    WireSpan m_lastChunk;
    WireSpan m_lastData;
    qsizetype m_nextChunk = 0;
    qsizetype m_nextRun = 0;
    qint64 m_runOffset = 0; ///< Within the next run.
};

} // namespace headrace::exchange
