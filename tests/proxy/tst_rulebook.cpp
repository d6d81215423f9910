#include "faketransit.h"

#include <proxy/rulebook.h>

#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;
using namespace std::chrono_literals;

namespace {

Rule rule(const char *name, Action action, const char *filter = "")
{
    Rule result;
    result.id = result.name = QString::fromLatin1(name);
    result.filter = QString::fromLatin1(filter);
    result.action = std::move(action);
    return result;
}

ChangeField setField(Target target, const QByteArray &name, const QByteArray &value)
{
    return { target, ChangeField::Operation::Set, name, value };
}

ChangeField addField(Target target, const QByteArray &name, const QByteArray &value)
{
    return { target, ChangeField::Operation::Add, name, value };
}

} // namespace

/// What rules have in common: order, filters, counts, waits.
class RuleBookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void noRules_nothingIsTouched()
    {
        RuleBook book;
        FakeTransit transit;
        const QByteArray before = transit.requestText();
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.requestText(), before);
        QVERIFY(transit.changes.isEmpty());
        book.ended(transit, {});
    }

    void rules_workInOrder()
    {
        RuleBook book;
        book.setRules({ rule("one", addField(Target::Request, "X-A", "1")),
            rule("two", addField(Target::Request, "X-A", "2")),
            rule("three", setField(Target::Request, "X-B", "3")) });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.requestText(),
            QByteArray("POST /orders?id=7 HTTP/1.1\r\nhOST: api.test\r\nX-A: 1\r\nX-A: 2\r\n"
                       "X-B: 3\r\n\r\n"));
        QCOMPARE(transit.summaries(),
            QStringList(
                { QStringLiteral("one: added header X-A"), QStringLiteral("two: added header X-A"),
                    QStringLiteral("three: set header X-B") }));
        QCOMPARE(transit.changes.at(0).cause, exchange::Change::Cause::Rule);
        QCOMPARE(transit.changes.at(0).message, -1);
    }

    void filters_areAskedAtTheStageOfTheAction_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("atRequest");
        QTest::addColumn<bool>("atResponse");
        QTest::newRow("all") << QByteArray() << true << true;
        QTest::newRow("of the request") << QByteArray("method:POST") << true << true;
        QTest::newRow("of the response") << QByteArray("status:404") << false << true;
        QTest::newRow("no match") << QByteArray("method:GET") << false << false;
        QTest::newRow("body of the request") << QByteArray("body:secret") << true << true;
        QTest::newRow("body of the response") << QByteArray("body:missing") << false << true;
        QTest::newRow("not that body") << QByteArray("!response.body:other") << true << true;
    }

    void filters_areAskedAtTheStageOfTheAction()
    {
        QFETCH(QByteArray, filter);
        QFETCH(bool, atRequest);
        QFETCH(bool, atResponse);
        RuleBook book;
        book.setRules({ rule("r", setField(Target::Request, "X", "1"), filter),
            rule("s", setField(Target::Response, "X", "1"), filter) });
        QVERIFY2(book.problems().isEmpty(), qPrintable(book.problems().value(QStringLiteral("r"))));
        FakeTransit transit("/", { { "Host", "api.test" } }, "the secret");
        QVERIFY(transit.pass(book, Direction::Request));
        transit.receive(404, {}, "is missing");
        QVERIFY(transit.pass(book, Direction::Response));
        QCOMPARE(transit.request().head.indexOf("X") >= 0, atRequest);
        QCOMPARE(transit.response().head.indexOf("X") >= 0, atResponse);
        QCOMPARE(book.matches().value(QStringLiteral("r")), atRequest ? 1 : 0);
        QCOMPARE(book.matches().value(QStringLiteral("s")), atResponse ? 1 : 0);
    }

    void wantsBody_onlyWhenARuleNeedsIt()
    {
        ReplaceInBody replace;
        replace.pattern = QStringLiteral("a");
        RuleBook book;
        book.setRules({ rule("one", setField(Target::Response, "X", "1")),
            rule("two", replace, "host:other") });
        FakeTransit transit;
        QVERIFY(transit.enter(book, Stage::RequestHead));
        QVERIFY(!book.wantsBody(transit, Direction::Request));
        transit.receive(200, {}, "a");
        QVERIFY(transit.enter(book, Stage::ResponseHead));
        QVERIFY(!book.wantsBody(transit, Direction::Response));
        book.ended(transit, {});

        book.setRules({ rule("two", replace, "host:api") });
        FakeTransit other;
        QVERIFY(other.enter(book, Stage::RequestHead));
        QVERIFY(!book.wantsBody(other, Direction::Request));
        other.receive(200, {}, "a");
        QVERIFY(other.enter(book, Stage::ResponseHead));
        QVERIFY(book.wantsBody(other, Direction::Response));
    }

    void badRule_isOffAndSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("problem");
        QTest::newRow("filter") << QByteArray("method:POST status:") << QByteArray("X")
                                << QStringLiteral("The filter is none");
        QTest::newRow("action") << QByteArray() << QByteArray("X Y")
                                << QStringLiteral("\"X Y\" is no field name");
        QTest::newRow("framing") << QByteArray() << QByteArray("content-LENGTH")
                                 << QStringLiteral(
                                        "content-LENGTH follows from body and connection");
    }

    void badRule_isOffAndSaysWhy()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, name);
        QFETCH(QString, problem);
        RuleBook book;
        const Rule bad = rule("bad", setField(Target::Request, name, "1"), filter);
        book.setRules({ bad, rule("good", setField(Target::Request, "Y", "1")) });
        const QString told = book.problems().value(QStringLiteral("bad"));
        QVERIFY2(told.startsWith(problem), qPrintable(told));
        QCOMPARE(RuleBook::problemOf(bad), told);
        QVERIFY(!book.problems().contains(QStringLiteral("good")));
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        QCOMPARE(transit.summaries(), QStringList { QStringLiteral("good: set header Y") });
    }

    void disabledRule_doesNothing()
    {
        Rule off = rule("off", Block {});
        off.isEnabled = false;
        RuleBook book;
        book.setRules({ off });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        QVERIFY(transit.changes.isEmpty());
    }

    void setRules_exchangesOnTheirWayKeepTheirs()
    {
        RuleBook book;
        FakeTransit without;
        QVERIFY(without.pass(book, Direction::Request));
        book.setRules({ rule("old", setField(Target::Response, "X", "old")) });
        without.receive(200, {}, {});
        QVERIFY(without.pass(book, Direction::Response));
        QVERIFY(without.changes.isEmpty());
        FakeTransit first;
        QVERIFY(first.pass(book, Direction::Request));
        book.setRules({ rule("new", setField(Target::Response, "X", "new")) });
        FakeTransit second;
        QVERIFY(second.pass(book, Direction::Request));
        for (FakeTransit *transit : { &first, &second }) {
            transit->receive(200, {}, {});
            QVERIFY(transit->pass(book, Direction::Response));
            book.ended(*transit, {});
        }
        QCOMPARE(*first.response().head.first("X"), QByteArray("old"));
        QCOMPARE(*second.response().head.first("X"), QByteArray("new"));
    }

    void matches_countExchangesNotStages()
    {
        int told = 0;
        RuleBook book;
        book.setMatchListener([&told] { ++told; });
        Throttle throttle;
        throttle.downOctetsPerSecond = 1000;
        const Rule kept = rule("kept", throttle);
        book.setRules({ kept, rule("changed", setField(Target::Request, "X", "1")),
            rule("idle",
                { ChangeField { Target::Request, ChangeField::Operation::Remove, "None", {} } }) });
        for (int i = 0; i < 2; ++i) {
            FakeTransit transit;
            QVERIFY(transit.pass(book, Direction::Request));
            transit.receive(200, {}, {});
            QVERIFY(transit.pass(book, Direction::Response));
            book.ended(transit, {});
        }
        const QHash<QString, qint64> expected { { QStringLiteral("kept"), 2 },
            { QStringLiteral("changed"), 2 }, { QStringLiteral("idle"), 0 } };
        QCOMPARE(book.matches(), expected);
        QCOMPARE(told, 4);

        Rule renamed = kept;
        renamed.name = QStringLiteral("other name");
        book.setRules({ rule("changed", setField(Target::Request, "X", "2")), renamed });
        const QHash<QString, qint64> after { { QStringLiteral("kept"), 2 },
            { QStringLiteral("changed"), 0 } };
        QCOMPARE(book.matches(), after);
    }

    void delay_inTheMiddle_resumesWithTheNextRule()
    {
        RuleBook book;
        book.setRules({ rule("one", addField(Target::Request, "X", "1")),
            rule("wait", Delay { Target::Request, 20ms }),
            rule("two", addField(Target::Request, "X", "2")) });
        FakeTransit transit;
        QCOMPARE(book.intercept(transit, Stage::RequestHead), Interceptor::Verdict::Wait);
        QCOMPARE(transit.summaries(),
            QStringList({ QStringLiteral("one: added header X"),
                QStringLiteral("wait: delayed by 20 ms") }));
        QTRY_COMPARE(transit.resumed, 1);
        QCOMPARE(transit.summaries().last(), QStringLiteral("two: added header X"));
        QVERIFY(!book.wantsBody(transit, Direction::Request));
    }

    void delay_behindIt_aRuleAnswers()
    {
        RuleBook book;
        book.setRules({ rule("wait", Delay { Target::Request, 5ms }), rule("no", Block {}) });
        FakeTransit transit;
        QCOMPARE(book.intercept(transit, Stage::RequestHead), Interceptor::Verdict::Wait);
        QTRY_VERIFY(transit.answered);
        QCOMPARE(transit.resumed, 0);
        QCOMPARE(transit.answered->head.statusCode(), 403);
    }

    void delay_exchangeEndsMeanwhile_nothingComesLater()
    {
        RuleBook book;
        book.setRules({ rule("wait", Delay { Target::Request, 5ms }) });
        {
            FakeTransit transit;
            QCOMPARE(book.intercept(transit, Stage::RequestHead), Interceptor::Verdict::Wait);
            book.ended(transit, QStringLiteral("The client has gone"));
            QCOMPARE(transit.resumed, 0);
        }
        FakeTransit later; // a timer behind it
        book.setRules({ rule("wait", Delay { Target::Request, 20ms }) });
        QCOMPARE(book.intercept(later, Stage::RequestHead), Interceptor::Verdict::Wait);
        QTRY_COMPARE(later.resumed, 1);
    }

    void delay_bookGoesFirst_nothingComesLater()
    {
        FakeTransit transit;
        {
            RuleBook book;
            book.setRules({ rule("wait", Delay { Target::Request, 1ms }) });
            QCOMPARE(book.intercept(transit, Stage::RequestHead), Interceptor::Verdict::Wait);
        }
        QTest::qWait(10);
        QCOMPARE(transit.resumed, 0);
    }

    void delay_ofResponse_waitsThere()
    {
        RuleBook book;
        book.setRules({ rule("wait", Delay { Target::Response, 1234ms }, "status:5xx") });
        FakeTransit transit;
        QVERIFY(transit.pass(book, Direction::Request));
        transit.receive(503, {}, {});
        QCOMPARE(book.intercept(transit, Stage::ResponseHead), Interceptor::Verdict::Wait);
        QCOMPARE(transit.summaries(), QStringList { QStringLiteral("wait: delayed by 1,234 ms") });
        QCOMPARE(transit.changes.at(0).message, 0);
    }

    void answered_noLaterRuleSeesTheRequest()
    {
        RuleBook book;
        book.setRules({ rule("one", Block {}), rule("two", setField(Target::Request, "X", "1")) });
        FakeTransit transit;
        QVERIFY(!transit.pass(book, Direction::Request));
        QCOMPARE(transit.summaries(), QStringList { QStringLiteral("one: blocked: answered 403") });
    }

    void script_withoutRunner_isOff()
    {
        RuleBook book;
        const Rule script = rule("s", RunScript { QStringLiteral("/tmp/a.js"), {} });
        book.setRules({ script });
        QCOMPARE(
            book.problems().value(QStringLiteral("s")), QStringLiteral("Scripts cannot run here."));
        QCOMPARE(RuleBook::problemOf(script), QString());
    }
};

QTEST_GUILESS_MAIN(RuleBookTest)
#include "tst_rulebook.moc"
