#include "scriptfixture.h"

using namespace headrace;
using namespace headrace::session;

/// What hooks of the proxy's scripts make of messages.
class ProxyScriptsTest : public QObject, private ScriptFixture
{
    Q_OBJECT

private Q_SLOTS:

    void init() { begin(); }

    void cleanup() { end(); }

    void request_isChanged_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *title, const QByteArray &code, const char *text) {
            QTest::newRow(title) << code << QByteArray(text);
        };
        row("nothing", "",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nabc");
        row("method and target", "request.method = 'PUT'; request.target = '/b';",
            "PUT /b HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nabc");
        row("set keeps place and case", "request.headers.set('x', 3);",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 3\r\n\r\nabc");
        row("set a new one", "request.headers.set('y', 3);",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\ny: 3\r\n\r\nabc");
        row("add", "request.headers.add('x', 3).add('X', '4');",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\nx: 3\r\nX: "
            "4\r\n\r\nabc");
        row("remove", "request.headers.remove('X').remove('none');",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\n\r\nabc");
        row("raw",
            "request.rawHeaders.splice(2, 2); request.rawHeaders.unshift('First', 'caf\\u00e9');",
            "POST /orders?id=7 HTTP/1.1\r\nFirst: caf\xe9\r\nhOST: api.test\r\nx: 2\r\n\r\nabc");
        row("headers are read",
            "request.headers.add('S', [request.headers.get('X'), "
            "request.headers.getAll('x').length, request.headers.has('Y'), "
            "[...request.headers].length].join());",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\nS: "
            "1,2,false,3\r\n\r\nabc");
        row("body as a string", "request.body = 'caf\\u00e9';",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\ncaf\xc3\xa9");
        row("body as a buffer", "request.body = Buffer.concat([request.body, Buffer.of(255)]);",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nabc\xff");
        row("body in place", "request.body[0] = 0x41;",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nAbc");
        row("text", "request.text = request.text.toUpperCase();",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nABC");
        row("its own message", "request.method = 'PUT'; return request;",
            "PUT /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nabc");
        row("framing is left",
            "request.headers.set('Content-Length', 9); request.headers.add('Y', 1);",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\nY: 1\r\n\r\nabc");
        row("method becomes HEAD", "request.method = 'HEAD';",
            "POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX: 1\r\nx: 2\r\n\r\nabc");
    }

    void request_isChanged()
    {
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, text);
        for (const char *async : { "", "async " }) {
            useScript(QByteArray("exports.needsBody = 'request';\nexports.onRequest = ") + async
                + "(request) => { " + code + " };");
            FakeTransit transit(
                "/orders?id=7", { { "hOST", "api.test" }, { "X", "1" }, { "x", "2" } }, "abc");
            QVERIFY(entered(transit, Stage::RequestHead));
            QVERIFY(m_book->wantsBody(transit, Direction::Request));
            QVERIFY(entered(transit, Stage::RequestBody));
            QCOMPARE(transit.requestText(), text);
            QCOMPARE(said(Kind::Failure), QString());
            for (const exchange::Change &change : std::as_const(transit.changes)) {
                QCOMPARE(change.cause, exchange::Change::Cause::Script);
                QCOMPARE(change.by, QStringLiteral("r"));
            }
            m_book->ended(transit, {});
        }
    }

    void url_saysWhereItGoes_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<Route>("route");
        const Route kept { false, QStringLiteral("api.test"), 80 };
        const auto row = [](const char *title, const char *target, const char *code,
                             const char *head, const Route &route) {
            QTest::newRow(title) << QByteArray(target) << QByteArray(code) << QByteArray(head)
                                 << route;
        };
        row("read", "/a?b", "request.headers.set('U', request.url);",
            "POST /a?b HTTP/1.1\r\nhOST: api.test\r\nU: http://api.test/a?b\r\n\r\n", kept);
        row("another host", "/a?b", "request.url = 'https://other.test:444/c?d#e';",
            "POST /c?d HTTP/1.1\r\nhOST: other.test:444\r\n\r\n",
            { true, QStringLiteral("other.test"), 444 });
        row("another path", "/a", "request.url = request.url.replace(/a$/, 'b');",
            "POST /b HTTP/1.1\r\nhOST: api.test\r\n\r\n", kept);
        row("absolute-form", "http://api.test/a", "request.url = 'http://other.test?x';",
            "POST http://other.test/?x HTTP/1.1\r\nhOST: other.test\r\n\r\n",
            { false, QStringLiteral("other.test"), 80 });
        row("with a Host of its own", "/a",
            "request.url = 'http://other.test/a'; request.headers.set('Host', 'mine.test');",
            "POST /a HTTP/1.1\r\nhOST: mine.test\r\n\r\n",
            { false, QStringLiteral("other.test"), 80 });
        row("by the target", "/a", "request.target = 'http://other.test/a';",
            "POST http://other.test/a HTTP/1.1\r\nhOST: api.test\r\n\r\n",
            { false, QStringLiteral("other.test"), 80 });
        row("no URL", "/a", "request.url = 'nowhere';",
            "POST /a HTTP/1.1\r\nhOST: api.test\r\n\r\n", kept);
    }

    void url_saysWhereItGoes()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, head);
        QFETCH(Route, route);
        useScript("exports.onRequest = (request) => { " + code + " };");
        FakeTransit transit(target);
        QVERIFY(passed(transit, Direction::Request));
        QCOMPARE(transit.requestText(), head);
        QVERIFY2(transit.route() == route, qPrintable(transit.route().host));
    }

    void response_isChanged_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *title, const QByteArray &code, const char *text) {
            QTest::newRow(title) << code << QByteArray(text);
        };
        row("status", "response.statusCode = 404;",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nanswer");
        row("status and phrase", "response.statusCode = 404; response.statusMessage = 'Nope';",
            "HTTP/1.1 404 Nope\r\nContent-Type: text/plain\r\n\r\nanswer");
        row("headers and body",
            "response.headers.set('X', request.method); response.body = 'other';",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX: POST\r\n\r\nother");
        row("state of the request",
            "response.headers.set('X', context.state.seen + context.rule + context.direction);",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX: yesrresponse\r\n\r\nanswer");
        row("interim status", "response.statusCode = 103;",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nanswer");
    }

    void response_isChanged()
    {
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, text);
        useScript("exports.needsBody = { response: true };\n"
                  "exports.onRequest = (request, context) => { context.state.seen = 'yes'; };\n"
                  "exports.onResponse = (response, request, context) => { "
            + code + " };");
        FakeTransit transit;
        pass(transit);
        QCOMPARE(said(Kind::Failure), QString());
        QCOMPARE(transit.responseText(), text);
    }

    void codedText_isDecoded()
    {
        useScript("const zlib = require('zlib');\n"
                  "exports.needsBody = true;\n"
                  "exports.onRequest = (request) => { request.body = zlib.gzipSync('plain'); "
                  "request.headers.set('content-encoding', 'gzip'); };\n"
                  "exports.onResponse = (response, request) => { response.text = request.text + "
                  "request.headers.get('Content-Encoding'); };");
        FakeTransit transit;
        pass(transit, "coded", { { "Content-Encoding", "unknown" } });
        QCOMPARE(said(Kind::Failure), QString());
        QCOMPARE(transit.response().body, QByteArray("plaingzip"));
        QVERIFY(transit.response().head.indexOf("Content-Encoding") < 0);
    }

    void answer_takesThePlace_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *title, const char *answer, const char *text) {
            QTest::newRow(title) << QByteArray(answer) << QByteArray(text);
        };
        row("nothing in it", "{}", "HTTP/1.1 200 OK\r\n\r\n");
        row("all",
            "{ statusCode: 404, statusMessage: 'Nope', headers: { A: 1, B: ['2', '3'] }, body: "
            "'text' }",
            "HTTP/1.1 404 Nope\r\nA: 1\r\nB: 2\r\nB: 3\r\n\r\ntext");
        row("pairs", "{ headers: [['A', 1], ['a', 2]], body: Buffer.from('x') }",
            "HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\n\r\nx");
        row("raw", "{ rawHeaders: ['A', '1', 'Content-Length', '7'] }",
            "HTTP/1.1 200 OK\r\nA: 1\r\n\r\n");
    }

    void answer_takesThePlace()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, text);
        useScript("exports.onRequest = () => (" + answer + ");");
        FakeTransit transit;
        QVERIFY(!passed(transit, Direction::Request));
        QCOMPARE(said(Kind::Failure), QString());
        QVERIFY(transit.answered);
        QCOMPARE(transit.answered->head.octets() + transit.answered->body, text);
        QVERIFY(transit.summaries().at(0).endsWith(QStringLiteral(" by onRequest")));
    }

    void answer_toAResponse_takesItsPlace()
    {
        useScript("exports.onResponse = async () => ({ statusCode: 503 });");
        FakeTransit transit;
        QVERIFY(passed(transit, Direction::Request));
        transit.receive(200, {}, {});
        const int resumed = transit.resumed;
        m_book->intercept(transit, Stage::ResponseHead);
        QTRY_VERIFY_WITH_TIMEOUT(transit.answered, patience);
        QCOMPARE(transit.answered->head.statusCode(), 503);
        QCOMPARE(transit.resumed, resumed);
    }

    void statusWithoutBody_isAnAnswer()
    {
        useScript("exports.onResponse = (response) => { response.statusCode = 204; };");
        FakeTransit transit;
        pass(transit);
        QVERIFY(transit.answered);
        QCOMPARE(transit.answered->head.startLine(), QByteArray("HTTP/1.1 204 No Content"));
    }

    void drop_closes()
    {
        useScript("exports.onRequest = async (request, context) => { await null; context.drop('no "
                  "reason'); };");
        FakeTransit transit;
        m_book->intercept(transit, Stage::RequestHead);
        QTRY_VERIFY_WITH_TIMEOUT(transit.dropped, patience);
        QCOMPARE(transit.dropped->why, QStringLiteral("Dropped by r: no reason"));
        QCOMPARE(transit.resumed, 0);
    }

    void filterOnTheResponse_runsItsHookOnly()
    {
        useScript("exports.onRequest = (request) => { request.headers.add('N', 1); };"
                  "exports.onResponse = (response) => { response.headers.add('N', 1); };",
            "status:200");
        FakeTransit transit;
        pass(transit);
        QVERIFY(transit.request().head.indexOf("N") < 0);
        QVERIFY(transit.response().head.indexOf("N") >= 0);
        QCOMPARE(m_book->matches().value(QStringLiteral("r")), 1);
    }
};

QTEST_GUILESS_MAIN(ProxyScriptsTest)
#include "tst_proxyscripts.moc"
