#pragma once

#include <exchange/eventspans.h>
#include <exchange/patternmatcher.h>
#include <exchange/transfer.h>

#include <QSet>
#include <QTest>

namespace headrace::exchange::test {

/// Whether a documented order has this event at most once, so that a second one departs from it.
inline bool comesOnce(const Event &event)
{
    static const QSet<QString> names { QStringLiteral("ClientRequest socket"),
        QStringLiteral("ClientRequest response"), QStringLiteral("ClientRequest upgrade"),
        QStringLiteral("ClientRequest connect"), QStringLiteral("ClientRequest abort"),
        QStringLiteral("ClientRequest error"), QStringLiteral("ClientRequest close"),
        QStringLiteral("Server request"), QStringLiteral("Server checkContinue"),
        QStringLiteral("Server upgrade"), QStringLiteral("Server connect"),
        QStringLiteral("Server clientError"), QStringLiteral("ServerResponse finish"),
        QStringLiteral("IncomingMessage aborted") };
    return names.contains(event.object + u' ' + event.name);
}

/// The same exchange with one event told twice: the second departs, wherever it is.
inline void checkSecondOfEach(const Exchange &exchange)
{
    for (int i = 0; i < exchange.events.size(); ++i) {
        if (!comesOnce(exchange.events.at(i)))
            continue;
        Exchange doctored = exchange;
        doctored.events.insert(i, exchange.events.at(i));
        const QByteArray which
            = (exchange.events.at(i).object + u' ' + exchange.events.at(i).name).toUtf8();
        const auto departure = departureOf(doctored);
        QVERIFY2(departure, which);
        QVERIFY2(departure->eventIndex == i + 1, which);
        QVERIFY2(!departure->expected.isEmpty(), which);
    }
}

/// The same exchange that ends before its request is told to be over.
inline void checkWithoutEnd(const Exchange &exchange)
{
    Exchange doctored = exchange;
    for (int i = 0; i < doctored.events.size(); ++i) {
        const Event &event = doctored.events.at(i);
        if (event.object == u"ClientRequest" && event.name == u"close")
            doctored.events.resize(i);
    }
    const auto departure = departureOf(doctored);
    QVERIFY(departure);
    QCOMPARE(departure->eventIndex, int(doctored.events.size()));
    QCOMPARE(departure->expected, QStringLiteral("'close'"));
}

/// Octets are there for each event that says so, and each read and write finds the events it caused.
inline void checkSpans(const Exchange &exchange)
{
    const EventSpans spans(exchange);
    for (int i = 0; i < exchange.events.size(); ++i) {
        const auto span = spans.spanOf(i);
        if (!span)
            continue;
        QVERIFY(span->begin >= 0 && span->begin < span->end);
        QVERIFY(span->end <= octetCount(exchange, span->direction));
        QVERIFY(spans.eventsOf(*span).contains(i));
        const Event &event = exchange.events.at(i);
        if (event.object == u"IncomingMessage" && event.name == u"data") {
            const QByteArray octets = octetsOf(exchange, *span, span->end);
            QCOMPARE(QString::number(octets.size()) + QStringLiteral(" B"), event.detail);
        }
    }
    qint64 passed = 0;
    for (const Transfer &transfer : transfersOf(exchange))
        passed += transfer.span.end - transfer.span.begin;
    QCOMPARE(passed,
        octetCount(exchange, Direction::Request) + octetCount(exchange, Direction::Response));
}

/// The pattern that was recorded, and what it departs for; the same for anyone who looks at it later.
inline void checkRecorded(const Exchange &exchange, Pattern pattern, const QString &departsFor)
{
    QCOMPARE(name(exchange.summary.pattern), name(pattern));
    QCOMPARE(patternOf(exchange), pattern);
    const auto departure = departureOf(exchange);
    QCOMPARE(departure.value_or(Departure()).expected, departsFor);
    checkSpans(exchange);
    if (!departure && !QTest::currentTestFailed())
        checkSecondOfEach(exchange);
}

} // namespace headrace::exchange::test
