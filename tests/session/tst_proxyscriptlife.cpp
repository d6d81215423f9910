#include "scriptfixture.h"

using namespace headrace;
using namespace headrace::session;
using namespace std::chrono_literals;

/// How the proxy's scripts come, fail and go.
class ProxyScriptLifeTest : public QObject, private ScriptFixture
{
    Q_OBJECT

private Q_SLOTS:

    void init() { begin(); }

    void cleanup() { end(); }

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
        QVERIFY(passed(first, Direction::Request));
        QCOMPARE(first.request().head.first("V").value_or("none"), QByteArray("one"));
        write(QStringLiteral("part.js"), "exports.name = 'the other';\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            said(Kind::Note).contains(QStringLiteral("part.js has changed")), patience);
        FakeTransit second;
        QVERIFY(passed(second, Direction::Request));
        QCOMPARE(second.request().head.first("V").value_or("none"), QByteArray("the other"));
        first.receive(200, {}, {});
        QVERIFY(passed(first, Direction::Response));
        QCOMPARE(first.response().head.first("V").value_or("none"), QByteArray("one"));
    }

    void fileThatIsMissing_isRunWhenItComes()
    {
        const QString file = m_folder.filePath(QStringLiteral("late.js"));
        setRules({ rule({ file, {} }) });
        FakeTransit first;
        QVERIFY(passed(first, Direction::Request));
        QVERIFY2(first.summaries().at(0).startsWith(
                     QStringLiteral("late.js: not run: Error: Cannot find module")),
            qPrintable(first.summaries().at(0)));
        write(QStringLiteral("late.js"),
            "exports.onRequest = (request) => { request.headers.set('V', 1); };\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            said(Kind::Note).contains(QStringLiteral("late.js has changed")), patience);
        FakeTransit second;
        QVERIFY(passed(second, Direction::Request));
        QVERIFY(second.request().head.indexOf("V") >= 0);
    }

    void rulesWithTheSameScript_shareIt()
    {
        const RunScript script { {},
            QStringLiteral("let n = 0; exports.onRequest = (request) => { request.headers.add('N', "
                           "++n); };") };
        setRules({ rule(script, "a"), rule(script, "b", "method:GET"), rule(script, "c") });
        FakeTransit transit;
        QVERIFY(passed(transit, Direction::Request));
        QCOMPARE(transit.requestText(),
            QByteArray("POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nN: 1\r\nN: 2\r\n\r\n"));
        setRules({});
        QVERIFY(m_scripts->isEmpty());
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
        QVERIFY(entered(other, Stage::RequestHead));
        FakeTransit waiting("/wait");
        QCOMPARE(m_book->intercept(waiting, Stage::RequestHead), Verdict::Wait);
        m_book.reset();
        m_scripts.reset(); // whose call is still waiting
        QCOMPARE(waiting.resumed, 0);
    }

    void output_isTold()
    {
        useScript("exports.onRequest = (request, context) => { console.log(request.method, "
                  "context.url); };");
        FakeTransit transit;
        pass(transit);
        QCOMPARE(said(Kind::Output), QStringLiteral("POST http://api.test/orders?id=7\n\n"));
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
        QVERIFY(entered(transit, Stage::RequestHead));
        QVERIFY(entered(transit, Stage::RequestBody));
        QCOMPARE(transit.requestText(), before);
        QVERIFY(!transit.isDecided());
        QCOMPARE(transit.changes.size(), 1);
        const QString summary = transit.summaries().at(0);
        QVERIFY2(summary.startsWith(QStringLiteral("r: onRequest failed: "))
                && summary.contains(message),
            qPrintable(summary));
        QTRY_VERIFY_WITH_TIMEOUT(said(Kind::Failure).contains(message), patience);
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

    /// Who waits for no script waits for none.
    void hookThatTakesItsTime_holdsUpNobodyElse()
    {
        setRules(
            { rule({ {},
                       QStringLiteral("exports.onRequest = (request) => { const end = Date.now() + "
                                      "300; while (Date.now() < end); "
                                      "request.headers.set('V', 1); };") },
                  "slow", "path:/slow"),
                rule({ {}, QStringLiteral("exports.onRequest = () => {};") }, "quick",
                    "path:/other") });
        FakeTransit first("/slow");
        QVERIFY(entered(first, Stage::RequestHead)); // it is loaded
        FakeTransit slow("/slow");
        QCOMPARE(m_book->intercept(slow, Stage::RequestHead), Verdict::Wait);
        FakeTransit quick("/quick");
        QVERIFY(quick.pass(*m_book, Direction::Request));
        QTRY_COMPARE_WITH_TIMEOUT(slow.resumed, 1, patience);
        QVERIFY(slow.request().head.indexOf("V") >= 0);
    }

    void loop_isInterruptedAndOff()
    {
        useScript("exports.onRequest = (request) => { while (request.target === '/loop'); };");
        FakeTransit first("/first");
        QVERIFY(passed(first, Direction::Request)); // to load it may take long
        m_scripts->setLimit(100ms);
        FakeTransit transit("/loop");
        const QByteArray before = transit.requestText();
        QVERIFY(passed(transit, Direction::Request));
        QCOMPARE(transit.requestText(), before);
        QCOMPARE(transit.summaries(),
            QStringList {
                QStringLiteral("r: onRequest failed: Script execution was interrupted; switched "
                               "off until it is edited, as it held up others") });
        FakeTransit next;
        QVERIFY(passed(next, Direction::Request));
        QCOMPARE(next.summaries(),
            QStringList { QStringLiteral(
                "r: not run: switched off until it is edited, as it held up others") });
        QVERIFY(said(Kind::Failure).contains(QStringLiteral("interrupted")));
        QCOMPARE(said(Kind::Note).count(QStringLiteral("r is switched off until it is edited")), 1);
        m_scripts->setLimit(ProxyScripts::DefaultLimit);
        // Edited, it runs again.
        useScript("exports.onRequest = (request) => { request.method = 'PUT'; };");
        FakeTransit edited("/loop");
        QVERIFY(passed(edited, Direction::Request));
        QCOMPARE(edited.request().head.method(), QByteArray("PUT"));
    }
};

QTEST_GUILESS_MAIN(ProxyScriptLifeTest)
#include "tst_proxyscriptlife.moc"
