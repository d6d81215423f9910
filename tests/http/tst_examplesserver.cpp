// The reference's examples of servers and their responses print, and answer, what they do on the reference release.
// Source: reference, each example's own section; tests/http/examples/README.md lists all.
#include "clientfixture.h"
#include "examples/examples.h"
#include "printed.h"
#include "rawpeer.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>
#include <QUrl>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

QString lines(std::initializer_list<QString> list) { return QStringList(list).join(u'\n'); }

} // namespace

class ExamplesServerTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void createServer_data();
    void createServer();
    void connectTunnel_data();
    void connectTunnel();
    void upgradeEcho_data();
    void upgradeEcho();
    void clientError();
    void clientError_isAnsweredByHand();
    void addTrailers();
    void headerNamesAndCopies();
    void writeHead_precedence();
    void writeHead_chained();
    void headersAndRawHeaders();
    void urlParsing();
    void validateHeader();

private:
    /// The response to a GET of \a path, and its body, as one line.
    QString answerOf(quint16 port, const QByteArray &path = "/");
};

QString ExamplesServerTest::answerOf(quint16 port, const QByteArray &path)
{
    RequestOptions options = to(port, "GET");
    options.path = path;
    QPointer<ClientRequest> req = get(options);
    QByteArray answer;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        const Headers &headers = res->headers();
        answer = QByteArray::number(res->statusCode()) + ' ' + res->statusMessage() + " ["
            + headers.value("content-type") + "][" + headers.value("content-length") + "]["
            + headers.value("transfer-encoding") + "] ";
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { answer += octets; });
    });
    const bool over = QTest::qWaitFor([&] { return !req; });
    return over ? QString::fromLatin1(answer) : u"not over"_s;
}

void ExamplesServerTest::createServer_data()
{
    QTest::addColumn<bool>("byEvent");
    QTest::newRow("listener as an argument") << false;
    QTest::newRow("listener connected") << true;
}

// conformance: messages/doc-example-create-server
void ExamplesServerTest::createServer()
{
    QFETCH(bool, byEvent);
    const std::unique_ptr<Server> server
        = byEvent ? examples::jsonServerByEvent() : examples::jsonServer();
    QCOMPARE(answerOf(server->serverPort()),
        u"200 OK [application/json][][chunked] {\"data\":\"Hello World!\"}"_s);
}

void ExamplesServerTest::connectTunnel_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("conformance: messages/doc-example-connect-tunnel")
        << QByteArray("/")
        << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 13\r\n\r\n"
                      "origin says /");
    QTest::newRow("another path")
        << QByteArray("/tunnelled")
        << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 22\r\n\r\n"
                      "origin says /tunnelled");
}

void ExamplesServerTest::connectTunnel()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, octets);
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        res->end("origin says " + req->url());
    });
    const std::unique_ptr<Server> proxy = examples::tunnelingProxy();
    QByteArray target;
    connect(proxy.get(), &Server::connectRequested, this,
        [&](IncomingMessage *req) { target = req->url(); });
    const QByteArray origin = "127.0.0.1:" + QByteArray::number(port);
    Printed printed;
    examples::requestOverTunnel(proxy->serverPort(), origin, path);
    QTRY_COMPARE(printed.lines().size(), 2);
    QString expected;
    QDebug(&expected) << octets;
    QCOMPARE(
        printed.text(), lines({ u"got connected! 200 Headrace-Proxy 0"_s, expected.trimmed() }));
    QCOMPARE(target, origin);
    QTRY_COMPARE(proxy->connectionCount(), 0);
    QCOMPARE(answerOf(proxy->serverPort()), u"200 OK [text/plain][][chunked] okay"_s);
}

void ExamplesServerTest::upgradeEcho_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("conformance: messages/doc-example-upgrade-echo")
        << QByteArray("through the tunnel");
    QTest::newRow("another text") << QByteArray("echo me");
}

void ExamplesServerTest::upgradeEcho()
{
    QFETCH(QByteArray, text);
    const std::unique_ptr<Server> server = examples::echoServer();
    QByteArray connection;
    connect(server.get(), &Server::upgrade, this,
        [&](IncomingMessage *req) { connection = req->headers().value("connection"); });
    Printed printed;
    examples::upgradeAndEcho(server->serverPort(), text);
    QTRY_COMPARE(printed.lines().size(), 3);
    QCOMPARE(printed.text(),
        lines({ u"server upgrade websocket 0"_s,
            u"got upgraded! 101 Web Socket Protocol Handshake WebSocket 0"_s,
            u"echo "_s + QString::fromLatin1(text) }));
    QCOMPARE(connection, "Upgrade");
    QTRY_COMPARE(server->connectionCount(), 0);
    QCOMPARE(answerOf(server->serverPort()), u"200 OK [text/plain][][chunked] okay"_s);
}

