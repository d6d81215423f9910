// Source: reference http.request(), "the following events will be emitted in the following order" and what
// follows it; events 'timeout', 'upgrade', 'connect', 'clientError', 'aborted'; ServerResponse 'finish', 'close'.
#include "eventtext.h"

#include <exchange/patternmatcher.h>

#include <QSet>
#include <QTest>

using namespace headrace::exchange;
using namespace headrace::exchange::test;
using namespace Qt::StringLiterals;

namespace {

const QString hangUp = u"ECONNRESET socket hang up"_s;
const QString cut = u"ECONNRESET aborted"_s;

} // namespace

Q_DECLARE_METATYPE(Pattern)
Q_DECLARE_METATYPE(State)

class PatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentedOrder_isFound_data();
    void documentedOrder_isFound();
    void serverOrder_isFound_data();
    void serverOrder_isFound();
    void departure_isTheFirstEvent_data();
    void departure_isTheFirstEvent();
    void active_hasNone();
    void manyPieces_areOne();
    void eventsNotKept_areNoDeparture();
    void words_nameEachPattern();
    void words_standForSeveral_data();
    void words_standForSeveral();
};

void PatternsTest::documentedOrder_isFound_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("error");
    QTest::addColumn<Pattern>("pattern");
    const auto row = [](const char *name, const QString &events, const QString &error,
                         Pattern pattern, State state = State::Failed) {
        QTest::newRow(name) << events << (error.isEmpty() ? State::Complete : state) << error
                            << pattern;
    };
    const QString none;
    row("success", u"socket | response | res data | res data | res end | close"_s, none,
        Pattern::Success);
    row("success, no body", u"socket | response | res end | close"_s, none, Pattern::Success);
    row("success, response closes too",
        u"socket | finish | response | res data | res end | close | res close"_s, none,
        Pattern::Success);
    row("success, interim",
        u"socket | continue | information | finish | information | response | res end | close"_s,
        none, Pattern::Success);
    row("success, nobody listens", u"socket | finish | res end | close | res close"_s, none,
        Pattern::Success);
    row("success after a timeout", u"socket | timeout | response | res end | close"_s, none,
        Pattern::Success);
    row("steps of socket and framing",
        u"~connect started | socket | prefinish | ~connect ended | finish | ~first byte | "
        "response | +chunk received | res data | +trailers received | res end | ~closed | close"_s,
        none, Pattern::Success);
    row("early answer", u"socket | response | res data | res end | close | res close"_s,
        u"ERR_STREAM_PREMATURE_CLOSE the request"_s, Pattern::EarlyAnswer);
    row("connection error", u"~connect started | socket | ~closed | error | close"_s,
        u"ECONNREFUSED connect ECONNREFUSED"_s, Pattern::ConnectionError);
    row("connection error, name",
        u"~lookup started | ~lookup ended | ~closed | socket | error | close"_s,
        u"ENOTFOUND getaddrinfo"_s, Pattern::ConnectionError);
    row("connection error, certificate",
        u"~connect started | socket | ~connect ended | ~TLS started | ~closed | error | close"_s,
        u"CERT_HAS_EXPIRED certificate has expired"_s, Pattern::ConnectionError);
    row("connection error, later", u"socket | ~closed | error | close"_s,
        u"EHOSTUNREACH read EHOSTUNREACH"_s, Pattern::ConnectionError);
    row("premature close before",
        u"~connect started | socket | ~connect ended | finish | ~ended by peer | error | "
        "~closed | close"_s,
        hangUp, Pattern::PrematureCloseBeforeResponse);
    row("premature close before, interim",
        u"socket | information | ~ended by peer | error | close"_s, hangUp,
        Pattern::PrematureCloseBeforeResponse);
    row("premature close before, reset", u"socket | ~closed | error | close"_s,
        u"ECONNRESET read ECONNRESET"_s, Pattern::PrematureCloseBeforeResponse);
    const QString after = u"socket | response | res data | "_s;
    const QString end = u"res aborted | res error | close | res close"_s;
    row("premature close after", after + u"~ended by peer | ~closed | "_s + end, cut,
        Pattern::PrematureCloseAfterResponse);
    row("premature close after, nobody listens",
        after + u"~ended by peer | res aborted | close | res close"_s, cut,
        Pattern::PrematureCloseAfterResponse);
    row("destroyed before socket", u"~connect started | ~closed | error | close"_s, hangUp,
        Pattern::DestroyedBeforeSocket);
    row("destroyed before socket, by a signal", u"error | close"_s,
        u"ABORT_ERR The operation was aborted"_s, Pattern::DestroyedBeforeSocket);
    row("destroyed before connection", u"~connect started | socket | ~closed | error | close"_s,
        hangUp, Pattern::DestroyedBeforeConnection);
    row("destroyed before connection, with error",
        u"~connect started | socket | ~closed | error | close"_s, u"ECANCELED enough"_s,
        Pattern::DestroyedBeforeConnection);
    row("destroyed before response", u"socket | finish | ~closed | error | close"_s, hangUp,
        Pattern::DestroyedBeforeResponse);
    row("canceled before response", u"socket | finish | ~ended by peer | error | close"_s, hangUp,
        Pattern::DestroyedBeforeResponse, State::Canceled);
    row("destroyed after", after + u"~closed | "_s + end, cut, Pattern::DestroyedAfterResponse);
    row("destroyed after, with error", after + u"~closed | error | "_s + end, u"ECANCELED enough"_s,
        Pattern::DestroyedAfterResponse);
    row("aborted before socket", u"abort | close"_s, hangUp, Pattern::AbortedBeforeSocket);
    row("aborted before connection",
        u"~connect started | socket | ~closed | abort | error | close"_s, hangUp,
        Pattern::AbortedBeforeConnection);
    row("aborted before response", u"socket | finish | ~closed | abort | error | close"_s, hangUp,
        Pattern::AbortedBeforeResponse);
    row("aborted after", after + u"~closed | abort | "_s + end, cut, Pattern::AbortedAfterResponse);
    row("timeout, destroyed", u"socket | finish | timeout | ~closed | error | close"_s, hangUp,
        Pattern::Timeout);
    row("timeout, aborted", u"socket | timeout | abort | error | close"_s, hangUp,
        Pattern::Timeout);
    row("timeout after response", after + u"timeout | res timeout | "_s + end, cut,
        Pattern::Timeout);
    row("upgrade", u"socket | finish | upgrade | close"_s, none, Pattern::Upgrade);
    row("connect", u"socket | finish | connect | close"_s, none, Pattern::Connect);
    const QString fault = u"HPE_INVALID_CONSTANT Parse Error"_s;
    row("parse error", u"socket | ~closed | error | close"_s, fault, Pattern::ParseError);
    row("parse error in body",
        u"socket | response | ~closed | error | res data | res aborted | close | res close"_s,
        fault, Pattern::ParseError);
    row("parse error behind", after + u"error | res end | close | res close"_s, fault,
        Pattern::ParseError);
}

