// Each pattern made on purpose, by the library against a scripted peer, as the recorder writes it.
// Source: as in tst_patterns.
#include <exchange/memorystore.h>
#include <exchange/patternmatcher.h>
#include <exchange/recorder.h>
#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

#include <rawpeer.h>
#include <sys/socket.h>
#include <talk.h>

#include <functional>

using namespace headrace::exchange;
using namespace headrace::http::test;
using namespace std::chrono_literals;
using headrace::http::Agent;
using headrace::http::AgentOptions;
using headrace::http::ClientRequest;
using headrace::http::Error;
using headrace::http::IncomingMessage;
using headrace::http::RequestOptions;
using headrace::http::Server;
using headrace::http::ServerResponse;
using headrace::http::Transport;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray complete = ok + "Content-Length: 2\r\n\r\nok";
const QByteArray partial = ok + "Content-Length: 9\r\n\r\nok";

using Use = std::function<void(ClientRequest *)>;
using Change = std::function<void(RequestOptions &)>;
using Prepare = std::function<void(Server &)>;

enum class Peer
{
    Stays,
    Closes,
    Resets
};
enum class Client
{
    Stays,
    Ends,
    Resets
};

void reset(QTcpSocket *socket)
{
    const linger atOnce { 1, 0 };
    ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket->abort();
}

/// Calls \a act at the first data of the response.
void inData(ClientRequest *request, std::function<void()> act)
{
    QObject::connect(request, &ClientRequest::response, request, [request, act](auto *response) {
        QObject::connect(response, &IncomingMessage::data, request, act);
    });
}

void onTimeout(ClientRequest *request, std::function<void()> act)
{
    QObject::connect(request, &ClientRequest::timedOut, request, std::move(act));
    request->end();
    request->setTimeout(20ms);
}

} // namespace

Q_DECLARE_METATYPE(Pattern)
Q_DECLARE_METATYPE(Peer)
Q_DECLARE_METATYPE(Client)
Q_DECLARE_METATYPE(Use)
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(Prepare)
Q_DECLARE_METATYPE(Handler)

class RecordedPatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void client_data();
    void client();
    void server_data();
    void server();
    void connectUnheard_isConnect();
};