// conformance: messages/doc-example-client-error
void ExamplesServerTest::clientError()
{
    const std::unique_ptr<Server> server = examples::serverAnsweringIfItCan();
    Printed printed;
    QCOMPARE(talk(server->serverPort(), "NOT HTTP\r\n\r\n"), "HTTP/1.1 400 Bad Request\r\n\r\n");
    connect(server.get(), &Server::connection, this, [](QIODevice *socket) {
        Transport::of(socket)->destroy(
            { ErrorCode::ConnectionReset, u"read ECONNRESET"_s, -1, {} });
    });
    QCOMPARE(talk(server->serverPort(), {}), "");
    bool closed = false;
    server->close([&](const Error &) { closed = true; });
    QTRY_VERIFY(closed);
    QCOMPARE(printed.text(),
        lines({ u"clientError HPE_INVALID_METHOD writable true"_s,
            u"clientError ECONNRESET writable false"_s }));
}

void ExamplesServerTest::clientError_isAnsweredByHand()
{
    const std::unique_ptr<Server> server = examples::serverAnsweringBadRequests();
    QCOMPARE(talk(server->serverPort(), "NOT HTTP\r\n\r\n"), "HTTP/1.1 400 Bad Request\r\n\r\n");
    QVERIFY(talk(server->serverPort(), closing()).startsWith("HTTP/1.1 200 OK\r\n"));
}

// conformance: messages/doc-example-add-trailers
void ExamplesServerTest::addTrailers()
{
    const quint16 port
        = listen([](auto *, auto *res) { examples::respondWithTrailers(res, "file data"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(QString::fromLatin1(
            res->headers().value("trailer") + ' ' + res->headers().value("transfer-encoding")));
        connect(res, &IncomingMessage::data, this,
            [this](const QByteArray &octets) { m_journal.add(QString::fromLatin1(octets)); });
        connect(res, &IncomingMessage::ended, this, [this, res] {
            m_journal.add(QString::fromLatin1(res->trailers().value("content-md5")));
            m_journal.add(QString::fromLatin1(res->rawTrailers().join(',')));
        });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"Content-MD5 chunked | file data | 7895bf4b8828b55ceaf47747b4bca667 | "
        "Content-MD5,7895bf4b8828b55ceaf47747b4bca667"_s);
}

// conformance: messages/doc-example-header-names-and-copies
void ExamplesServerTest::headerNamesAndCopies()
{
    RequestOptions options = to(listen([this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(req->headers().value("foo")));
        QVERIFY(!req->headers().contains("content-encoding"));
        examples::headerNamesAndCopies(res);
        res->end();
    }),
        "GET");
    options.setHost = false;
    Printed printed;
    QPointer<ClientRequest> req = request(options);
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(QString::fromLatin1(res->headers().value("foo")));
        QVERIFY(!res->headers().contains("content-encoding"));
        res->resume();
    });
    examples::headerNamesAndCopies(req);
    req->end();
    QTRY_VERIFY(!req);
    const QString once = lines({ u"foo,set-cookie"_s, u"foo bar"_s, u"set-cookie foo=bar|bar=baz"_s,
        u"true"_s, u"false foo,set-cookie,content-type"_s });
    QCOMPARE(printed.text(), once + u'\n' + once);
    QCOMPARE(m_journal.text(), u"bar | bar"_s);
}

