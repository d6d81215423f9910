#include "scriptfixture.h"

using namespace headrace;
using namespace headrace::session;

/// Hooks of what comes piece by piece: bodies and WebSocket messages.
class ProxyScriptStreamsTest : public QObject, private ScriptFixture
{
    Q_OBJECT

private:
    static QByteArray filtered(const Transit::PieceFilter &filter, const QByteArray &piece)
    {
        std::optional<QByteArray> result;
        filter(piece, [&result](const QByteArray &octets) { result = octets; });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, patience))
            qFatal("no answer");
        return *result;
    }

    static QByteArray filtered(
        const Transit::WebSocketFilter &filter, const Transit::WebSocketMessage &message)
    {
        std::optional<QByteArray> result;
        filter(message, [&result](const std::optional<Transit::WebSocketMessage> &left) {
            result
                = left ? (left->isText ? "text " : "binary ") + left->payload : QByteArray("none");
        });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, patience))
            qFatal("no answer");
        return *result;
    }

private Q_SLOTS:

    void init() { begin(); }

    void cleanup() { end(); }

    void chunks_passThroughAll_data()
    {
        QTest::addColumn<QString>("async");
        QTest::newRow("at once") << QString();
        QTest::newRow("promise") << QStringLiteral("async ");
    }

    void chunks_passThroughAll()
    {
        QFETCH(QString, async);
        setRules({ rule({ {},
                            QStringLiteral("exports.onChunk = ") + async
                                + QStringLiteral(
                                    "(chunk, context) => {\n"
                                    "  if (chunk === null) return '[end]';\n"
                                    "  if (context.direction === 'request') return undefined;\n"
                                    "  return chunk.toString() === 'skip' ? '' : "
                                    "chunk.toString().toUpperCase();\n};") },
                       "a"),
            rule({ {},
                     QStringLiteral("exports.onChunk = ") + async
                         + QStringLiteral("(chunk) => (chunk === null ? '!' : `<${chunk}>`);") },
                "b", "status:200") });
        FakeTransit transit;
        pass(transit);
        const Transit::PieceFilter &up = transit.pieceFilters[0];
        QCOMPARE(filtered(up, "same"), QByteArray("same"));
        QCOMPARE(filtered(up, {}), QByteArray("[end]"));
        const Transit::PieceFilter &down = transit.pieceFilters[1];
        QCOMPARE(filtered(down, "one"), QByteArray("<ONE>"));
        QCOMPARE(filtered(down, "skip"), QByteArray());
        QCOMPARE(filtered(down, {}), QByteArray("<[end]>!"));
        m_book->ended(transit, {});
        QCOMPARE(filtered(down, "late"), QByteArray("late"));
        QCOMPARE(said(Kind::Failure), QString());
    }

    void chunks_failures_areNotedOnce_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        QTest::newRow("thrown") << QStringLiteral("throw new Error('oops')")
                                << QStringLiteral("Error: oops");
        QTest::newRow("rejected") << QStringLiteral("return Promise.reject(new Error('oops'))")
                                  << QStringLiteral("Error: oops");
        QTest::newRow("no octets")
            << QStringLiteral("return 7") << QStringLiteral("TypeError: The answer of onChunk");
        QTest::newRow("no octets, later") << QStringLiteral("return Promise.resolve(7)")
                                          << QStringLiteral("TypeError: The answer of onChunk");
    }

    void chunks_failures_areNotedOnce()
    {
        QFETCH(QString, code);
        QFETCH(QString, message);
        useScript("exports.onChunk = () => { " + code.toUtf8() + "; };");
        FakeTransit transit;
        QVERIFY(passed(transit, Direction::Request));
        QCOMPARE(filtered(transit.pieceFilters[0], "a"), QByteArray("a"));
        QCOMPARE(filtered(transit.pieceFilters[0], "b"), QByteArray("b"));
        QCOMPARE(transit.summaries().size(), 1);
        QVERIFY2(
            transit.summaries().at(0).startsWith(QStringLiteral("r: onChunk failed: ") + message),
            qPrintable(transit.summaries().at(0)));
    }

    /// Nobody is told what a script says of an exchange that is over.
    void exchangeEndsMeanwhile_theAnswerGoesNowhere()
    {
        useScript("let go; exports.onRequest = (request) => go && go('late');"
                  "exports.onChunk = () => new Promise((done) => { go = done; });"
                  "exports.onWebSocketMessage = () => new Promise((done) => { go = done; });");
        int answers = 0;
        {
            FakeTransit transit;
            QVERIFY(passed(transit, Direction::Request));
            transit.receive(101, { { "Upgrade", "websocket" } }, {});
            QVERIFY(passed(transit, Direction::Response));
            transit.pieceFilters[0]("a", [&](const QByteArray &) { ++answers; });
            m_book->ended(transit, {});
        }
        FakeTransit other;
        QVERIFY(passed(other, Direction::Request));
        other.receive(101, { { "Upgrade", "websocket" } }, {});
        QVERIFY(passed(other, Direction::Response));
        other.webSocketFilter({ Direction::Request, true, "a" },
            [&](const std::optional<Transit::WebSocketMessage> &) { ++answers; });
        m_book->ended(other, {});
        FakeTransit last;
        QVERIFY(passed(last, Direction::Request));
        QTest::qWait(0);
        QCOMPARE(answers, 0);
        QCOMPARE(said(Kind::Failure), QString());
    }

    void webSocketMessages_areChanged_data()
    {
        QTest::addColumn<QString>("async");
        QTest::newRow("at once") << QString();
        QTest::newRow("promise") << QStringLiteral("async ");
    }

    void webSocketMessages_areChanged()
    {
        QFETCH(QString, async);
        const RunScript script { {},
            QStringLiteral("exports.onWebSocketMessage = ") + async
                + QStringLiteral(
                    "(message) => {\n"
                    "  if (message.data === 'drop') return false;\n"
                    "  if (message.data === 'throw') throw new Error('no');\n"
                    "  if (!message.isText) return Buffer.from([...message.data].reverse());\n"
                    "  if (message.data === 'set') { message.data = 'was set'; return; }\n"
                    "  if (!message.fromClient) return message.data + '!';\n};") };
        setRules({ rule(script) });
        FakeTransit transit;
        QVERIFY(passed(transit, Direction::Request));
        transit.receive(101, { { "Upgrade", "websocket" } }, {});
        QVERIFY(passed(transit, Direction::Response));
        QVERIFY(transit.webSocketFilter);
        const auto changed = [&](Direction direction, bool isText, const QByteArray &payload) {
            return filtered(transit.webSocketFilter, { direction, isText, payload });
        };
        QCOMPARE(changed(Direction::Request, true, "hello"), QByteArray("text hello"));
        QCOMPARE(
            changed(Direction::Response, true, "caf\xc3\xa9"), QByteArray("text caf\xc3\xa9!"));
        QCOMPARE(changed(Direction::Request, true, "drop"), QByteArray("none"));
        QCOMPARE(changed(Direction::Request, true, "set"), QByteArray("text was set"));
        QCOMPARE(changed(Direction::Request, false, "\x01\x02"), QByteArray("binary \x02\x01"));
        QCOMPARE(changed(Direction::Request, true, "throw"), QByteArray("text throw"));
        QCOMPARE(changed(Direction::Request, true, "\xff"),
            QByteArray("text \xff")); // as it was, though it is no UTF-8
        QCOMPARE(transit.summaries(),
            QStringList {
                QStringLiteral("r: onWebSocketMessage failed: Error: no (untitled.js:3)") });
    }

    void webSocketMessages_passThroughAll()
    {
        const auto adding = [](const char *text) {
            return RunScript { {},
                QStringLiteral("exports.onWebSocketMessage = async (message) => { await null; "
                               "return message.data === 'drop' ? false : message.data + '%1'; };")
                    .arg(QString::fromLatin1(text)) };
        };
        setRules({ rule(adding("1"), "a"), rule(adding("2"), "b") });
        FakeTransit transit;
        QVERIFY(passed(transit, Direction::Request));
        transit.receive(101, { { "Upgrade", "websocket" } }, {});
        QVERIFY(passed(transit, Direction::Response));
        QCOMPARE(filtered(transit.webSocketFilter, { Direction::Request, true, "0" }),
            QByteArray("text 012"));
        QCOMPARE(filtered(transit.webSocketFilter, { Direction::Request, true, "drop" }),
            QByteArray("none"));
    }

    void noUpgrade_noMessages()
    {
        useScript("exports.onWebSocketMessage = () => 'x';");
        FakeTransit transit;
        pass(transit);
        QVERIFY(!transit.webSocketFilter);
        QCOMPARE(m_book->matches().value(QStringLiteral("r")), 0);
    }
};

QTEST_GUILESS_MAIN(ProxyScriptStreamsTest)
#include "tst_proxyscriptstreams.moc"
