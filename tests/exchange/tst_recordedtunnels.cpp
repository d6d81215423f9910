// What a recorder keeps of tunnels, and of octets that belong to no exchange.
#include <exchange/memorystore.h>
#include <exchange/recorder.h>

#include <QTest>

using namespace headrace;
using namespace headrace::exchange;
using Way = http::Direction;
using http::SocketPhase;
using wire::MessagePart;

namespace {

constexpr http::MonotonicTime beginning = 5'000'000'000; // nanoseconds

http::MonotonicTime at(qint64 microseconds) { return beginning + microseconds * 1000; }

wire::Head headOf(const QByteArray &octets, wire::MessageKind kind)
{
    wire::MessageParser parser(kind);
    parser.feed(octets);
    for (;;) {
        switch (parser.next()) {
        case wire::MessageParser::Event::Head:
            return parser.takeHead();
        case wire::MessageParser::Event::Fault:
        case wire::MessageParser::Event::NeedMore:
            qFatal("no head");
        default:
            break;
        }
    }
}

const QByteArray upgrading
    = "GET / HTTP/1.1\r\nHost: t\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
const QByteArray connecting = "CONNECT far:1 HTTP/1.1\r\nHost: far:1\r\n\r\n";
const QByteArray switching = "HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
const QByteArray established = "HTTP/1.1 200 Go\r\n\r\n";

} // namespace

class RecordedTunnelsTest : public QObject
{
    Q_OBJECT

private:
    static constexpr http::ConnectionId connection = 3;

    struct Recording
    {
        MemoryStore store;
        Recorder recorder { store, Source::Mock };

        void begin(http::ExchangeId id, bool isClient, const QByteArray &method = {})
        {
            http::ExchangeStart start;
            start.exchange = id;
            start.connection = isClient ? 0 : connection;
            start.isClient = isClient;
            start.isSecure = true;
            start.method = method;
            start.host = QStringLiteral("127.0.0.1");
            start.port = 8443;
            start.time = beginning;
            recorder.exchangeBegan(start);
            recorder.socketAssigned(id,
                { connection, false, QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.2"), 8443,
                    5000 },
                at(0));
        }

        void octets(
            http::ExchangeId id, Way way, MessagePart part, const QByteArray &octets, qint64 time)
        {
            recorder.octets(id, connection, way, part, octets, at(time));
        }

        void head(http::ExchangeId id, Way way, const QByteArray &octets, wire::MessageKind kind,
            qint64 time)
        {
            this->octets(id, way, MessagePart::Head, octets, time);
            recorder.headComplete(id, way, headOf(octets, kind), at(time));
        }

        void close(http::ExchangeId id, qint64 time)
        {
            recorder.socketPhase(id, connection, SocketPhase::Closed, at(time));
            if (id != 0)
                recorder.exchangeEnded(id, at(time));
        }

        Exchange exchange(qsizetype index = 0) const
        {
            return *store.exchange(store.ids().at(index));
        }
    };

private Q_SLOTS:

    void tunnel_goesOnUntilItCloses_data()
    {
        QTest::addColumn<bool>("isClient");
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("client, upgrade") << true << upgrading << switching;
        QTest::newRow("client, CONNECT") << true << connecting << established;
        QTest::newRow("server, upgrade") << false << upgrading << switching;
        QTest::newRow("server, CONNECT") << false << connecting << established;
    }

    void tunnel_goesOnUntilItCloses()
    {
        QFETCH(bool, isClient);
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, response);
        const Way up = isClient ? Way::Sent : Way::Received;
        const Way down = isClient ? Way::Received : Way::Sent;
        Recording r;
        r.begin(17, isClient, isClient ? request.first(request.indexOf(' ')) : QByteArray());
        r.head(17, up, request, wire::MessageKind::Request, 10);
        r.recorder.messageComplete(17, up, at(11));
        r.head(17, down, response, wire::MessageKind::Response, 20);
        r.octets(17, down, MessagePart::Tunnel, "hello", 30);
        r.octets(17, up, MessagePart::Tunnel, "ping", 40);
        r.octets(17, down, MessagePart::Tunnel, "pong", 50);

        Exchange e = r.exchange();
        QCOMPARE(e.summary.state, State::Active);
        QCOMPARE(e.request.raw(), request + "ping"); // at once, not with what comes next
        QCOMPARE(e.response.raw(), response + "hellopong");
        QCOMPARE(e.request.joined(Part::Tunnel), "ping");
        QCOMPARE(e.response.octets.last().part, Part::Tunnel);
        QCOMPARE(e.response.octets.last().time, 50);

