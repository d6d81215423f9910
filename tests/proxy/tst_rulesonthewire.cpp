#include "proxyfixture.h"

#include <proxy/breakpoints.h>
#include <proxy/rulebook.h>

#include <QTemporaryDir>

#include <sys/socket.h>

using namespace headrace;
using namespace headrace::proxy;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

Rule rule(Action action)
{
    Rule result;
    result.id = result.name = QStringLiteral("r");
    result.action = std::move(action);
    return result;
}

/// Gone for good: an orderly end would leave open whether it still reads.
void reset(QTcpSocket &socket)
{
    const linger atOnce { 1, 0 };
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket.abort();
}

/// Answers \a octets when the head of a request and its announced body are there.
RawServer::Answer answering(const QByteArray &octets)
{
    return [octets](QTcpSocket *socket, const QByteArray &received) {
        const qsizetype head = received.indexOf("\r\n\r\n");
        const qsizetype length = received.indexOf("Content-Length: ");
        const qsizetype announced = length < 0 || length > head
            ? 0
            : received.mid(length + 16, received.indexOf('\r', length) - length - 16).toLongLong();
        if (head >= 0 && received.size() >= head + 4 + announced)
            socket->write(octets);
    };
}

} // namespace

/// Rules and breakpoints in a proxy: what passes on the wire in the end.
class RulesOnTheWireTest : public QObject
{
    Q_OBJECT

private:
    struct Passed
    {
        QByteArray client; ///< Got.
        QByteArray origin; ///< Got.
    };

    // One exchange after which the connection goes on, or is closed by the rule.
    static Passed pass(const QList<Rule> &rules, const QByteArray &method, const QByteArray &rest,
        const QByteArray &answer, const QByteArray &end)
    {
        RawServer origin(answering(answer));
        RuleBook book;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book });
        book.setRules(rules);
        const auto client = fixture.connectClient();
        Received received(*client);
        const QByteArray authority = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        client->write(
            method + " http://" + authority + "/a HTTP/1.1\r\nHost: " + authority + "\r\n" + rest);
        const bool isThere = QTest::qWaitFor(
            [&] { return received.octets.endsWith(end) && !received.octets.isEmpty(); }, patience);
        if (!isThere)
            qWarning("got only %s", received.octets.constData());
        QByteArray atOrigin = origin.received.value(0);
        fixture.proxy.stop();
        return { received.octets, atOrigin.replace(authority, "ORIGIN") };
    }

