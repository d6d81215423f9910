#pragma once

#include "resend/recordedhead.h"

#include <exchange/store.h>

#include <optional>

namespace headrace::session {

/// The octets of a recorded request, piece by piece out of the store: never whole in memory. Thread: one at a time.
class RecordedRequest
{
public:
    /// \a store is borrowed.
    RecordedRequest(
        const exchange::Store &store, exchange::ExchangeId id, const HeadRewriting &rewriting);

    /// The next piece, with its recorded time; nothing behind the last one. What passed in a tunnel is none.
    std::optional<exchange::Octets> next();

private:
    void readOn();
    void rewriteHead();

    const exchange::Store &m_store;
    exchange::ExchangeId m_id;
    HeadRewriting m_rewriting;
    QList<exchange::Octets> m_pieces; // that were read
    qint64 m_mark = 0; // of the last piece that was read…
    qint64 m_atMark = 0; // …and how many with that mark were
    bool m_isAtEnd = false;
    bool m_isHeadDone = false;
};

} // namespace headrace::session
