#include "proxyfixture.h"

#include <proxy/breakpoints.h>
#include <proxy/rulebook.h>

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

Rule rule(const char *name, Action action, const char *filter = "")
{
    Rule result;
    result.id = result.name = QString::fromLatin1(name);
    result.action = std::move(action);
    result.filter = QString::fromLatin1(filter);
    return result;
}

ChangeField change(ChangeField::Operation operation, const QByteArray &name,
    const QByteArray &value = {}, Target target = Target::Response)
{
    return { target, operation, name, value };
}

ReplaceInBody replaceInBody(const char *pattern, const char *replacement)
{
    ReplaceInBody replace;
    replace.pattern = QString::fromLatin1(pattern);
    replace.replacement = QString::fromLatin1(replacement);
    return replace;
}

Rule answering(const QByteArray &body = "made")
{
    return rule("answer", Answer { 200, {}, { { "X-Made", "1" } }, body });
}

/// A script is a word that says what it does: "answer", "answer later", "answer the response", "note".
class FakeScripts : public ScriptRunner
{
public:
    bool wantsBody(const RunScript &, Transit &, Direction) override { return false; }

    std::optional<Outcome> run(const RunScript &script, const QString &, Transit &transit,
        Stage stage, Answered answered) override
    {
        const bool isResponse = stage == Stage::ResponseHead;
        seen += script.source
            + (isResponse ? QStringLiteral(" response") : QStringLiteral(" request"));
        const auto answer = [&transit, text = script.source.toUtf8()] {
            transit.answer({ MessageHead::makeResponse(203, {}), text, {} });
            return Outcome::Over;
        };
        if (script.source == u"answer" && !isResponse)
            return answer();
        if (script.source == u"answer the response" && isResponse)
            return answer();
        if (script.source == u"answer later" && !isResponse) {
            QTimer::singleShot(0, &m_context, [answer, answered] { answered(answer()); });
            return std::nullopt;
        }
        return Outcome::Untouched;
    }

    void ended(Transit &) override { }

    QStringList seen;

private:
    QObject m_context;
};

RunScript script(const char *source) { return { {}, QString::fromLatin1(source) }; }

} // namespace

/// What a rule has answered is a response to the rules behind it.
class MadeAnswersTest : public QObject
{
    Q_OBJECT

private:
    struct Passed
    {
        QByteArray octets;
        QStringList changes; ///< "by: what"
        exchange::State state = exchange::State::Active;
        std::chrono::milliseconds time { 0 };
    };

    /// One exchange; of an origin that answers "origin", which few of the rules let through.
    static Passed pass(
        const QList<Rule> &rules, const QByteArray &end, FakeScripts *scripts = nullptr)
    {
        RawServer origin(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\norigin"));
        RuleBook book(scripts);
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book });
        book.setRules(rules);
        const auto client = fixture.connectClient();
        Received received(*client);
        QElapsedTimer clock;
        clock.start();
        client->write("GET " + origin.url().toLatin1() + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const bool isThere = QTest::qWaitFor(
            [&] {
                return received.octets.endsWith(end) && !received.octets.isEmpty()
                    && fixture.lastEnded();
            },
            patience);
        if (!isThere)
            qWarning("got only %s", received.octets.constData());
        Passed passed;
        passed.time = std::chrono::milliseconds(clock.elapsed());
        passed.octets = received.octets;
        const auto exchange = fixture.lastEnded().value_or(exchange::Exchange());
        for (const exchange::Change &change : exchange.changes) {
            if (!change.by.isEmpty()) // else the proxy's own
                passed.changes += change.by + QLatin1String(": ") + change.summary;
        }
        passed.state = exchange.summary.state;
        return passed;
    }

private Q_SLOTS:

