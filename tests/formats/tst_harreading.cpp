#include "harsamples.h"

#include <formats/harreader.h>

#include <QBuffer>
#include <QTest>

namespace headrace::formats {

using namespace headrace::exchange;

/// Files of other programs, and files that are not as they should be.
class HarReadingTest : public QObject
{
    Q_OBJECT

    struct Read
    {
        QList<Exchange> exchanges;
        HarReading reading;
    };

    static Read read(QByteArray har, const HarReadOptions &options = {}, qsizetype stopAfter = -1)
    {
        Read result;
        QBuffer buffer(&har);
        buffer.open(QIODevice::ReadOnly);
        result.reading = readHar(
            buffer,
            [&](Exchange &&exchange) {
                result.exchanges.append(std::move(exchange));
                return result.exchanges.size() != stopAfter;
            },
            options);
        return result;
    }

private Q_SLOTS:

    void entryOfAnother_becomesAnExchange()
    {
        const Read result = read(har(entry()));
        QVERIFY2(!result.reading.error, qPrintable(result.reading.error.message));
        QCOMPARE(result.exchanges.size(), 1);
        const Exchange &exchange = result.exchanges.constFirst();
        QCOMPARE(exchange.summary.method, QStringLiteral("GET"));
        QCOMPARE(exchange.summary.scheme, QStringLiteral("https"));
        QCOMPARE(exchange.summary.host, QStringLiteral("a.test"));
        QCOMPARE(exchange.summary.target, QStringLiteral("/x?q=1"));
        QCOMPARE(exchange.summary.statusCode, 200);
        QCOMPARE(exchange.summary.began.toMSecsSinceEpoch(),
            QDateTime::fromString(QStringLiteral("2026-11-27T04:00:00.123Z"), Qt::ISODateWithMs)
                .toMSecsSinceEpoch());
        QCOMPARE(exchange.request.fields.size(), 3);
        QCOMPARE(exchange.request.fields.at(2).first, QByteArray("x-a"));
        QCOMPARE(exchange.response.joined(Part::Body), QByteArray("hello"));
    }

    void byteOrderMark_isSkipped()
    {
        QCOMPARE(read("\xef\xbb\xbf" + har(entry())).exchanges.size(), 1);
    }

    void oddValues_areSurvived_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto &[name, text] : oddEntries())
            QTest::newRow(name) << text;
    }

    void oddValues_areSurvived()
    {
        QFETCH(QByteArray, text);
        const Read result = read(har(entry() + ',' + text + ',' + entry("http://b.test/")));
        QVERIFY2(!result.reading.error, qPrintable(result.reading.error.message));
        QCOMPARE(result.exchanges.size(), 3);
        QCOMPARE(result.exchanges.constLast().summary.host, QStringLiteral("b.test"));
    }

    void brokenFile_saysWhere_andKeepsWhatWasRead()
    {
        const QByteArray whole = har(entry() + ",\n" + entry("http://b.test/"));
        const Read result = read(whole.first(whole.size() - 200));
        QVERIFY(result.reading.error);
        QCOMPARE(result.exchanges.size(), 1);
        QCOMPARE(result.reading.error.line, 2);
        QVERIFY(result.reading.error.offset > 0);
    }

    void otherFiles_areErrors_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no log") << QByteArray("{}");
        QTest::newRow("binary") << QByteArray(1000, '\xff');
        QTest::newRow("deep") << QByteArray(100'000, '[');
        QTest::newRow("deep entry") << har("{\"a\":" + QByteArray(100'000, '['));
    }

    void otherFiles_areErrors()
    {
        QFETCH(QByteArray, text);
        const Read result = read(text);
        QVERIFY(result.reading.error);
        QVERIFY(result.exchanges.isEmpty());
    }

    void everyCut_isNoTrouble()
    {
        const QByteArray whole = har(entry());
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const Read result = read(whole.first(size));
            QVERIFY2(result.reading.error, qPrintable(QString::number(size)));
        }
    }

    void taker_stops()
    {
        const Read result = read(har(entry() + ',' + entry() + ',' + entry()), {}, 2);
        QCOMPARE(result.exchanges.size(), 2);
        QVERIFY(result.reading.isStopped);
        QVERIFY(!result.reading.error);
    }

    void hugeEntry_isLeftOut_andSaid()
    {
        HarReadOptions options;
        options.entryLimit = 100'000;
        const QByteArray huge = "{\"comment\":\"" + QByteArray(1'000'000, 'x') + "\"}";
        const Read result = read(har(entry() + ',' + huge + ',' + entry()), options);
        QCOMPARE(result.exchanges.size(), 2);
        QCOMPARE(result.reading.leftOut, 1);
        QCOMPARE(result.reading.notes.size(), 1);
    }
};

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarReadingTest)
#include "tst_harreading.moc"
