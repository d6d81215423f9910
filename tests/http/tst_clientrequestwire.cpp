// Source: reference http.request, request.write(), request.end(), request.setHeader(); conformance
// client/wire-*, headers-*, path-option, method-option, auth-option, host-*, expect-header-variants.
#include "agentfixture.h"
#include "rawpeer.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

using Use = std::function<void(ClientRequest *)>;

struct Case
{
    const char *name;
    RequestOptions options;
    Use use;
    QByteArray sent; ///< The port reads <port>.
};

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

RequestOptions with(const QByteArray &method, HeaderList headers = {}, const QByteArray &path = {})
{
    RequestOptions options;
    options.method = method;
    options.headers = std::move(headers);
    options.path = path;
    return options;
}

RequestOptions raw(HeaderList headers)
{
    RequestOptions options;
    options.auth = "u:p";
    options.rawHeaders = std::move(headers);
    return options;
}

/// Nothing is added, and the method stays as it is.
RequestOptions asGiven(const QByteArray &method, HeaderList headers)
{
    RequestOptions options;
    options.method = method;
    options.rawHeaders = std::move(headers);
    options.sendConnection = false;
    options.sendContentLength = false;
    options.sendTransferEncoding = false;
    options.keepMethodCase = true;
    return options;
}

const QByteArray host = "Host: 127.0.0.1:<port>\r\n";
const QByteArray close_ = "Connection: close\r\n";
const QByteArray chunked = "Transfer-Encoding: chunked\r\n";

QList<Case> bodies()
{
    const QByteArray post = "POST /p HTTP/1.1\r\n";
    const Use pieces = [](ClientRequest *req) {
        req->write("abc");
        req->end("def");
    };
    return {
        { "write and end", with("POST", {}, "/p"), pieces,
            post + host + close_ + chunked + "\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n" },
        { "end(data)", with("POST", {}, "/p"), [](auto *req) { req->end("h\xc3\xa9llo"); },
            post + host + close_ + "Content-Length: 6\r\n\r\nh\xc3\xa9llo" },
        { "end()", with("POST", {}, "/p"), [](auto *req) { req->end(); },
            post + host + close_ + "Content-Length: 0\r\n\r\n" },
        { "nothing added", asGiven("post", { { "A", "1" } }), [](auto *req) { req->end(); },
            "post / HTTP/1.1\r\nA: 1\r\n\r\n" },
        { "own length", with("POST", { { "Content-Length", 6 } }, "/p"), pieces,
            post + "Content-Length: 6\r\n" + host + close_ + "\r\nabcdef" },
        { "wrong length", with("POST", { { "Content-Length", 3 } }, "/p"),
            [](auto *req) { req->end("abcdef"); },
            post + "Content-Length: 3\r\n" + host + close_ + "\r\nabcdef" },
        { "own chunked", with("POST", { { "Transfer-Encoding", "chunked" } }, "/p"),
            [](auto *req) { req->end("abc"); },
            post + chunked + host + close_ + "\r\n3\r\nabc\r\n0\r\n\r\n" },
        { "empty writes", with("POST", {}, "/p"),
            [](auto *req) {
                req->write("");
                req->write({});
                req->write("x");
                req->end("");
            },
            post + host + close_ + chunked + "\r\n1\r\nx\r\n0\r\n\r\n" },
        { "trailers", with("POST", { { "Trailer", "X-T" } }, "/p"),
            [](auto *req) {
                req->write("x");
                put(req->addTrailers({ { "X-T", "1" } }));
                req->end();
            },
            post + "Trailer: X-T\r\n" + host + close_ + chunked
                + "\r\n1\r\nx\r\n0\r\nX-T: 1\r\n\r\n" },
    };
}