    void laterRule_changesTheAnswer_data()
    {
        using Operation = ChangeField::Operation;
        QTest::addColumn<QList<Rule>>("rules");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray made = "HTTP/1.1 200 OK\r\nX-Made: 1\r\nContent-Length: 4\r\n";
        QTest::newRow("set") << QList {
            answering(), rule("r", change(Operation::Set, "x-made", "2"))
        } << QByteArray("HTTP/1.1 200 OK\r\nX-Made: 2\r\nContent-Length: 4\r\n\r\nmade");
        QTest::newRow("add") << QList { answering(), rule("r", change(Operation::Add, "A", "b")) }
                             << QByteArray(made + "A: b\r\n\r\nmade");
        QTest::newRow("remove") << QList { answering(),
            rule("r", change(Operation::Remove, "X-Made")) }
                                << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmade");
        QTest::newRow("in order") << QList { answering(),
            rule("r", change(Operation::Add, "A", "1")),
            rule("s", change(Operation::Add, "A", "2")) }
                                  << QByteArray(made + "A: 1\r\nA: 2\r\n\r\nmade");
        QTest::newRow("not the rule before") << QList { rule("r", change(Operation::Add, "A", "1")),
            answering(), rule("s", change(Operation::Add, "A", "2")) }
                                             << QByteArray(made + "A: 2\r\n\r\nmade");
        QTest::newRow("not a rule of the request")
            << QList { answering(), rule("r", Answer { 201, {}, {}, "other" }),
                   rule("s", change(Operation::Set, "A", "2", Target::Request)) }
            << QByteArray(made + "\r\nmade");
        QTest::newRow("in the body") << QList { answering(), rule("r", replaceInBody("ma", "gui")) }
                                     << QByteArray("HTTP/1.1 200 OK\r\nX-Made: 1\r\n"
                                                   "Content-Length: 5\r\n\r\nguide");
        QTest::newRow("filter on its status")
            << QList { answering(), rule("r", change(Operation::Add, "A", "1"), "status:200"),
                   rule("s", change(Operation::Add, "A", "2"), "status:404") }
            << QByteArray(made + "A: 1\r\n\r\nmade");
        QTest::newRow("filter on its body")
            << QList { answering(), rule("r", change(Operation::Add, "A", "1"), "body:made"),
                   rule("s", change(Operation::Add, "A", "2"), "body:origin") }
            << QByteArray(made + "A: 1\r\n\r\nmade");
        QTest::newRow("blocked") << QList { rule("b", Block { Block::Manner::Answer }),
            rule("r", change(Operation::Remove, "Content-Type")),
            rule("s", replaceInBody("Blocked by rule", "No:")) }
                                 << QByteArray(
                                        "HTTP/1.1 403 Forbidden\r\nContent-Length: 21\r\n\r\n"
                                        "No: \"b\" of Headrace.\n");
    }

    void laterRule_changesTheAnswer()
    {
        QFETCH(QList<Rule>, rules);
        QFETCH(QByteArray, answer);
        const Passed passed = pass(rules, answer.last(4));
        QCOMPARE(passed.octets, answer);
        QCOMPARE(passed.state, exchange::State::Complete);
    }

    void changes_areToldByTheirRules()
    {
        QCOMPARE(
            pass({ answering(), rule("r", change(ChangeField::Operation::Set, "A", "1")) }, "made")
                .changes,
            QStringList(
                { QStringLiteral("answer: answered 200"), QStringLiteral("r: set header A") }));
    }

    void delay_holdsTheAnswer()
    {
        const Passed passed = pass({ answering(), rule("d", Delay { Target::Response, 150ms }),
                                       rule("r", change(ChangeField::Operation::Set, "A", "1")) },
            "made");
        QVERIFY(passed.time >= 150ms);
        QVERIFY(passed.octets.contains("\r\nA: 1\r\n"));
    }