void RecordedPatternsTest::client_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Peer>("peer");
    QTest::addColumn<Use>("use");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Pattern>("pattern");
    QTest::addColumn<QString>("departsFor"); ///< Empty: it follows the order.
    const auto row = [](const char *name, const QByteArray &answer, Peer peer, const Use &use,
                         Pattern pattern, const char *departsFor = "", const Change &change = {}) {
        QTest::newRow(name) << answer << peer << use << change << pattern
                            << QString::fromLatin1(departsFor);
    };
    const Use end = [](auto *request) { request->end(); };
    const auto method = [](const QByteArray &method, const QByteArray &path) {
        return Change([=](RequestOptions &options) {
            options.method = method;
            options.path = path;
        });
    };
    using enum Pattern;
    row("success", complete, Peer::Stays, end, Success);
    row("success until close", ok + "\r\nok", Peer::Closes, end, Success);
    row("success, interim", "HTTP/1.1 103 E\r\n\r\n" + complete, Peer::Stays, end, Success);
    row(
        "success, destroyed when all is there", complete, Peer::Stays,
        [](auto *request) {
            connect(request, &ClientRequest::response, request, [request] { request->destroy(); });
            request->end();
        },
        Success);
    row(
        "early answer", complete, Peer::Stays, [](auto *request) { request->write("x"); },
        EarlyAnswer, "", method("POST", "/"));
    row("refused port", "", Peer::Stays, end, ConnectionError, "", [](RequestOptions &options) {
        QTcpServer unused;
        unused.listen(QHostAddress::LocalHost);
        options.port = unused.serverPort();
    });
    row("no such host", "", Peer::Stays, end, ConnectionError, "", [](RequestOptions &options) {
        options.host = QStringLiteral("name.example");
        options.lookup = [](const QString &, const auto &, auto answer) {
            Error error;
            error.code = headrace::http::ErrorCode::HostNotFound;
            error.message = QStringLiteral("getaddrinfo ENOTFOUND");
            answer(error, {});
        };
    });
    row("closed before", "", Peer::Closes, end, PrematureCloseBeforeResponse);
    row("closed in the head", "HTTP/1.1 20", Peer::Closes, end, PrematureCloseBeforeResponse);
    row("closed after interim", "HTTP/1.1 102 P\r\n\r\n", Peer::Closes, end,
        PrematureCloseBeforeResponse);
    row("reset before", "", Peer::Resets, end, PrematureCloseBeforeResponse);
    row("closed in the body", partial, Peer::Closes, end, PrematureCloseAfterResponse);
    row(
        "destroyed before socket", "", Peer::Stays, [](auto *request) { request->destroy(); },
        DestroyedBeforeSocket);
    const auto inSocket = [](auto act) {
        return Use([act](ClientRequest *request) {
            connect(request, &ClientRequest::socketAssigned, request, [=] { act(request); });
            request->end();
        });
    };
    const auto inFinish = [](auto act) {
        return Use([act](ClientRequest *request) {
            connect(request, &ClientRequest::finish, request, [=] { act(request); });
            request->end();
        });
    };
    const auto inBody = [](auto act) {
        return Use([act](ClientRequest *request) {
            inData(request, [=] { act(request); });
            request->end();
        });
    };
    const auto destroy = [](ClientRequest *request) { request->destroy(); };
    const auto destroyWithError = [](ClientRequest *request) {
        Error error;
        error.code = headrace::http::ErrorCode::Canceled;
        error.message = QStringLiteral("enough");
        request->destroy(error);
    };
    const auto abort = [](ClientRequest *request) { request->abort(); };
    row("destroyed before connect", "", Peer::Stays, inSocket(destroy), DestroyedBeforeConnection);
    row("destroyed before response", "", Peer::Stays, inFinish(destroy), DestroyedBeforeResponse);
    row("destroyed in the body", partial, Peer::Stays, inBody(destroy), DestroyedAfterResponse);
    row("destroyed in the body, with error", partial, Peer::Stays, inBody(destroyWithError),
        DestroyedAfterResponse);
    // Its end comes before 'abort': the reference does the same, against its own text.
    row("aborted before socket", "", Peer::Stays, abort, AbortedBeforeSocket, "'abort'");
    row("aborted before connect", "", Peer::Stays, inSocket(abort), AbortedBeforeConnection);
    row("aborted before response", "", Peer::Stays, inFinish(abort), AbortedBeforeResponse);
    row("aborted in the body", partial, Peer::Stays, inBody(abort), AbortedAfterResponse);
    row(
        "timeout, destroyed", "", Peer::Stays,
        [=](auto *request) { onTimeout(request, [=] { destroy(request); }); }, Timeout);
    row(
        "timeout in the body, aborted", partial, Peer::Stays,
        [=](auto *request) { onTimeout(request, [=] { abort(request); }); }, Timeout);
    const QByteArray switching = "HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nabc";
    const Change upgrading = [](RequestOptions &options) {
        options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    };
    row(
        "upgrade", switching, Peer::Closes,
        [](auto *request) {
            connect(request, &ClientRequest::upgrade, request, [] {});
            request->end();
        },
        Upgrade, "", upgrading);
    row("upgrade, nobody listens", switching, Peer::Closes, end, Upgrade, "'upgrade'", upgrading);
    const Change connecting = method("CONNECT", "a.example:443");
    row(
        "connect", ok + "\r\n", Peer::Closes,
        [](auto *request) {
            connect(request, &ClientRequest::connectRequested, request, [] {});
            request->end();
        },
        Connect, "", connecting);
    row("connect, nobody listens", ok + "\r\n", Peer::Closes, end, Connect, "'connect'",
        connecting);
    row("not HTTP", "BREW coffee\r\n\r\n", Peer::Stays, end, ParseError);
    row("bad chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n", Peer::Stays, end,
        ParseError);
    row("garbage behind", complete + "garbage", Peer::Stays, end, ParseError);
}

void RecordedPatternsTest::client()
{
    QFETCH(QByteArray, answer);
    QFETCH(Peer, peer);
    QFETCH(Use, use);
    QFETCH(Change, change);
    QFETCH(Pattern, pattern);
    QFETCH(QString, departsFor);
    RawServer server([&](QTcpSocket *socket, const QByteArray &head) {
        const bool isWarming = head.startsWith("GET /warm ");
        socket->write(isWarming ? complete : answer);
        if (!isWarming && peer == Peer::Closes)
            socket->disconnectFromHost();
        else if (!isWarming && peer == Peer::Resets)
            reset(socket);
    });
    for (const bool isReused : { false, true }) {
        MemoryStore store;
        Recorder recorder(store, Source::Composer);
        AgentOptions agentOptions;
        agentOptions.keepAlive = isReused;
        Agent agent(agentOptions);
        RequestOptions options;
        options.host = QStringLiteral("127.0.0.1");
        options.port = server.port();
        options.agent = &agent;
        if (isReused) {
            // It is connected; and it would wait for the rest of the request.
            if (pattern == Pattern::ConnectionError || pattern == Pattern::DestroyedBeforeConnection
                || pattern == Pattern::AbortedBeforeConnection || pattern == Pattern::EarlyAnswer)
                return;
            options.path = "/warm";
            headrace::http::get(options);
            QTRY_COMPARE(agent.freeSockets().size(), 1);
        }
        options.path = "/";
        if (change)
            change(options);
        options.observer = &recorder;
        const QPointer<ClientRequest> request = headrace::http::request(options);
        connect(request, &ClientRequest::errorOccurred, this, [] {});
        connect(request, &ClientRequest::response, this, [this](IncomingMessage *response) {
            connect(response, &IncomingMessage::errorOccurred, this, [] {});
            response->resume();
        });
        use(request);
        QTRY_VERIFY(!request);
        QTRY_VERIFY(store.summary(1)->state != State::Active);
        const Exchange exchange = *store.exchange(1);
        QCOMPARE(name(exchange.summary.pattern), name(pattern));
        QCOMPARE(patternOf(exchange), pattern);
        const auto departure = departureOf(exchange);
        QCOMPARE(departure.value_or(Departure()).expected, departsFor);
    }
}

