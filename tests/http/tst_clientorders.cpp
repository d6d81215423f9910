// Source: reference http.request, "the following events will be emitted in the following order"; the
// orders that differ from its text were recorded on the reference (conformance DIFFERS.md).
// What destroy(), abort() and a token do is in tst_clientdestroy, CONNECT and 101 in tst_clienttunnels.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray complete = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QString done
    = u"socket | finish | response 200 | res data ok | res end | close | res close"_s;
const QString cutShort = u"socket | finish | response 200 | res data ok | res aborted | res error "
                         u"ECONNRESET aborted | "
                         "close | res close"_s;

} // namespace

class ClientOrdersTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void order_data();
    void order();
    void pooledSocket_isFreeAfterClose();
    void parseError_carriesThePacket_data();
    void parseError_carriesThePacket();
    void continue_comesWithInformation();
    void earlyAnswer_finishComesAfter();
    void responseWithoutListener_isDiscarded();
    void corkedAfterEnd_isSentAllTheSame();
    void expectWithoutAgent_saysKeepAlive();
    void errorWithoutListener_isNotThrown();
    void responseEvent_isHeardInOrderOfConnecting();
};

// conformance: client/order-success-connection-close
// conformance: client/order-premature-close-before-response
// conformance: client/response-body-until-close
// conformance: client/response-event-once-for-double-response
// conformance: client/upgrade-header-without-101
void ClientOrdersTest::order_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QString>("journal");
    QTest::addColumn<bool>("reusable");
    const auto row = [](const char *name, const QByteArray &answer, bool closes,
                         const QString &journal, bool reusable = false) {
        QTest::newRow(name) << answer << closes << journal << reusable;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QString hangUp = u"socket | finish | error ECONNRESET socket hang up | close"_s;
    const QString empty = u"socket | finish | response %1 | res end | close | res close"_s;
    row("length", complete, false, done, true);
    row("length, peer closes", complete, true, done);
    row("chunked", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", false, done,
        true);
    row("until close", ok + "\r\nok", true, done);
    row("1.0, empty until close", "HTTP/1.0 200 OK\r\n\r\n", true, empty.arg(200));
    row("no body", "HTTP/1.1 204 No Content\r\n\r\n", false, empty.arg(204), true);
    row("length 0", ok + "Content-Length: 0\r\n\r\n", false, empty.arg(200), true);
    row("304 with length", "HTTP/1.1 304 N\r\nContent-Length: 5\r\n\r\n", false, empty.arg(304),
        true);
    row("upgrade fields without 101",
        ok + "Connection: upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nok", false, done,
        true);
    row("101 that switches nothing", "HTTP/1.1 101 S\r\n\r\n", false, empty.arg(101), true);
    row("information",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + complete,
        false,
        u"socket | finish | information 102 | information 103 | response 200 | res data ok | "
        "res end | close | res close"_s,
        true);
    row("closed at once", "", true, hangUp);
    row("closed in the status line", "HTTP/1.1 20", true, hangUp);
    row("closed in the head", ok + "X-A: b", true, hangUp);
    row("closed after information", "HTTP/1.1 102 P\r\n\r\n", true,
        u"socket | finish | information 102 | error ECONNRESET socket hang up | close"_s);
    row("closed in the body", ok + "Content-Length: 9\r\n\r\nok", true, cutShort);
    row("closed in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nok", true, cutShort);
    row("closed before the last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", true,
        cutShort);
    row("closed in the trailers", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y",
        true, cutShort);
    row("not HTTP", "BREW coffee\r\n\r\n", false,
        u"socket | finish | error HPE_INVALID_CONSTANT Parse Error: Expected HTTP/ | close"_s);
    row("bad chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n", false,
        u"socket | finish | response 200 | error HPE_INVALID_CHUNK_SIZE Parse Error: Invalid "
        "character in chunk size | res data ok | res aborted | res error ECONNRESET aborted | "
        "close | res close"_s);
    row("two answers", complete + complete, false, done);
    row("two answers, second cut", complete + "HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\nx", true,
        done);
    row("information after the answer", complete + "HTTP/1.1 102 P\r\n\r\n", false, done);
    row("garbage behind the answer", complete + "garbage", false,
        u"socket | finish | response 200 | error HPE_INVALID_CONSTANT Parse Error: Expected HTTP/ "
        "| res data ok | res end | close | res close"_s);
}

