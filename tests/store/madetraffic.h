#pragma once

#include <exchange/store.h>

#include <QRandomGenerator>

namespace headrace::store {

/** Exchanges as a recorder would tell them, made up from a seed: the same seed makes the same ones in any Sink.
    They have what real ones have: interim responses, chunks with extensions, trailers, failures, tunnels, repeated
    fields, binary and compressed bodies, every source and state, and what a proxy did to them. */
class MadeTraffic
{
public:
    explicit MadeTraffic(quint32 seed);

    /// Tells one exchange from begin to end. Its id in \a sink.
    exchange::ExchangeId add(exchange::Sink &sink);

    /// All but the end: it goes on.
    exchange::ExchangeId beginOne(exchange::Sink &sink);

private:
    exchange::Summary makeSummary();
    void tellHeads(exchange::Sink &sink, exchange::ExchangeId id);
    void tellBody(exchange::Sink &sink, exchange::ExchangeId id, int message);
    void tellEvents(exchange::Sink &sink, exchange::ExchangeId id);
    void tellProxied(exchange::Sink &sink, exchange::ExchangeId id);
    bool chance(int percent);
    template <class T>
    T anyOf(const QList<T> &values);

    QRandomGenerator m_random;
    exchange::Summary m_summary;
    qint64 m_time = 0;
    int m_count = 0;
};

/// All of an exchange as text, but for its id: equal texts, equal exchanges.
QString textOf(const exchange::Exchange &exchange);

/// All of a row as text, but for its id.
QString textOf(const exchange::Summary &summary);

/// The ids that a search finds, waited for.
QList<exchange::ExchangeId> found(exchange::Store &store, const exchange::Query &query);

} // namespace headrace::store
