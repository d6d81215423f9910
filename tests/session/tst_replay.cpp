#include "support/program.h"
#include "support/rawserver.h"

#include <exchange/exchangebuilder.h>
#include <exchange/memorystore.h>
#include <exchange/patternmatcher.h>
#include <session/replay.h>
#include <store/exchangestore.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace headrace;
using namespace headrace::exchange;
using session::Replay;
using session::ReplayItem;
using session::ReplayOptions;
using ItemState = ReplayItem::State;
using Bodies = ReplayItem::Bodies;

namespace {

const QByteArray Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

struct Recorded
{
    QByteArrayList pieces; ///< The first is the head.
    qint64 gap = 0; ///< Microseconds between them.
    qint64 began = 0; ///< Milliseconds.
    Source source = Source::Composer;
    QByteArray body = "hello"; ///< Of its response.
};

/// As it would have been recorded when it was sent to \a host.
ExchangeId add(Sink &store, const QString &host, const Recorded &recorded)
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000 + recorded.began);
    summary.scheme = QStringLiteral("http");
    summary.host = host;
    summary.source = recorded.source;
    summary.state = exchange::State::Complete;
    const QByteArray &head = recorded.pieces.constFirst();
    exchange.request.startLine = head.left(head.indexOf("\r\n"));
    summary.method = QString::fromLatin1(head.left(head.indexOf(' ')));
    summary.statusCode = 200;
    qint64 time = 10;
    for (const QByteArray &piece : recorded.pieces) {
        exchange.request.octets.append({ time, time == 10 ? Part::Head : Part::Body, piece });
        time += recorded.gap + 1;
    }
    exchange.request.endTime = time;
    exchange.response.startLine = "HTTP/1.1 200 OK";
    exchange.response.statusCode = 200;
    exchange.response.octets = { { time, Part::Body, recorded.body } };
    exchange.response.bodyOctets = recorded.body.size();
    exchange.response.endTime = time;
    return tellExchange(store, exchange);
}

/// Answers over TLS, with a certificate that nobody trusts.
class TlsServer : public QTcpServer
{
public:
    TlsServer()
    {
        const QString arguments
            = QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
                             "-subj /CN=a.test -addext subjectAltName=IP:127.0.0.1");
        QProcess process;
        process.start(Program::tool(QStringLiteral("openssl")),
            arguments.split(u' ')
                + QStringList {
                    QStringLiteral("-keyout"), key(), QStringLiteral("-out"), certificate() });
        process.waitForFinished();
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
    }

    QByteArray received;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setLocalCertificate(certificate());
        socket->setPrivateKey(key(), QSsl::Ec);
        socket->startServerEncryption();
        connect(socket, &QIODevice::readyRead, this, [this, socket] {
            received += socket->readAll();
            socket->write(Answer);
        });
    }

private:
    QString key() const { return m_folder.filePath(QStringLiteral("k.pem")); }

    QString certificate() const { return m_folder.filePath(QStringLiteral("c.pem")); }

    QTemporaryDir m_folder;
};

QByteArray get(const QByteArray &target = "/")
{
    return "GET " + target + " HTTP/1.1\r\nhOst:  a.test \r\nX-A: 1\r\nx-a:2\r\n\r\n";
}

} // namespace

class ReplayTest : public QObject
{
    Q_OBJECT

    static QString hostOf(const RawServer &server)
    {
        return QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
    }

