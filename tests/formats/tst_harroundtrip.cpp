#include "harfiles.h"
#include "oddexchanges.h"

#include <exchange/exchangebuilder.h>

#include <QFile>
#include <QTemporaryFile>
#include <QTest>

#include <madetraffic.h>

#include <array>

namespace headrace::formats {

using namespace exchange;

namespace {

/// Peak of the resident memory of this process. Unit: KiB; 0 where the system does not say.
qint64 peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace

/// What is written as HAR is read as it was, field by field.
class HarRoundTripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exchange_writtenAndRead_isTheSame_data();
    void exchange_writtenAndRead_isTheSame();
    void traffic_writtenAndRead_isTheSame();
    void startedDateTime_zone_isKept();
    void entries_tenThousand_areTheSame();
    void entries_manyAndLong_memoryIsBounded();
};

void HarRoundTripTest::exchange_writtenAndRead_isTheSame_data()
{
    QTest::addColumn<Exchange>("exchange");
    for (const NamedExchange &row : oddExchanges())
        QTest::newRow(row.name.constData()) << row.exchange;
}

void HarRoundTripTest::exchange_writtenAndRead_isTheSame()
{
    QFETCH(Exchange, exchange);
    const QList<Exchange> again = readText(written({ exchange })).exchanges;
    QCOMPARE(again.size(), 1);
    QCOMPARE(store::textOf(again.first()), store::textOf(exchange));
    QCOMPARE(again.first().request.octets.size(), exchange.request.octets.size());
    QCOMPARE(again.first().response.octets.size(), exchange.response.octets.size());
    QCOMPARE(again.first().failure.has_value(), exchange.failure.has_value());
    if (exchange.connection.tls)
        QCOMPARE(again.first().connection.tls->peerCertificates,
            exchange.connection.tls->peerCertificates);
}

void HarRoundTripTest::traffic_writtenAndRead_isTheSame()
{
    store::MadeTraffic traffic(20261127);
    QList<Exchange> exchanges;
    for (int i = 0; i < 300; ++i) {
        ExchangeBuilder builder;
        traffic.add(builder);
        exchanges.append(builder.exchange());
    }
    const QList<Exchange> again = readText(written(exchanges)).exchanges;
    QCOMPARE(again.size(), exchanges.size());
    for (qsizetype i = 0; i < again.size(); ++i)
        QCOMPARE(store::textOf(again.at(i)), store::textOf(exchanges.at(i)));
}

void HarRoundTripTest::startedDateTime_zone_isKept()
{
    Exchange exchange = plainExchange();
    exchange.summary.began
        = QDateTime(QDate(2026, 11, 27), QTime(5, 6, 7, 89), Qt::OffsetFromUTC, -12'600);
    const QByteArray text = written({ exchange });
    QVERIFY(text.contains("\"startedDateTime\":\"2026-11-27T05:06:07.089-03:30\""));
    const QDateTime again = readText(text).exchanges.first().summary.began;
    QCOMPARE(again, exchange.summary.began);
    QCOMPARE(again.offsetFromUtc(), -12'600);
}

// With every oddity in turn; written and read as a stream.
void HarRoundTripTest::entries_tenThousand_areTheSame()
{
    const QList<NamedExchange> odd = oddExchanges();
    const auto entryAt = [&odd](int i) {
        Exchange exchange = odd.at(i % odd.size()).exchange;
        exchange.summary.note = QStringLiteral("note %1").arg(i);
        exchange.summary.mark = Mark(i % 7);
        return exchange;
    };
    QTemporaryFile file;
    QVERIFY(file.open());
    HarWriter writer(file, QStringLiteral("0.1"));
    QVERIFY(!writer.begin());
    for (int i = 0; i < 10'000; ++i)
        QVERIFY(!writer.add(entryAt(i)));
    QVERIFY(!writer.end());
    QVERIFY(file.seek(0));
    int count = 0;
    const HarReading reading = readHar(file, [&](Exchange &&again) {
        return store::textOf(again) == store::textOf(entryAt(count)) && ++count > 0;
    });
    QVERIFY2(!reading.error, qPrintable(reading.error.message));
    QCOMPARE(count, 10'000);
    QCOMPARE(reading.notes, QStringList());
}

// 10,000 entries with 20,000 octets of body each: more than 500 MB of text.
void HarRoundTripTest::entries_manyAndLong_memoryIsBounded()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    HarWriter writer(file, QStringLiteral("0.1"));
    Exchange exchange = plainExchange();
    exchange.response.octets.last().octets = QByteArray(20'000, 'x');
    const qint64 before = peakMemory();
    QVERIFY(!writer.begin());
    for (int i = 0; i < 10'000; ++i) {
        exchange.summary.target = u'/' + QString::number(i);
        QVERIFY(!writer.add(exchange));
    }
    QVERIFY(!writer.end());
    QVERIFY(file.seek(0));

    int count = 0;
    double last = 0;
    HarReadOptions options;
    options.progress = [&last](double share) {
        const bool isForward = share > last && share <= 1;
        last = share;
        return isForward;
    };
    const HarReading reading = readHar(
        file,
        [&count](Exchange &&again) {
            return again.summary.target == u'/' + QString::number(count++)
                && again.response.bodyOctets == 5;
        },
        options);
    QVERIFY2(!reading.error, qPrintable(reading.error.message));
    QVERIFY(!reading.isStopped);
    QCOMPARE(count, 10'000);
    QCOMPARE(reading.entries, 10'000);
    QVERIFY(last > 0.9);
#ifdef __SANITIZE_ADDRESS__
    QSKIP("The sanitizer holds back what is freed: its memory says nothing.");
#endif
    QVERIFY2(peakMemory() - before < 32 * 1024, qPrintable(QString::number(peakMemory() - before)));
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarRoundTripTest)
#include "tst_harroundtrip.moc"
