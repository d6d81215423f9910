#pragma once

#include "exchange/exchange.h"
#include "exchange/octetsource.h"

namespace headrace::exchange {

/** The octets of one direction of an exchange that is in memory, in place: nothing is copied but what is read. Ends where
    octets are missing: behind what is there of a partial or truncated message. Offsets are those of WireSpan.
    Cost: linear in the pieces once; a read takes logarithmic time. */
class WireOctets : public OctetSource
{
public:
    /// Keeps \a exchange.
    WireOctets(std::shared_ptr<const Exchange> exchange, Direction direction);

    qint64 size() const override;
    QByteArray read(qint64 offset, qint64 length) const override;
    bool isInMemory() const override;

private:
    bool add(const Message &message);

    std::shared_ptr<const Exchange> m_exchange;
    QList<const QByteArray *> m_pieces; ///< Of m_exchange.
    QList<qint64> m_begins; ///< Of the pieces.
    qint64 m_size = 0;
};

} // namespace headrace::exchange
