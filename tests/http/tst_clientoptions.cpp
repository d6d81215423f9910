// Source: reference http.request(), http.get() and their options; request.method, path, host, protocol.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

using Change = std::function<void(RequestOptions &)>;

class OddAgent : public IdleAgent
{
public:
    quint16 defaultPort() const override { return 7; }

    QByteArray protocol() const override { return "x:"; }
};

QString codeOf(const Error &error) { return wire::name(error.code); }

} // namespace

class ClientOptionsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void hostHeader_data();
    void hostHeader();
    void url_data();
    void url();
    void url_isRefused_data();
    void url_isRefused();
    void protocol_data();
    void protocol();
    void refused_data();
    void refused();
    void properties();
    void initialState();
    void getForms_data();
    void getForms();
    void methodAndPath_canBeChanged();
    void postAndJsonGet();
};

// conformance: client/host-hostname-and-host-header
void ClientOptionsTest::hostHeader_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("header");
    const auto row
        = [](const char *name, Change change, const QString &host, const QByteArray &header) {
              QTest::newRow(name) << change << host << header;
          };
    const auto to = [](const QString &host, quint16 port = 0, const QString &hostname = {}) {
        return [host, port, hostname](RequestOptions &o) {
            o.host = host;
            o.port = port;
            o.hostname = hostname;
        };
    };
    const auto with = [](const QByteArray &name, const QByteArray &value) {
        return [name, value](RequestOptions &o) {
            o.host = u"a.example"_s;
            o.headers = { { name, value } };
        };
    };
    row(
        "none", [](RequestOptions &) {}, u"localhost"_s, "localhost");
    row("host", to(u"a.example"_s), u"a.example"_s, "a.example");
    row("hostname", to({}, 0, u"b.example"_s), u"b.example"_s, "b.example");
    row("both", to(u"a.example"_s, 0, u"b.example"_s), u"b.example"_s, "b.example");
    row("port 80", to(u"a.example"_s, 80), u"a.example"_s, "a.example");
    row("port 8080", to(u"a.example"_s, 8080), u"a.example"_s, "a.example:8080");
    row("IPv6", to(u"::1"_s), u"::1"_s, "[::1]");
    row("IPv6, port", to(u"::1"_s, 8080), u"::1"_s, "[::1]:8080");
    row("IPv6, in brackets", to(u"[::1]"_s, 8080), u"[::1]"_s, "[::1]:8080");
    row("one colon", to(u"a:b"_s), u"a:b"_s, "a:b");
    row("setHost off",
        [](RequestOptions &o) {
            o.host = u"a.example"_s;
            o.setHost = false;
        },
        u"a.example"_s, {});
    row("own header", with("hOST", "mine"), u"a.example"_s, "mine");
    row("own header, empty", with("Host", ""), u"a.example"_s, "a.example");
}

void ClientOptionsTest::hostHeader()
{
    QFETCH(Change, change);
    QFETCH(QString, host);
    QFETCH(QByteArray, header);
    IdleAgent agent;
    RequestOptions options;
    options.agent = &agent;
    change(options);
    const std::unique_ptr<ClientRequest> req(request(options));
    QCOMPARE(req->host(), host);
    QCOMPARE(req->getHeader("host").value_or(HeaderValue()).toByteArray(), header);
}