void PatternsTest::documentedOrder_isFound()
{
    QFETCH(QString, events);
    QFETCH(State, state);
    QFETCH(QString, error);
    QFETCH(Pattern, pattern);
    const Exchange exchange = exchangeOf(events, state, error);
    QCOMPARE(name(patternOf(exchange)), name(pattern));
    const auto departure = departureOf(exchange);
    QVERIFY2(!departure, qPrintable(departure.value_or(Departure()).expected));
}

void PatternsTest::serverOrder_isFound_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<Pattern>("pattern");
    const auto row
        = [](const char *name, const QString &events, const QString &error, int status,
              Pattern pattern) { QTest::newRow(name) << events << error << status << pattern; };
    const QString none;
    const QString eof = u"HPE_INVALID_EOF_STATE Parse Error"_s;
    row("success", u"answer socket | server request | answer finish | answer close | req end"_s,
        none, 200, Pattern::Success);
    row("success, read first",
        u"server request | req data | req end | req close | answer finish | answer close"_s, none,
        200, Pattern::Success);
    row("success, read while answering",
        u"server request | req data | answer finish | req data | req end | req close"_s, none, 200,
        Pattern::Success);
    row("checkContinue", u"server checkContinue | answer finish | answer close"_s, none, 200,
        Pattern::Success);
    row("expectation failed", u"answer finish | answer close | req end"_s, none, 417,
        Pattern::Success);
    row("answered after a timeout", u"server request | answer timeout | answer finish"_s, none, 200,
        Pattern::Success);
    row("early answer", u"server request | answer finish | answer close | ~closed"_s,
        u"ERR_STREAM_PREMATURE_CLOSE the request"_s, 200, Pattern::EarlyAnswer);
    const QString ended = u"server request | ~ended by peer | ~closed | "_s;
    row("client gone before", ended + u"req aborted | req close | answer close"_s, cut, 0,
        Pattern::ClientGoneBeforeAnswer);
    row("client gone while", ended + u"req aborted | req error | req close"_s, cut, 200,
        Pattern::ClientGoneWhileAnswering);
    row("client reset",
        u"server request | ~closed | server clientError | req aborted | req close"_s,
        u"ECONNRESET read ECONNRESET"_s, 0, Pattern::ClientGoneBeforeAnswer);
    row("client gone in the request",
        u"server request | req data | server clientError | req aborted | req close"_s, eof, 0,
        Pattern::ClientGoneBeforeAnswer);
    row("client reset before any request", u"server clientError"_s, u"ECONNRESET read ECONNRESET"_s,
        0, Pattern::ClientGoneBeforeAnswer);
    row("refused", u"~first byte | server clientError | ~closed"_s,
        u"HPE_INVALID_METHOD Parse Error"_s, 400, Pattern::Refused);
    row("refused, cut head", u"~first byte | ~ended by peer | server clientError"_s, eof, 400,
        Pattern::Refused);
    row("refused, too slow", u"server clientError | ~closed"_s,
        u"ERR_HTTP_REQUEST_TIMEOUT Request timeout"_s, 408, Pattern::Refused);
    row("refused in the body",
        u"server request | req data | server clientError | ~closed | req aborted | req close | "
        "answer close"_s,
        u"HPE_INVALID_CHUNK_SIZE Parse Error"_s, 0, Pattern::Refused);
    row("not ended, destroyed", u"server request | ~closed | req aborted | req close"_s, cut, 200,
        Pattern::ResponseNotEnded);
    row("not ended, server gone", u"server request | req data"_s,
        u"ERR_STREAM_PREMATURE_CLOSE the response"_s, 0, Pattern::ResponseNotEnded);
    row("timeout", u"server request | server timeout | ~closed | req aborted | req close"_s, cut, 0,
        Pattern::Timeout);
    row("upgrade", u"server upgrade | ~closed"_s, u"ERR_STREAM_PREMATURE_CLOSE the response"_s, 0,
        Pattern::Upgrade);
    row("connect", u"req end | server connect | ~closed"_s,
        u"ERR_STREAM_PREMATURE_CLOSE the response"_s, 0, Pattern::Connect);
}

