#pragma once

#include "exchange/exchange.h"
#include "exchange/pattern.h"

#include <QString>

#include <optional>
#include <vector>

namespace headrace::exchange {

/// Where the events leave the documented order.
struct Departure
{
    int eventIndex = 0; ///< Among the events given; their count when the record ends too early.
    QString expected; ///< In place of it: "'close' on the response", "no further event".

    bool operator==(const Departure &) const = default;
};

/** Finds the pattern while the events come, without keeping them.
    Steps of the socket and of the framing are no documented events, and events that may come at any place
    ('finish', 'prefinish', 'drain', 'timeout') are no departure.
    Of a proxy, IncomingMessage is the request until 'response', then the response; a client that has gone is the
    'close' of a ServerResponse without 'finish', and what the origin does is told by ClientRequest and the response.
    Cost: some hundred octets, and the same little work for each event. Thread: one at a time. */
class PatternMatcher
{
public:
    enum class Purpose
    {
        PatternOnly, ///< departure() is not asked for. Cost: next to nothing.
        PatternAndDeparture
    };

    explicit PatternMatcher(Purpose purpose = Purpose::PatternAndDeparture);

    /// The next event, as the recorder gives it.
    void add(const Event &event);

    /// Pattern::Active while \a summary says Active. Of it count: source, state, method, statusCode and the
    /// error.
    Pattern pattern(const Summary &summary) const;

    /// None in an exchange that follows its pattern, is not over, or has Pattern::Other; nor by Purpose::PatternOnly.
    std::optional<Departure> departure(const Summary &summary) const;

private:
    /// How far the events have come in one order.
    struct Track
    {
        quint32 at = 1; ///< Bit n: step n may come next.
        int departedAt = -1;
    };

    int orderOf(const Summary &summary) const;
    quint32 facts(const Summary &summary) const;

    std::vector<Track> m_tracks; ///< One for each order; none for the pattern alone.
    quint64 m_seen = 0; ///< Of the documented events.
    quint64 m_last = 0;
    int m_count = 0;
    bool m_isConnecting = false;
    bool m_hasPeerEnded = false;
    bool m_hasGap = false; ///< The recorder stopped keeping events.
};

/// The pattern of a whole exchange.
Pattern patternOf(const Exchange &exchange);

/// Its departure.
std::optional<Departure> departureOf(const Exchange &exchange);

} // namespace headrace::exchange