QList<Case> methodsWithoutBody()
{
    QList<Case> cases;
    for (const char *name : { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" }) {
        const QByteArray start = name + QByteArray(" / HTTP/1.1\r\n") + host + close_;
        cases.append({ name, with(name),
            [](auto *req) {
                req->write("abc");
                req->end();
            },
            start + "\r\nabc" });
        cases.append({ name, with(name), [](auto *req) { req->end(); }, start + "\r\n" });
    }
    for (const char *name : { "PUT", "PATCH", "PROPFIND" }) {
        const QByteArray start = name + QByteArray(" / HTTP/1.1\r\n") + host + close_;
        cases.append({ name, with(name),
            [](auto *req) {
                req->write("abc");
                req->end();
            },
            start + chunked + "\r\n3\r\nabc\r\n0\r\n\r\n" });
        cases.append({ name, with(name), [](auto *req) { req->end(); },
            start + "Content-Length: 0\r\n\r\n" });
    }
    return cases;
}

QList<Case> headers()
{
    const QByteArray get = "GET / HTTP/1.1\r\n";
    const auto setting = [](HeaderList headers) -> Use {
        return [headers](ClientRequest *req) {
            for (const auto &[name, value] : headers)
                put(req->setHeader(name, value));
            req->end();
        };
    };
    const auto removing = [](const QByteArray &name) -> Use {
        return [name](ClientRequest *req) {
            put(req->removeHeader(name));
            req->end();
        };
    };
    const Use end = [](ClientRequest *req) { req->end(); };
    const Use rendered = [](ClientRequest *req) {
        QVERIFY(req->headersSent() && req->getHeaderNames().isEmpty());
        QCOMPARE(req->setHeader("X-C", "1").code, ErrorCode::HttpHeadersSent);
        req->end();
    };
    return {
        { "number and empty", {}, setting({ { "X-Num", 42 }, { "x-Empty", "" } }),
            get + host + "X-Num: 42\r\nx-Empty: \r\n" + close_ + "\r\n" },
        { "lists", {},
            setting({ { "X-A", QList<QByteArray> { "1", "2" } }, { "X-None", QList<QByteArray>() },
                { "Set-Cookie", QList<QByteArray> { "p", "q" } } }),
            get + host + "X-A: 1\r\nX-A: 2\r\nSet-Cookie: p\r\nSet-Cookie: q\r\n" + close_
                + "\r\n" },
        { "cookies", {}, setting({ { "COOKIE", QList<QByteArray> { "a=1", "b=2" } } }),
            get + host + "COOKIE: a=1; b=2\r\n" + close_ + "\r\n" },
        { "replaced keeps its place", {},
            setting({ { "X-A", "1" }, { "X-B", "2" }, { "x-a", "3" } }),
            get + host + "x-a: 3\r\nX-B: 2\r\n" + close_ + "\r\n" },
        { "no Host", {}, removing("host"), get + close_ + "\r\n" },
        { "no Connection", {}, removing("connection"), get + host + "\r\n" },
        { "own Connection", {}, setting({ { "Connection", "X-Weird" } }),
            get + host + "Connection: X-Weird\r\n\r\n" },
        { "own Host", with("GET", { { "hOST", "mine" } }), end,
            get + "hOST: mine\r\n" + close_ + "\r\n" },
        { "empty Host does not count", with("GET", { { "host", "" } }), end,
            get + host + close_ + "\r\n" },
        { "raw", raw({ { "X-B", "1" }, { "x-a", "2" }, { "X-B", "3" }, { "Host", "given" } }),
            rendered, get + "X-B: 1\r\nx-a: 2\r\nX-B: 3\r\nHost: given\r\n" + close_ + "\r\n" },
        { "raw lists",
            raw({ { "Cookie", QList<QByteArray> { "a=1", "b=2" } },
                { "X-L", QList<QByteArray> { "p", "q" } } }),
            rendered, get + "Cookie: a=1; b=2\r\nX-L: p\r\nX-L: q\r\n" + close_ + "\r\n" },
        { "raw keep-alive", raw({ { "Connection", "keep-alive" } }), rendered,
            get + "Connection: keep-alive\r\n\r\n" },
        { "raw, empty", raw({}), rendered, get + close_ + "\r\n" },
        { "Expect goes at once", with("POST", { { "expect", "100-continue" } }), [](auto *) {},
            "POST / HTTP/1.1\r\nexpect: 100-continue\r\n" + host + close_ + chunked + "\r\n" },
        { "flushHeaders", with("POST"), [](auto *req) { req->flushHeaders(); },
            "POST / HTTP/1.1\r\n" + host + close_ + chunked + "\r\n" },
        { "empty write sends the head", with("POST"), [](auto *req) { QVERIFY(req->write("")); },
            "POST / HTTP/1.1\r\n" + host + close_ + chunked + "\r\n" },
    };
}

QList<Case> targets()
{
    QList<Case> cases;
    const Use end = [](ClientRequest *req) { req->end(); };
    for (const char *path : { "/a?b=1&c=%20", "/a/../b//c", "/{}|\"<>`^\\", "/\xe9", "no-slash",
             "*", "http://h/p", "/h#frag" }) {
        cases.append({ path, with({}, {}, path), end,
            QByteArray("GET ") + path + " HTTP/1.1\r\n" + host + close_ + "\r\n" });
    }
    for (const auto &[given, sent] :
        { std::pair("get", "GET"), std::pair("dElEtE", "DELETE"), std::pair("foo", "FOO"),
            std::pair("X!#y", "X!#Y"), std::pair("M-SEARCH", "M-SEARCH") }) {
        QByteArray expected = QByteArray(sent) + " / HTTP/1.1\r\n" + host + close_;
        if (qstrlen(sent) > 2 && QByteArray(sent) != "GET" && QByteArray(sent) != "DELETE")
            expected += "Content-Length: 0\r\n";
        cases.append({ given, with(given), end, expected + "\r\n" });
    }
    return cases;
}

} // namespace