// conformance: messages/doc-example-write-head-precedence
void ExamplesServerTest::writeHead_precedence()
{
    const std::unique_ptr<Server> server = examples::serverWithPrecedence();
    Printed printed;
    const QByteArray answer = talk(server->serverPort(), closing());
    QVERIFY2(
        answer.startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Foo: bar\r\n"), answer);
    QCOMPARE(printed.text(), u"getHeader after the merge text/plain"_s);
    // Without setHeader(), writeHead() does not keep what it sends.
    const QByteArray plain = serve(
        [](IncomingMessage *, ServerResponse *res) {
            QVERIFY(!res->writeHead(200, { { "Content-Type", "text/plain" } }));
            QVERIFY(!res->getHeader("content-type") && res->getHeaderNames().isEmpty());
            res->end();
        },
        closing());
    QVERIFY2(plain.contains("\r\nContent-Type: text/plain\r\n"), plain);
}

// conformance: messages/doc-example-write-head-chained
void ExamplesServerTest::writeHead_chained()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        if (req->url() == "/chained") {
            examples::respondWithLength(res);
            return;
        }
        m_journal.add(u"default %1 [%2]"_s.arg(
            QString::number(res->statusCode()), QString::fromLatin1(res->statusMessage())));
        if (req->url() == "/message")
            examples::respondNotFoundInOwnWords(res);
        else
            examples::respondNotFound(res);
        m_journal.add(u"sent %1 %2"_s.arg(
            QString::number(res->statusCode()), QString::fromLatin1(res->statusMessage())));
    });
    QCOMPARE(answerOf(port, "/chained"), u"200 OK [text/plain][11][] hello world"_s);
    QCOMPARE(answerOf(port, "/code"), u"404 Not Found [][0][] "_s);
    QCOMPARE(answerOf(port, "/message"), u"404 Not found [][0][] "_s);
    QCOMPARE(m_journal.text(),
        u"default 200 [] | sent 404 Not Found | default 200 [] | sent 404 Not found"_s);
}

// conformance: messages/doc-example-headers-and-raw-headers
void ExamplesServerTest::headersAndRawHeaders()
{
    using List = QList<QByteArray>;
    const QList<List> lists {
        { "ConTent-Length", "123456", "content-type", "text/plain", "CONNECTION", "keep-alive",
            "Host", "mysite.com", "accepT", "*/*" },
        { "user-agent", "curl/7.22.0", "host", "127.0.0.1:8000", "accept", "*/*" },
        { "user-agent", "this is invalid because there can be only one", "User-Agent",
            "curl/7.22.0", "Host", "127.0.0.1:8000", "ACCEPT", "*/*" },
    };
    const QStringList headers {
        lines({ u"content-length: 123456"_s, u"content-type: text/plain"_s,
            u"connection: keep-alive"_s, u"host: mysite.com"_s, u"accept: */*"_s }),
        lines({ u"user-agent: curl/7.22.0"_s, u"host: 127.0.0.1:8000"_s, u"accept: */*"_s }),
        lines({ u"user-agent: this is invalid because there can be only one"_s,
            u"host: 127.0.0.1:8000"_s, u"accept: */*"_s }),
    };
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *) {
        examples::tellHeaders(req);
        examples::tellRawHeaders(req);
        req->destroy();
    });
    for (qsizetype i = 0; i < lists.size(); ++i) {
        QByteArray octets = "GET / HTTP/1.1\r\n";
        for (qsizetype n = 0; n < lists[i].size(); n += 2)
            octets += lists[i][n] + ": " + lists[i][n + 1] + "\r\n";
        Printed printed;
        talk(port, octets + "\r\n");
        QString raw;
        QDebug(&raw) << lists[i];
        QCOMPARE(printed.text(), headers[i] + u'\n' + raw.trimmed());
    }
}

// conformance: messages/doc-example-url-parsing
void ExamplesServerTest::urlParsing()
{
    Printed printed;
    serve(
        [](IncomingMessage *req, ServerResponse *res) {
            examples::tellUrl(req);
            res->end();
        },
        "GET /status?name=ryan HTTP/1.1\r\nAccept: text/plain\r\nHost: localhost:3000\r\n"
        "Connection: close\r\n\r\n");
    QCOMPARE(printed.text(),
        lines({ u"href http://localhost:3000/status?name=ryan"_s, u"origin http://localhost:3000"_s,
            u"protocol http"_s, u"username"_s, u"password"_s, u"host localhost:3000"_s,
            u"hostname localhost"_s, u"port 3000"_s, u"pathname /status"_s, u"search name=ryan"_s,
            u"hash"_s, u"name ryan"_s }));
}

// conformance: messages/doc-example-validate-header
void ExamplesServerTest::validateHeader()
{
    Printed printed;
    examples::validateNames();
    examples::validateValues();
    QCOMPARE(printed.text(),
        lines({ u"ERR_INVALID_HTTP_TOKEN"_s, u"Header name must be a valid HTTP token [\"\"]"_s,
            u"true"_s, u"Invalid character in header content [\"x-my-header\"]"_s }));
    QVERIFY(statusCodes().contains({ 404, "Not Found" }));
}

QTEST_GUILESS_MAIN(ExamplesServerTest)
#include "tst_examplesserver.moc"
