// Source: reference http.request, "the following events will be emitted in the following order"; the
// orders that differ from its text were recorded on the reference (conformance DIFFERS.md).
#include "journal.h"
#include "rawpeer.h"

#include <http/cancellationtoken.h>
#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {
const QByteArray complete = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray cut = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok";
const QByteArray held = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok";
} // namespace

class ClientOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void success_connectionClose();
    void success_keepAlive_closesBeforeTheSocketIsFree();
    void success_emptyBody_hasNoData();
    void connectionError();
    void hostNotFound();
    void prematureClose_beforeResponse();
    void prematureClose_afterResponse();
    void destroy_beforeSocket();
    void destroy_beforeConnect();
    void destroy_afterResponse();
    void destroyWithError_afterResponse();
    void abort_beforeSocket_withAgent();
    void abort_beforeSocket_withoutAgent();
    void abort_beforeConnect();
    void abort_afterResponse();
    void token_beforeSocket();
    void token_afterFinish_doesNothing();
    void timeoutOption_firesOnceAndEndsNothing();
    void information_comesBeforeResponse();
    void continue_comesWithInformation();
    void upgrade_handsOverTheSocket();
    void upgrade_withoutListener_closes();
    void connect_handsOverTheSocket();
    void parseError_inBody();
    void parseError_beforeResponse();
    void garbageBehindResponse_failsTheRequest();
    void secondResponse_isIgnored();
    void responseWithoutListener_isDiscarded();

private:
    ClientRequest *start(quint16 port, RequestOptions options = {});

    Journal m_journal;
};

ClientRequest *ClientOrdersTest::start(quint16 port, RequestOptions options)
{
    m_journal.clear();
    options.host = u"127.0.0.1"_s;
    options.port = port;
    Error error;
    ClientRequest *started = request(options, &error);
    Q_ASSERT_X(started, "request", qPrintable(error.message));
    return started;
}

void ClientOrdersTest::success_connectionClose()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
}

void ClientOrdersTest::success_keepAlive_closesBeforeTheSocketIsFree()
{
    RawServer server(complete);
    AgentOptions agentOptions;
    agentOptions.keepAlive = true;
    Agent agent(agentOptions);
    RequestOptions options;
    options.agent = &agent;
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    qsizetype freeAtClose = -1;
    connect(req, &ClientRequest::closed, this, [&] { freeAtClose = agent.freeSockets().size(); });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QTRY_COMPARE(agent.freeSockets().size(), 1);
    QCOMPARE(freeAtClose, 0);
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
}

void ClientOrdersTest::success_emptyBody_hasNoData()
{
    RawServer server("HTTP/1.1 204 No Content\r\n\r\n");
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | response 204 | res end | close | res close"_s);
}

void ClientOrdersTest::connectionError()
{
    QTcpServer unused;
    unused.listen(QHostAddress::LocalHost);
    const quint16 port = unused.serverPort();
    unused.close();
    ClientRequest *req = start(port);
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | error ECONNREFUSED connect ECONNREFUSED 127.0.0.1:%1 | close"_s.arg(port));
}

void ClientOrdersTest::hostNotFound()
{
    RequestOptions options;
    options.hostname = u"nowhere.invalid"_s;
    options.lookup = [](const QString &, ConnectOptions::LookupCallback answer) { answer({}, {}); };
    ClientRequest *req = start(1, options);
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | error ENOTFOUND getaddrinfo ENOTFOUND nowhere.invalid | close"_s);
}

void ClientOrdersTest::prematureClose_beforeResponse()
{
    RawServer server("", true);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | error ECONNRESET socket hang up | close"_s);
}

void ClientOrdersTest::prematureClose_afterResponse()
{
    RawServer server(cut, true);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res aborted | res error ECONNRESET "
        u"aborted | close "
        "| res close"_s);
}

void ClientOrdersTest::destroy_beforeSocket()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->destroy();
    QVERIFY(req->isDestroyed());
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"error ECONNRESET socket hang up | close"_s);
}

void ClientOrdersTest::destroy_beforeConnect()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::socketAssigned, req, [req] { req->destroy(); });
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | error ECONNRESET socket hang up | close"_s);
}

void ClientOrdersTest::destroy_afterResponse()
{
    RawServer server(held);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::response, req, [req](IncomingMessage *res) {
        connect(res, &IncomingMessage::data, req, [req] { req->destroy(); });
    });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res aborted | res error ECONNRESET "
        u"aborted | close "
        "| res close"_s);
}

void ClientOrdersTest::destroyWithError_afterResponse()
{
    RawServer server(held);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::response, req, [req](IncomingMessage *res) {
        connect(res, &IncomingMessage::data, req, [req] {
            Error mine;
            mine.code = ErrorCode::Canceled;
            mine.message = u"enough"_s;
            req->destroy(mine);
        });
    });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | error ECANCELED enough | res aborted "
        "| res error ECONNRESET aborted | close | res close"_s);
}

void ClientOrdersTest::abort_beforeSocket_withAgent()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->abort();
    req->abort();
    QTRY_VERIFY(m_journal.contains(u"abort"_s) && m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"close | abort"_s); // the reverse of the text: DIFFERS.md
}

void ClientOrdersTest::abort_beforeSocket_withoutAgent()
{
    RawServer server(complete);
    RequestOptions options;
    options.createConnection
        = [&server](const ConnectOptions &, RequestOptions::ConnectionCallback) {
              auto *socket = new QTcpSocket;
              socket->connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
              return socket;
          };
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    req->abort();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"abort | close"_s);
}