void ClientOptionsTest::url_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected"); ///< host port path Host-header auth
    const auto row = [](
                         const char *name, const QString &url, const QString &expected,
                         Change change = [](RequestOptions &) {}) {
        QTest::newRow(name) << url << change << expected;
    };
    row("plain", u"http://a.example:81/x?y#z"_s, u"a.example 81 /x?y a.example:81 "_s);
    row("no path", u"http://a.example"_s, u"a.example 80 / a.example "_s);
    row("query only", u"http://h?q"_s, u"h 80 /?q h "_s);
    row("empty query", u"http://h/?"_s, u"h 80 / h "_s);
    row("empty fragment", u"http://h/#"_s, u"h 80 / h "_s);
    row("dot segments", u"http://A.Example:80/a/../b/./c//d"_s,
        u"a.example 80 /b/c//d a.example "_s);
    row("not ASCII", u"http://b\u00fccher.example/\u00fc?\u00fc"_s,
        u"xn--bcher-kva.example 80 /%C3%BC?%C3%BC xn--bcher-kva.example "_s);
    row("blank", u"http://h/a b"_s, u"h 80 /a%20b h "_s);
    row("encoded", u"http://h/%2Ffoo;a=b"_s, u"h 80 /%2Ffoo;a=b h "_s);
    row("sub-delims", u"http://h/a'b(c)*!$&+,;=:@~"_s, u"h 80 /a'b(c)*!$&+,;=:@~ h "_s);
    row("IPv6", u"http://[::1]:81/"_s, u"::1 81 / [::1]:81 "_s);
    row("user and password", u"http://u%40:p%3A@h/"_s, u"h 80 / h u%40:p%3A"_s);
    row("user only", u"http://u@h/"_s, u"h 80 / h u:"_s);
    row("password only", u"http://:p@h/"_s, u"h 80 / h :p"_s);
    row("capital scheme", u"HTTP://h/"_s, u"h 80 / h "_s);
    const QString base = u"http://u:p@a.example:81/x?y"_s;
    row("host comes second", base, u"a.example 81 /x?y a.example:81 u:p"_s,
        [](RequestOptions &o) { o.host = u"b.example"_s; });
    row("hostname", base, u"b.example 81 /x?y b.example:81 u:p"_s,
        [](RequestOptions &o) { o.hostname = u"b.example"_s; });
    row("port", base, u"a.example 82 /x?y a.example:82 u:p"_s,
        [](RequestOptions &o) { o.port = 82; });
    row("path", base, u"a.example 81 /z a.example:81 u:p"_s,
        [](RequestOptions &o) { o.path = "/z"; });
    row("auth", base, u"a.example 81 /x?y a.example:81 q:r"_s,
        [](RequestOptions &o) { o.auth = "q:r"; });
    row("Host header", base, u"a.example 81 /x?y h u:p"_s, [](RequestOptions &o) {
        o.headers = { { "Host", "h" } };
    });
}

/// What is set in the options takes precedence over the URL.
void ClientOptionsTest::url()
{
    QFETCH(QString, url);
    QFETCH(Change, change);
    QFETCH(QString, expected);
    IdleAgent agent;
    RequestOptions options;
    options.agent = &agent;
    change(options);
    Error error;
    const std::unique_ptr<ClientRequest> req(request(QUrl(url), options, &error));
    QVERIFY2(req, qPrintable(error.message));
    const HeaderValue none;
    const QByteArray basic = req->getHeader("authorization").value_or(none).toByteArray();
    QCOMPARE(u"%1 %2 %3 %4 %5"_s.arg(req->host())
                 .arg(agent.asked.port)
                 .arg(QString::fromLatin1(req->path()),
                     QString::fromLatin1(req->getHeader("host").value_or(none).toByteArray()),
                     QString::fromLatin1(QByteArray::fromBase64(basic.mid(6)))),
        expected);
}

void ClientOptionsTest::url_isRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("code");
    for (const char *url : { "", "nope", "http://", "//h/x", "http://[::1/", "http://h:port/" })
        QTest::addRow("\"%s\"", url) << QString::fromLatin1(url) << u"ERR_INVALID_URL"_s;
    for (const char *url : { "ftp://h/", "https://h/" })
        QTest::addRow("\"%s\"", url) << QString::fromLatin1(url) << u"ERR_INVALID_PROTOCOL"_s;
}

void ClientOptionsTest::url_isRefused()
{
    QFETCH(QString, url);
    QFETCH(QString, code);
    IdleAgent agent;
    RequestOptions options;
    options.agent = &agent;
    Error error;
    QVERIFY(!request(QUrl(url), options, &error));
    QCOMPARE(codeOf(error), code);
}

