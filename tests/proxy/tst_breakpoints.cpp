#include "faketransit.h"

#include <proxy/breakpoints.h>

#include <QTest>

#include <memory>
#include <vector>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;
using Verdict = Interceptor::Verdict;

namespace {

Breakpoint breakpoint(HoldAts at, const char *filter = "", bool onlyNext = false)
{
    Breakpoint result;
    result.id = QStringLiteral("b");
    result.filter = QString::fromLatin1(filter);
    result.at = at;
    result.onlyNext = onlyNext;
    return result;
}

} // namespace

class BreakpointsTest : public QObject
{
    Q_OBJECT

private:
    QStringList m_told;

    void listen(Breakpoints &breakpoints)
    {
        m_told.clear();
        breakpoints.setListener(
            { [this](const Hold &hold) { m_told += QStringLiteral("added %1").arg(hold.id); },
                [this](const Hold &hold) {
                    m_told += QStringLiteral("changed %1: %2").arg(hold.id).arg(hold.gone);
                },
                [this](HoldId id) { m_told += QStringLiteral("removed %1").arg(id); },
                [this] { m_told += QStringLiteral("breakpoints changed"); } });
    }

private Q_SLOTS:

    void stages_areHeldWhereTheBreakpointSays_data()
    {
        QTest::addColumn<HoldAts>("at");
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QList<int>>("stages");
        const auto row
            = [](const char *title, HoldAts at, const char *filter, const QList<Stage> &stages) {
                  QList<int> numbers;
                  for (const Stage stage : stages)
                      numbers += int(stage);
                  QTest::newRow(title) << at << QByteArray(filter) << numbers;
              };
        row("request head", HoldAt::RequestHead, "", { Stage::RequestHead });
        row("request body", HoldAt::RequestBody, "", { Stage::RequestBody });
        row("response head", HoldAt::ResponseHead, "", { Stage::ResponseHead });
        row("response body", HoldAt::ResponseBody, "", { Stage::ResponseBody });
        row("both heads", HoldAt::RequestHead | HoldAt::ResponseHead, "",
            { Stage::RequestHead, Stage::ResponseHead });
        row("everywhere",
            HoldAt::RequestHead | HoldAt::RequestBody | HoldAt::ResponseHead | HoldAt::ResponseBody,
            "",
            { Stage::RequestHead, Stage::RequestBody, Stage::ResponseHead, Stage::ResponseBody });
        row("filter on the request", HoldAt::RequestHead, "method:POST", { Stage::RequestHead });
        row("filter that does not hold", HoldAt::RequestHead | HoldAt::ResponseHead, "method:GET",
            {});
        row("filter on the response", HoldAt::RequestHead | HoldAt::ResponseHead, "status:404",
            { Stage::ResponseHead });
        row("filter on a body", HoldAt::RequestHead, "body:secret", { Stage::RequestBody });
        row("filter on the other body", HoldAt::RequestHead | HoldAt::ResponseHead, "body:missing",
            { Stage::ResponseBody });
        row("filter that is none", HoldAt::RequestHead, "status:", {});
        row("nowhere", {}, "", {});
    }

