#include "faketransit.h"

#include <proxy/rulebook.h>

#include <QTest>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;
using namespace std::chrono_literals;

namespace {

Rule rule(Action action)
{
    Rule result;
    result.id = result.name = QStringLiteral("r");
    result.action = std::move(action);
    return result;
}

} // namespace

/// Each kind of action, but for those of files and bodies.
class RuleActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void changeField_changesLines_data()
    {
        QTest::addColumn<int>("operation");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("isTouched");
        using Operation = ChangeField::Operation;
        const auto row = [](const char *title, Operation operation, const char *name,
                             const char *after, bool isTouched = true) {
            QTest::newRow(title) << int(operation) << QByteArray(name) << QByteArray(after)
                                 << isTouched;
        };
        row("set keeps place and case, others go", Operation::Set, "x-one", "X-OnE: v|Host: h|");
        row("set one that is not there", Operation::Set, "x-two",
            "X-OnE: 1|Host: h|x-one: 2|x-two: v|");
        row("set the host", Operation::Set, "HOST", "X-OnE: 1|Host: v|x-one: 2|");
        row("add", Operation::Add, "X-One", "X-OnE: 1|Host: h|x-one: 2|X-One: v|");
        row("remove all", Operation::Remove, "X-ONE", "Host: h|");
        row("remove what is not there", Operation::Remove, "x-two", "X-OnE: 1|Host: h|x-one: 2|",
            false);
    }

    void changeField_changesLines()
    {
        QFETCH(int, operation);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, after);
        QFETCH(bool, isTouched);
        const QList<wire::FieldLine> fields { { "X-OnE", "1" }, { "Host", "h" }, { "x-one", "2" } };
        for (const Target target : { Target::Request, Target::Response }) {
            RuleBook book;
            book.setRules(
                { rule(ChangeField { target, ChangeField::Operation(operation), name, "v" }) });
            QCOMPARE(book.problems(), (QHash<QString, QString>()));
            FakeTransit transit("/", fields);
            QVERIFY(transit.pass(book, Direction::Request));
            transit.receive(200, fields, {});
            QVERIFY(transit.pass(book, Direction::Response));
            const MessageHead &head
                = target == Target::Request ? transit.request().head : transit.response().head;
            QByteArray lines;
            for (const auto &[lineName, value] : head.fields())
                lines += lineName + ": " + value + '|';
            QCOMPARE(lines, after);
            QCOMPARE(transit.changes.size(), isTouched ? 1 : 0);
            if (isTouched)
                QCOMPARE(transit.changes.at(0).message, target == Target::Request ? -1 : 0);
        }
    }

    void changeField_toItsOwnValue_isNoChange()
    {
        RuleBook book;
        book.setRules({ rule(
            ChangeField { Target::Request, ChangeField::Operation::Set, "Host", "api.test" }) });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        QVERIFY(transit.changes.isEmpty());
        QCOMPARE(book.matches().value(QStringLiteral("r")), 0);
    }

    void problemOf_says_data()
    {
        QTest::addColumn<Rule>("bad");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *title, Action action, const char *problem) {
            QTest::newRow(title) << rule(std::move(action)) << QString::fromLatin1(problem);
        };
        using Operation = ChangeField::Operation;
        for (const char *name :
            { "Transfer-Encoding", "Content-Length", "Connection", "Keep-Alive" })
            row(name, ChangeField { Target::Response, Operation::Remove, name, {} },
                "follows from body");
        row("no name", ChangeField { Target::Request, Operation::Set, {}, {} }, "is no field name");
        row("line end in a value",
            ChangeField { Target::Request, Operation::Set, "X", "a\r\nY: 1" }, "line end");
        row("no file", MapLocal {}, "which file");
        row("relative file", MapLocal { QStringLiteral("a/b") }, "begins at the root");
        row("no host", MapRemote { {}, false }, "https://host");
        row("other scheme", MapRemote { QStringLiteral("ftp://a"), false }, "not to ftp");
        row("query", MapRemote { QStringLiteral("http://a/?x"), false }, "Leave out");
        row("user", MapRemote { QStringLiteral("http://u:p@a/"), false }, "Leave out");
        row("path without scheme", MapRemote { QStringLiteral("a/b"), false }, "begin with https");
        row("blank in the host", MapRemote { QStringLiteral("http://a b/"), false },
            "https://host");
        row("port too large", MapRemote { QStringLiteral("a:70000"), false }, "https://host");
        row("interim", Answer { 103, {}, {}, {} }, "from 200");
        row("reason with a line end", Answer { 200, QStringLiteral("a\nb"), {}, {} }, "reason");
        row("reason of another script", Answer { 200, QStringLiteral("\u4f60"), {}, {} }, "8859-1");
        row("field with a blank", Answer { 200, {}, { { "A B", "1" } }, {} }, "is no field name");
        row("delay for ever", Delay { Target::Request, 2h }, "3,600,000");
        row("delay backwards", Delay { Target::Request, -1ms }, "3,600,000");
        row("speed below 0", Throttle { -1, 0, 0ms }, "speed");
        row("latency for ever", Throttle { 0, 0, 11min }, "latency");
        row("fault before the begin", Fault { Target::Response, Fault::Kind::Reset, -1 },
            "0 octets");
        row("no pattern", ReplaceInBody {}, "what is replaced");
        row("no expression",
            ReplaceInBody { Target::Response, QStringLiteral("a("), {}, true, true },
            "expression is none at character 3");
        row("no script", RunScript {}, "which script");
        row("relative script", RunScript { QStringLiteral("a.js"), {} }, "begins at the root");
    }

    void problemOf_says()
    {
        QFETCH(Rule, bad);
        QFETCH(QString, problem);
        const QString told = RuleBook::problemOf(bad);
        QVERIFY2(told.contains(problem), qPrintable(told));
    }

    void mapRemote_changesRouteTargetAndHost_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<Route>("route");
        const auto row = [](const char *title, const char *url, const char *target,
                             const char *head, const Route &route) {
            QTest::newRow(title) << QString::fromUtf8(url) << QByteArray(target) << QByteArray(head)
                                 << route;
        };
        row("scheme, port and path", "https://staging.test:8443/v2/", "/a?b",
            "GET /v2/a?b HTTP/1.1\r\nhOST: staging.test:8443\r\n\r\n",
            { true, QStringLiteral("staging.test"), 8443 });
        row("scheme's own port", "https://staging.test", "/a",
            "GET /a HTTP/1.1\r\nhOST: staging.test\r\n\r\n",
            { true, QStringLiteral("staging.test"), 443 });
        row("without scheme", "127.0.0.1:3000", "/a",
            "GET /a HTTP/1.1\r\nhOST: 127.0.0.1:3000\r\n\r\n",
            { false, QStringLiteral("127.0.0.1"), 3000 });
        row("without scheme and port", "other.test", "/a",
            "GET /a HTTP/1.1\r\nhOST: other.test:8080\r\n\r\n",
            { false, QStringLiteral("other.test"), 8080 });
        row("IPv6", "http://[::1]:81", "/a", "GET /a HTTP/1.1\r\nhOST: [::1]:81\r\n\r\n",
            { false, QStringLiteral("::1"), 81 });
        row("IDN",
            "http://b\xc3\xbc"
            "cher.test",
            "/a", "GET /a HTTP/1.1\r\nhOST: xn--bcher-kva.test\r\n\r\n",
            { false, QStringLiteral("xn--bcher-kva.test"), 80 });
        row("absolute-form", "https://s.test/v", "http://api.test:8080?x",
            "GET https://s.test/v/?x HTTP/1.1\r\nhOST: s.test\r\n\r\n",
            { true, QStringLiteral("s.test"), 443 });
        row("asterisk-form", "http://s.test/v", "*", "GET * HTTP/1.1\r\nhOST: s.test\r\n\r\n",
            { false, QStringLiteral("s.test"), 80 });
    }

    void mapRemote_changesRouteTargetAndHost()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, head);
        QFETCH(Route, route);
        RuleBook book;
        book.setRules({ rule(MapRemote { url, false }) });
        QCOMPARE(book.problems().value(QStringLiteral("r")), QString());
        FakeTransit transit(target, { { "hOST", "api.test:8080" } }, {}, "GET");
        transit.route().port = 8080;
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.requestText(), head);
        QCOMPARE(transit.route().host, route.host);
        QVERIFY(transit.route() == route);
        QCOMPARE(transit.changes.size(), 1);
        QVERIFY(transit.summaries().at(0).startsWith(QStringLiteral("r: sent to http")));
    }

    void mapRemote_keepsHost_onlyTheRouteChanges()
    {
        RuleBook book;
        book.setRules({ rule(MapRemote { QStringLiteral("http://127.0.0.1:81"), true }) });
        FakeTransit transit;
        const QByteArray before = transit.requestText();
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.requestText(), before);
        QCOMPARE(transit.route().port, quint16(81));
        QCOMPARE(
            transit.summaries(), QStringList { QStringLiteral("r: sent to http://127.0.0.1:81") });
    }

    void mapRemote_ofTunnel_changesTheRouteOnly()
    {
        RuleBook book;
        book.setRules({ rule(MapRemote { QStringLiteral("other.test:444"), false }) });
        FakeTransit transit("api.test:443", { { "Host", "api.test:443" } }, {}, "CONNECT");
        const QByteArray before = transit.requestText();
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.requestText(), before);
        QCOMPARE(transit.route().host, QStringLiteral("other.test"));
    }

    void answer_isGiven()
    {
        Answer answer;
        answer.statusCode = 418;
        answer.fields = { { "x-B", "2" }, { "Content-Length", "9" }, { "X-a", "1" },
            { "Transfer-Encoding", "chunked" } };
        answer.body = "short";
        RuleBook book;
        book.setRules({ rule(answer) });
        FakeTransit transit;
        QVERIFY(!transit.pass(book, Direction::Request));
        QVERIFY(transit.answered);
        QVERIFY(!transit.isVerbatim);
        QCOMPARE(transit.answered->head.octets(),
            QByteArray("HTTP/1.1 418 I'm a Teapot\r\nx-B: 2\r\nX-a: 1\r\n\r\n"));
        QCOMPARE(transit.answered->body, QByteArray("short"));
        QCOMPARE(transit.summaries(), QStringList { QStringLiteral("r: answered 418") });
    }

    void block_inItsManner()
    {
        for (const auto manner :
            { Block::Manner::Answer, Block::Manner::Close, Block::Manner::Reset }) {
            RuleBook book;
            book.setRules({ rule(Block { manner }) });
            FakeTransit transit;
            QVERIFY(!transit.pass(book, Direction::Request));
            QCOMPARE(transit.answered.has_value(), manner == Block::Manner::Answer);
            QCOMPARE(transit.dropped.has_value(), manner != Block::Manner::Answer);
            if (transit.dropped) {
                QCOMPARE(transit.dropped->reset, manner == Block::Manner::Reset);
                QCOMPARE(transit.dropped->why, QStringLiteral("Blocked by rule \"r\""));
            }
            QCOMPARE(transit.changes.size(), 1);
        }
    }

    void throttle_theSlowestCounts()
    {
        Rule slow = rule(Throttle { 1000, 2000, 30ms });
        Rule mixed = rule(Throttle { 5000, 500, 10ms });
        Rule pictures = rule(Throttle { 7, 400, 0ms });
        pictures.filter = QStringLiteral("response.type:image/png");
        RuleBook book;
        book.setRules({ slow, mixed, pictures });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        Shaping &up = transit.shaping(Direction::Request);
        Shaping &down = transit.shaping(Direction::Response);
        QCOMPARE(up.octetsPerSecond, 1000);
        QCOMPARE(up.latency, 0ms);
        QCOMPARE(down.octetsPerSecond, 500);
        QCOMPARE(down.latency, 30ms);
        QCOMPARE(transit.summaries(),
            QStringList(
                { QStringLiteral("r: throttled: up 1,000 B/s, down 2,000 B/s, latency 30 ms"),
                    QStringLiteral("r: throttled: down 500 B/s, latency 10 ms") }));
        transit.receive(200, { { "Content-Type", "image/png" } }, {});
        QVERIFY(transit.pass(book, Direction::Response));
        QCOMPARE(up.octetsPerSecond, 1000);
        QCOMPARE(down.octetsPerSecond, 400);
        QCOMPARE(transit.changes.size(), 3);
    }

    void fault_theFirstCounts()
    {
        RuleBook book;
        book.setRules({ rule(Fault { Target::Response, Fault::Kind::Truncate, 2000 }),
            rule(Fault { Target::Response, Fault::Kind::Stall, 3000 }),
            rule(Fault { Target::Response, Fault::Kind::MalformedChunk, 1000 }),
            rule(Fault { Target::Request, Fault::Kind::Reset, 0 }) });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.shaping(Direction::Request).fault, Shaping::Fault::Reset);
        transit.receive(200, {}, {});
        QVERIFY(transit.pass(book, Direction::Response));
        QCOMPARE(transit.shaping(Direction::Response).fault, Shaping::Fault::MalformedChunk);
        QCOMPARE(transit.shaping(Direction::Response).faultAt, 1000);
        QCOMPARE(transit.summaries(),
            QStringList({ QStringLiteral("r: reset after 0 octets"),
                QStringLiteral("r: truncated after 2,000 octets"),
                QStringLiteral("r: chunks malformed after 1,000 octets") }));
    }
};

QTEST_GUILESS_MAIN(RuleActionsTest)
#include "tst_ruleactions.moc"
