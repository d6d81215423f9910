#include "samples.h"

#include <inspector/exchangefacts.h>
#include <inspector/timingfacts.h>
#include <shell/format.h>

#include <QTest>

using namespace headrace;
using ui::samples::Sample;

class ExchangeFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headline_ofAnAnswer_isOneLine();
    void headline_ofAFailure_namesTheCode();
    void headline_overTls_namesProtocolAndReuse();
    void failure_ofKnownCode_isSaidInWords();
    void failure_ofUnknownCode_keepsItsMessage();
    void phases_thatDidNotHappen_areLeftOut();
    void phases_ofAProxy_tellOfHolds();
    void facts_ofAProxy_areOfBothConnections();
    void headline_ofAChangedExchange_saysByWhat();
    void tunnelPassedThrough_saysWhy();
    void truncation_isTold();
    void octets_formatted_data();
    void octets_formatted();
    void durations_formatted();

private:
    static exchange::Exchange exchangeOf(const Sample &sample);
};

exchange::Exchange ExchangeFactsTest::exchangeOf(const Sample &sample)
{
    exchange::MemoryStore store;
    return *store.exchange(ui::samples::add(store, sample));
}

void ExchangeFactsTest::headline_ofAnAnswer_isOneLine()
{
    QCOMPARE(ui::headlineOf(exchangeOf({})).text(),
        QStringLiteral("GET /v1/items → 200 OK · api.example.test · 91\u2009ms"));
}

void ExchangeFactsTest::headline_ofAFailure_namesTheCode()
{
    const ui::Headline headline = ui::headlineOf(exchangeOf({ .statusCode = 0,
        .errorCode = QStringLiteral("ECONNREFUSED"),
        .errorMessage = QStringLiteral("x") }));
    QCOMPARE(headline.status, QStringLiteral("✕ ECONNREFUSED"));
    QVERIFY(headline.hasFailed);
}

void ExchangeFactsTest::headline_overTls_namesProtocolAndReuse()
{
    exchange::Exchange exchange = exchangeOf({});
    exchange.connection.tls = exchange::Tls { QStringLiteral("TLS 1.3"), {}, {}, {}, {} };
    exchange.connection.isReused = true;
    QVERIFY(
        ui::headlineOf(exchange).text().endsWith(QStringLiteral("TLS 1.3 · reused connection")));
}

void ExchangeFactsTest::failure_ofKnownCode_isSaidInWords()
{
    const auto textOf = [](const char *code) {
        exchange::Exchange exchange;
        exchange.summary.host = QStringLiteral("h:1");
        exchange.failure = exchange::Failure { QString::fromLatin1(code), QStringLiteral("raw") };
        return ui::failureText(exchange);
    };
    QVERIFY(
        textOf("ECONNREFUSED").startsWith(QStringLiteral("Nothing accepts connections at h:1")));
    QVERIFY(textOf("HPE_INVALID_CONSTANT").contains(QStringLiteral("not valid HTTP")));
    QVERIFY(textOf("HPE_HEADER_OVERFLOW").contains(QStringLiteral("larger than allowed")));
    QVERIFY(textOf("CERT_HAS_EXPIRED").contains(QStringLiteral("expired")));
    QVERIFY(textOf("CERT_REVOKED").contains(QStringLiteral("not trusted")));
}

void ExchangeFactsTest::failure_ofUnknownCode_keepsItsMessage()
{
    const auto exchange = exchangeOf({ .statusCode = 0,
        .errorCode = QStringLiteral("EWHATEVER"),
        .errorMessage = QStringLiteral("what happened") });
    QCOMPARE(ui::failureText(exchange), QStringLiteral("what happened"));
    QCOMPARE(ui::failureText(exchangeOf({})), QString());
}

void ExchangeFactsTest::phases_thatDidNotHappen_areLeftOut()
{
    exchange::Exchange exchange;
    QVERIFY(ui::phasesOf(exchange).isEmpty());
    exchange.timings.connectStarted = 100;
    exchange.timings.connectEnded = 300;
    exchange.timings.requestSent = 350;
    exchange.timings.firstByte = 900;
    exchange.timings.ended = 1000;
    QStringList names;
    const auto phases = ui::phasesOf(exchange);
    for (const ui::Phase &phase : phases)
        names += QStringLiteral("%1 %2").arg(phase.name).arg(phase.end - phase.begin);
    QCOMPARE(names,
        (QStringList { QStringLiteral("Connect 200"), QStringLiteral("Sending 50"),
            QStringLiteral("Waiting 550"), QStringLiteral("Receiving 100") }));
    // An answer that begins before all is sent.
    exchange.timings.firstByte = 320;
    QCOMPARE(ui::phasesOf(exchange).size(), 3);
}

void ExchangeFactsTest::phases_ofAProxy_tellOfHolds()
{
    exchange::Exchange exchange;
    exchange.summary.source = exchange::Source::Proxy;
    const auto add = [&exchange](qint64 time, const char *object, const char *name) {
        exchange.events.append({ time, QLatin1String(object), QLatin1String(name), {} });
    };
    add(10, "Server", "request");
    add(20, "Proxy", "held");
    add(520, "Proxy", "resumed");
    add(600, "ClientRequest", "socket");
    exchange.timings.requestSent = 650;
    exchange.timings.firstByte = 950;
    exchange.timings.ended = 1000;
    exchange.timings.held = 500;
    const auto texts = [&exchange] {
        QStringList names;
        for (const ui::Phase &phase : ui::phasesOf(exchange))
            names += QStringLiteral("%1 %2").arg(phase.name).arg(phase.end - phase.begin);
        return names;
    };
    QCOMPARE(texts(),
        (QStringList { QStringLiteral("Held 500"), QStringLiteral("Sending 50"),
            QStringLiteral("Waiting 300"), QStringLiteral("Receiving 50") }));
    const ui::FactGroup facts = ui::timingFactsOf(exchange).constLast();
    QCOMPARE(facts.facts.at(0).value, ui::formatDuration(300));
    QCOMPARE(facts.facts.at(1).value, ui::formatDuration(500));

    // Held to the end: the client gave up.
    exchange.events.resize(2);
    exchange.timings = {};
    exchange.timings.ended = 1000;
    QVERIFY(texts().contains(QStringLiteral("Held 980")));
}

