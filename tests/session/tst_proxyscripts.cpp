#include <proxy/faketransit.h>
#include <proxy/rulebook.h>

#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <proxyscripts_p.h>
#include <stuckwatch_p.h>

#include <memory>

using namespace headrace;
using namespace headrace::proxy;
using namespace headrace::session;
using exchange::Direction;
using Kind = ScriptMessage::Kind;
using Verdict = Interceptor::Verdict;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

Rule rule(const RunScript &script, const char *name = "r", const char *filter = "")
{
    Rule result;
    result.id = result.name = QString::fromLatin1(name);
    result.filter = QString::fromLatin1(filter);
    result.action = script;
    return result;
}

} // namespace

/// Scripts of the proxy's rules, with exchanges that need no proxy.
class ProxyScriptsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ScriptOutbox> m_outbox;
    std::unique_ptr<RunningScripts> m_running;
    std::unique_ptr<ProxyScripts> m_scripts;
    std::unique_ptr<RuleBook> m_book;
    QList<ScriptMessage> m_messages;

    void setRules(const QList<Rule> &rules)
    {
        m_book->setRules(rules);
        m_scripts->setRules(rules);
    }

    void useScript(const QByteArray &source, const char *filter = "")
    {
        setRules({ rule({ {}, QString::fromUtf8(source) }, "r", filter) });
    }

    QString write(const QString &name, const QByteArray &content)
    {
        QSaveFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0 || !file.commit())
            qFatal("cannot write");
        return file.fileName();
    }

    // All of one kind, by lines.
    QString said(Kind kind)
    {
        m_messages += m_outbox->take();
        QString text;
        for (const ScriptMessage &message : std::as_const(m_messages)) {
            if (message.kind == kind)
                text += message.text + u'\n';
        }
        return text;
    }

    // Both messages, for hooks that answer at once; the response is a 200.
    void pass(FakeTransit &transit, const QByteArray &responseBody = "answer",
        const QList<wire::FieldLine> &fields = { { "Content-Type", "text/plain" } })
    {
        if (!transit.pass(*m_book, Direction::Request))
            return;
        transit.receive(200, fields, responseBody);
        transit.pass(*m_book, Direction::Response);
    }

