// Each pattern of a server made on purpose, by clients of plain octets, as the recorder writes it.
// Source: as in tst_patterns.
#include "patternchecks.h"

#include <exchange/memorystore.h>
#include <exchange/recorder.h>
#include <http/http.h>
#include <http/transport.h>

#include <QTest>
#include <QTimer>

#include <rawpeer.h>
#include <talk.h>

#include <functional>

using namespace headrace::exchange;
using namespace headrace::exchange::test;
using namespace headrace::http::test;
using namespace std::chrono_literals;
using headrace::http::IncomingMessage;
using headrace::http::Server;
using headrace::http::ServerResponse;
using headrace::http::Transport;

namespace {

using Prepare = std::function<void(Server &)>;

enum class Client
{
    Stays,
    Ends,
    Resets
};

/// What a client sends and does, and what it is to be named.
struct Row
{
    const char *name;
    QByteArray octets;
    Handler handler;
    Client client;
    Pattern pattern;
    Prepare prepare;
};

QList<Row> rowsOfServers()
{
    QList<Row> rows;
    const auto row = [&rows](const char *name, const QByteArray &octets, const Handler &handler,
                         Client client, Pattern pattern, const Prepare &prepare = {}) {
        rows.append({ name, octets, handler, client, pattern, prepare });
    };
    const Handler answer = [](auto *, auto *response) { response->end("ok"); };
    const Handler silent = [](auto *, auto *) {};
    const Handler begins = [](auto *, auto *response) { response->write("a"); };
    const Handler reads = [](auto *request, auto *) { request->resume(); };
    const QByteArray upload = closing("/", "Content-Length: 9\r\n", "POST") + "abc";
    using enum Pattern;
    row("success", closing(), answer, Client::Stays, Success);
    row(
        "success, request read", closing("/", "Content-Length: 3\r\n", "POST") + "abc",
        [](auto *request, auto *response) {
            request->resume();
            QObject::connect(
                request, &IncomingMessage::ended, response, [=] { response->end("ok"); });
        },
        Client::Stays, Success);
    row("success, expectation", closing("/", "Expect: 100-continue\r\n", "POST"), answer,
        Client::Stays, Success);
    row("expectation failed", closing("/", "Expect: x\r\n", "POST"), answer, Client::Stays,
        Success);
    row("checkContinue", closing("/", "Expect: 100-continue\r\n", "POST"), silent, Client::Stays,
        Success, [](Server &server) {
            QObject::connect(&server, &Server::checkContinue, &server,
                [](auto *, auto *response) { response->end("ok"); });
        });
    row("early answer", upload, answer, Client::Stays, EarlyAnswer);
    row("ended before", keeping(), silent, Client::Ends, ClientGoneBeforeAnswer);
    row("reset before", keeping(), silent, Client::Resets, ClientGoneBeforeAnswer);
    row("ended in the request", upload, reads, Client::Ends, ClientGoneBeforeAnswer);
    row("reset in the request", upload, reads, Client::Resets, ClientGoneBeforeAnswer);
    row("ended while", keeping(), begins, Client::Ends, ClientGoneWhileAnswering);
    row("reset while", keeping(), begins, Client::Resets, ClientGoneWhileAnswering);
    row("checkExpectation", closing("/", "Expect: x\r\n", "POST"), silent, Client::Stays, Success,
        [](Server &server) {
            QObject::connect(&server, &Server::checkExpectation, &server,
                [](auto *, auto *response) { response->end("ok"); });
        });
    row(
        "success, begun and ended later", closing(),
        [](auto *, auto *response) {
            response->write("a");
            QTimer::singleShot(0, response, [response] { response->end("b"); });
        },
        Client::Stays, Success);
    row("head too large", "GET / HTTP/1.1\r\nX: " + QByteArray(100'000, 'x'), answer, Client::Stays,
        Refused);
    row("not HTTP", "@@@\r\n\r\n", answer, Client::Stays, Refused);
    row("cut head", "GET / HTT", answer, Client::Ends, Refused);
    row("bad chunk",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n", reads,
        Client::Stays, Refused);
    row("too slow", "GET / HTT", answer, Client::Stays, Refused,
        [](Server &server) { server.setRequestTimeout(20ms); });
    row(
        "destroyed", keeping(), [](auto *, auto *response) { response->destroy(); }, Client::Stays,
        ResponseNotEnded);
    row("timeout that nobody hears", keeping(), silent, Client::Stays, ResponseNotEnded,
        [](Server &server) { server.setTimeout(20ms); });
    row("timeout that the server hears", keeping(), silent, Client::Stays, Timeout,
        [](Server &server) {
            server.setTimeout(20ms);
            QObject::connect(&server, &Server::timedOut, &server,
                [](QIODevice *socket) { Transport::of(socket)->destroy(); });
        });
    row(
        "timeout", keeping(),
        [](auto *, auto *response) {
            response->setTimeout(20ms);
            QObject::connect(
                response, &ServerResponse::timedOut, response, [=] { response->destroy(); });
        },
        Client::Stays, Timeout);
    row("upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", silent,
        Client::Stays, Upgrade, [](Server &server) {
            QObject::connect(&server, &Server::upgrade, &server,
                [](auto *, QIODevice *socket) { Transport::of(socket)->destroy(); });
        });
    row("connect", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", silent, Client::Stays, Connect,
        [](Server &server) {
            QObject::connect(&server, &Server::connectRequested, &server,
                [](auto *, QIODevice *socket) { Transport::of(socket)->destroy(); });
        });
    return rows;
}

} // namespace

class RecordedServerPatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void server_data();
    void server();
    void connectUnheard_isConnect();
    void eachPatternOfAServer_isProduced();
};

