// A proxied exchange: a server's events to the client, with a client's to the origin within.
#include "eventtext.h"

#include <exchange/patternmatcher.h>

#include <QTest>

using namespace headrace::exchange;
using namespace headrace::exchange::test;
using namespace Qt::StringLiterals;

namespace {

const QString hangUp = u"ECONNRESET socket hang up"_s;
const QString cut = u"ECONNRESET aborted"_s;
const QString refused = u"ECONNREFUSED connect ECONNREFUSED"_s;
const QString ownCode = u"ABORT_ERR rule"_s;
const QString made = u" | answer finish | answer close"_s; // a response of the proxy itself

Exchange proxied(const QString &events, State state, const QString &error, int status)
{
    Exchange exchange = exchangeOf(events, state, error, status);
    exchange.summary.source = Source::Proxy;
    return exchange;
}

} // namespace

Q_DECLARE_METATYPE(Pattern)
Q_DECLARE_METATYPE(State)

class ProxyPatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void order_isFound_data();
    void order_isFound();
    void departure_isTheFirstEvent_data();
    void departure_isTheFirstEvent();
    void patternAlone_hasNoDeparture();
};

void ProxyPatternsTest::order_isFound_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<Pattern>("pattern");
    QTest::addColumn<QString>("method");
    QTest::addColumn<State>("state");
    const auto row
        = [](const char *name, const QString &events, const QString &error, int status,
              Pattern pattern, const QString &method = u"GET"_s, State state = State::Failed) {
              QTest::newRow(name) << events << error << status << pattern << method
                                  << (error.isEmpty() && state == State::Failed ? State::Complete
                                                                                : state);
          };
    const QString none;
    const QString asked = u"server request | socket | finish"_s;
    const QString dialled = u"server request | socket | ~lookup started | ~lookup ended | "
                            "~connect started"_s;

    row("success", asked + u" | response | res end | close"_s + made, none, 200, Pattern::Success);
    row("success, new connection",
        dialled + u" | ~connect ended | finish | response | res end"_s + made + u" | close"_s, none,
        200, Pattern::Success);
    row("success, interim",
        asked + u" | continue | information | response | res end | close"_s + made, none, 200,
        Pattern::Success);
    row("success, request told too",
        u"server request | req data | req end | socket | finish | response | res data | res end | "
        "close"_s
            + made,
        none, 200, Pattern::Success);
    row("success, second socket",
        u"server request | socket"_s + u" | socket | response | close"_s + made, none, 200,
        Pattern::Success);
    row("answered by the proxy", u"server request"_s + made, none, 200, Pattern::Success);
    row("answered in place of the origin", asked + u" | response | close"_s + made, none, 200,
        Pattern::Success);
    row("CONNECT refused by a rule", u"server connect"_s + made, none, 403, Pattern::Success,
        u"CONNECT"_s);

    row("upgrade", asked + u" | upgrade | close | answer close"_s, none, 101, Pattern::Upgrade);
    row("upgrade, cut", asked + u" | upgrade | answer close | close"_s, cut, 101, Pattern::Upgrade);
    row("upgrade declined", asked + u" | response | res end | close"_s + made, none, 426,
        Pattern::Success);

    row("tunnel", u"server connect | ~connect started | ~connect ended | ~closed"_s, none, 200,
        Pattern::Connect, u"CONNECT"_s);
    row("tunnel, cut", u"server connect | ~connect started | ~connect ended | answer close"_s, cut,
        200, Pattern::Connect, u"CONNECT"_s);
    row("tunnel through another proxy",
        u"server connect | socket | finish | connect | close | answer close"_s, none, 200,
        Pattern::Connect, u"CONNECT"_s);
    row("tunnel, not looked into",
        u"server connect | socket | finish | proxy passed through | close | answer close"_s, none,
        200, Pattern::PassedThrough, u"CONNECT"_s);
    row("tunnel, looked into", u"server connect | socket | proxy entered | answer close"_s, none,
        200, Pattern::Connect, u"CONNECT"_s);
    row("tunnel, certificate refused", u"server connect | server clientError"_s,
        u"ERR_SSL unknown ca"_s, 200, Pattern::Refused, u"CONNECT"_s);
    row("tunnel to nowhere", u"server connect | ~connect started | error"_s + made, refused, 502,
        Pattern::ConnectionError, u"CONNECT"_s);

    row("refused, garbage", u"server clientError"_s, u"HPE_INVALID_METHOD Parse Error"_s, 400,
        Pattern::Refused);
    row("refused, answered", u"server request | server clientError"_s + made, none, 407,
        Pattern::Refused);
    row("refused, ambiguous", u"server request | server clientError"_s + made,
        u"HPE_UNEXPECTED_CONTENT_LENGTH both"_s, 400, Pattern::Refused);
    row("client reset before any request", u"server clientError"_s, u"ECONNRESET read ECONNRESET"_s,
        0, Pattern::ClientGoneBeforeAnswer);

    row("client gone before", asked + u" | answer close | close"_s, cut, 0,
        Pattern::ClientGoneBeforeAnswer);
    row("client gone in its request", u"server request | answer close"_s, cut, 0,
        Pattern::ClientGoneBeforeAnswer);
    row("client gone, told by its request", u"server request | req aborted | answer close"_s, cut,
        0, Pattern::ClientGoneBeforeAnswer);
    row("client gone while", asked + u" | response | answer close | close"_s, cut, 200,
        Pattern::ClientGoneWhileAnswering);
    row("client gone behind the origin's end",
        asked + u" | response | res end | close | answer close"_s, cut, 200,
        Pattern::ClientGoneWhileAnswering);

    row("refused connection", dialled + u" | ~closed | error | close"_s + made, refused, 502,
        Pattern::ConnectionError);
    row("handshake reset", dialled + u" | ~connect ended | ~TLS started | error | close"_s + made,
        u"ECONNRESET read ECONNRESET"_s, 502, Pattern::ConnectionError);
    row("certificate",
        dialled + u" | ~connect ended | ~TLS started | error"_s + made + u" | close"_s,
        u"CERT_HAS_EXPIRED certificate has expired"_s, 502, Pattern::ConnectionError);
    row("hung up", asked + u" | error | close"_s + made, hangUp, 502,
        Pattern::PrematureCloseBeforeResponse);
    row("reset", asked + u" | information | error | close"_s + made,
        u"ECONNRESET read ECONNRESET"_s, 502, Pattern::PrematureCloseBeforeResponse);
    row("cut off", asked + u" | response | res aborted | close | answer close"_s, cut, 200,
        Pattern::PrematureCloseAfterResponse);
    row("cut off, told by the request", asked + u" | response | error | close | answer close"_s,
        u"ECONNRESET read ECONNRESET"_s, 200, Pattern::PrematureCloseAfterResponse);
    row("no HTTP", asked + u" | error | close"_s + made, u"HPE_INVALID_CONSTANT Parse Error"_s, 502,
        Pattern::ParseError);
    row("no HTTP in the body",
        asked + u" | response | error | res aborted | close | answer close"_s,
        u"HPE_INVALID_CHUNK_SIZE Parse Error"_s, 200, Pattern::ParseError);
    row("too slow", asked + u" | timeout | error | close"_s + made, u"ETIMEDOUT x"_s, 504,
        Pattern::Timeout);
    row("too slow in its body",
        asked + u" | response | timeout | res aborted | close | answer close"_s, u"ETIMEDOUT x"_s,
        200, Pattern::Timeout);
    row("answered early", u"server request | socket | response | res end | close"_s + made,
        u"ERR_STREAM_PREMATURE_CLOSE the request"_s, 413, Pattern::EarlyAnswer);

    row("blocked", u"server request | answer close"_s, ownCode, 0, Pattern::DestroyedBeforeSocket);
    row("dropped", u"server request | answer close"_s, none, 0, Pattern::DestroyedBeforeSocket,
        u"GET"_s, State::Canceled);
    row("stopped while connecting", dialled + u" | close | answer close"_s, none, 0,
        Pattern::DestroyedBeforeConnection, u"GET"_s, State::Canceled);
    row("stopped while waiting", asked + u" | close | answer close"_s, none, 0,
        Pattern::DestroyedBeforeResponse, u"GET"_s, State::Canceled);
    row("cut by a rule", asked + u" | response | res end | close | answer close"_s, ownCode, 200,
        Pattern::DestroyedAfterResponse);
    row("let go of", asked, u"ERR_STREAM_PREMATURE_CLOSE the response"_s, 0,
        Pattern::ResponseNotEnded);
}

