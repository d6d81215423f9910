// Source: reference "Class: http.IncomingMessage", message.headers; conformance messages/headers-*, raw-headers-*,
// incoming-*, server/max-headers-count, server/create-server-max-header-size, client/max-*.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

class IncomingMessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void duplicates_firstStays_data();
    void duplicates_firstStays();
    void duplicates_areJoined();
    void cookies();
    void rawHeaders_areAsReceived();
    void requestProperties();
    void responseProperties_data();
    void responseProperties();
    void serverMaxHeadersCount_data();
    void serverMaxHeadersCount();
    void clientMaxHeadersCount_data();
    void clientMaxHeadersCount();
    void serverMaxHeaderSize_data();
    void serverMaxHeaderSize();
    void clientMaxHeaderSize_data();
    void clientMaxHeaderSize();
    void insecureParser_takesControlCharacters_data();
    void insecureParser_takesControlCharacters();
    void responsesWithoutBody_data();
    void responsesWithoutBody();

private:
    QPointer<ClientRequest> ask(const QByteArray &answer, RequestOptions options = {});

    Journal m_journal;
    std::unique_ptr<RawServer> m_raw;
};

void IncomingMessageTest::init() { m_journal.clear(); }

QPointer<ClientRequest> IncomingMessageTest::ask(const QByteArray &answer, RequestOptions options)
{
    m_raw = std::make_unique<RawServer>(answer, true);
    options.host = u"127.0.0.1"_s;
    options.port = m_raw->port();
    return get(options);
}

void IncomingMessageTest::duplicates_firstStays_data()
{
    QTest::addColumn<QByteArray>("field");
    for (const char *field :
        { "age", "authorization", "content-type", "etag", "expires", "from", "host",
            "if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards",
            "proxy-authorization", "referer", "retry-after", "server", "user-agent" })
        QTest::newRow(field) << QByteArray(field);
}

void IncomingMessageTest::duplicates_firstStays()
{
    QFETCH(QByteArray, field);
    const auto handler = [&](IncomingMessage *req, ServerResponse *res) {
        QCOMPARE(req->headers().value(field), "");
        QCOMPARE(req->rawHeaders().size(), 8);
        res->end();
    };
    const QByteArray answer = serve(handler,
        "GET / HTTP/1.1\r\n" + field + ":\r\n" + field.toUpper() + ": 2\r\n" + field
            + ": 3\r\nConnection: close\r\n\r\n");
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK"));
}

void IncomingMessageTest::duplicates_areJoined()
{
    QByteArray fields;
    const QList<QByteArray> names { "accept", "cache-control", "vary", "via", "x-custom", "etags",
        "hosts", "link" };
    for (const QByteArray &name : names)
        fields += name + ": a,b\r\n" + name.toUpper() + ": c\r\n";
    QPointer<ClientRequest> req
        = ask("HTTP/1.1 200 OK\r\n" + fields + "X-Empty:\r\nx-empty: b\r\nX-Empty:\r\n\r\n");
    bool seen = false;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        for (const QByteArray &name : names)
            QCOMPARE(res->headers().value(name), "a,b, c");
        QCOMPARE(res->headers().value("X-EMPTY"), ", b, ");
        seen = true;
        res->resume();
    });
    QTRY_VERIFY(!req);
    QVERIFY(seen);
}

void IncomingMessageTest::cookies()
{
    const auto handler = [](IncomingMessage *req, ServerResponse *res) {
        QCOMPARE(req->headers().value("cookie"), "; a=1; b=2");
        QCOMPARE(req->headers().values("set-cookie"), (QList<QByteArray> { "p", "q" }));
        res->end();
    };
    QVERIFY(!serve(handler,
        closing("/", "Cookie:\r\ncookie: a=1\r\nCOOKIE: b=2\r\nSet-Cookie: p\r\nset-cookie: q\r\n"))
                 .isEmpty());
}

void IncomingMessageTest::rawHeaders_areAsReceived()
{
    QList<QByteArray> raw;
    const auto handler = [&](IncomingMessage *req, ServerResponse *res) {
        raw = req->rawHeaders();
        res->end();
    };
    serve(handler,
        "GET / HTTP/1.1\r\nhOsT:  a \r\nX-A:\t1\r\nx-a: \xe9  b\r\nConnection:close\r\n\r\n");
    QCOMPARE(raw,
        (QList<QByteArray> { "hOsT", "a", "X-A", "1", "x-a", "\xe9  b", "Connection", "close" }));
}