void ExchangeFactsTest::facts_ofAProxy_areOfBothConnections()
{
    exchange::Exchange exchange = exchangeOf({});
    exchange.summary.source = exchange::Source::Proxy;
    exchange.client = exchange::Connection {};
    exchange.client->peerAddress = QStringLiteral("192.0.2.1");
    exchange.client->peerPort = 50'000;
    exchange.client->tls = exchange::Tls {};
    exchange.connection.tls = exchange::Tls {};
    QStringList titles;
    for (const ui::FactGroup &group : ui::factsOf(exchange)) {
        titles += group.title;
        if (group.title == u"Connection of the client")
            QVERIFY(group.facts.contains(
                { QStringLiteral("Peer"), QStringLiteral("192.0.2.1:50000"), true }));
    }
    QCOMPARE(titles.mid(2),
        (QStringList { QStringLiteral("Connection of the client"),
            QStringLiteral("Connection to the origin"), QStringLiteral("TLS with the client"),
            QStringLiteral("TLS with the origin"), QStringLiteral("Record") }));
}

void ExchangeFactsTest::headline_ofAChangedExchange_saysByWhat()
{
    using exchange::Change;
    exchange::Exchange exchange = exchangeOf({});
    const auto add = [&exchange](Change::Cause cause, const char *by) {
        Change change;
        change.cause = cause;
        change.by = QLatin1String(by);
        exchange.changes.append(change);
    };
    const auto isSaid = [&exchange](const char *text) {
        return ui::headlineOf(exchange).details.contains(QLatin1String(text));
    };
    add(Change::Cause::HopByHop, "");
    QCOMPARE(ui::headlineOf(exchange).details, ui::headlineOf(exchangeOf({})).details);
    add(Change::Cause::Rule, "Trace");
    add(Change::Cause::Rule, "Trace");
    QVERIFY(isSaid("changed by a rule"));
    add(Change::Cause::Rule, "Staging");
    QVERIFY(isSaid("changed by 2 rules"));
    add(Change::Cause::Script, "a.js");
    add(Change::Cause::Breakpoint, "");
    QVERIFY(isSaid("changed by 2 rules and by a script and at a breakpoint"));
}

void ExchangeFactsTest::tunnelPassedThrough_saysWhy()
{
    exchange::Exchange exchange;
    exchange.events = { { 0, QStringLiteral("Server"), QStringLiteral("connect"), {} } };
    QVERIFY(ui::passedThroughText(exchange).isEmpty());
    exchange.events += exchange::Event { 1, QStringLiteral("Proxy"),
        QStringLiteral("passed through"), QStringLiteral("The settings say so.") };
    QVERIFY(
        ui::passedThroughText(exchange).endsWith(QStringLiteral("unseen. The settings say so.")));
}

void ExchangeFactsTest::truncation_isTold()
{
    exchange::Exchange exchange = exchangeOf({});
    QVERIFY(ui::truncationText(exchange).isEmpty());
    exchange.response.isTruncated = true;
    exchange.response.wireOctets = 1'000'000;
    QVERIFY(ui::truncationText(exchange).contains(QStringLiteral("of 1,000,000 octets")));
}

void ExchangeFactsTest::octets_formatted_data()
{
    QTest::addColumn<qint64>("octets");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0\u2009B");
    QTest::newRow("999") << qint64(999) << QStringLiteral("999\u2009B");
    QTest::newRow("4.1 k") << qint64(4100) << QStringLiteral("4.1\u2009kB");
    QTest::newRow("below a unit") << qint64(999'700) << QStringLiteral("1.0\u2009MB");
    QTest::newRow("12 M") << qint64(12'000'000) << QStringLiteral("12\u2009MB");
}

void ExchangeFactsTest::octets_formatted()
{
    QFETCH(const qint64, octets);
    QTEST(ui::formatOctets(octets), "text");
}

void ExchangeFactsTest::durations_formatted()
{
    QCOMPARE(ui::formatMilliseconds(840), QStringLiteral("0.84"));
    QCOMPARE(ui::formatMilliseconds(9'100), QStringLiteral("9.1"));
    QCOMPARE(ui::formatMilliseconds(91'000), QStringLiteral("91"));
    QCOMPARE(ui::formatMilliseconds(1'204'000), QStringLiteral("1,204"));
    QCOMPARE(ui::formatExactTime(123), QStringLiteral("0.000123"));
    QCOMPARE(ui::displayText("gr\xc3\xbc\xc3\x9f"), QStringLiteral("grüß"));
    QCOMPARE(ui::displayText("gr\xfc\xdf"), QStringLiteral("grüß"));
    QCOMPARE(ui::shortened(QStringLiteral("abcdefghij"), 5), QStringLiteral("ab…ij"));
}

QTEST_MAIN(ExchangeFactsTest)

#include "tst_exchangefacts.moc"