void ClientOrdersTest::order()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, closes);
    QFETCH(QString, journal);
    QFETCH(bool, reusable);
    RawServer server([&](QTcpSocket *socket, const QByteArray &head) {
        const bool warming = head.startsWith("GET /warm ");
        socket->write(warming ? complete : answer);
        if (closes && !warming)
            socket->disconnectFromHost();
    });
    const RequestOptions closing = to(server.port(), "GET");
    QCOMPARE(journalOf(closing), journal);
    QTRY_VERIFY(m_agent->sockets().isEmpty() && m_agent->freeSockets().isEmpty());

    m_agent = std::make_unique<Agent>(kept());
    const RequestOptions keeping = to(server.port(), "GET");
    QCOMPARE(journalOf(keeping), journal); // a new connection
    QTRY_COMPARE(m_agent->freeSockets().size(), reusable ? 1 : 0);

    m_agent = std::make_unique<Agent>(kept());
    warmUp(server.port(), "/warm");
    const RequestOptions reusing = to(server.port(), "GET");
    QCOMPARE(journalOf(reusing), journal); // an idle one
    QTRY_COMPARE(m_agent->freeSockets().size(), reusable ? 1 : 0);

    m_agent = std::make_unique<Agent>(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    RequestOptions first = to(server.port(), "GET");
    first.path = "/warm";
    get(first);
    QCOMPARE(journalOf(to(server.port(), "GET")), journal); // one it had to wait for
    QTRY_COMPARE(m_agent->freeSockets().size(), reusable ? 1 : 0);
}

void ClientOrdersTest::pooledSocket_isFreeAfterClose()
{
    RawServer server(complete);
    m_agent = std::make_unique<Agent>(kept());
    connect(m_agent.get(), &Agent::socketFree, this, [this](QIODevice *socket) {
        m_journal.add(u"free %1"_s.arg(m_agent->freeSockets().begin()->contains(socket)));
    });
    QCOMPARE(journalOf(to(server.port(), "GET"),
                 [this](ClientRequest *req) {
                     connect(req, &ClientRequest::closed, this,
                         [this] { QVERIFY(m_agent->freeSockets().isEmpty()); });
                     req->end();
                 }),
        done + u" | free 1"_s);
}

// conformance: client/parse-error-in-response
void ClientOrdersTest::parseError_carriesThePacket_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("journal");
    QTest::newRow("no HTTP") << QByteArray("This is not HTTP\r\n\r\n")
                             << u"error HPE_INVALID_CONSTANT | close"_s;
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n")
                            << u"error HPE_INVALID_CONTENT_LENGTH | close"_s;
    QTest::newRow("chunk size") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                                << u"error HPE_INVALID_CHUNK_SIZE | close"_s;
}

void ClientOrdersTest::parseError_carriesThePacket()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, journal);
    RawServer server(answer);
    m_agent = std::make_unique<Agent>(kept());
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    connect(req, &ClientRequest::errorOccurred, this, [&](const Error &error) {
        m_journal.add(u"error "_s + headrace::wire::name(error.code));
        QVERIFY(error.message.startsWith(u"Parse Error"_s));
        QCOMPARE(error.rawPacket, answer);
        QVERIFY(error.bytesParsed >= 0 && error.bytesParsed <= answer.size());
    });
    connect(req, &ClientRequest::closed, this, [&] {
        m_journal.add(u"close"_s);
        QVERIFY(Transport::of(req->socket())->isDestroyed());
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), journal);
    QTRY_VERIFY(m_agent->sockets().isEmpty() && m_agent->freeSockets().isEmpty());
}