private Q_SLOTS:

    void init()
    {
        m_messages.clear();
        m_outbox = std::make_unique<ScriptOutbox>([] {});
        m_running = std::make_unique<RunningScripts>();
        m_scripts
            = std::make_unique<ProxyScripts>(ScriptHost::Surroundings { *m_outbox, *m_running });
        m_book = std::make_unique<RuleBook>(m_scripts.get());
    }

    void cleanup()
    {
        m_book.reset();
        m_scripts.reset();
    }

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
            QVERIFY(transit.enter(*m_book, Stage::RequestHead));
            QVERIFY(m_book->wantsBody(transit, Direction::Request));
            if (m_book->intercept(transit, Stage::RequestBody) == Verdict::Wait)
                QTRY_COMPARE_WITH_TIMEOUT(transit.resumed, 1, patience);
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
        QVERIFY(transit.pass(*m_book, Direction::Request));
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
        QVERIFY(!transit.pass(*m_book, Direction::Request));
        QCOMPARE(said(Kind::Failure), QString());
        QVERIFY(transit.answered);
        QCOMPARE(transit.answered->head.octets() + transit.answered->body, text);
        QVERIFY(transit.summaries().at(0).endsWith(QStringLiteral(" by onRequest")));
    }

    void answer_toAResponse_takesItsPlace()
    {
        useScript("exports.onResponse = async () => ({ statusCode: 503 });");
        FakeTransit transit;
        QVERIFY(transit.pass(*m_book, Direction::Request));
        transit.receive(200, {}, {});
        m_book->intercept(transit, Stage::ResponseHead);
        QTRY_VERIFY_WITH_TIMEOUT(transit.answered, patience);
        QCOMPARE(transit.answered->head.statusCode(), 503);
        QCOMPARE(transit.resumed, 0);
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

    void failure_leavesTheExchange_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("message");
        QTest::newRow("thrown") << QByteArray("request.method = 'PUT'; throw new Error('oops');")
                                << QStringLiteral("Error: oops");
        QTest::newRow("rejected") << QByteArray(
            "request.method = 'PUT'; return Promise.reject(new Error('oops'));")
                                  << QStringLiteral("Error: oops");
        QTest::newRow("line end in a header")
            << QByteArray("request.headers.set('X', 'a\\r\\nY: 1');")
            << QStringLiteral("The value of X holds a control character");
        QTest::newRow("name of a header") << QByteArray("request.headers.set('X Y', '1');")
                                          << QStringLiteral("\"X Y\" is no field name");
        QTest::newRow("character that is no octet")
            << QByteArray("request.headers.set('X', '\\u20ac');")
            << QStringLiteral("has a character above U+00FF");
        QTest::newRow("headers that are none") << QByteArray("request.rawHeaders = ['a'];")
                                               << QStringLiteral("rawHeaders must be an array");
        QTest::newRow("blank in the target")
            << QByteArray("request.target = '/a b';") << QStringLiteral("The target holds a blank");
        QTest::newRow("body that is none") << QByteArray("request.body = 7;")
                                           << QStringLiteral("body must be a string or a Buffer");
        QTest::newRow("answer that is none")
            << QByteArray("return 7;") << QStringLiteral("A hook answers an object");
        QTest::newRow("status of an answer") << QByteArray("return { statusCode: 99 };")
                                             << QStringLiteral("The status code of an answer");
        QTest::newRow("status that is no number") << QByteArray("return { statusCode: 'a' };")
                                                  << QStringLiteral("The status code of an answer");
        QTest::newRow("header of an answer") << QByteArray("return { headers: { 'A B': 1 } };")
                                             << QStringLiteral("\"A B\" is no field name");
    }

    void failure_leavesTheExchange()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, message);
        useScript(
            "exports.needsBody = true;\nexports.onRequest = (request) => {\n" + code + "\n};");
        FakeTransit transit("/", { { "Host", "api.test" } }, "abc");
        const QByteArray before = transit.requestText();
        QVERIFY(transit.enter(*m_book, Stage::RequestHead));
        if (m_book->intercept(transit, Stage::RequestBody) == Verdict::Wait)
            QTRY_COMPARE_WITH_TIMEOUT(transit.resumed, 1, patience);
        QCOMPARE(transit.requestText(), before);
        QVERIFY(!transit.isDecided());
        QCOMPARE(transit.changes.size(), 1);
        const QString summary = transit.summaries().at(0);
        QVERIFY2(summary.startsWith(QStringLiteral("r: onRequest failed: "))
                && summary.contains(message),
            qPrintable(summary));
        QVERIFY2(said(Kind::Failure).contains(message), qPrintable(said(Kind::Failure)));
        QCOMPARE(m_messages.last().origin, QStringLiteral("r"));
    }

    void failure_hasItsPlace()
    {
        const QString file = write(QStringLiteral("place.js"),
            "exports.onRequest = () => {\n  throw new Error('here');\n};\n");
        setRules({ rule({ file, {} }) });
        FakeTransit transit;
        pass(transit);
        QCOMPARE(transit.summaries(),
            QStringList { QStringLiteral("place.js: onRequest failed: Error: here (place.js:2)") });
        QVERIFY(said(Kind::Failure).startsWith(QStringLiteral("Error: here\n    at")));
        QCOMPARE(m_messages.last().file, file);
        QCOMPARE(m_messages.last().line, 2);
        QCOMPARE(m_messages.last().script.file, file);
    }

    void scriptThatCannotBeLoaded_isNotRun_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("message");
        QTest::newRow("syntax") << QByteArray("exports.onRequest = (")
                                << QStringLiteral("SyntaxError");
        QTest::newRow("throws") << QByteArray("throw new Error('at once');")
                                << QStringLiteral("Error: at once");
        QTest::newRow("ends") << QByteArray("process.exit(1);")
                              << QStringLiteral("The script has ended");
    }

    void scriptThatCannotBeLoaded_isNotRun()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, message);
        useScript(source);
        for (int i = 0; i < 2; ++i) {
            FakeTransit transit;
            pass(transit);
            QCOMPARE(transit.changes.size(), 1);
            QVERIFY2(transit.summaries().at(0).startsWith(QStringLiteral("r: not run: ") + message),
                qPrintable(transit.summaries().at(0)));
            m_book->ended(transit, {});
        }
        QCOMPARE(m_book->matches().value(QStringLiteral("r")), 0);
    }

    void file_changes_theNextExchangeHasIt()
    {
        const QString file = write(QStringLiteral("live.js"),
            "const { name } = require('./part.js');\nexports.onRequest = (request) => { "
            "request.headers.set('V', name); };\n"
            "exports.onResponse = (response) => { response.headers.set('V', name); };\n");
        write(QStringLiteral("part.js"), "exports.name = 'one';\n");
        setRules({ rule({ file, {} }) });
        FakeTransit first;
        QVERIFY(first.pass(*m_book, Direction::Request));
        QCOMPARE(first.request().head.first("V").value_or("none"), QByteArray("one"));
        write(QStringLiteral("part.js"), "exports.name = 'the other';\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            said(Kind::Note).contains(QStringLiteral("part.js has changed")), patience);
        FakeTransit second;
        QVERIFY(second.pass(*m_book, Direction::Request));
        QCOMPARE(second.request().head.first("V").value_or("none"), QByteArray("the other"));
        first.receive(200, {}, {});
        QVERIFY(first.pass(*m_book, Direction::Response));
        QCOMPARE(first.response().head.first("V").value_or("none"), QByteArray("one"));
    }

    void fileThatIsMissing_isRunWhenItComes()
    {
        const QString file = m_folder.filePath(QStringLiteral("late.js"));
        setRules({ rule({ file, {} }) });
        FakeTransit first;
        QVERIFY(first.pass(*m_book, Direction::Request));
        QVERIFY2(first.summaries().at(0).startsWith(
                     QStringLiteral("late.js: not run: Error: Cannot find module")),
            qPrintable(first.summaries().at(0)));
        write(QStringLiteral("late.js"),
            "exports.onRequest = (request) => { request.headers.set('V', 1); };\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            said(Kind::Note).contains(QStringLiteral("late.js has changed")), patience);
        FakeTransit second;
        QVERIFY(second.pass(*m_book, Direction::Request));
        QVERIFY(second.request().head.indexOf("V") >= 0);
    }

    void rulesWithTheSameScript_shareIt()
    {
        const RunScript script { {},
            QStringLiteral("let n = 0; exports.onRequest = (request) => { request.headers.add('N', "
                           "++n); };") };
        setRules({ rule(script, "a"), rule(script, "b", "method:GET"), rule(script, "c") });
        FakeTransit transit;
        QVERIFY(transit.pass(*m_book, Direction::Request));
        QCOMPARE(transit.requestText(),
            QByteArray("POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nN: 1\r\nN: 2\r\n\r\n"));
        QVERIFY(m_scripts->memoryOctets() > 0);
        setRules({});
        QVERIFY(m_scripts->isEmpty());
        QCOMPARE(m_scripts->memoryOctets(), 0);
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

    void exchangeEndsMeanwhile_theAnswerGoesNowhere()
    {
        useScript("let go; exports.onRequest = (request) => (request.target === '/wait' ? new "
                  "Promise((done) => { go = done; }) : go());");
        {
            FakeTransit transit("/wait");
            QCOMPARE(m_book->intercept(transit, Stage::RequestHead), Verdict::Wait);
            m_book->ended(transit, QStringLiteral("gone"));
        }
        FakeTransit other("/go");
        if (m_book->intercept(other, Stage::RequestHead) == Verdict::Wait)
            QTRY_COMPARE_WITH_TIMEOUT(other.resumed, 1, patience);
        FakeTransit waiting("/wait");
        QCOMPARE(m_book->intercept(waiting, Stage::RequestHead), Verdict::Wait);
        m_book.reset();
        m_scripts.reset(); // whose call is still waiting
        QCOMPARE(waiting.resumed, 0);
    }

    void chunks_passThroughAll()
    {
        setRules({ rule({ {},
                            QStringLiteral(
                                "exports.onChunk = (chunk, context) => {\n"
                                "  if (chunk === null) return '[end]';\n"
                                "  if (context.direction === 'request') return undefined;\n"
                                "  return chunk.toString() === 'skip' ? '' : "
                                "chunk.toString().toUpperCase();\n};") },
                       "a"),
            rule({ {},
                     QStringLiteral(
                         "exports.onChunk = (chunk) => (chunk === null ? '!' : `<${chunk}>`);") },
                "b", "status:200") });
        FakeTransit transit;
        pass(transit);
        Transit::PieceFilter &up = transit.pieceFilters[0];
        QVERIFY(up);
        QCOMPARE(up("same"), QByteArray("same"));
        QCOMPARE(up(QByteArray()), QByteArray("[end]"));
        Transit::PieceFilter &down = transit.pieceFilters[1];
        QVERIFY(down);
        QCOMPARE(down("one"), QByteArray("<ONE>"));
        QCOMPARE(down("skip"), QByteArray());
        QCOMPARE(down(QByteArray()), QByteArray("<[end]>!"));
        m_book->ended(transit, {});
        QCOMPARE(down("late"), QByteArray("late"));
        QCOMPARE(said(Kind::Failure), QString());
    }

    void chunks_failures_areNotedOnce()
    {
        useScript("exports.onChunk = async (chunk) => 'late';");
        FakeTransit transit;
        QVERIFY(transit.pass(*m_book, Direction::Request));
        QCOMPARE(transit.pieceFilters[0]("a"), QByteArray("a"));
        QCOMPARE(transit.pieceFilters[0]("b"), QByteArray("b"));
        QCOMPARE(transit.summaries().size(), 1);
        QVERIFY2(transit.summaries().at(0).startsWith(
                     QStringLiteral("r: onChunk failed: TypeError: onChunk must answer at once")),
            qPrintable(transit.summaries().at(0)));
    }

    void webSocketMessages_areChanged()
    {
        setRules({ rule({ {},
            QStringLiteral(
                "exports.onWebSocketMessage = (message) => {\n"
                "  if (message.data === 'drop') return false;\n"
                "  if (message.data === 'throw') throw new Error('no');\n"
                "  if (!message.isText) return Buffer.from([...message.data].reverse());\n"
                "  if (message.data === 'set') { message.data = 'was set'; return; }\n"
                "  if (!message.fromClient) return message.data + '!';\n};") }) });
        FakeTransit transit;
        QVERIFY(transit.pass(*m_book, Direction::Request));
        transit.receive(101, { { "Upgrade", "websocket" } }, {});
        QVERIFY(transit.pass(*m_book, Direction::Response));
        QVERIFY(transit.webSocketFilter);
        const auto filtered = [&](Direction direction, bool isText, const QByteArray &payload) {
            const auto message = transit.webSocketFilter({ direction, isText, payload });
            return message ? (message->isText ? "text " : "binary ") + message->payload
                           : QByteArray("none");
        };
        QCOMPARE(filtered(Direction::Request, true, "hello"), QByteArray("text hello"));
        QCOMPARE(
            filtered(Direction::Response, true, "caf\xc3\xa9"), QByteArray("text caf\xc3\xa9!"));
        QCOMPARE(filtered(Direction::Request, true, "drop"), QByteArray("none"));
        QCOMPARE(filtered(Direction::Request, true, "set"), QByteArray("text was set"));
        QCOMPARE(filtered(Direction::Request, false, "\x01\x02"), QByteArray("binary \x02\x01"));
        QCOMPARE(filtered(Direction::Request, true, "throw"), QByteArray("text throw"));
        QCOMPARE(filtered(Direction::Request, true, "\xff"),
            QByteArray("text \xff")); // as it was, though it is no UTF-8
        QCOMPARE(transit.summaries(),
            QStringList {
                QStringLiteral("r: onWebSocketMessage failed: Error: no (untitled.js:3)") });
    }

    void noUpgrade_noMessages()
    {
        useScript("exports.onWebSocketMessage = () => 'x';");
        FakeTransit transit;
        pass(transit);
        QVERIFY(!transit.webSocketFilter);
        QCOMPARE(m_book->matches().value(QStringLiteral("r")), 0);
    }

    void output_isTold()
    {
        useScript("exports.onRequest = (request, context) => { console.log(request.method, "
                  "context.url); };");
        FakeTransit transit;
        pass(transit);
        QCOMPARE(said(Kind::Output), QStringLiteral("POST http://api.test/orders?id=7\n\n"));
    }

    void loop_isInterruptedAndOff()
    {
        QThread other;
        other.start();
        StuckWatch watch(m_scripts.get());
        watch.moveToThread(&other);
        connect(&watch, &StuckWatch::stuck, &watch, [this] { m_running->interruptAll(); });
        QMetaObject::invokeMethod(&watch, [&watch] { watch.start(100ms); });
        useScript("exports.onRequest = (request) => { while (request.target === '/loop'); };");
        FakeTransit transit("/loop");
        const QByteArray before = transit.requestText();
        QVERIFY(transit.pass(*m_book, Direction::Request));
        QCOMPARE(transit.requestText(), before);
        QCOMPARE(transit.summaries(),
            QStringList {
                QStringLiteral("r: onRequest failed: Script execution was interrupted") });
        FakeTransit next;
        QVERIFY(next.pass(*m_book, Direction::Request));
        QCOMPARE(next.summaries(),
            QStringList { QStringLiteral("r: not run: Script execution was interrupted") });
        QVERIFY(said(Kind::Failure).contains(QStringLiteral("interrupted")));
        QMetaObject::invokeMethod(
            &watch,
            [&watch] {
                watch.stop();
                watch.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        other.quit();
        QVERIFY(other.wait(patience));
    }
};

QTEST_GUILESS_MAIN(ProxyScriptsTest)
#include "tst_proxyscripts.moc"