// conformance: client/protocol-mismatch
void ClientOptionsTest::protocol_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("odd");
    QTest::addColumn<QString>("expected");
    const QString mismatch
        = u"ERR_INVALID_PROTOCOL Protocol \"%1\" not supported. Expected \"%2\""_s;
    const auto protocol
        = [](const QByteArray &name) { return [name](RequestOptions &o) { o.protocol = name; }; };
    QTest::newRow("http:") << Change(protocol("http:")) << false << QString();
    QTest::newRow("https:") << Change(protocol("https:")) << false
                            << mismatch.arg(u"https:"_s, u"http:"_s);
    QTest::newRow("http") << Change(protocol("http")) << false
                          << mismatch.arg(u"http"_s, u"http:"_s);
    QTest::newRow("empty") << Change(protocol("")) << false << QString();
    QTest::newRow("createConnection") << Change([](RequestOptions &o) {
        o.protocol = "https:";
        o.agent = nullptr;
        o.createConnection = [](auto &&...) { return nullptr; };
    }) << false << mismatch.arg(u"https:"_s, u"http:"_s);
    QTest::newRow("agent's own") << Change(protocol("x:")) << true << QString();
    QTest::newRow("bad path and protocol") << Change([](RequestOptions &o) {
        o.protocol = "x:";
        o.path = "/ ";
    }) << false << u"ERR_UNESCAPED_CHARACTERS Request path contains unescaped characters"_s;
    QTest::newRow("bad protocol and method") << Change([](RequestOptions &o) {
        o.protocol = "x:";
        o.method = "A B";
    }) << false << mismatch.arg(u"x:"_s, u"http:"_s);
}

void ClientOptionsTest::protocol()
{
    QFETCH(Change, change);
    QFETCH(bool, odd);
    QFETCH(QString, expected);
    IdleAgent plain;
    OddAgent other;
    RequestOptions options;
    options.agent = odd ? &other : &plain;
    change(options);
    Error error;
    const std::unique_ptr<ClientRequest> req(request(options, &error));
    QCOMPARE(bool(req), expected.isEmpty());
    if (!req)
        QCOMPARE(codeOf(error) + u' ' + error.message, expected);
}

void ClientOptionsTest::refused_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("maxHeaderSize")
        << Change([](RequestOptions &o) { o.maxHeaderSize = -1; }) << u"ERR_OUT_OF_RANGE"_s;
    QTest::newRow("timeout") << Change([](RequestOptions &o) {
        o.timeout = std::chrono::milliseconds(-1);
    }) << u"ERR_OUT_OF_RANGE"_s;
}

void ClientOptionsTest::refused()
{
    QFETCH(Change, change);
    QFETCH(QString, code);
    RequestOptions options = to(1);
    change(options);
    Error error;
    QVERIFY(!request(options, &error));
    QCOMPARE(codeOf(error), code);
    QVERIFY(m_agent->sockets().isEmpty());
}

// conformance: client/request-properties
void ClientOptionsTest::properties()
{
    IdleAgent agent;
    OddAgent other;
    const auto show = [&](const Change &change, const QUrl &url = {}) {
        RequestOptions options;
        options.agent = &agent;
        change(options);
        const std::unique_ptr<ClientRequest> req(
            url.isEmpty() ? request(options) : request(url, options));
        return QString::fromLatin1(req->method() + ' ' + req->path() + ' ' + req->host().toLatin1()
            + ' ' + req->protocol() + ' ' + req->getHeader("host")->toByteArray());
    };
    QCOMPARE(show([](RequestOptions &) {}), u"GET / localhost http: localhost"_s);
    QCOMPARE(show([](RequestOptions &o) {
        o.host = u"h.example"_s;
        o.port = 8080;
        o.method = "post";
        o.path = "/p?q";
    }),
        u"POST /p?q h.example http: h.example:8080"_s);
    QCOMPARE(show([](RequestOptions &) {}, QUrl(u"http://u.example:81/x/y?z#h"_s)),
        u"GET /x/y?z u.example http: u.example:81"_s);
    QCOMPARE(show([&](RequestOptions &o) {
        o.agent = &other;
        o.protocol = "x:";
        o.port = 7;
    }),
        u"GET / localhost x: localhost"_s);
}

void ClientOptionsTest::initialState()
{
    IdleAgent agent;
    RequestOptions options;
    options.agent = &agent;
    const std::unique_ptr<ClientRequest> req(request(options));
    QVERIFY(!req->reusedSocket() && !req->isAborted() && !req->isDestroyed());
    QVERIFY(!req->writableEnded() && !req->writableFinished() && !req->headersSent());
    QVERIFY(!req->socket() && !req->res());
    QCOMPARE(req->agent(), &agent);
}