void IncomingMessageTest::requestProperties()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        QCOMPARE(req->method(), "REPORT");
        QCOMPARE(req->url(), "/a%20b?c=d&e");
        QCOMPARE(req->httpVersion(), "1.0");
        QCOMPARE(req->httpVersionMajor() * 10 + req->httpVersionMinor(), 10);
        QVERIFY(!req->isComplete() && !req->isAborted() && !req->isUpgrade() && req->isReadable());
        QVERIFY(!req->isFlowing() && !req->isReadableEnded());
        QCOMPARE(res->req(), req);
        m_journal.add(u"seen"_s);
        res->end();
    };
    serve(handler, "REPORT /a%20b?c=d&e HTTP/1.0\r\n\r\n");
    QCOMPARE(m_journal.text(), u"seen"_s);
}

void IncomingMessageTest::responseProperties_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("usual") << QByteArray("HTTP/1.1 200 OK") << 200 << QByteArray("OK");
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 204 ") << 204 << QByteArray();
    QTest::newRow("blanks") << QByteArray("HTTP/1.1 404 No  such  ") << 404
                            << QByteArray("No  such  ");
    QTest::newRow("latin1") << QByteArray("HTTP/1.1 500 \xe9") << 500 << QByteArray("\xe9");
    QTest::newRow("000") << QByteArray("HTTP/1.1 000 X") << 0 << QByteArray("X");
    QTest::newRow("999") << QByteArray("HTTP/1.1 999 X") << 999 << QByteArray("X");
}

void IncomingMessageTest::responseProperties()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QFETCH(QByteArray, reason);
    QPointer<ClientRequest> req = ask(line + "\r\nContent-Length: 0\r\n\r\n");
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        QCOMPARE(res->statusCode(), status);
        QCOMPARE(res->statusMessage(), reason);
        QCOMPARE(req->res(), res);
        m_journal.add(u"seen"_s);
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"seen"_s);
}

void IncomingMessageTest::serverMaxHeadersCount_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("extra");
    QTest::addColumn<int>("seen");
    QTest::newRow("default, few") << -1 << 20 << 22;
    QTest::newRow("5") << 5 << 20 << 5;
    QTest::newRow("default, many") << -1 << 1500 << 1000;
    QTest::newRow("no limit") << 0 << 1500 << 1502;
    QTest::newRow("2") << 2 << 0 << 2;
}

void IncomingMessageTest::serverMaxHeadersCount()
{
    QFETCH(int, limit);
    QFETCH(int, extra);
    QFETCH(int, seen);
    qsizetype count = 0;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        count = req->headers().count();
        res->end();
    });
    server.setMaxHeadersCount(limit);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QByteArray fields;
    for (int i = 0; i < extra; ++i)
        fields += 'h' + QByteArray::number(i) + ":\r\n";
    QVERIFY(talk(server.serverPort(), closing("/", fields)).startsWith("HTTP/1.1 200"));
    QCOMPARE(count, seen);
}

void IncomingMessageTest::clientMaxHeadersCount_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("seen");
    QTest::newRow("default, few") << -1 << 5 << 5;
    QTest::newRow("3") << 3 << 5 << 3;
    QTest::newRow("no limit") << 0 << 2500 << 2500;
    QTest::newRow("default, many") << -1 << 2500 << 1000;
    QTest::newRow("2200") << 2200 << 2500 << 2200;
}

// conformance: client/max-headers-count
void IncomingMessageTest::clientMaxHeadersCount()
{
    QFETCH(int, limit);
    QFETCH(int, sent);
    QFETCH(int, seen);
    QByteArray answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < sent; ++i)
        answer += 'a' + QByteArray::number(i) + ": 1\r\n";
    RequestOptions options;
    options.maxHeaderSize = 200'000;
    QPointer<ClientRequest> req = ask(answer + "\r\n", options);
    req->setMaxHeadersCount(limit);
    qsizetype count = 0;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        count = res->headers().count();
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(count, seen);
}