void ProxyPatternsTest::order_isFound()
{
    QFETCH(QString, events);
    QFETCH(QString, error);
    QFETCH(int, status);
    QFETCH(Pattern, pattern);
    QFETCH(QString, method);
    QFETCH(State, state);
    Exchange exchange = proxied(events, state, error, status);
    exchange.summary.method = method;
    QCOMPARE(name(patternOf(exchange)), name(pattern));
    const auto departure = departureOf(exchange);
    QVERIFY2(!departure, qPrintable(departure.value_or(Departure()).expected));
    exchange.summary.state = State::Active;
    QCOMPARE(patternOf(exchange), Pattern::Active);
}

void ProxyPatternsTest::departure_isTheFirstEvent_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *name, const QString &events, int index, const QString &expected) {
              QTest::newRow(name) << events << index << expected;
          };
    row("no request", u"socket | response | res end | close"_s + made, 0, u"'request'"_s);
    row("two responses", u"server request | socket | response | response"_s + made, 3,
        u"'finish' on the response"_s);
    row("no finish", u"server request | socket | response | res end | answer close"_s, 4,
        u"'finish' on the response"_s);
    row("information behind the response",
        u"server request | socket | response | information | res end"_s + made, 3,
        u"'finish' on the response"_s);
}

void ProxyPatternsTest::departure_isTheFirstEvent()
{
    QFETCH(QString, events);
    QFETCH(int, index);
    QFETCH(QString, expected);
    const Exchange exchange = proxied(events, State::Complete, {}, 200);
    QCOMPARE(patternOf(exchange), Pattern::Success);
    const auto departure = departureOf(exchange);
    QVERIFY(departure);
    QCOMPARE(departure->expected, expected);
    QCOMPARE(departure->eventIndex, index);
}

void ProxyPatternsTest::patternAlone_hasNoDeparture()
{
    const Exchange exchange = proxied(u"socket | socket | close"_s, State::Complete, {}, 200);
    PatternMatcher matcher(PatternMatcher::Purpose::PatternOnly);
    for (const Event &event : exchange.events)
        matcher.add(event);
    QCOMPARE(matcher.pattern(exchange.summary), Pattern::Success);
    QVERIFY(!matcher.departure(exchange.summary));
}

QTEST_GUILESS_MAIN(ProxyPatternsTest)
#include "tst_proxypatterns.moc"