// conformance: client/http-get-forms
void ClientOptionsTest::getForms_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("served");
    QTest::newRow("options") << QString() << Change([](RequestOptions &o) { o.path = "/options"; })
                             << QByteArray("GET /options");
    QTest::newRow("URL") << u"/url"_s << Change([](RequestOptions &) {}) << QByteArray("GET /url");
    QTest::newRow("merged") << u"/merged"_s << Change([](RequestOptions &o) { o.path = "/o"; })
                            << QByteArray("GET /o");
    QTest::newRow("method is sent") // "always set to GET" says the text: DIFFERS.md
        << QString() << Change([](RequestOptions &o) { o.method = "DELETE"; })
        << QByteArray("DELETE /");
}

void ClientOptionsTest::getForms()
{
    QFETCH(QString, url);
    QFETCH(Change, change);
    QFETCH(QByteArray, served);
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        res->end(req->method() + ' ' + req->url());
    });
    RequestOptions options;
    options.ownAgent = true;
    if (url.isEmpty()) {
        options.host = u"127.0.0.1"_s;
        options.port = port;
    }
    change(options);
    QPointer<ClientRequest> req = url.isEmpty()
        ? get(options)
        : get(QUrl(u"http://127.0.0.1:%1"_s.arg(port) + url), options);
    QVERIFY(req->writableEnded());
    QByteArray body;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { body += octets; });
    });
    req->end(); // again: nothing
    QTRY_VERIFY(!req);
    QCOMPARE(body, served);
}

void ClientOptionsTest::methodAndPath_canBeChanged()
{
    RawServer server("HTTP/1.1 204 No Content\r\n\r\n");
    RequestOptions options = to(server.port(), "foo");
    QPointer<ClientRequest> req = request(options);
    QCOMPARE(req->method(), "FOO");
    QCOMPARE(codeOf(req->setMethod("A B")), u"ERR_INVALID_HTTP_TOKEN"_s);
    QCOMPARE(codeOf(req->setPath("/ ")), u"ERR_UNESCAPED_CHARACTERS"_s);
    QVERIFY(!req->setMethod("Changed"));
    QVERIFY(!req->setPath("/new"));
    QCOMPARE(req->method() + req->path(), "Changed/new");
    req->end();
    QCOMPARE(codeOf(req->setMethod("GET")), u"ERR_HTTP_HEADERS_SENT"_s);
    QCOMPARE(codeOf(req->setPath("/")), u"ERR_HTTP_HEADERS_SENT"_s);
    QTRY_VERIFY(!req);
    QVERIFY(server.received().startsWith("Changed /new HTTP/1.1\r\n"));
}

// conformance: client/doc-example-post-and-json-get
void ClientOptionsTest::postAndJsonGet()
{
    quint16 clientPort = 0;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        clientPort = qobject_cast<QTcpSocket *>(req->socket())->peerPort();
        const auto body = std::make_shared<QByteArray>();
        connect(req, &IncomingMessage::data, res,
            [body](const QByteArray &octets) { *body += octets; });
        connect(req, &IncomingMessage::ended, res, [req, res, body] {
            QVERIFY(!res->setHeader("Content-Type", "application/json"));
            res->setStatusCode(req->method() == "POST" ? 201 : 200);
            res->end("{\"data\":\"" + *body + "\"}");
        });
    });
    const QByteArray postData = "Hello World! \xc3\xbc";
    RequestOptions options = to(port);
    options.path = "/upload";
    options.headers
        = { { "Content-Type", "application/json" }, { "Content-Length", postData.size() } };
    QCOMPARE(journalOf(options,
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::response, this, [&, req](IncomingMessage *res) {
                         QCOMPARE(res->statusMessage(), "Created");
                         QCOMPARE(res->headers().value("content-type"), "application/json");
                         const auto *socket = qobject_cast<QTcpSocket *>(req->socket());
                         QCOMPARE(socket->localAddress(), QHostAddress(QHostAddress::LocalHost));
                         QCOMPARE(socket->peerPort(), port);
                         QCOMPARE(socket->localPort(), clientPort);
                     });
                     req->write(postData);
                     req->end();
                 }),
        u"socket | finish | response 201 | res data "_s
            + QString::fromLatin1("{\"data\":\"" + postData + "\"}")
            + u" | res end | close | res close"_s);
    QCOMPARE(journalOf(to(port, "GET")),
        u"socket | finish | response 200 | res data {\"data\":\"\"} | res end | close | res close"_s);
}

QTEST_GUILESS_MAIN(ClientOptionsTest)
#include "tst_clientoptions.moc"