void ClientOrdersTest::continue_comesWithInformation()
{
    RawServer server("HTTP/1.1 100 Continue\r\n\r\n" + complete);
    RequestOptions options = to(server.port());
    options.headers = { { "Expect", "100-continue" } };
    QCOMPARE(journalOf(options,
                 [](ClientRequest *req) {
                     connect(req, &ClientRequest::continued, req, [req] { req->end("body"); });
                 }),
        u"socket | continue | information 100 | response 200 | finish | res data ok | res end | "
        "close | res close"_s);
}

// conformance: client/expect-header-variants (a final answer instead of 100 is an ordinary one)
void ClientOrdersTest::earlyAnswer_finishComesAfter()
{
    RawServer server("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
    RequestOptions options = to(server.port());
    options.headers = { { "Expect", "100-continue" } };
    QPointer<ClientRequest> req;
    QCOMPARE(
        journalOf(options,
            [&](ClientRequest *started) {
                req = started;
                connect(req, &ClientRequest::closed, this, [&] { QVERIFY(!req->writableEnded()); });
            }),
        u"socket | response 417 | res end | close | res close"_s);
}

// conformance: client/response-without-listener-is-discarded
void ClientOrdersTest::responseWithoutListener_isDiscarded()
{
    const quint16 port = listen([](auto *, auto *res) { res->end(QByteArray(200'000, 'x')); });
    int connections = 0;
    connect(m_server.get(), &Server::connection, this, [&] { ++connections; });
    m_agent = std::make_unique<Agent>(kept());
    const auto use = [this](ClientRequest *req) {
        connect(req, &ClientRequest::closed, this, [req] {
            QCOMPARE(req->res()->statusCode(), 200);
            QVERIFY(req->res()->isComplete() && !req->res()->isAborted());
        });
        req->end();
    };
    QCOMPARE(journalOf(to(port, "GET"), use, false), u"socket | finish | close"_s);
    QTRY_COMPARE(m_agent->freeSockets().size(), 1);
    QCOMPARE(journalOf(to(port, "GET"), use, false), u"socket | finish | close"_s);
    QCOMPARE(connections, 1);
}

// conformance: client/error-without-listener-is-thrown (a signal without listener throws nothing)
void ClientOrdersTest::errorWithoutListener_isNotThrown()
{
    RawServer server("", true);
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    connect(req, &ClientRequest::closed, this, [this] { m_journal.add(u"close"_s); });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"close"_s);
}

void ClientOrdersTest::responseEvent_isHeardInOrderOfConnecting()
{
    RawServer server(complete);
    QPointer<ClientRequest> req = request(to(server.port(), "GET"));
    for (const char *name : { "first", "second" }) {
        connect(req, &ClientRequest::response, this, [&, name](IncomingMessage *res) {
            m_journal.add(QString::fromLatin1(name));
            QCOMPARE(req->res(), res);
            res->resume();
        });
    }
    req->end();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"first | second"_s);
}

/// What end() gave before the connection goes out, whatever is corked by then; recorded on the reference.
void ClientOrdersTest::corkedAfterEnd_isSentAllTheSame()
{
    RawServer server(complete);
    QCOMPARE(journalOf(to(server.port(), "GET"),
                 [this](ClientRequest *req) {
                     req->end();
                     connect(req, &ClientRequest::prefinish, this, [req] { req->cork(); });
                 }),
        done);
}

/// The head of a request with Expect is rendered before it is known that its connection is its own.
void ClientOrdersTest::expectWithoutAgent_saysKeepAlive()
{
    RawServer server(complete);
    RequestOptions options = to(server.port());
    options.agent = nullptr;
    options.headers = { { "Expect", "100-continue" } };
    options.createConnection = [](const ConnectOptions &wanted, auto) -> QIODevice * {
        auto *socket = new QTcpSocket;
        socket->connectToHost(wanted.host, wanted.port);
        return socket;
    };
    journalOf(options);
    QCOMPARE(server.received(),
        "POST / HTTP/1.1\r\nExpect: 100-continue\r\nHost: 127.0.0.1:"
            + QByteArray::number(server.port())
            + "\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

QTEST_GUILESS_MAIN(ClientOrdersTest)
#include "tst_clientorders.moc"
