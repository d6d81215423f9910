// A server behind a plain TCP tap, talked to by scripted octets: what the recorder keeps of each direction of
// each connection, exchange by exchange, is what passed the tap, octet for octet.
#include "tapfixture.h"

#include <http/http.h>
#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace;
using namespace headrace::test;
using http::IncomingMessage;
using http::ServerResponse;

namespace {

using SetUp = std::function<void(http::Server &)>;
using Handler = http::Server::Listener;

const QByteArray keeping = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
const QByteArray closing = "GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
const QByteArray posting = "POST / HTTP/1.1\r\nHost: t\r\n";
const QByteArray upgrading
    = "GET /chat HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
const QByteArray connecting = "CONNECT far:443 HTTP/1.1\r\nHost: far:443\r\n\r\n";
const QByteArray switching
    = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
constexpr qsizetype large = 32 * 1024 * 1024;

SetUp handling(const Handler &handler)
{
    return [handler](http::Server &server) {
        QObject::connect(&server, &http::Server::request, &server, handler);
    };
}

SetUp answering(const QByteArray &body = "answer")
{
    return handling([body](IncomingMessage *request, ServerResponse *response) {
        request->resume();
        response->end(body);
    });
}

// As answering(), when all of the request has come.
SetUp answeringLater(const std::function<void(ServerResponse *)> &answer)
{
    return handling([answer](IncomingMessage *request, ServerResponse *response) {
        QObject::connect(
            request, &IncomingMessage::ended, response, [answer, response] { answer(response); });
        request->resume();
    });
}

void echo(QIODevice *socket)
{
    QObject::connect(
        socket, &QIODevice::readyRead, socket, [socket] { socket->write(socket->readAll()); });
    QObject::connect(socket, &QIODevice::readChannelFinished, socket, [socket] {
        socket->write("and the end"); // which the peer reads though it has ended its direction
        socket->close();
    });
}

template <typename Signal>
SetUp tunnelling(Signal signal, const QByteArray &head)
{
    return [signal, head](http::Server &server) {
        QObject::connect(&server, signal, &server,
            [head](IncomingMessage *, QIODevice *socket, const QByteArray &first) {
                socket->write(head);
                socket->write(first);
                echo(socket);
            });
    };
}

QByteArray chunked(const QByteArray &end = "0\r\n\r\n")
{
    return posting + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "5;name=\"v;w\";flag\r\nhello\r\n3\r\nyou\r\n" + end;
}

} // namespace

Q_DECLARE_METATYPE(SetUp)

class TapServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void recorded_isWhatPassed_data();
    void recorded_isWhatPassed();

private:
    static void addMessages();
    static void addTunnels();
    static void addMalformed();
    static void addAborted();
};

void TapServerTest::initTestCase_data()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("in memory") << StoreKind::Memory;
    QTest::newRow("in a file") << StoreKind::File;
}

