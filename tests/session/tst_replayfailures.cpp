#include "replayfixture.h"
#include "support/program.h"

#include <exchange/memorystore.h>
#include <exchange/patternmatcher.h>

#include <QProcess>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace replaytest;

namespace {

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

} // namespace

/// What goes wrong when requests are sent again, and how it ends.
class ReplayFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

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
};

QTEST_GUILESS_MAIN(ReplayFailuresTest)
#include "tst_replayfailures.moc"