        r.close(17, 60);
        e = r.exchange();
        QCOMPARE(e.summary.state, State::Complete);
        QVERIFY(!e.failure);
        QCOMPARE(e.summary.statusCode, response.mid(9, 3).toInt());
        QCOMPARE(e.summary.duration, 60);
        QCOMPARE(e.timings.requestSent, 11); // of the request, not of the tunnel
        QCOMPARE(e.timings.firstByte, 20);
        QCOMPARE(e.timings.ended, 60);
        QCOMPARE(e.request.endTime, 11);
        QCOMPARE(e.response.endTime, 20);
        QCOMPARE(e.summary.responseBodyOctets, 0);
        QCOMPARE(e.response.wireOctets, response.size() + 9);
        QCOMPARE(e.events.last().name, QStringLiteral("closed"));
    }

    void tunnel_fails_isFailed()
    {
        Recording r;
        r.begin(17, false);
        r.head(17, Way::Received, upgrading, wire::MessageKind::Request, 10);
        r.recorder.messageComplete(17, Way::Received, at(11));
        r.head(17, Way::Sent, switching, wire::MessageKind::Response, 20);
        r.recorder.failed(17,
            { wire::ErrorCode::ConnectionReset, QStringLiteral("read ECONNRESET"), -1, {} },
            at(30));
        r.close(17, 30);
        QCOMPARE(r.exchange().summary.state, State::Failed);
        QCOMPARE(r.exchange().summary.errorCode, QStringLiteral("ECONNRESET"));
    }

    void tunnel_withoutAnAnswer_isFailed()
    {
        Recording r;
        r.begin(17, false);
        r.head(17, Way::Received, upgrading, wire::MessageKind::Request, 10);
        r.recorder.messageComplete(17, Way::Received, at(11));
        r.octets(17, Way::Sent, MessagePart::Tunnel, "no HTTP", 20);
        r.close(17, 30);
        QCOMPARE(r.exchange().summary.state, State::Failed);
        QCOMPARE(r.exchange().response.raw(), "no HTTP");
    }

    void tunnel_overTheLimit_countsGoOn()
    {
        Recording r;
        r.recorder.setMessageLimit(1000);
        r.begin(17, false);
        r.head(17, Way::Received, upgrading, wire::MessageKind::Request, 10);
        for (int i = 0; i < 100; ++i)
            r.octets(17, Way::Received, MessagePart::Tunnel, QByteArray(100, 'x'), 20 + i);
        r.close(17, 200);
        const Exchange e = r.exchange();
        QVERIFY(e.request.isTruncated);
        QVERIFY(e.request.raw().size() <= 1000);
        QCOMPARE(e.request.wireOctets, upgrading.size() + 10'000);
    }

    void endAll_endsTunnels()
    {
        Recording r;
        r.begin(17, false);
        r.head(17, Way::Received, upgrading, wire::MessageKind::Request, 10);
        r.octets(0, Way::Received, MessagePart::Unparsed, "stray", 20);
        r.recorder.endAll();
        QCOMPARE(r.exchange(0).summary.state, State::Canceled);
        QCOMPARE(r.exchange(1).summary.state, State::Failed);
        r.octets(17, Way::Received, MessagePart::Tunnel, "late", 30);
        QCOMPARE(r.exchange(0).request.raw(), upgrading);
    }

    void octetsOfNoExchange_areOne_data()
    {
        QTest::addColumn<bool>("isClient");
        QTest::newRow("client") << true;
        QTest::newRow("server") << false;
    }

    void octetsOfNoExchange_areOne()
    {
        QFETCH(bool, isClient);
        Recording r;
        QList<ExchangeId> told;
        r.recorder.setEndListener(
            [&](http::ExchangeId, ExchangeId stored) { told.append(stored); });
        r.begin(17, isClient, "GET");
        r.recorder.exchangeEnded(17, at(10));
        r.octets(0, Way::Received, MessagePart::Unparsed, "some", 20);
        r.octets(0, Way::Received, MessagePart::Unparsed, " more", 30);
        QCOMPARE(r.store.count(), 2);
        QCOMPARE(r.exchange(1).summary.state, State::Active);
        r.close(0, 40);

        const Exchange e = r.exchange(1);
        const Message &received = isClient ? e.response : e.request;
        QCOMPARE(received.raw(), "some more");
        QCOMPARE(received.octets.last().time, 10); // since the first of them
        QCOMPARE(received.octets.last().part, Part::Unparsed);
        QCOMPARE(e.summary.state, State::Failed);
        QCOMPARE(e.failure->code, QStringLiteral("EPROTO"));
        QCOMPARE(e.summary.source, Source::Mock);
        QCOMPARE(e.summary.scheme, QStringLiteral("https")); // as of the connection's exchanges
        QCOMPARE(e.summary.host, QStringLiteral("127.0.0.1:8443"));
        QCOMPARE(e.connection.id, connection);
        QCOMPARE(e.connection.peerPort, 5000);
        QCOMPARE(e.summary.duration, 20);
        QCOMPARE(told, r.store.ids().first(1)); // nobody waits for the other
    }

    void octetsOfNoExchange_endWithTheNextExchange()
    {
        Recording r;
        r.octets(0, Way::Sent, MessagePart::Unparsed, "hello", 1); // of a connection not known yet
        r.begin(17, false);
        QCOMPARE(r.exchange(0).summary.state, State::Failed);
        QCOMPARE(r.exchange(0).response.raw(), "hello");
        QCOMPARE(r.exchange(0).connection.id, connection);
        r.recorder.exchangeEnded(17, at(10));
        r.octets(0, Way::Received, MessagePart::Unparsed, "more", 20);
        QCOMPARE(r.store.count(), 3);
        QCOMPARE(r.exchange(2).request.raw(), "more");
    }

    void exchangeOfAClosedConnection_keepsItsId()
    {
        Recording r;
        http::ExchangeStart start;
        start.exchange = 17;
        start.connection = connection;
        start.isClient = false;
        start.time = beginning;
        r.recorder.exchangeBegan(start); // and no socket is assigned any more
        r.octets(17, Way::Received, MessagePart::Unparsed, "rest", 1);
        r.recorder.exchangeEnded(17, at(2));
        QCOMPARE(r.exchange().connection.id, connection);
    }
};

QTEST_GUILESS_MAIN(RecordedTunnelsTest)
#include "tst_recordedtunnels.moc"