void PatternsTest::serverOrder_isFound()
{
    QFETCH(QString, events);
    QFETCH(QString, error);
    QFETCH(int, status);
    QFETCH(Pattern, pattern);
    const Exchange exchange
        = exchangeOf(events, error.isEmpty() ? State::Complete : State::Failed, error, status);
    QCOMPARE(name(patternOf(exchange)), name(pattern));
    const auto departure = departureOf(exchange);
    QVERIFY2(!departure, qPrintable(departure.value_or(Departure()).expected));
}

void PatternsTest::departure_isTheFirstEvent_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<QString>("error");
    QTest::addColumn<Pattern>("pattern");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &events, const QString &error,
                         Pattern pattern, int index, const QString &expected) {
        QTest::newRow(name) << events << error << pattern << index << expected;
    };
    const QString none;
    row("response without socket", u"response | res end | close"_s, none, Pattern::Success, 0,
        u"'socket'"_s);
    row("data behind the end", u"socket | response | res end | res data | close"_s, none,
        Pattern::Success, 3, u"'close'"_s);
    row("no end", u"socket | ~first byte | response | close"_s, none, Pattern::Success, 3,
        u"'end' on the response"_s);
    row("close twice", u"socket | response | res end | close | close"_s, none, Pattern::Success, 4,
        u"no further event"_s);
    row("information behind the response", u"socket | response | information | res end | close"_s,
        none, Pattern::Success, 2, u"'end' on the response"_s);
    row("no close", u"socket | response | res end"_s, none, Pattern::Success, 3, u"'close'"_s);
    row("abort behind the end", u"socket | response | res end | abort | close"_s, none,
        Pattern::Success, 3, u"'close'"_s);
    row("reset is told by the request",
        u"socket | response | res data | error | res aborted | close | res close"_s,
        u"ECONNRESET read ECONNRESET"_s, Pattern::PrematureCloseAfterResponse, 3,
        u"'aborted' on the response"_s);
    row("aborted without 'abort'", u"close"_s, u"ERR_STREAM_PREMATURE_CLOSE x"_s,
        Pattern::AbortedBeforeSocket, 0, u"'abort'"_s);
    row("aborted, 'close' first", u"close | abort"_s, hangUp, Pattern::AbortedBeforeSocket, 0,
        u"'abort'"_s);
    row("no event at all", QString(), hangUp, Pattern::DestroyedBeforeSocket, 0, u"'error'"_s);
    row("server: finish without request", u"answer close | answer finish"_s, none, Pattern::Success,
        0, u"'finish' on the response"_s);
    row("server: two requests", u"server request | server request | answer finish"_s, none,
        Pattern::Success, 1, u"'finish' on the response"_s);
}