void RecordedServerPatternsTest::server_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Row> rows = rowsOfServers();
    for (qsizetype i = 0; i < rows.size(); ++i)
        QTest::newRow(rows.at(i).name) << i;
}

void RecordedServerPatternsTest::server()
{
    QFETCH(qsizetype, index);
    const Row row = rowsOfServers().at(index);
    MemoryStore store;
    Recorder recorder(store, Source::Mock);
    Server server(row.handler);
    server.setObserver(&recorder);
    if (row.prepare)
        row.prepare(server);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient raw(server.serverPort());
    raw.send(row.octets);
    // The request has been handled: as long as somebody is to go, there is no answer to wait for.
    QTRY_COMPARE(store.count(), 1);
    if (row.pattern == Pattern::ClientGoneWhileAnswering)
        QTRY_VERIFY(!raw.received().isEmpty());
    else if (row.client != Client::Stays && row.pattern != Pattern::Refused)
        QTRY_VERIFY(!store.exchange(1)->events.isEmpty());
    if (row.client == Client::Ends)
        raw.finish();
    else if (row.client == Client::Resets)
        raw.reset();
    QTRY_VERIFY(store.summary(1)->state != State::Active);
    checkRecorded(*store.exchange(1), row.pattern, {});
}

/// A CONNECT that nobody listens for: the connection is closed without an event.
void RecordedServerPatternsTest::connectUnheard_isConnect()
{
    MemoryStore store;
    Recorder recorder(store, Source::Mock);
    Server server([](auto *, auto *) {});
    server.setObserver(&recorder);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient raw(server.serverPort());
    raw.send("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(store.count() == 1 && store.summary(1)->state != State::Active);
    const Exchange exchange = *store.exchange(1);
    QCOMPARE(patternOf(exchange), Pattern::Connect);
    QCOMPARE(departureOf(exchange)->expected, QStringLiteral("'connect'"));
}

/// All but Other: what real sockets do has a name.
void RecordedServerPatternsTest::eachPatternOfAServer_isProduced()
{
    QSet<int> produced;
    for (const Row &row : rowsOfServers())
        produced.insert(int(row.pattern));
    for (const Pattern pattern : { Pattern::Success, Pattern::EarlyAnswer, Pattern::Timeout,
             Pattern::Upgrade, Pattern::Connect })
        QVERIFY2(produced.contains(int(pattern)), qPrintable(displayName(pattern)));
    for (int i = int(Pattern::ClientGoneBeforeAnswer); i < int(Pattern::Other); ++i)
        QVERIFY2(produced.contains(i), qPrintable(displayName(Pattern(i))));
}

QTEST_GUILESS_MAIN(RecordedServerPatternsTest)
#include "tst_recordedserverpatterns.moc"