    void throttle_slowsTheAnswerDown()
    {
        const QByteArray body(4000, 'x');
        const Passed passed
            = pass({ answering(body), rule("t", Throttle { 0, 20'000, 0ms }) }, body);
        QVERIFY(passed.octets.endsWith(body));
        QVERIFY(passed.time >= 100ms);
    }

    void fault_breaksTheAnswer()
    {
        const Passed passed = pass(
            { answering(), rule("f", Fault { Target::Response, Fault::Kind::Truncate, 20 }) },
            "\r\nX-M");
        QCOMPARE(passed.octets, QByteArray("HTTP/1.1 200 OK\r\nX-Made").first(20));
        QCOMPARE(passed.state, exchange::State::Failed);
    }

    void answerOfAScript_isAResponseToTheRulesBehindIt_data()
    {
        QTest::addColumn<QByteArray>("source");
        for (const char *source : { "answer", "answer later", "answer the response" })
            QTest::newRow(source) << QByteArray(source);
    }

    void answerOfAScript_isAResponseToTheRulesBehindIt()
    {
        QFETCH(QByteArray, source);
        FakeScripts scripts;
        const Passed passed = pass(
            { rule("before", change(ChangeField::Operation::Set, "A", "1")),
                rule("script", script(source)),
                rule("behind", change(ChangeField::Operation::Set, "B", "1")),
                rule("delay", Delay { Target::Response, 1ms }), rule("last", script("note")) },
            source, &scripts);
        QVERIFY2(passed.octets.startsWith("HTTP/1.1 203 "), passed.octets);
        QVERIFY(!passed.octets.contains("\r\nA: 1\r\n"));
        QVERIFY(passed.octets.contains("\r\nB: 1\r\n"));
        QVERIFY(passed.octets.endsWith("\r\n\r\n" + source));
        const QString text = QString::fromLatin1(source);
        QStringList seen { text + QLatin1String(" request") };
        if (source == "answer the response")
            seen += { QStringLiteral("note request"), text + QLatin1String(" response") };
        QCOMPARE(scripts.seen, seen << QStringLiteral("note response"));
    }

    void answerOfAnAnswer_isTheOneThatCounts()
    {
        FakeScripts scripts;
        const Passed passed = pass({ answering(), rule("one", script("answer the response")),
                                       rule("two", change(ChangeField::Operation::Set, "B", "1")) },
            "answer the response", &scripts);
        QCOMPARE(passed.octets,
            QByteArray("HTTP/1.1 203 Non-Authoritative Information\r\nContent-Length: 19\r\n"
                       "B: 1\r\n\r\nanswer the response"));
    }

    void breakpoint_holdsTheAnswer()
    {
        RuleBook book;
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book, &breakpoints });
        book.setRules({ answering(), rule("r", replaceInBody("ma", "gui")) });
        Breakpoint breakpoint;
        breakpoint.at = HoldAt::ResponseBody;
        breakpoints.setBreakpoints({ breakpoint });
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write("GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        TransitMessage edited = breakpoints.held().at(0).response;
        QCOMPARE(edited.body, QByteArray("guide"));
        edited.body = "edited";
        QVERIFY(breakpoints.resume(breakpoints.held().at(0).id, edited));
        QTRY_VERIFY_WITH_TIMEOUT(received.octets.endsWith("\r\n\r\nedited"), patience);
    }

    void connection_goesOn()
    {
        RuleBook book;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book });
        book.setRules({ answering(), rule("d", Delay { Target::Response, 5ms }),
            rule("r", replaceInBody("ma", "gui")) });
        const auto client = fixture.connectClient();
        Received received(*client);
        const QByteArray request = "GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n";
        client->write(request + request + request);
        QTRY_COMPARE_WITH_TIMEOUT(received.octets.count("\r\n\r\nguide"), 3, patience);
        QTRY_COMPARE(fixture.proxy.counters().active, 0);
        QCOMPARE(book.matches().value(QStringLiteral("r")), 3);
    }
};

QTEST_GUILESS_MAIN(MadeAnswersTest)
#include "tst_madeanswers.moc"
