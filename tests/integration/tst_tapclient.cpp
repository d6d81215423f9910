// A client before a plain TCP tap, behind which scripted octets answer: what the recorder keeps of each direction
// of each connection, exchange by exchange, is what passed the tap, octet for octet.
#include "tapfixture.h"

#include <http/http.h>
#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace headrace;
using namespace headrace::test;
using http::ClientRequest;
using http::IncomingMessage;

namespace {

/// The requests of a row, each made when the one before is over.
using Use = std::function<void(ClientRequest *)>;
using Uses = QList<Use>;

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray headEnd = "\r\n\r\n";
const QByteArray switching
    = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
constexpr qsizetype large = 32 * 1024 * 1024;

QByteArray sized(const QByteArray &body)
{
    return ok + "Content-Length: " + QByteArray::number(body.size()) + headEnd + body;
}

QByteArray chunked(const QByteArray &end = "0\r\n\r\n")
{
    return ok + "Transfer-Encoding: chunked\r\n\r\n5;name=\"v;w\";flag\r\nhello\r\n3\r\nyou\r\n"
        + end;
}

void get(ClientRequest *request) { request->end(); }

void post(ClientRequest *request)
{
    request->write("up");
    request->end("load");
}

void destroyOnAnswer(ClientRequest *request)
{
    QObject::connect(request, &ClientRequest::response, request, [request] { request->destroy(); });
    request->end();
}

void destroyOnData(ClientRequest *request)
{
    QObject::connect(request, &ClientRequest::response, request, [request](auto *response) {
        QObject::connect(
            response, &IncomingMessage::data, request, [request] { request->destroy(); });
    });
    request->end();
}

// Says "ping", and the end when the peer has said "bye".
void talk(QIODevice *socket, const QByteArray &first)
{
    const auto come = std::make_shared<QByteArray>(first);
    const auto look = [socket, come] {
        come->append(socket->readAll());
        if (come->contains("bye"))
            socket->close();
        *come = come->last(std::min<qsizetype>(come->size(), 2));
    };
    QObject::connect(socket, &QIODevice::readyRead, socket, look);
    socket->write("ping");
    look();
}

void takeTunnel(ClientRequest *request)
{
    const auto take = [](IncomingMessage *, QIODevice *socket, const QByteArray &first) {
        talk(socket, first);
    };
    QObject::connect(request, &ClientRequest::upgrade, request, take);
    QObject::connect(request, &ClientRequest::connectRequested, request, take);
    request->end();
}

// The peer ends first: a client's socket ends with it, when what was written has left.
void takeTunnelToTheEnd(ClientRequest *request)
{
    QObject::connect(request, &ClientRequest::upgrade, request,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            QObject::connect(socket, &QIODevice::readyRead, socket, [socket] {
                if (socket->readAll().contains("bye"))
                    socket->write(QByteArray(large, 'u'));
            });
        });
    request->end();
}

} // namespace

Q_DECLARE_METATYPE(Uses)

class TapClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void recorded_isWhatPassed_data();
    void recorded_isWhatPassed();
    void idleConnection_octetsAreRecorded_data();
    void idleConnection_octetsAreRecorded();

private:
    static void addMessages();
    static void addTunnels();
    static void addMalformed();
    static void addAborted();
};

void TapClientTest::initTestCase_data()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("in memory") << StoreKind::Memory;
    QTest::newRow("in a file") << StoreKind::File;
}