void IncomingMessageTest::serverMaxHeaderSize_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("served");
    const QByteArray big(400, 'v');
    QTest::newRow("small, fits") << 300
                                 << closing("/" + big.first(100), "X: " + big.first(100) + "\r\n")
                                 << 1;
    QTest::newRow("small, target") << 300 << closing("/" + big) << 0;
    QTest::newRow("small, field") << 300 << closing("/", "X: " + big + "\r\n") << 0;
    QTest::newRow("small, counts per request")
        << 300 << keeping("/", "X: " + big.first(200) + "\r\n").repeated(3) + closing() << 4;
    QTest::newRow("large") << 100'000 << closing("/", "X: " + QByteArray(50'000, 'v') + "\r\n")
                           << 1;
    QTest::newRow("default") << 0 << closing("/", "X: " + QByteArray(17'000, 'v') + "\r\n") << 0;
    QTest::newRow("separators do not count")
        << 0 << closing("/", QByteArray("a:b\r\n").repeated(4'000)) << 1;
}

// conformance: server/create-server-max-header-size
void IncomingMessageTest::serverMaxHeaderSize()
{
    QFETCH(int, limit);
    QFETCH(QByteArray, octets);
    QFETCH(int, served);
    ServerOptions options;
    options.maxHeaderSize = limit;
    Server server(options, [](auto *, auto *res) { res->end(); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answer = talk(server.serverPort(), octets);
    QCOMPARE(answer.count("HTTP/1.1 200 OK"), served);
    QCOMPARE(answer.count("HTTP/1.1 431 "), served == 0 ? 1 : 0);
}

void IncomingMessageTest::clientMaxHeaderSize_data()
{
    QTest::addColumn<int>("octets");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("passes");
    QTest::newRow("1000") << 1'000 << 0 << true;
    QTest::newRow("20000") << 20'000 << 0 << false;
    QTest::newRow("20000 of 40000") << 20'000 << 40'000 << true;
    QTest::newRow("1000 of 500") << 1'000 << 500 << false;
}

// conformance: client/max-header-size-option
void IncomingMessageTest::clientMaxHeaderSize()
{
    QFETCH(int, octets);
    QFETCH(int, limit);
    QFETCH(bool, passes);
    RequestOptions options;
    options.maxHeaderSize = limit;
    QPointer<ClientRequest> req = ask(
        "HTTP/1.1 200 OK\r\nX-Big: " + QByteArray(octets, 'v') + "\r\nContent-Length: 0\r\n\r\n",
        options);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        passes
            ? u"socket | finish | response 200 | res end | close | res close"_s
            : u"socket | finish | error HPE_HEADER_OVERFLOW Parse Error: Header overflow | close"_s);
}

void IncomingMessageTest::insecureParser_takesControlCharacters_data()
{
    QTest::addColumn<bool>("insecure");
    QTest::newRow("strict") << false;
    QTest::newRow("insecure") << true;
}

// conformance: client/insecure-http-parser-option
void IncomingMessageTest::insecureParser_takesControlCharacters()
{
    QFETCH(bool, insecure);
    RequestOptions options;
    options.insecureHTTPParser = insecure;
    QPointer<ClientRequest> req
        = ask("HTTP/1.1 200 OK\r\nX-Odd: a\1b\r\nContent-Length: 2\r\n\r\nok", options);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(insecure
            ? m_journal.contains(u"res data ok"_s)
            : m_journal.text().startsWith(u"socket | finish | error HPE_INVALID_HEADER_TOKEN"_s),
        qPrintable(m_journal.text()));

    ServerOptions serverOptions;
    serverOptions.insecureHTTPParser = insecure;
    Server server(serverOptions, [](IncomingMessage *message, ServerResponse *res) {
        QCOMPARE(message->headers().value("x"), "a\1b");
        res->end();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answer = talk(server.serverPort(), closing("/", "X: a\1b\r\n"));
    QVERIFY2(answer.startsWith(insecure ? "HTTP/1.1 200" : "HTTP/1.1 400"), answer);
}

void IncomingMessageTest::responsesWithoutBody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("HEAD, length") << QByteArray("HEAD")
                                  << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    QTest::newRow("HEAD, chunked") << QByteArray(
        "HEAD") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n");
    QTest::newRow("304, length") << QByteArray(
        "GET") << QByteArray("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
    QTest::newRow("304, chunked") << QByteArray(
        "GET") << QByteArray("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("length 0") << QByteArray("GET")
                              << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("empty chunked") << QByteArray(
        "GET") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

// conformance: client/responses-without-body
void IncomingMessageTest::responsesWithoutBody()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    AgentOptions agentOptions;
    agentOptions.keepAlive = true;
    Agent agent(agentOptions);
    RawServer server(answer);
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.method = method;
    options.agent = &agent;
    for (int round = 0; round < 2; ++round) { // the second one on the same connection
        m_journal.clear();
        QPointer<ClientRequest> req = get(options);
        m_journal.followRequest(req);
        bool complete = false;
        connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
            connect(res, &IncomingMessage::ended, this, [&, res] { complete = res->isComplete(); });
        });
        QTRY_VERIFY(!req);
        QVERIFY(complete);
        const QString status = answer.contains(" 204") ? u"204"_s
            : answer.contains(" 304")                  ? u"304"_s
                                                       : u"200"_s;
        QCOMPARE(m_journal.text(),
            u"socket | finish | response %1 | res end | close | res close"_s.arg(status));
    }
    QCOMPARE(server.connectionCount(), 1);
}

QTEST_GUILESS_MAIN(IncomingMessageTest)
#include "tst_incomingmessage.moc"
