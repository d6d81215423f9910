#pragma once

#include "exchange/exchange.h"
#include "exchange/wirespan.h"

#include <QList>

#include <optional>

namespace headrace::exchange {

/** Which octets caused which event, for one exchange. As far as octets are here:

    - 'response', 'request', 'checkContinue', 'checkExpectation', 'upgrade', 'connect': the head;
      'continue', 'information': the interim response;
    - 'data': the octets it gave; 'end': what said that the message is over (the last chunk with its trailers, the
      last octets of a counted body, or the head of a message without one; none when it was the connection's end);
    - 'finish', 'drain': the write that they followed;
    - 'error', 'clientError' of what is no HTTP: the octets that are not, or the last that were read;
    - Socket "first byte": the first read; Wire "chunk …", "trailers …": that frame.

    All others were caused by no octets. Source: what each event means in the reference.
    Cost: O(octet runs + events), once. Thread: any; values only. */
class EventSpans
{
public:
    EventSpans() = default;
    explicit EventSpans(const Exchange &exchange);

    /// Nothing for an event that no octets caused, and for an index that is none.
    std::optional<WireSpan> spanOf(qsizetype event) const;

    /// All events that \a span had a part in, ascending.
    QList<int> eventsOf(const WireSpan &span) const;

    /** The event that \a span tells most of: the smallest that takes all of it, a documented one before the
        others; else the first that takes some of it. -1: none. */
    int eventOf(const WireSpan &span) const;

private:
    struct Entry
    {
        WireSpan span; ///< Empty: none.
        bool isDocumented = false;
    };

    QList<Entry> m_entries; ///< By event.
};

} // namespace headrace::exchange
