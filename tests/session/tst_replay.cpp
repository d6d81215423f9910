#include "replayfixture.h"

#include <exchange/memorystore.h>
#include <exchange/patternmatcher.h>
#include <store/exchangestore.h>

#include <QDateTime>
#include <QTemporaryDir>
#include <QTimer>

using namespace replaytest;

/// Recorded requests, sent again: what goes out, and when.
class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void request_goesOutOctetForOctet()
    {
        RawServer server(RawServer::to(Answer));
        MemoryStore store;
        const ExchangeId id = add(store, hostOf(server), { { get("/a?b=%zz") } });
        Replay replay(store, store, 1 << 20);
        run(replay, { id });
        QCOMPARE(server.received, QByteArrayList { get("/a?b=%zz") });
        const ReplayItem item = replay.items().constFirst();
        QCOMPARE(item.state, ItemState::Done);
        QCOMPARE(item.recorded, id);
        QCOMPARE(item.bodies, Bodies::Same);
        const Exchange exchange = *store.exchange(item.replayed);
        QCOMPARE(exchange.summary.note, QStringLiteral("replay of #%1").arg(id));
        QCOMPARE(exchange.summary.state, exchange::State::Complete);
        QCOMPARE(exchange.summary.statusCode, 200);
        QCOMPARE(exchange.summary.host, hostOf(server));
        QCOMPARE(exchange.summary.target, QStringLiteral("/a?b=%zz"));
        QCOMPARE(name(exchange.summary.pattern), name(Pattern::Success));
        QVERIFY(!departureOf(exchange));
        QCOMPARE(exchange.request.raw(), get("/a?b=%zz"));
        QCOMPARE(exchange.response.raw(), Answer);
        QCOMPARE(exchange.connection.peerPort, server.serverPort());
        QVERIFY(exchange.timings.connectEnded >= 0 && exchange.timings.firstByte >= 0);
    }

    void chunks_stayAsTheyWereCut()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("0\r\nT: 1\r\n\r\n"))
                socket->write("HTTP/1.1 103 Early Hints\r\n\r\n" + Answer);
        });
        MemoryStore store;
        const QByteArrayList pieces {
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "03;x=1\r\nabc\r\n",
            "0002\r\nde\r\n", "0\r\nT: 1\r\n\r\n"
        };
        const ExchangeId id = add(store, hostOf(server), { pieces });
        Replay replay(store, store, 1 << 20);
        run(replay, { id });
        QCOMPARE(server.received, QByteArrayList { pieces.join() });
        const Exchange exchange = *store.exchange(replay.items().constFirst().replayed);
        QCOMPARE(exchange.request.raw(), pieces.join());
        QCOMPARE(exchange.request.chunks.size(), 3);
        QCOMPARE(exchange.request.chunks.constFirst().extensions, ";x=1");
        QCOMPARE(exchange.request.trailers.size(), 1);
        QCOMPARE(exchange.interim.size(), 1);
    }

    void request_ofAProxy_goesInOriginForm()
    {
        RawServer server(RawServer::to(Answer));
        MemoryStore store;
        const QByteArray rest
            = "Host: a.test\r\nProxy-Connection: keep-alive\r\n"
              "proxy-authorization: Basic eA==\r\n folded\r\nB: 1\r\n folded\r\n\r\n";
        const ExchangeId id = add(store, hostOf(server),
            { { "GET http://a.test/p?q HTTP/1.1\r\n" + rest }, 0, 0, Source::Proxy });
        const ExchangeId bare = add(store, hostOf(server),
            { { "OPTIONS http://a.test HTTP/1.1\r\n\r\n" }, 0, 0, Source::Proxy });
        Replay replay(store, store, 1 << 20);
        run(replay, { id, bare });
        QCOMPARE(server.received,
            (QByteArrayList { "GET /p?q HTTP/1.1\r\nHost: a.test\r\nB: 1\r\n folded\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n\r\n" }));
    }

    void otherOrigin_getsItsNameAsHost()
    {
        RawServer server(RawServer::to(Answer));
        MemoryStore store;
        const ExchangeId id = add(store, QStringLiteral("old.invalid"), { { get() } });
        Replay replay(store, store, 1 << 20);
        ReplayOptions options;
        options.origin = QStringLiteral("http://") + hostOf(server);
        run(replay, { id }, options);
        QByteArray expected = get();
        expected.replace("a.test ", hostOf(server).toLatin1());
        QCOMPARE(server.received, QByteArrayList { expected });
        options.keepsHost = true;
        run(replay, { id }, options);
        QCOMPARE(server.received.constLast(), get());
    }

    void serial_isOneAfterTheOther()
    {
        int open = 0;
        int most = 0;
        RawServer server([&](QTcpSocket *socket, const QByteArray &) {
            most = std::max(most, ++open);
            QTimer::singleShot(5, socket, [&open, socket] {
                --open;
                socket->write(Answer);
            });
        });
        MemoryStore store;
        QList<ExchangeId> ids;
        for (int i = 0; i < 8; ++i)
            ids += add(store, hostOf(server), { { get("/" + QByteArray::number(i)) } });
        std::reverse(ids.begin(), ids.end());
        Replay replay(store, store, 1 << 20);
        run(replay, ids);
        QCOMPARE(most, 1);
        QVERIFY(server.received.constFirst().startsWith("GET /7 ")); // in the order given
        QCOMPARE(server.connections, 8);
        ReplayOptions options;
        options.pace = ReplayOptions::Pace::Parallel;
        options.parallel = 4;
        run(replay, ids, options);
        QVERIFY(most > 1 && most <= 4);
        QCOMPARE(server.connections, 16);
    }

    /// As the replay's thread sent them: who reads here may be late.
    void recorded_keepsTheGaps()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("end"))
                socket->write(Answer);
        });
        MemoryStore store;
        const QByteArray head = "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\n";
        const ExchangeId first = add(store, hostOf(server), { { head, "abc", "end" }, 60'000, 0 });
        const ExchangeId second = add(store, hostOf(server), { { head, "abcend" }, 0, 300 });
        Replay replay(store, store, 1 << 20);
        ReplayOptions options;
        options.pace = ReplayOptions::Pace::Recorded;
        const QDateTime started = QDateTime::currentDateTimeUtc();
        run(replay, { second, first }, options);
        QCOMPARE(replay.items().constFirst().recorded, first);
        const Exchange paced = *store.exchange(replay.items().constFirst().replayed);
        const Exchange later = *store.exchange(replay.items().constLast().replayed);
        constexpr qint64 slack = 2000; // microseconds: two clocks
        const QList<Octets> &sent = paced.request.octets;
        QCOMPARE(sent.size(), 3);
        QVERIFY(sent.at(1).time - sent.at(0).time >= 60'000 - slack);
        QVERIFY(sent.at(2).time - sent.at(0).time >= 120'000 - slack);
        const qint64 wait = started.msecsTo(later.summary.began);
        QVERIFY2(wait >= 300 - slack / 1000, qPrintable(QString::number(wait)));
    }

    void answers_areCompared()
    {
        RawServer server(RawServer::to(Answer));
        MemoryStore store;
        Recorded other { { get() } };
        other.body = "HELLO";
        Recorded longer { { get() } };
        longer.body = "hello there";
        const QString host = hostOf(server);
        Replay replay(store, store, 1 << 20);
        run(replay,
            { add(store, host, { { get() } }), add(store, host, other), add(store, host, longer) });
        QList<Bodies> bodies;
        for (const ReplayItem &item : replay.items())
            bodies += item.bodies;
        QCOMPARE(bodies, (QList<Bodies> { Bodies::Same, Bodies::Different, Bodies::Different }));
    }

    void expectation_isWaitedFor()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
        });
        MemoryStore store;
        const QByteArray head
            = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
        Replay replay(store, store, 1 << 20);
        run(replay, { add(store, hostOf(server), { { head, "abc" } }) });
        QVERIFY(server.received.constFirst().startsWith(head));
        QCOMPARE(store.summary(replay.items().constFirst().replayed)->statusCode, 417);
    }

    // More than is read at once, out of memory and out of a file.
    void large_isStreamed()
    {
        constexpr qsizetype size = 6'000'000;
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("end"))
                socket->write(Answer);
        });
        QByteArrayList pieces { "POST / HTTP/1.1\r\nContent-Length: " + QByteArray::number(size + 3)
            + "\r\n\r\n" };
        for (qsizetype at = 0; at < size; at += 60'000)
            pieces += QByteArray(60'000, char('a' + at / 60'000 % 26));
        pieces += "end";
        MemoryStore memory;
        QTemporaryDir folder;
        store::ExchangeStore file;
        QVERIFY(!file.open(folder.filePath(QStringLiteral("a.headrace"))));
        Replay fromMemory(memory, memory, 1 << 20);
        Replay fromFile(file, file, 1 << 20);
        run(fromMemory, { add(memory, hostOf(server), { pieces }) });
        run(fromFile, { add(file, hostOf(server), { pieces }) });
        QCOMPARE(server.received.size(), 2);
        for (const QByteArray &received : std::as_const(server.received))
            QVERIFY(received == pieces.join());
    }

    void options_areChecked_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("none") << QString() << true;
        QTest::newRow("origin") << QStringLiteral("https://a.test:8443") << true;
        QTest::newRow("slash") << QStringLiteral("http://[::1]/") << true;
        QTest::newRow("path") << QStringLiteral("http://a.test/x") << false;
        QTest::newRow("user") << QStringLiteral("http://me:x@a.test") << false;
        QTest::newRow("scheme") << QStringLiteral("ftp://a.test") << false;
    }

    void options_areChecked()
    {
        QFETCH(QString, origin);
        QFETCH(bool, isGood);
        ReplayOptions options;
        options.origin = origin;
        QCOMPARE(problemOf(options).isEmpty(), isGood);
        options.pace = ReplayOptions::Pace::Parallel;
        options.parallel = 0;
        QVERIFY(!problemOf(options).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "tst_replay.moc"