void PatternsTest::departure_isTheFirstEvent()
{
    QFETCH(QString, events);
    QFETCH(QString, error);
    QFETCH(Pattern, pattern);
    QFETCH(int, index);
    QFETCH(QString, expected);
    const Exchange exchange
        = exchangeOf(events, error.isEmpty() ? State::Complete : State::Failed, error);
    QCOMPARE(name(patternOf(exchange)), name(pattern));
    const auto departure = departureOf(exchange);
    QVERIFY(departure);
    QCOMPARE(departure->expected, expected);
    QCOMPARE(departure->eventIndex, index);
}

void PatternsTest::active_hasNone()
{
    const Exchange exchange = exchangeOf(u"response | socket"_s, State::Active, {});
    QCOMPARE(patternOf(exchange), Pattern::Active);
    QVERIFY(!departureOf(exchange));
}

void PatternsTest::manyPieces_areOne()
{
    const QString pieces = u"res data | "_s.repeated(1000);
    const Exchange good = exchangeOf(
        u"socket | response | "_s + pieces + u"res end | close"_s, State::Complete, {});
    QCOMPARE(patternOf(good), Pattern::Success);
    QVERIFY(!departureOf(good));
    const Exchange bad = exchangeOf(u"socket | "_s + pieces + u"close"_s, State::Complete, {});
    QCOMPARE(departureOf(bad)->eventIndex, 1001);
    const Exchange early = exchangeOf(pieces + u"socket"_s, State::Complete, {});
    QCOMPARE(departureOf(early)->eventIndex, 0);
}

void PatternsTest::eventsNotKept_areNoDeparture()
{
    const Exchange exchange = exchangeOf(
        u"socket | response | res data | recorder events not kept"_s, State::Complete, {});
    QCOMPARE(patternOf(exchange), Pattern::Success);
    QVERIFY(!departureOf(exchange));
}

void PatternsTest::words_nameEachPattern()
{
    QSet<QString> words;
    for (int i = 0; i < PatternCount; ++i) {
        const auto pattern = Pattern(i);
        QCOMPARE(patternsOf(QString(name(pattern))), QList { pattern });
        QCOMPARE(patternsOf(QString(name(pattern)).toUpper()), QList { pattern });
        words.insert(QString(name(pattern)));
        QVERIFY(!displayName(pattern).isEmpty());
        QCOMPARE(shortName(pattern).isEmpty(), pattern == Pattern::Active);
        QVERIFY(shortName(pattern).size() <= 16);
    }
    QCOMPARE(words.size(), PatternCount);
    QCOMPARE(shortName(Pattern::Success), u"✓"_s);
    QCOMPARE(shortName(Pattern::EarlyAnswer), u"⚠ early"_s);
    QCOMPARE(int(Pattern::Timeout), 14); // stored
    QCOMPARE(int(Pattern::Other), 22);
}

void PatternsTest::words_standForSeveral_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("count");
    QTest::newRow("premature-close") << u"premature-close"_s << 2;
    QTest::newRow("destroyed") << u"destroyed"_s << 4;
    QTest::newRow("aborted") << u"Aborted"_s << 6;
    QTest::newRow("client-gone") << u"client-gone"_s << 2;
    QTest::newRow("not at a hyphen") << u"destroy"_s << 0;
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("unknown") << u"nonsense"_s << 0;
}

void PatternsTest::words_standForSeveral()
{
    QFETCH(QString, word);
    QFETCH(int, count);
    QCOMPARE(patternsOf(word).size(), count);
}

QTEST_GUILESS_MAIN(PatternsTest)
#include "tst_patterns.moc"