Q_DECLARE_METATYPE(Case)

class ClientRequestWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sent_data();
    void sent();
    void refused_data();
    void refused();
    void automaticFields_data();
    void automaticFields();
    void expectThroughSetHeader_waits();
    void headerAccessors();
};

void ClientRequestWireTest::sent_data()
{
    QTest::addColumn<Case>("c");
    const auto add = [](const char *group, const QList<Case> &cases) {
        int number = 0;
        for (const Case &c : cases)
            QTest::addRow("%s %d: %s", group, ++number, c.name) << c;
    };
    add("body", bodies());
    add("method", methodsWithoutBody());
    add("header", headers());
    add("target", targets());
}

// conformance: client/wire-body-framing
// conformance: client/wire-methods-without-default-body
// conformance: client/headers-on-the-wire
// conformance: client/headers-option-array
// conformance: client/path-option
// conformance: client/method-option
void ClientRequestWireTest::sent()
{
    QFETCH(Case, c);
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    c.options.host = u"127.0.0.1"_s;
    c.options.port = server.port();
    c.options.ownAgent = true;
    QPointer<ClientRequest> req = request(c.options);
    QVERIFY(req);
    c.use(req);
    QTRY_COMPARE(
        server.received(), QByteArray(c.sent).replace("<port>", QByteArray::number(server.port())));
    req->destroy();
    QTRY_VERIFY(!req);
}

void ClientRequestWireTest::refused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("code");
    const QString path = u"ERR_UNESCAPED_CHARACTERS"_s;
    const QString token = u"ERR_INVALID_HTTP_TOKEN"_s;
    for (const char *bad : { "/a b", "/a\n", "/a\r\nX: y", "/\t", " " })
        QTest::addRow("path %s", bad)
            << QByteArray() << QByteArray(bad) << QByteArray() << QByteArray() << path;
    QTest::newRow("path with NUL")
        << QByteArray() << QByteArray("/a\0", 3) << QByteArray() << QByteArray() << path;
    for (const char *bad : { "GET ", "A B", "\xc3\xa9", "a\n" })
        QTest::addRow("method %s", bad)
            << QByteArray(bad) << QByteArray() << QByteArray() << QByteArray() << token;
    QTest::newRow("name") << QByteArray() << QByteArray() << QByteArray("X A") << QByteArray("1")
                          << token;
    QTest::newRow("value") << QByteArray() << QByteArray() << QByteArray("X-A")
                           << QByteArray("a\nb") << u"ERR_INVALID_CHAR"_s;
}

void ClientRequestWireTest::refused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    RequestOptions options = with(method, {}, path);
    if (!name.isEmpty())
        options.headers = { { name, value } };
    Error error;
    QVERIFY(!request(options, &error));
    QCOMPARE(wire::name(error.code), code);
    if (name.isEmpty())
        return;
    std::swap(options.rawHeaders.emplace(), options.headers);
    error = {};
    QVERIFY(!request(options, &error));
    QCOMPARE(wire::name(error.code), code);
}

void ClientRequestWireTest::automaticFields_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("auth");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("names");
    const auto row
        = [](const char *name, const QString &url, const QByteArray &auth, HeaderList given,
              const QByteArray &host, const QByteArray &authorization) {
              const QByteArray names = given.empty()
                  ? authorization.isEmpty() ? "Host" : "Host,Authorization"
                  : given.begin()->second.toByteArray().isEmpty() ? "Authorization,Host"
                                                                  : "authorization,Host";
              QTest::newRow(name) << url << auth << given << host << authorization << names;
          };
    row("default port", u"http://a.example:80/"_s, {}, {}, "a.example", {});
    row("port", u"http://a.example:8080/"_s, {}, {}, "a.example:8080", {});
    row("IPv6", u"http://[::1]/"_s, {}, {}, "[::1]", {});
    row("IPv6 and port", u"http://[::1]:8080/"_s, {}, {}, "[::1]:8080", {});
    row("auth", u"http://h/"_s, "user:password", {}, "h", "Basic dXNlcjpwYXNzd29yZA==");
    row("auth, UTF-8", u"http://h/"_s, "\xc3\xbc:\xc3\xa9", {}, "h", "Basic w7w6w6k=");
    row("auth, no colon", u"http://h/"_s, "token", {}, "h", "Basic dG9rZW4=");
    row("auth, own header", u"http://h/"_s, "u:p", { { "authorization", "Bearer x" } }, "h",
        "Bearer x");
    row("auth, empty header", u"http://h/"_s, "u:p", { { "authorization", "" } }, "h",
        "Basic dTpw");
    row("URL", u"http://abc:xyz@h/"_s, {}, {}, "h", "Basic YWJjOnh5eg==");
    row("URL, encoded", u"http://a%20b:x%3Ay@h/"_s, {}, {}, "h", "Basic YSUyMGI6eCUzQXk=");
    row("URL, user only", u"http://abc@h/"_s, {}, {}, "h", "Basic YWJjOg==");
    row("URL and option", u"http://abc:xyz@h/"_s, "o:p", {}, "h", "Basic bzpw");
}