void TapClientTest::addMessages()
{
    const auto row = [](const char *name, const Uses &uses, const Steps &steps,
                         const QByteArray &method = "GET") {
        QTest::newRow(name) << uses << steps << method << int(uses.size()) << Agreement::Whole
                            << Agreement::Whole;
    };
    row("with a length", { get }, { sending(sized("answer"), headEnd) });
    row("until close", { get }, { sending(ok + "\r\nall of it", headEnd), finishing() });
    row("chunks with extensions", { post }, { sending(chunked(), "0\r\n\r\n") }, "POST");
    row("trailers", { [](ClientRequest *request) {
        request->write("up");
        QVERIFY(!request->addTrailers({ { "X-U", "2" } }));
        request->end("load");
    } },
        { sending(chunked("0\r\nX-Sum:  7 \r\nx-sum: 8\r\n\r\n"), "X-U: 2\r\n\r\n") }, "POST");
    row("100 Continue", { [](ClientRequest *request) {
        QVERIFY(!request->setHeader("Expect", "100-continue"));
        request->flushHeaders();
        QObject::connect(request, &ClientRequest::continued, request, [request] { post(request); });
    } },
        { sending("HTTP/1.1 100 Continue\r\n\r\n", headEnd),
            sending(sized("got it"), "0\r\n\r\n") },
        "POST");
    row("102, 103 and 199", { get },
        { sending("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                  "HTTP/1.1 199 Own\r\n\r\n"
                + sized("answer"),
            headEnd) });
    row("HEAD", { get }, { sending(ok + "Content-Length: 9\r\n\r\n", headEnd) }, "HEAD");
    row("204", { get }, { sending("HTTP/1.1 204 No Content\r\n\r\n", headEnd) });
    row("304", { get },
        { sending("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", headEnd) });
    row("three on one connection", { get, get, get },
        { sending(sized("one"), headEnd), sending(chunked(), headEnd),
            sending(sized("3"), headEnd) });
    row("octet by octet", { get, get },
        { sendingSingly(
              "HTTP/1.1 103 Early Hints\r\n\r\n" + chunked("0\r\nX-Sum: 7\r\n\r\n"), headEnd),
            sendingSingly(sized("two"), headEnd) });
    row("large up",
        { [](ClientRequest *request) { request->end(QByteArray(large, 'u') + "END"); } },
        { sending(sized("got it"), "END") }, "POST");
    row("large down", { get }, { sending(sized(QByteArray(large, 'd')), headEnd) });
    row("both at a time", { [](ClientRequest *request) {
        request->write(QByteArray(large, 'u'));
        request->end("END");
    } },
        { sending(ok + "Content-Length: " + QByteArray::number(large + 4) + headEnd
                  + QByteArray(large, 'd'),
              headEnd),
            sending("over", "END") },
        "POST");
}

void TapClientTest::addTunnels()
{
    const auto row = [](const char *name, const Use &use, const Steps &steps,
                         const QByteArray &method = "GET") {
        QTest::newRow(name) << Uses { use } << steps << method << 1 << Agreement::Whole
                            << Agreement::Whole;
    };
    row("upgrade", takeTunnel,
        { sending(switching, headEnd), sending("pong", "ping"), sending("bye") });
    row("upgrade with octets behind the head", takeTunnel,
        { sending(switching + "early", headEnd), sending("bye", "ping") });
    row("upgrade, octet by octet", takeTunnel, { sendingSingly(switching + "pong bye", headEnd) });
    row("upgrade, the peer ends first", takeTunnelToTheEnd,
        { sending(switching, headEnd), sending("bye"), finishing() });
    row("upgrade that nobody takes", get, { sending(switching + "early", headEnd) });
    row("CONNECT", takeTunnel,
        { sending("HTTP/1.1 200 Go\r\n\r\n", headEnd), sending("bye", "ping") }, "CONNECT");
    row("CONNECT, large", takeTunnel,
        { sending("HTTP/1.1 200 Go\r\n\r\n", headEnd),
            sending(QByteArray(large, 'd') + "bye", "ping") },
        "CONNECT");
    row("CONNECT refused", takeTunnel,
        { sending("HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nbye", headEnd) }, "CONNECT");
}