void ClientOrdersTest::abort_beforeConnect()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::socketAssigned, req, [req] { req->abort(); });
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | abort | error ECONNRESET socket hang up | close"_s);
}

void ClientOrdersTest::abort_afterResponse()
{
    RawServer server(held);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::response, req, [req](IncomingMessage *res) {
        connect(res, &IncomingMessage::data, req, [req] { req->abort(); });
    });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | abort | res aborted | res error "
        u"ECONNRESET aborted "
        "| close | res close"_s);
}

void ClientOrdersTest::token_beforeSocket()
{
    RawServer server(complete);
    CancellationToken token;
    RequestOptions options;
    options.signal = &token;
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    token.cancel();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"error ABORT_ERR The operation was aborted | close"_s);
}

void ClientOrdersTest::token_afterFinish_doesNothing()
{
    RawServer server(complete);
    CancellationToken token;
    RequestOptions options;
    options.signal = &token;
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    connect(req, &ClientRequest::response, req, [&token] { token.cancel(); });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
}

void ClientOrdersTest::timeoutOption_firesOnceAndEndsNothing()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    RequestOptions options;
    options.timeout = std::chrono::milliseconds(30);
    QPointer<ClientRequest> req = start(server.port(), options);
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"timeout"_s));
    QVERIFY(req && !req->isDestroyed());
    req->destroy();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(
        m_journal.text(), u"socket | finish | timeout | error ECONNRESET socket hang up | close"_s);
}

void ClientOrdersTest::information_comesBeforeResponse()
{
    RawServer server(
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | information 102 | information 103 | response 200 | res data ok | res "
        u"end | close "
        "| res close"_s);
}

void ClientOrdersTest::continue_comesWithInformation()
{
    RawServer server("HTTP/1.1 100 Continue\r\n\r\n" + complete);
    RequestOptions options;
    options.method = "POST";
    options.headers = { { "Expect", "100-continue" } };
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    connect(req, &ClientRequest::continued, req, [req] { req->end("body"); });
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | continue | information 100 | response 200 | finish | res data ok | res end | "
        u"close "
        "| res close"_s);
}

void ClientOrdersTest::upgrade_handsOverTheSocket()
{
    RawServer server("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nfirst");
    RequestOptions options;
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    QPointer<QIODevice> device;
    connect(req, &ClientRequest::upgrade, this,
        [&](IncomingMessage *res, QIODevice *socket, const QByteArray &head) {
            m_journal.add(u"upgrade %1 %2"_s.arg(res->statusCode()).arg(QString::fromLatin1(head)));
            device = socket;
            socket->write("hello tunnel\r\n\r\n");
        });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | upgrade 101 first | close"_s);
    QVERIFY(device);
    QTRY_VERIFY(server.received().endsWith("hello tunnel\r\n\r\n"));
    QTRY_VERIFY(device->bytesAvailable() > 0); // the tunnel goes on in Qt's hands
    delete device;
}

void ClientOrdersTest::upgrade_withoutListener_closes()
{
    RawServer server("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | close"_s);
}

void ClientOrdersTest::connect_handsOverTheSocket()
{
    RawServer server("HTTP/1.1 200 Established\r\nContent-Length: 5\r\n\r\nhead");
    RequestOptions options;
    options.method = "CONNECT";
    options.path = "a.example:443";
    ClientRequest *req = start(server.port(), options);
    m_journal.followRequest(req);
    QPointer<QIODevice> device;
    connect(req, &ClientRequest::connectRequested, this,
        [&](IncomingMessage *res, QIODevice *socket, const QByteArray &head) {
            m_journal.add(u"connect %1 %2"_s.arg(res->statusCode()).arg(QString::fromLatin1(head)));
            device = socket;
        });
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | connect 200 head | close"_s);
    QVERIFY(server.received().startsWith("CONNECT a.example:443 HTTP/1.1\r\n"));
    delete device;
}

void ClientOrdersTest::parseError_inBody()
{
    RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n");
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | error HPE_INVALID_CHUNK_SIZE Parse Error: Invalid "
        u"character in "
        "chunk size | res data ok | res aborted | res error ECONNRESET aborted | close | res close"_s);
}

void ClientOrdersTest::parseError_beforeResponse()
{
    RawServer server("BREW coffee\r\n\r\n");
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(),
        u"socket | finish | error HPE_INVALID_CONSTANT Parse Error: Expected HTTP/ | close"_s);
}

void ClientOrdersTest::garbageBehindResponse_failsTheRequest()
{
    RawServer server(complete + "garbage");
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QVERIFY(m_journal.text().contains(u"error HPE_INVALID_CONSTANT"_s));
    QVERIFY(m_journal.contains(u"res end"_s));
}

void ClientOrdersTest::secondResponse_isIgnored()
{
    RawServer server(complete + complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.count(u"response 200"_s), 1);
    QVERIFY(!m_journal.text().contains(u"error"_s));
}

void ClientOrdersTest::responseWithoutListener_isDiscarded()
{
    RawServer server(complete);
    ClientRequest *req = start(server.port());
    m_journal.followRequest(req, false);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"close"_s));
    QCOMPARE(m_journal.text(), u"socket | finish | close"_s);
}

QTEST_GUILESS_MAIN(ClientOrdersTest)
#include "tst_clientorders.moc"
