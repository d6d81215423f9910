#include "tapfixture.h"

#include <exchange/memorystore.h>
#include <store/exchangestore.h>

#include <algorithm>
#include <map>

namespace headrace::test {

namespace {

class Player : public QObject
{
public:
    Player(RawSocket *socket, const Steps &steps)
        : QObject(socket)
        , m_socket(socket)
        , m_steps(steps)
    {
        connect(socket, &RawSocket::received, this, [this](const QByteArray &octets) {
            m_received += octets;
            advance();
        });
        connect(socket, &RawSocket::ended, socket, &RawSocket::finish);
        advance();
    }

private:
    void advance()
    {
        while (!m_steps.isEmpty() && m_socket->isOpen()) {
            const QByteArray until = m_steps.first().until;
            if (!until.isEmpty()) {
                const qsizetype found = m_received.indexOf(until);
                if (found < 0) { // what was looked at need not be kept
                    m_received = m_received.last(std::min(m_received.size(), until.size() - 1));
                    return;
                }
                m_received.remove(0, found + until.size());
            }
            m_steps.takeFirst().act(*m_socket);
        }
    }

    RawSocket *m_socket;
    Steps m_steps;
    QByteArray m_received; // and not waited for yet
};

QByteArray octetsOf(const exchange::Store &store, exchange::ExchangeId id, int message)
{
    QByteArray result;
    store.readOctets(id, message, [&](const exchange::Octets &piece) {
        result += piece.octets;
        return true;
    });
    return result;
}

QByteArray around(const QByteArray &octets, qsizetype at)
{
    return octets.mid(std::max<qsizetype>(at - 20, 0), 60).toPercentEncoding(" /:");
}

} // namespace

TapStore::TapStore(StoreKind kind)
{
    if (kind == StoreKind::Memory) {
        auto store = std::make_unique<exchange::MemoryStore>();
        m_sink = store.get();
        m_store = std::move(store);
        return;
    }
    auto store = std::make_unique<store::ExchangeStore>();
    if (const store::FileError error
        = store->open(m_folder.filePath(QStringLiteral("tap.headrace"))))
        qFatal("no session file");
    m_sink = store.get();
    m_flush = [store = store.get()] { store->flush(); };
    m_store = std::move(store);
}

TapStore::~TapStore() = default;

bool TapStore::allEnded() const
{
    if (m_flush)
        m_flush();
    const QList<exchange::Summary> summaries = m_store->summaries(m_store->ids());
    return std::none_of(summaries.begin(), summaries.end(),
        [](const exchange::Summary &summary) { return summary.state == exchange::State::Active; });
}

exchange::Exchange TapStore::exchange(qsizetype index) const
{
    return m_store->exchange(m_store->ids().at(index)).value();
}

Step sending(const QByteArray &octets, const QByteArray &until)
{
    return { until, [octets](RawSocket &socket) { socket.send(octets); } };
}

Step sendingSingly(const QByteArray &octets, const QByteArray &until)
{
    return { until, [octets](RawSocket &socket) { socket.sendSingly(octets); } };
}

Step finishing(const QByteArray &until)
{
    return { until, [](RawSocket &socket) { socket.finish(); } };
}

Step resetting(const QByteArray &until)
{
    return { until, [](RawSocket &socket) { socket.reset(); } };
}

void play(RawSocket *socket, const Steps &steps) { new Player(socket, steps); }

QList<Recorded> recordedConnections(const exchange::Store &store)
{
    std::map<quint64, Recorded> connections;
    const QList<exchange::ExchangeId> ids = store.ids();
    for (const exchange::ExchangeId id : ids) {
        const auto exchange = store.exchange(id, 0);
        if (!exchange)
            continue;
        Recorded &recorded = connections[exchange->connection.id];
        ++recorded.exchanges;
        recorded.request += octetsOf(store, id, -1);
        for (int interim = 1; interim <= exchange->interim.size(); ++interim)
            recorded.response += octetsOf(store, id, interim);
        recorded.response += octetsOf(store, id, 0);
    }
    QList<Recorded> result;
    for (const auto &[id, recorded] : connections)
        result.append(recorded);
    return result;
}

QByteArray difference(const QByteArray &recorded, const QByteArray &passed, Agreement agreement)
{
    const bool agrees = agreement == Agreement::Whole ? recorded == passed
        : agreement == Agreement::ReadSoFar           ? passed.startsWith(recorded)
                                                      : recorded.startsWith(passed);
    if (agrees)
        return {};
    const qsizetype at
        = std::mismatch(recorded.begin(), recorded.end(), passed.begin(), passed.end()).first
        - recorded.begin();
    return QByteArray::number(recorded.size()) + " recorded, " + QByteArray::number(passed.size())
        + " passed, different from " + QByteArray::number(at) + ":\nrecorded "
        + around(recorded, at) + "\npassed   " + around(passed, at);
}

} // namespace headrace::test