    static void run(Replay &replay, const QList<ExchangeId> &ids, const ReplayOptions &options = {})
    {
        QSignalSpy finished(&replay, &Replay::finished);
        replay.start(ids, options);
        QVERIFY(replay.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
        QVERIFY(!replay.isRunning());
    }

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

    void recorded_keepsTheGaps()
    {
        QElapsedTimer clock;
        QList<qint64> times;
        RawServer server([&](QTcpSocket *socket, const QByteArray &received) {
            times += clock.elapsed();
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
        clock.start();
        run(replay, { second, first }, options);
        QCOMPARE(replay.items().constFirst().recorded, first);
        QVERIFY(times.size() >= 4);
        QVERIFY(times.at(1) - times.at(0) >= 50);
        QVERIFY(times.at(2) - times.at(1) >= 50);
        QVERIFY(times.at(3) >= 290);
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

    void what_cannotBeSent_isSkipped()
    {
        RawServer server(RawServer::to(Answer));
        MemoryStore store;
        const QString host = hostOf(server);
        const ExchangeId tunnel = add(store, host, { { "CONNECT a:443 HTTP/1.1\r\n\r\n" } });
        const ExchangeId cut = add(store, host, { { get() } });
        store.addUnkept(cut, -1, Part::Body, 10);
        const ExchangeId open = store.begin({});
        const ExchangeId lost = add(store, QStringLiteral("no host"), { { get() } });
        Replay replay(store, store, 1 << 20);
        run(replay, { tunnel, cut, open, lost, 77 });
        for (const ReplayItem &item : replay.items()) {
            QCOMPARE(item.state, ItemState::Skipped);
            QVERIFY(!item.problem.isEmpty());
            QCOMPARE(item.replayed, 0);
        }
        QCOMPARE(server.connections, 0);
    }

    void failure_isOfTheNewExchange_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Pattern>("pattern");
        const auto row
            = [](const char *name, const QByteArray &answer, const char *code, Pattern pattern) {
                  QTest::newRow(name) << answer << QString::fromLatin1(code) << pattern;
              };
        row("hung up", {}, "ECONNRESET", Pattern::PrematureCloseBeforeResponse);
        row("cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "ECONNRESET",
            Pattern::PrematureCloseAfterResponse);
        row("no HTTP", "SSH-2.0-OpenSSH\r\n", "HPE_INVALID_CONSTANT", Pattern::ParseError);
    }

    void failure_isOfTheNewExchange()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        QFETCH(Pattern, pattern);
        RawServer server([answer](QTcpSocket *socket, const QByteArray &) {
            socket->write(answer);
            socket->disconnectFromHost();
        });
        MemoryStore store;
        Replay replay(store, store, 1 << 20);
        run(replay, { add(store, hostOf(server), { { get() } }) });
        const ReplayItem &item = replay.items().constFirst();
        QCOMPARE(item.state, ItemState::Done);
        QCOMPARE(item.bodies, Bodies::Unknown);
        const Exchange exchange = *store.exchange(item.replayed);
        QCOMPARE(exchange.summary.errorCode, code);
        QCOMPARE(name(exchange.summary.pattern), name(pattern));
        QVERIFY(exchange.response.raw().startsWith(answer));
    }

    void refused_isAConnectionError()
    {
        QString host;
        {
            const RawServer gone(RawServer::to(Answer));
            host = hostOf(gone);
        }
        MemoryStore store;
        Replay replay(store, store, 1 << 20);
        run(replay, { add(store, host, { { get() } }) });
        const Summary summary = *store.summary(replay.items().constFirst().replayed);
        QCOMPARE(summary.errorCode, QStringLiteral("ECONNREFUSED"));
        QCOMPARE(name(summary.pattern), name(Pattern::ConnectionError));
    }

    void tls_isVerifiedUnlessItMustNot()
    {
        TlsServer server;
        MemoryStore store;
        Replay replay(store, store, 1 << 20);
        ReplayOptions options;
        options.origin = QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort());
        options.keepsHost = true;
        const ExchangeId id = add(store, QStringLiteral("a.test"), { { get() } });
        run(replay, { id }, options);
        Exchange exchange = *store.exchange(replay.items().constFirst().replayed);
        QCOMPARE(exchange.summary.errorCode, QStringLiteral("DEPTH_ZERO_SELF_SIGNED_CERT"));
        QCOMPARE(name(exchange.summary.pattern), name(Pattern::ConnectionError));
        QVERIFY(server.received.isEmpty());
        options.verifyCertificates = false;
        run(replay, { id }, options);
        exchange = *store.exchange(replay.items().constFirst().replayed);
        QCOMPARE(exchange.summary.statusCode, 200);
        QCOMPARE(exchange.summary.scheme, QStringLiteral("https"));
        QVERIFY(exchange.connection.tls && !exchange.connection.tls->protocol.isEmpty());
        QVERIFY(exchange.timings.tlsEnded > 0);
        QCOMPARE(server.received, get());
    }

    void silence_isTimedOut()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        MemoryStore store;
        Replay replay(store, store, 1 << 20);
        ReplayOptions options;
        options.timeout = std::chrono::milliseconds(50);
        run(replay, { add(store, hostOf(server), { { get() } }) }, options);
        const Summary summary = *store.summary(replay.items().constFirst().replayed);
        QCOMPARE(summary.errorCode, QStringLiteral("ETIMEDOUT"));
        QCOMPARE(name(summary.pattern), name(Pattern::Timeout));
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

    void cancel_endsWhatRunsAndWhatWaits()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        MemoryStore store;
        const QString host = hostOf(server);
        Replay replay(store, store, 1 << 20);
        QSignalSpy finished(&replay, &Replay::finished);
        replay.start({ add(store, host, { { get() } }), add(store, host, { { get() } }) }, {});
        QTRY_COMPARE(server.received.size(), 1);
        replay.cancel();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(replay.items().at(0).state, ItemState::Done);
        QCOMPARE(store.summary(replay.items().at(0).replayed)->state, exchange::State::Canceled);
        QCOMPARE(replay.items().at(1).state, ItemState::Canceled);
    }

    void stop_endsAllAtOnce()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        MemoryStore store;
        const QString host = hostOf(server);
        Replay replay(store, store, 1 << 20);
        QSignalSpy finished(&replay, &Replay::finished);
        const QList<ExchangeId> ids { add(store, host, { { get() } }) };
        replay.start(ids, {});
        QTRY_COMPARE(server.received.size(), 1);
        QTRY_VERIFY(replay.items().at(0).replayed != 0);
        const ExchangeId id = replay.items().at(0).replayed;
        replay.stop();
        QCOMPARE(finished.size(), 1);
        QCOMPARE(store.summary(id)->state, exchange::State::Canceled);
        QCOMPARE(replay.items().at(0).state, ItemState::Done);
        replay.start(ids, {});
        QTRY_COMPARE(server.received.size(), 2);
        QTRY_VERIFY(replay.items().at(0).replayed > id);
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
