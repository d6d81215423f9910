#pragma once

#include "exchange/store.h"

#include <QVarLengthArray>

namespace headrace::exchange {

/** A Sink for one exchange that puts it together in memory. The ids of the calls are not looked at.
    Keeps the octets of each message up to a bound; what came beyond it is counted (Message::isPartial).
    Thread: one at a time. */
class ExchangeBuilder : public Sink
{
public:
    explicit ExchangeBuilder(qint64 octetLimit = Store::DefaultOctetLimit);

    const Exchange &exchange() const;
    Exchange &exchange();

    /// -1 the request, 0 the final response, n > 0 the n-th interim response, made when it is new.
    Message &message(int which);

    ExchangeId begin(const Summary &summary) override; ///< Answers summary.id.
    void setSummary(ExchangeId id, const Summary &summary) override;
    void setConnection(ExchangeId id, const Connection &connection) override;
    void setTimings(ExchangeId id, const Timings &timings) override;
    void setHead(ExchangeId id, int message, const Message &head) override;
    void addOctets(ExchangeId id, int message, const Octets &octets) override;
    void addUnkept(ExchangeId id, int message, Part part, qint64 count) override;
    void addChunk(ExchangeId id, int message, const Chunk &chunk) override;
    void setTrailers(ExchangeId id, int message, const FieldList &trailers) override;
    void setEnd(ExchangeId id, int message, qint64 time) override;
    void addEvent(ExchangeId id, const Event &event) override;
    void setFailure(ExchangeId id, const Failure &failure) override;
    void setClient(ExchangeId id, const Connection &client) override;
    void addChange(ExchangeId id, const Change &change) override;
    void end(ExchangeId id) override;

private:
    void count(Message &message, Part part, qint64 octets);

    Exchange m_exchange;
    qint64 m_octetLimit;
    QVarLengthArray<qint64, 4> m_kept; // octets, by message + 1
};

/// The reverse: tells \a sink a whole exchange as its recorder would have, message by message. Octets that passed and
/// are not in it are told as unkept. Answers its id there; 0: the sink took nothing. Mark and note come with
/// begin().
ExchangeId tellExchange(Sink &sink, const Exchange &exchange);

} // namespace headrace::exchange
