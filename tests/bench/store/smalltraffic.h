#pragma once

#include <exchange/store.h>

#include <QRandomGenerator>

namespace bench {

/// Exchanges of the usual kind, as a recorder would tell them: ten events, heads of 400 octets, a JSON body.
class SmallTraffic
{
public:
    /// \a bodyOctets: of each response. 0: some 300.
    explicit SmallTraffic(quint32 seed, qsizetype bodyOctets = 0);

    headrace::exchange::ExchangeId add(headrace::exchange::Sink &sink);

private:
    QByteArray body();

    QRandomGenerator m_random;
    qsizetype m_bodyOctets;
    QByteArray m_text; ///< What large bodies are cut from.
    qint64 m_began;
};

} // namespace bench