void TapServerTest::addMessages()
{
    const auto row = [](const char *name, const SetUp &setUp, const Steps &steps,
                         int exchanges = 1) {
        QTest::newRow(name) << setUp << steps << exchanges << Agreement::Whole << Agreement::Whole;
    };
    row("with a length", answering(),
        { sending(posting + "Connection: close\r\nContent-Length: 4\r\n\r\nbody") });
    row("until close", handling([](auto *, auto *response) {
        response->write("some ");
        response->end("more");
    }),
        { sending("GET / HTTP/1.0\r\n\r\n") });
    row("chunks with extensions", answering(), { sending(chunked()) });
    row("trailers", answeringLater([](ServerResponse *response) {
        response->write("one");
        response->write("two");
        QVERIFY(!response->addTrailers({ { "X-T", "1" }, { "X-U", "2" } }));
        response->end();
    }),
        { sending(chunked("0\r\nX-Sum:  7 \r\nx-sum: 8\r\n\r\n")) });
    row("100 Continue", answeringLater([](ServerResponse *response) { response->end("got it"); }),
        { sending(
              posting + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"),
            sending("body", "100 Continue\r\n\r\n") });
    row("102, 103 and 199", handling([](auto *, auto *response) {
        response->writeProcessing();
        QVERIFY(!response->writeInformation(103, { { "Link", "</a>; rel=preload" } }));
        QVERIFY(!response->writeInformation(199, {}, "Own"));
        response->end("answer");
    }),
        { sending(closing) });
    row("HEAD, 204, 304", handling([](IncomingMessage *request, ServerResponse *response) {
        if (request->method() != "HEAD")
            response->setStatusCode(request->url().mid(1).toInt());
        response->end(request->method() == "HEAD" ? "no body" : "");
    }),
        { sending("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n"),
            sending("GET /204 HTTP/1.1\r\nHost: t\r\n\r\n", "\r\n\r\n"),
            sending("GET /304 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", "\r\n\r\n") },
        3);
    row("three pipelined", answering(),
        { sending(keeping + posting + "Content-Length: 3\r\n\r\nabc" + closing) }, 3);
    row("three pipelined, answered later", answeringLater([](ServerResponse *response) {
        QMetaObject::invokeMethod(
            response, [response] { response->end("late"); }, Qt::QueuedConnection);
    }),
        { sending(keeping + posting + "Content-Length: 3\r\n\r\nabc" + closing) }, 3);
    row("empty lines around", answering(),
        { sending("\r\n\n" + keeping), sending("\r\n\r\n" + closing + "\r\n", "answer") }, 3);
    row("octet by octet", answeringLater([](ServerResponse *response) { response->end("got it"); }),
        { sendingSingly(chunked("0\r\nX-Sum: 7\r\n\r\n")) });
    row("large up", answeringLater([](ServerResponse *response) { response->end("got it"); }),
        { sending(posting + "Connection: close\r\nContent-Length: " + QByteArray::number(large)
            + "\r\n\r\n" + QByteArray(large, 'u')) });
    row("large down", answering(QByteArray(large, 'd')), { sending(closing) });
}

void TapServerTest::addTunnels()
{
    const auto row = [](const char *name, const SetUp &setUp, const Steps &steps) {
        QTest::newRow(name) << setUp << steps << 1 << Agreement::Whole << Agreement::Whole;
    };
    const SetUp upgrade = tunnelling(&http::Server::upgrade, switching);
    const SetUp connect = tunnelling(
        &http::Server::connectRequested, "HTTP/1.1 200 Connection Established\r\n\r\n");
    row("upgrade", upgrade, { sending(upgrading), sending("ping", "\r\n\r\n"), finishing("ping") });
    row("upgrade with octets behind the head", upgrade,
        { sending(upgrading + "early"), sending("ping", "early"), finishing("ping") });
    row("upgrade, octet by octet", upgrade,
        { sendingSingly(upgrading + "ping"), finishing("ping") });
    row("CONNECT", connect,
        { sending(connecting), sending("ping", "\r\n\r\n"), finishing("ping") });
    row("CONNECT, large", connect,
        { sending(connecting + QByteArray(large, 'x') + "END"), finishing("END") });
    row("upgrade refused by hand",
        tunnelling(
            &http::Server::upgrade, "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno"),
        { sending(upgrading), finishing("no") });
    row("upgrade answered by no HTTP", tunnelling(&http::Server::upgrade, "HTTP but not so"),
        { sending(upgrading), finishing("so") });
    row("upgrade destroyed",
        [](http::Server &server) {
            QObject::connect(&server, &http::Server::upgrade, &server,
                [](auto *, QIODevice *socket, auto &) { http::Transport::of(socket)->destroy(); });
        },
        { sending(upgrading) });
    row("CONNECT that nobody takes", answering(), { sending(connecting + "early") });
}

void TapServerTest::addMalformed()
{
    const auto row = [](const char *name, const Steps &steps, int exchanges = 1,
                         const SetUp &setUp = answering()) {
        QTest::newRow(name) << setUp << steps << exchanges << Agreement::Whole << Agreement::Whole;
    };
    row("garbage", { sending("\x16\x03\x01 what is this?\r\n\r\nmore") });
    // It is refused, and the connection closed, before the rest comes.
    QTest::newRow("garbage, octet by octet")
        << answering() << Steps { sendingSingly("BREW coffee\r\n") } << 1 << Agreement::ReadSoFar
        << Agreement::Whole;
    row("field", { sending("GET / HTTP/1.1\r\nB@d: 1\r\n\r\nrest") });
    row("field of the second", { sending(keeping + "GET / HTTP/1.1\r\nB@d: 1\r\n\r\nrest") }, 2);
    row("second request", { sending(keeping), sending("@@@ what\r\n\r\n", "answer") }, 2);
    row("chunk size", { sending(chunked("zz\r\nmore")) });
    row("body of unknown length",
        { sending(posting + "Transfer-Encoding: gzip\r\n\r\nwhatever it is") });
    row("behind the last request", { sending(closing + "GARBAGE") }, 2);
    row("request behind the last", { sending(closing + closing) }, 2);
    row("empty lines only", { sending("\r\n\r\n"), finishing() });
    row("many empty lines", { sending(QByteArray("\r\n").repeated(5000)), finishing() });
    row("empty line behind", { sending(keeping + "\r\n"), finishing("answer") }, 2);
    row("large head", { sending("GET / HTTP/1.1\r\nX: " + QByteArray(60'000, 'x')) });
    row("cut head", { sending("GET / HTT"), finishing() });
    row("cut body", { sending(posting + "Content-Length: 9\r\n\r\nbody"), finishing() });
    row("refused by hand", { sending("BREW coffee\r\n\r\n") }, 1, [](http::Server &server) {
        QObject::connect(&server, &http::Server::clientError, &server,
            [](const http::Error &, QIODevice *socket) {
                socket->write("HTTP/1.1 400 Sorry\r\nContent-Length: 3\r\n\r\nno\n");
                socket->close();
            });
    });
    row("greeting", { sending(closing, "hello") }, 2, [](http::Server &server) {
        answering()(server);
        QObject::connect(&server, &http::Server::connection, &server,
            [](QIODevice *socket) { socket->write("hello"); });
    });
}

void TapServerTest::addAborted()
{
    const auto row
        = [](const char *name, const SetUp &setUp, const Steps &steps, Agreement received,
              Agreement sent) { QTest::newRow(name) << setUp << steps << 1 << received << sent; };
    constexpr Agreement whole = Agreement::Whole;
    constexpr Agreement readSoFar = Agreement::ReadSoFar;
    constexpr Agreement leftSoFar = Agreement::LeftSoFar;
    const SetUp beginning = handling([](IncomingMessage *request, ServerResponse *response) {
        request->resume();
        response->write("begun");
    });
    // The server has read what came before the reset that the client makes: it has answered to it.
    row("by the client, in the body", beginning,
        { sending(posting + "Content-Length: 9\r\n\r\nbody"), resetting("begun") }, whole, whole);
    row("by the client, in a chunk", beginning,
        { sending(posting + "Transfer-Encoding: chunked\r\n\r\n9\r\nbody"), resetting("begun") },
        whole, whole);
    row("by the client, in the answer", handling([](auto *, ServerResponse *response) {
        response->write("begun");
        response->end(QByteArray(large, 'd'));
    }),
        { sending(keeping), resetting("begun") }, whole, leftSoFar);
    row("by the client, in a tunnel", tunnelling(&http::Server::upgrade, switching),
        { sending(upgrading + "ping"), resetting("ping") }, whole, whole);
    row(
        "by the client, in the head",
        [](http::Server &server) {
            QObject::connect(&server, &http::Server::connection, &server, [](QIODevice *socket) {
                QObject::connect(http::Transport::of(socket), &http::Transport::received, socket,
                    [socket] { socket->write("seen"); });
            });
        },
        { sending("GET / HT"), resetting("seen") }, whole, whole);

    const auto destroying = [](const QByteArray &first, bool isLater) {
        return handling([first, isLater](IncomingMessage *, ServerResponse *response) {
            if (!first.isEmpty())
                response->write(first);
            if (isLater)
                QMetaObject::invokeMethod(
                    response,
                    [response] {
                        const http::IoScope scope;
                        response->destroy();
                    },
                    Qt::QueuedConnection);
            else
                response->destroy();
        });
    };
    row("by the server, before the answer", destroying({}, false), { sending(keeping) }, whole,
        whole);
    row("by the server, with pipelined octets", destroying({}, false),
        { sending(posting + "Content-Length: 4\r\n\r\nbody") }, whole, whole);
    row("by the server, in the request", destroying({}, false),
        { sending(posting + "Content-Length: " + QByteArray::number(large) + "\r\n\r\n"
            + QByteArray(large, 'u')) },
        readSoFar, whole);
    row("by the server, in a chunk of the answer", destroying("begun", true), { sending(keeping) },
        whole, whole);
    // What is written in one go leaves in one go, when it is over: here it never leaves.
    row("by the server, at once", destroying("begun", false), { sending(keeping) }, whole,
        leftSoFar);
    row("by the server, in a large answer", destroying(QByteArray(large, 'd'), true),
        { sending(keeping) }, whole, leftSoFar);
}

void TapServerTest::recorded_isWhatPassed_data()
{
    QTest::addColumn<SetUp>("setUp");
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<int>("exchanges");
    QTest::addColumn<Agreement>("received");
    QTest::addColumn<Agreement>("sent");
    addMessages();
    addTunnels();
    addMalformed();
    addAborted();
}

void TapServerTest::recorded_isWhatPassed()
{
    QFETCH(SetUp, setUp);
    QFETCH(Steps, steps);
    QFETCH(int, exchanges);
    QFETCH(Agreement, received);
    QFETCH(Agreement, sent);
    QFETCH_GLOBAL(StoreKind, kind);
    TapStore store(kind);
    exchange::Recorder recorder(store.sink(), exchange::Source::Mock);
    http::Server server;
    server.setObserver(&recorder);
    setUp(server);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    Tap tap(server.serverPort());
    RawSocket *client = RawSocket::connectTo(tap.port(), &server);
    bool isClosed = false;
    connect(client, &RawSocket::closed, this, [&] { isClosed = true; });
    play(client, steps);
    QTRY_VERIFY_WITH_TIMEOUT(isClosed, 30'000);
    QTRY_COMPARE(tap.openCount(), 0);
    QTRY_COMPARE(server.connectionCount(), 0);
    QTRY_VERIFY(store.allEnded());

    const QList<Recorded> connections = recordedConnections(store.store());
    QCOMPARE(connections.size(), 1);
    const Tap::Passed &passed = tap.connections().front();
    QCOMPARE(difference(connections.first().request, passed.up, received), "");
    QCOMPARE(difference(connections.first().response, passed.down, sent), "");
    QCOMPARE(connections.first().exchanges, exchanges);
}

QTEST_GUILESS_MAIN(TapServerTest)
#include "tst_tapserver.moc"