void TapClientTest::addMalformed()
{
    const auto row = [](const char *name, const Steps &steps, int exchanges = 1) {
        QTest::newRow(name) << Uses { get } << steps << QByteArray("GET") << exchanges
                            << Agreement::Whole << Agreement::Whole;
    };
    row("garbage", { sending("BREW coffee\r\n\r\nmore", headEnd) });
    row("garbage before", { sending("\x01\x02" + sized("answer"), headEnd) });
    row("empty lines before", { sending("\r\n\r\n" + sized("answer"), headEnd) });
    row("status line", { sending("HTTP/1.1 20x OK\r\n\r\nmore", headEnd) });
    row("field", { sending(ok + "B@d: 1\r\n\r\nrest", headEnd) });
    row("field behind an interim response",
        { sending("HTTP/1.1 103 Early\r\n\r\n" + ok + "B@d: 1\r\n\r\nrest", headEnd) });
    row("chunk size", { sending(chunked("zz\r\nmore"), headEnd) });
    row("cut head", { sending("HTTP/1.1 200 O", headEnd), finishing() });
    row("cut body", { sending(ok + "Content-Length: 9\r\n\r\nbody", headEnd), finishing() });
    row("cut chunk",
        { sending(ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nbody", headEnd), finishing() });
    row("nothing", { finishing(headEnd) });
    row("garbage behind", { sending(sized("answer") + "GARBAGE", headEnd) });
    row("second response", { sending(sized("answer") + sized("another"), headEnd) });
    row("empty line behind", { sending(sized("answer") + "\r\n", headEnd) });
    row("behind the last",
        { sending(ok + "Connection: close\r\nContent-Length: 2\r\n\r\nokmore", headEnd) });
    row("before the request", { sending("too early"), finishing(headEnd) });
}

void TapClientTest::addAborted()
{
    const auto row = [](const char *name, const Use &use, const Steps &steps, Agreement received,
                         Agreement sent, const QByteArray &method = "GET") {
        QTest::newRow(name) << Uses { use } << steps << method << 1 << received << sent;
    };
    constexpr Agreement whole = Agreement::Whole;
    constexpr Agreement readSoFar = Agreement::ReadSoFar;
    constexpr Agreement leftSoFar = Agreement::LeftSoFar;
    // A reset overtakes what was sent before it.
    row("by the server, before the answer", get, { resetting(headEnd) }, whole, whole);
    row("by the server, in the head", get, { sending("HTTP/1.1 200 O", headEnd), resetting() },
        readSoFar, whole);
    row("by the server, in the body", get,
        { sending(ok + "Content-Length: 9\r\n\r\nbody", headEnd), resetting() }, readSoFar, whole);
    row("by the server, in a chunk", get,
        { sending(ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nbody", headEnd), resetting() },
        readSoFar, whole);
    row("by the server, in a tunnel", takeTunnel,
        { sending(switching + "early", headEnd), resetting("ping") }, whole, whole);
    row(
        "by the server, in a large request",
        [](ClientRequest *request) { request->end(QByteArray(large, 'u')); }, { resetting("uuu") },
        whole, leftSoFar, "POST");

    row("by the client, in the answer", destroyOnAnswer,
        { sending(ok + "Content-Length: 9\r\n\r\n", headEnd) }, whole, whole);
    row("by the client, in the answer, with octets behind", destroyOnAnswer,
        { sending(ok + "Content-Length: 9\r\n\r\nbody", headEnd) }, whole, whole);
    row("by the client, in the body", destroyOnData,
        { sending(ok + "Content-Length: 9\r\n\r\nbody", headEnd) }, whole, whole);
    row("by the client, in a chunk", destroyOnData,
        { sending(ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nbody", headEnd) }, whole, whole);
    row("by the client, in a large body", destroyOnData,
        { sending(sized(QByteArray(large, 'd')), headEnd) }, readSoFar, whole);
    row(
        "by the client, in the request",
        [](ClientRequest *request) {
            request->write("some", [request](const http::Error &) { request->destroy(); });
        },
        {}, whole, whole, "POST");
    row(
        "by the client, in a large request",
        [](ClientRequest *request) {
            request->write(QByteArray(large, 'u'));
            QObject::connect(
                request, &ClientRequest::response, request, [request] { request->destroy(); });
        },
        { sending(sized("enough"), "uuu") }, whole, leftSoFar, "POST");
}

void TapClientTest::recorded_isWhatPassed_data()
{
    QTest::addColumn<Uses>("uses");
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("exchanges");
    QTest::addColumn<Agreement>("received");
    QTest::addColumn<Agreement>("sent");
    addMessages();
    addTunnels();
    addMalformed();
    addAborted();
}

void TapClientTest::recorded_isWhatPassed()
{
    QFETCH(Uses, uses);
    QFETCH(Steps, steps);
    QFETCH(QByteArray, method);
    QFETCH(int, exchanges);
    QFETCH(Agreement, received);
    QFETCH(Agreement, sent);
    QFETCH_GLOBAL(StoreKind, kind);
    TapStore store(kind);
    exchange::Recorder recorder(store.sink(), exchange::Source::Composer);
    RawAcceptor peer([&](RawSocket *socket) { play(socket, steps); });
    Tap tap(peer.serverPort());
    http::AgentOptions agentOptions;
    agentOptions.keepAlive = true;
    http::Agent agent(agentOptions);
    agent.setObserver(&recorder);
    http::RequestOptions options;
    options.agent = &agent;
    options.host = QStringLiteral("127.0.0.1");
    options.port = tap.port();
    options.method = method;
    for (const Use &use : uses) {
        const QPointer<ClientRequest> request = http::request(options);
        QVERIFY(request);
        const http::ExchangeId id = request->exchange();
        connect(request, &ClientRequest::errorOccurred, this, [] {});
        connect(request, &ClientRequest::response, this, [](auto *response) {
            connect(response, &IncomingMessage::errorOccurred, response, [] {});
            response->resume();
        });
        use(request);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.storeId(id) == 0, 30'000);
    }
    {
        const http::IoScope scope;
        agent.destroy();
    }
    QTRY_COMPARE_WITH_TIMEOUT(tap.openCount(), 0, 30'000);
    QTRY_VERIFY(store.allEnded());

    const QList<Recorded> connections = recordedConnections(store.store());
    QCOMPARE(connections.size(), 1);
    QCOMPARE(tap.connections().size(), 1u);
    const Tap::Passed &passed = tap.connections().front();
    QCOMPARE(difference(connections.first().request, passed.up, sent), "");
    QCOMPARE(difference(connections.first().response, passed.down, received), "");
    QCOMPARE(connections.first().exchanges, exchanges);
}

void TapClientTest::idleConnection_octetsAreRecorded_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("isReused");
    const QByteArray timeout = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
    QTest::newRow("a late 408, then the end") << timeout << false;
    QTest::newRow("octets, then the next request") << QByteArray("GARBAGE") << true;
}

/// What comes while no request uses the connection is an exchange of its own.
void TapClientTest::idleConnection_octetsAreRecorded()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, isReused);
    QFETCH_GLOBAL(StoreKind, kind);
    TapStore store(kind);
    exchange::Recorder recorder(store.sink(), exchange::Source::Composer);
    RawSocket *server = nullptr;
    RawAcceptor peer([&](RawSocket *socket) {
        server = socket;
        play(socket, { sending(sized("one"), headEnd), sending(sized("two"), headEnd) });
    });
    Tap tap(peer.serverPort());
    http::AgentOptions agentOptions;
    agentOptions.keepAlive = true;
    http::Agent agent(agentOptions);
    agent.setObserver(&recorder);
    http::RequestOptions options;
    options.agent = &agent;
    options.host = QStringLiteral("127.0.0.1");
    options.port = tap.port();
    http::get(options);
    QTRY_VERIFY(store.count() == 1 && store.allEnded());
    server->send(octets);
    QTRY_COMPARE(store.count(), 2);
    if (isReused) {
        http::get(options);
        QTRY_VERIFY(store.count() == 3 && store.allEnded());
        const http::IoScope scope;
        agent.destroy();
    } else {
        server->finish();
    }
    QTRY_COMPARE(tap.openCount(), 0);
    QTRY_VERIFY(store.allEnded());

    const exchange::Exchange stray = store.exchange(1);
    QCOMPARE(stray.summary.state, exchange::State::Failed);
    QCOMPARE(stray.summary.errorCode, QStringLiteral("EPROTO"));
    QCOMPARE(stray.summary.host, QStringLiteral("127.0.0.1:%1").arg(tap.port()));
    QCOMPARE(stray.response.joined(exchange::Part::Unparsed), octets);
    QCOMPARE(stray.connection.peerPort, tap.port());
    const QList<Recorded> connections = recordedConnections(store.store());
    QCOMPARE(connections.size(), 1);
    QCOMPARE(connections.first().request, tap.connections().front().up);
    QCOMPARE(connections.first().response, tap.connections().front().down);
}

QTEST_GUILESS_MAIN(TapClientTest)
#include "tst_tapclient.moc"