void RecordedPatternsTest::server_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<Handler>("handler");
    QTest::addColumn<Client>("client");
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<Pattern>("pattern");
    const auto row = [](const char *name, const QByteArray &octets, const Handler &handler,
                         Client client, Pattern pattern, const Prepare &prepare = {}) {
        QTest::newRow(name) << octets << handler << client << prepare << pattern;
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
            connect(request, &IncomingMessage::ended, response, [=] { response->end("ok"); });
        },
        Client::Stays, Success);
    row("success, expectation", closing("/", "Expect: 100-continue\r\n", "POST"), answer,
        Client::Stays, Success);
    row("expectation failed", closing("/", "Expect: x\r\n", "POST"), answer, Client::Stays,
        Success);
    row("checkContinue", closing("/", "Expect: 100-continue\r\n", "POST"), silent, Client::Stays,
        Success, [](Server &server) {
            connect(&server, &Server::checkContinue, &server,
                [](auto *, auto *response) { response->end("ok"); });
        });
    row("early answer", upload, answer, Client::Stays, EarlyAnswer);
    row("ended before", keeping(), silent, Client::Ends, ClientGoneBeforeAnswer);
    row("reset before", keeping(), silent, Client::Resets, ClientGoneBeforeAnswer);
    row("ended in the request", upload, reads, Client::Ends, ClientGoneBeforeAnswer);
    row("reset in the request", upload, reads, Client::Resets, ClientGoneBeforeAnswer);
    row("ended while", keeping(), begins, Client::Ends, ClientGoneWhileAnswering);
    row("reset while", keeping(), begins, Client::Resets, ClientGoneWhileAnswering);
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
    row(
        "timeout", keeping(),
        [](auto *, auto *response) {
            response->setTimeout(20ms);
            connect(response, &ServerResponse::timedOut, response, [=] { response->destroy(); });
        },
        Client::Stays, Timeout);
    row("upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", silent,
        Client::Stays, Upgrade, [](Server &server) {
            connect(&server, &Server::upgrade, &server,
                [](auto *, QIODevice *socket) { Transport::of(socket)->destroy(); });
        });
    row("connect", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", silent, Client::Stays, Connect,
        [](Server &server) {
            connect(&server, &Server::connectRequested, &server,
                [](auto *, QIODevice *socket) { Transport::of(socket)->destroy(); });
        });
}

void RecordedPatternsTest::server()
{
    QFETCH(QByteArray, octets);
    QFETCH(Handler, handler);
    QFETCH(Client, client);
    QFETCH(Prepare, prepare);
    QFETCH(Pattern, pattern);
    MemoryStore store;
    Recorder recorder(store, Source::Mock);
    Server server(handler);
    server.setObserver(&recorder);
    if (prepare)
        prepare(server);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient raw(server.serverPort());
    raw.send(octets);
    // The request has been handled: as long as somebody is to go, there is no answer to wait for.
    QTRY_COMPARE(store.count(), 1);
    if (pattern == Pattern::ClientGoneWhileAnswering)
        QTRY_VERIFY(!raw.received().isEmpty());
    else if (client != Client::Stays && pattern != Pattern::Refused)
        QTRY_VERIFY(!store.exchange(1)->events.isEmpty());
    if (client == Client::Ends)
        raw.finish();
    else if (client == Client::Resets)
        raw.reset();
    QTRY_VERIFY(store.summary(1)->state != State::Active);
    const Exchange exchange = *store.exchange(1);
    QCOMPARE(name(exchange.summary.pattern), name(pattern));
    QCOMPARE(patternOf(exchange), pattern);
    const auto departure = departureOf(exchange);
    QVERIFY2(!departure, qPrintable(departure.value_or(Departure()).expected));
}

/// A CONNECT that nobody listens for: the connection is closed without an event.
void RecordedPatternsTest::connectUnheard_isConnect()
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

QTEST_GUILESS_MAIN(RecordedPatternsTest)
#include "tst_recordedpatterns.moc"