// conformance: client/auth-option
void ClientRequestWireTest::automaticFields()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, auth);
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, names);
    IdleAgent agent;
    RequestOptions options;
    options.agent = &agent;
    options.auth = auth;
    options.headers = headers;
    const std::unique_ptr<ClientRequest> req(request(QUrl(url), options));
    QVERIFY(req);
    QCOMPARE(req->getHeader("host")->toByteArray(), host);
    QCOMPARE(req->getHeader("authorization").value_or(HeaderValue()).toByteArray(), authorization);
    QCOMPARE(req->getRawHeaderNames().join(','), names);
    QVERIFY(!req->socket() && !req->headersSent() && !req->writableEnded() && !req->isDestroyed());
}

// conformance: client/expect-header-variants
void ClientRequestWireTest::expectThroughSetHeader_waits()
{
    IdleAgent agent;
    RequestOptions options = with("POST");
    options.agent = &agent;
    const std::unique_ptr<ClientRequest> req(request(options));
    put(req->setHeader("Expect", "100-continue"));
    QVERIFY(!req->headersSent());
    options.headers = { { "expect", "100-continue" } };
    QVERIFY(std::unique_ptr<ClientRequest>(request(options))->headersSent());
    options.headers = {};
    options.rawHeaders = HeaderList { { "EXPECT", "100-continue" } };
    QVERIFY(std::unique_ptr<ClientRequest>(request(options))->headersSent());
}

// conformance: client/header-accessors
void ClientRequestWireTest::headerAccessors()
{
    using List = QList<QByteArray>;
    IdleAgent agent;
    RequestOptions options = with("GET", { { "X-Opt", "o" }, { "accept", "*/*" } });
    options.host = u"127.0.0.1"_s;
    options.port = 1;
    options.agent = &agent;
    const std::unique_ptr<ClientRequest> req(request(options));
    put(req->setHeader("Content-Type", "text/html"));
    put(req->setHeader("Content-Length", 12));
    put(req->setHeader("Cookie", List { "type=ninja", "language=javascript" }));
    QCOMPARE(req->getHeader("content-type"), HeaderValue("text/html"));
    QVERIFY(req->getHeader("CONTENT-LENGTH")->isNumber());
    QCOMPARE(req->getHeader("cookie")->toList(), (List { "type=ninja", "language=javascript" }));
    QCOMPARE(req->getHeader("x-opt"), HeaderValue("o"));
    QCOMPARE(req->getHeader("host"), HeaderValue("127.0.0.1:1"));
    QVERIFY(!req->getHeader("missing"));
    QCOMPARE(
        req->getHeaderNames().join(','), "x-opt,accept,host,content-type,content-length,cookie");
    QCOMPARE(
        req->getRawHeaderNames().join(','), "X-Opt,accept,Host,Content-Type,Content-Length,Cookie");
    put(req->setHeader("x-oPT", "changed"));
    QCOMPARE(
        req->getRawHeaderNames().join(','), "x-oPT,accept,Host,Content-Type,Content-Length,Cookie");
    QCOMPARE(req->getHeader("X-OPT"), HeaderValue("changed"));
    QVERIFY(req->hasHeader("X-OPT") && !req->hasHeader("nope"));
    put(req->removeHeader("X-Opt"));
    put(req->removeHeader("never-set"));
    QVERIFY(!req->hasHeader("x-opt"));
    HeaderList copy = req->getHeaders();
    QCOMPARE(copy.size(), 5);
    copy.clear();
    QCOMPARE(req->getHeader("accept"), HeaderValue("*/*"));
}

QTEST_GUILESS_MAIN(ClientRequestWireTest)
#include "tst_clientrequestwire.moc"