private Q_SLOTS:

    void bodyThatIsReplaced_isFramedAnew_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("length")
            << QByteArray("HTTP/1.1 200 OK\r\ncontent-LENGTH: 6\r\nX: 1\r\n\r\nbanana")
            << QByteArray("HTTP/1.1 200 OK\r\ncontent-LENGTH: 10\r\nX: 1\r\n\r\nbaaanaaana");
        QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                              "chunked\r\n\r\n3\r\nban\r\n3\r\nana\r\n0\r\n\r\n")
                                << QByteArray(
                                       "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbaaanaaana");
        QTest::newRow("nothing found")
            << QByteArray(
                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n")
            << QByteArray(
                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n");
        QTest::newRow("no body") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n")
                                 << QByteArray("HTTP/1.1 204 No Content\r\n\r\n");
    }

    void bodyThatIsReplaced_isFramedAnew()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, sent);
        ReplaceInBody replace;
        replace.pattern = QStringLiteral("an");
        replace.replacement = QStringLiteral("aaan");
        QCOMPARE(pass({ rule(replace) }, "GET", "\r\n", answer, sent.last(2)).client, sent);
    }

    void requestBodyThatIsReplaced_isFramedAnew()
    {
        ReplaceInBody replace;
        replace.target = Target::Request;
        replace.pattern = QStringLiteral("a");
        const Passed passed = pass({ rule(replace) }, "POST", "Content-Length: 6\r\n\r\nbanana",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "\r\n\r\n");
        QCOMPARE(passed.origin,
            QByteArray("POST /a HTTP/1.1\r\nHost: ORIGIN\r\nContent-Length: 3\r\n\r\nbnn"));
    }

    /// A proxy behind it that asks the client itself for credentials gets the URL that the rule made.
    void mapRemote_behindAnotherProxy_asksItForTheNewUrl()
    {
        RawServer between(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        Settings settings;
        settings.upstream.choice = Upstream::Choice::Fixed;
        settings.upstream.url = QUrl(between.url());
        RuleBook book;
        ProxyFixture fixture(settings);
        fixture.proxy.setInterceptors({ &book });
        book.setRules({ rule(MapRemote { QStringLiteral("http://other.test:81/base"), false }) });
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write("GET http://first.test/a HTTP/1.1\r\nHost: first.test\r\n\r\n");
        QTRY_VERIFY(received.octets.endsWith("\r\n\r\n"));
        QCOMPARE(between.received.value(0),
            "GET http://other.test:81/base/a HTTP/1.1\r\nHost: other.test:81\r\n\r\n");
        fixture.proxy.stop();
    }

    void mapLocal_toHead_hasTheLengthOnly()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("12345");
        file.close();
        const Passed passed
            = pass({ rule(MapLocal { file.fileName() }) }, "HEAD", "\r\n", {}, "\r\n\r\n");
        QVERIFY(passed.client.startsWith(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"));
        QVERIFY(passed.client.contains("\r\nContent-Length: 5\r\n"));
        QCOMPARE(passed.client.count("\r\n\r\n"), 1);
        QVERIFY(passed.origin.isEmpty());
    }

    void mapRemote_goesThere()
    {
        RawServer other(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother"));
        const Passed passed = pass({ rule(MapRemote { other.url(QStringLiteral("/v2")), false }) },
            "GET", "\r\n", {}, "other");
        QVERIFY(passed.origin.isEmpty());
        QCOMPARE(other.received.value(0),
            QByteArray("GET /v2/a HTTP/1.1\r\nHost: 127.0.0.1:")
                + QByteArray::number(other.serverPort()) + "\r\n\r\n");
    }

    void filterOnTheBody_choosesTheAnswer()
    {
        Rule teapot = rule(Answer { 418, {}, {}, "tea" });
        teapot.filter = QStringLiteral("body:tea");
        const QByteArray plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        QVERIFY(pass({ teapot }, "POST", "Content-Length: 3\r\n\r\ntea", plain, "tea")
                    .client.startsWith("HTTP/1.1 418 "));
        QCOMPARE(
            pass({ teapot }, "POST", "Content-Length: 6\r\n\r\ncoffee", plain, "ok").client, plain);
    }

    void streamOfEvents_isNotWaitedFor()
    {
        ReplaceInBody replace;
        replace.pattern = QStringLiteral("a");
        const QByteArray begun
            = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n\r\n"
              "data: a\n\n";
        QCOMPARE(pass({ rule(replace) }, "GET", "\r\n", begun, "a\n\n").client, begun);
    }

    void delay_clientLeavesMeanwhile_nothingIsAsked()
    {
        RawServer origin(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        RuleBook book;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book });
        book.setRules({ rule(Delay { Target::Request, 1h }) });
        const auto client = fixture.connectClient();
        client->write("GET " + origin.url().toLatin1() + " HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(book.matches().value(QStringLiteral("r")), 1, patience);
        reset(*client);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.lastEnded(), patience);
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Failed);
        QCOMPARE(origin.connections, 0);
    }

    void heldResponse_isSentAsItWasEdited()
    {
        RawServer origin(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"));
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &breakpoints });
        Breakpoint breakpoint;
        breakpoint.at = HoldAt::ResponseBody;
        breakpoints.setBreakpoints({ breakpoint });
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write("GET " + origin.url().toLatin1() + " HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        TransitMessage edited = breakpoints.held().at(0).response;
        QCOMPARE(edited.body, QByteArray("first"));
        edited.head.setStatus(201, {});
        edited.head.set("Content-Length", "1");
        edited.body = "another";
        QVERIFY(breakpoints.resume(breakpoints.held().at(0).id, edited));
        QTRY_COMPARE_WITH_TIMEOUT(received.octets,
            QByteArray("HTTP/1.1 201 Created\r\nContent-Length: 7\r\n\r\nanother"), patience);
    }

    void heldResponse_thatLosesItsBody_leavesTheConnectionInStep()
    {
        RawServer origin(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"));
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &breakpoints });
        Breakpoint breakpoint;
        breakpoint.at = HoldAt::ResponseHead;
        breakpoint.onlyNext = true;
        breakpoints.setBreakpoints({ breakpoint });
        const auto client = fixture.connectClient();
        Received received(*client);
        const QByteArray request
            = "GET " + origin.url().toLatin1() + " HTTP/1.1\r\nHost: a\r\n\r\n";
        client->write(request);
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        TransitMessage edited = breakpoints.held().at(0).response;
        edited.head.setStatus(204, {});
        QVERIFY(breakpoints.resume(breakpoints.held().at(0).id, edited));
        QTRY_VERIFY_WITH_TIMEOUT(received.octets.endsWith("\r\n\r\n"), patience);
        QCOMPARE(received.octets, QByteArray("HTTP/1.1 204 No Content\r\n\r\n"));
        received.octets.clear();
        client->write(request);
        QTRY_COMPARE_WITH_TIMEOUT(received.octets,
            QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"), patience);
    }

    /// 101 is a response like others, to rules and breakpoints.
    void upgrade_isLookedAt()
    {
        RawServer origin([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                              "Upgrade: echo\r\n\r\nhello");
            else
                socket->write(received.sliced(received.indexOf("\r\n\r\n") + 4));
        });
        RuleBook book;
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &book, &breakpoints });
        book.setRules(
            { rule(ChangeField { Target::Response, ChangeField::Operation::Add, "A", "1" }),
                rule(Delay { Target::Response, 5ms }) });
        Breakpoint breakpoint;
        breakpoint.at = HoldAt::ResponseHead;
        breakpoints.setBreakpoints({ breakpoint });
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write("GET " + origin.url().toLatin1()
            + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        QCOMPARE(breakpoints.held().at(0).response.head.statusCode(), 101);
        client->write("early"); // before it knows
        QVERIFY(breakpoints.resume(breakpoints.held().at(0).id));
        const QByteArray head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                                "Upgrade: echo\r\nA: 1\r\n\r\n";
        QTRY_COMPARE_WITH_TIMEOUT(received.octets, head + "helloearly", patience);
        client->disconnectFromHost();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.lastEnded(), patience);
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Complete);
    }

    void upgrade_isDroppedOrAnswered_data()
    {
        QTest::addColumn<bool>("isDropped");
        QTest::newRow("dropped") << true;
        QTest::newRow("answered") << false;
    }

    void upgrade_isDroppedOrAnswered()
    {
        QFETCH(bool, isDropped);
        RawServer origin(answering("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                                   "Upgrade: echo\r\n\r\nhello"));
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &breakpoints });
        Breakpoint breakpoint;
        breakpoint.at = HoldAt::ResponseHead;
        breakpoint.onlyNext = true;
        breakpoints.setBreakpoints({ breakpoint });
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write("GET " + origin.url().toLatin1()
            + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        const HoldId id = breakpoints.held().at(0).id;
        if (isDropped) {
            QVERIFY(breakpoints.drop(id));
            QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
            QCOMPARE(received.octets, QByteArray());
        } else {
            QVERIFY(breakpoints.answer(id, { MessageHead::makeResponse(403, {}), "no", {} }));
            QTRY_COMPARE_WITH_TIMEOUT(received.octets,
                QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"), patience);
        }
        QTRY_COMPARE(fixture.proxy.counters().active, 0);
        QTRY_COMPARE(fixture.proxy.counters().originConnections, 0);
    }

    void heldRequest_clientLeaves_isGone()
    {
        RawServer origin(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        Breakpoints breakpoints;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &breakpoints });
        breakpoints.setBreakpoints({ Breakpoint {} });
        const auto client = fixture.connectClient();
        client->write("GET " + origin.url().toLatin1() + " HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(breakpoints.held().size(), 1, patience);
        reset(*client);
        QTRY_VERIFY_WITH_TIMEOUT(!breakpoints.held().at(0).gone.isEmpty(), patience);
        QVERIFY(breakpoints.resume(1));
        QVERIFY(breakpoints.held().isEmpty());
    }
};

QTEST_GUILESS_MAIN(RulesOnTheWireTest)
#include "tst_rulesonthewire.moc"