    void stages_areHeldWhereTheBreakpointSays()
    {
        QFETCH(HoldAts, at);
        QFETCH(QByteArray, filter);
        QFETCH(QList<int>, stages);
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(at, filter) });
        FakeTransit transit("/", { { "Host", "api.test" } }, "the secret");
        QList<int> held;
        const auto enter = [&](Stage stage) {
            if (breakpoints.intercept(transit, stage) == Verdict::Proceed)
                return;
            held += int(stage);
            QCOMPARE(breakpoints.held().size(), 1);
            QCOMPARE(breakpoints.held().at(0).stage, stage);
            QVERIFY(breakpoints.resume(breakpoints.held().at(0).id));
        };
        enter(Stage::RequestHead);
        if (breakpoints.wantsBody(transit, Direction::Request))
            enter(Stage::RequestBody);
        transit.receive(404, {}, "is missing");
        enter(Stage::ResponseHead);
        if (breakpoints.wantsBody(transit, Direction::Response))
            enter(Stage::ResponseBody);
        QCOMPARE(held, stages);
        QCOMPARE(transit.resumed, int(held.size()));
        QVERIFY(transit.changes.isEmpty());
        QCOMPARE(breakpoints.problems().size(), filter == "status:" ? 1 : 0);
    }

    void held_isTold()
    {
        Breakpoints breakpoints;
        listen(breakpoints);
        breakpoints.setBreakpoints({ breakpoint(HoldAt::ResponseHead) });
        FakeTransit transit;
        transit.receive(200, { { "X", "1" } }, "body");
        QCOMPARE(breakpoints.intercept(transit, Stage::ResponseHead), Verdict::Wait);
        QCOMPARE(m_told, QStringList { QStringLiteral("added 1") });
        const Hold hold = breakpoints.held().at(0);
        QCOMPARE(hold.id, HoldId(1));
        QCOMPARE(hold.exchange, transit.id());
        QCOMPARE(hold.summary.statusCode, 200);
        QVERIFY(hold.request == transit.request());
        QVERIFY(hold.response == transit.response());
        QVERIFY(hold.gone.isEmpty());
        QVERIFY(hold.since.isValid());
        QTest::qWait(2); // whose time is counted
        QVERIFY(breakpoints.resume(1));
        QVERIFY(transit.heldTime >= std::chrono::milliseconds(1));
        QCOMPARE(transit.events,
            QStringList({ QStringLiteral("held: response head"), QStringLiteral("resumed") }));
        QCOMPARE(m_told, QStringList({ QStringLiteral("added 1"), QStringLiteral("removed 1") }));
        QVERIFY(!breakpoints.resume(1));
        QVERIFY(!breakpoints.drop(1));
        QVERIFY(!breakpoints.answer(1, transit.response()));
        QCOMPARE(transit.resumed, 1);
    }

    void resume_withAMessage_changesWhatGoesOn()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestBody) });
        FakeTransit transit("/a", { { "hOST", "api.test" }, { "Content-Length", "3" } }, "abc");
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestBody), Verdict::Wait);
        TransitMessage edited = breakpoints.held().at(0).request;
        edited.head.setMethod("PUT");
        edited.head.setTarget("/b");
        edited.head.set("X", "1");
        edited.head.set("Content-Length", "1");
        edited.head.append("Transfer-Encoding", "chunked");
        edited.body = "longer";
        edited.trailers = { { "T", "1" } };
        QVERIFY(breakpoints.resume(1, edited));
        QCOMPARE(transit.requestText(),
            QByteArray(
                "PUT /b HTTP/1.1\r\nhOST: api.test\r\nContent-Length: 3\r\nX: 1\r\n\r\nlonger"));
        QCOMPARE(transit.request().trailers, edited.trailers);
        QCOMPARE(transit.changes.size(), 4); // head, body, trailers, and what was not taken
        QCOMPARE(transit.changes.at(0).cause, exchange::Change::Cause::Breakpoint);
        QCOMPARE(transit.changes.at(1).before, QByteArray("abc"));
        QCOMPARE(transit.changes.at(1).after, QByteArray("longer"));
        QCOMPARE(transit.resumed, 1);
    }

    void resume_withTheSameMessage_isNoChange()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        QVERIFY(breakpoints.resume(1, breakpoints.held().at(0).request));
        QVERIFY(transit.changes.isEmpty());
    }

    void resume_atAHead_takesNoBody()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::ResponseHead) });
        FakeTransit transit;
        transit.receive(200, {}, {});
        QCOMPARE(breakpoints.intercept(transit, Stage::ResponseHead), Verdict::Wait);
        QVERIFY(breakpoints.resume(
            1, TransitMessage { MessageHead::makeResponse(404, {}), "body", {} }));
        QCOMPARE(transit.responseText(), QByteArray("HTTP/1.1 404 Not Found\r\n\r\n"));
    }

    void resume_withoutABodyOrWithOne_isAnAnswer()
    {
        for (const auto &[from, to] : { std::pair(200, 204), std::pair(304, 200) }) {
            Breakpoints breakpoints;
            breakpoints.setBreakpoints({ breakpoint(HoldAt::ResponseHead) });
            FakeTransit transit;
            transit.receive(from, { { "X", "1" } }, {});
            QCOMPARE(breakpoints.intercept(transit, Stage::ResponseHead), Verdict::Wait);
            TransitMessage edited = transit.response();
            edited.head.setStatus(to, {});
            QVERIFY(breakpoints.resume(1, edited));
            QCOMPARE(transit.resumed, 0);
            QVERIFY(transit.answered);
            QCOMPARE(transit.answered->head.statusCode(), to);
        }
    }

    void resume_withTheOtherKindOfMessage_isRefused()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        QVERIFY(
            !breakpoints.resume(1, TransitMessage { MessageHead::makeResponse(200, {}), {}, {} }));
        QCOMPARE(breakpoints.held().size(), 1);
        QCOMPARE(transit.resumed, 0);
    }

    void resume_toAnotherOrigin_goesThere_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<Route>("route");
        const Route kept { false, QStringLiteral("api.test"), 80 };
        const auto row
            = [](const char *title, const char *before, const char *after, const Route &route) {
                  QTest::newRow(title) << QByteArray(before) << QByteArray(after) << route;
              };
        row("absolute", "http://api.test/a", "https://other.test/a",
            { true, QStringLiteral("other.test"), 443 });
        row("from origin-form", "/a", "http://[::1]:81/a", { false, QStringLiteral("::1"), 81 });
        row("another path", "http://api.test/a", "http://api.test/b", kept);
        row("origin-form", "/a", "/b", kept);
        row("no URL", "/a", "http://:/b", kept);
        row("other scheme", "/a", "ftp://other.test/b", kept);
    }

    void resume_toAnotherOrigin_goesThere()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(Route, route);
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit(before);
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        TransitMessage edited = transit.request();
        edited.head.setTarget(after);
        QVERIFY(breakpoints.resume(1, edited));
        QVERIFY2(transit.route() == route, qPrintable(transit.route().host));
    }

    void drop_closes()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        QVERIFY(breakpoints.drop(1));
        QVERIFY(transit.dropped);
        QVERIFY(!transit.dropped->reset);
        QCOMPARE(transit.dropped->why, QStringLiteral("Dropped at a breakpoint"));
        QCOMPARE(transit.events.last(), QStringLiteral("dropped"));
        QCOMPARE(transit.resumed, 0);
    }

    void answer_isTheUsers()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        const TransitMessage response { MessageHead::makeResponse(418, {}), "tea", {} };
        QVERIFY(breakpoints.answer(1, response));
        QVERIFY(transit.answered == response);
        QCOMPARE(transit.summaries(), QStringList { QStringLiteral(": answered 418") });
        QCOMPARE(transit.changes.at(0).message, 0);
        QCOMPARE(transit.events.last(), QStringLiteral("answered"));
    }

    void ended_whileHeld_staysAsGone()
    {
        Breakpoints breakpoints;
        listen(breakpoints);
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        for (int i = 0; i < 3; ++i) {
            FakeTransit transit;
            QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
            breakpoints.ended(transit, i == 2 ? QString() : QStringLiteral("The client has gone"));
            breakpoints.ended(transit, QStringLiteral("again"));
        }
        QCOMPARE(m_told,
            QStringList(
                { QStringLiteral("added 1"), QStringLiteral("changed 1: The client has gone"),
                    QStringLiteral("added 2"), QStringLiteral("changed 2: The client has gone"),
                    QStringLiteral("added 3"), QStringLiteral("changed 3: It is over.") }));
        QCOMPARE(breakpoints.held().size(), 3);
        m_told.clear();
        QVERIFY(breakpoints.resume(1, breakpoints.held().at(0).request));
        QVERIFY(breakpoints.drop(2));
        QVERIFY(breakpoints.answer(3, {}));
        QVERIFY(breakpoints.held().isEmpty());
        QCOMPARE(m_told.size(), 3);
    }

    void ended_whenNotHeld_isNothing()
    {
        Breakpoints breakpoints;
        listen(breakpoints);
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Proceed);
        breakpoints.ended(transit, QStringLiteral("over"));
        QVERIFY(m_told.isEmpty());
    }

    void onlyNext_holdsOnce()
    {
        Breakpoints breakpoints;
        listen(breakpoints);
        breakpoints.setBreakpoints(
            { breakpoint(HoldAt::RequestHead | HoldAt::ResponseHead, "", true),
                breakpoint(HoldAt::RequestHead, "method:GET", true) });
        FakeTransit first;
        QCOMPARE(breakpoints.intercept(first, Stage::RequestHead), Verdict::Wait);
        QCOMPARE(m_told,
            QStringList({ QStringLiteral("breakpoints changed"), QStringLiteral("added 1") }));
        QVERIFY(!breakpoints.breakpoints().at(0).isEnabled);
        QVERIFY(breakpoints.breakpoints().at(1).isEnabled);
        FakeTransit second;
        QCOMPARE(breakpoints.intercept(second, Stage::RequestHead), Verdict::Proceed);
        first.receive(200, {}, {});
        QCOMPARE(breakpoints.intercept(first, Stage::ResponseHead), Verdict::Proceed);
    }

    void resumeAll_inOrder()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transits[3];
        for (FakeTransit &transit : transits)
            QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        breakpoints.ended(transits[1], QStringLiteral("gone"));
        listen(breakpoints);
        breakpoints.resumeAll();
        QVERIFY(breakpoints.held().isEmpty());
        QCOMPARE(m_told,
            QStringList({ QStringLiteral("removed 1"), QStringLiteral("removed 2"),
                QStringLiteral("removed 3") }));
        QCOMPARE(transits[0].resumed, 1);
        QCOMPARE(transits[1].resumed, 0);
        QCOMPARE(transits[2].resumed, 1);
    }

    void setBreakpoints_whatIsHeldStays()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead) });
        FakeTransit transit;
        QCOMPARE(breakpoints.intercept(transit, Stage::RequestHead), Verdict::Wait);
        breakpoints.setBreakpoints({});
        QCOMPARE(breakpoints.held().size(), 1);
        FakeTransit other;
        QCOMPARE(breakpoints.intercept(other, Stage::RequestHead), Verdict::Proceed);
        breakpoints.resumeAll();
        QCOMPARE(transit.resumed, 1);
    }

    void tooMany_goOnAndSaySo()
    {
        Breakpoints breakpoints;
        breakpoints.setBreakpoints({ breakpoint(HoldAt::RequestHead, "", false),
            breakpoint(HoldAt::RequestHead, "method:DELETE", true) });
        std::vector<std::unique_ptr<FakeTransit>> transits;
        for (qsizetype i = 0; i < Breakpoints::MostHeld; ++i) {
            transits.push_back(std::make_unique<FakeTransit>());
            QCOMPARE(breakpoints.intercept(*transits.back(), Stage::RequestHead), Verdict::Wait);
        }
        FakeTransit late("/", { { "Host", "api.test" } }, {}, "DELETE");
        QCOMPARE(breakpoints.intercept(late, Stage::RequestHead), Verdict::Proceed);
        QCOMPARE(late.events, QStringList { QStringLiteral("not held: 1,000 others are") });
        QVERIFY(breakpoints.breakpoints().at(1).isEnabled); // its next match is still to come
        QVERIFY(breakpoints.drop(7));
        QCOMPARE(breakpoints.intercept(late, Stage::RequestHead), Verdict::Wait);
        breakpoints.resumeAll();
    }
};

QTEST_GUILESS_MAIN(BreakpointsTest)
#include "tst_breakpoints.moc"
