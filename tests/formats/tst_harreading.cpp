#include "harfiles.h"
#include "harsamples.h"

#include <QStringEncoder>
#include <QTest>

namespace headrace::formats {

using namespace headrace::exchange;

/// Files of other programs, and files that are not as they should be.
class HarReadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void entryOfAnother_becomesAnExchange()
    {
        const Read result = readText(har(entry()));
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

    void encodings_areRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QString plain = QString::fromUtf8(har(noteEntry("\xc3\xbc\xf0\x9f\x98\x80")));
        const auto in = [&plain](QStringConverter::Encoding encoding, bool hasMark) {
            QStringEncoder encoder(encoding,
                hasMark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
            return QByteArray(encoder.encode(plain));
        };
        QTest::newRow("UTF-8") << in(QStringConverter::Utf8, false);
        QTest::newRow("UTF-8 with mark") << in(QStringConverter::Utf8, true);
        QTest::newRow("UTF-16 LE with mark") << in(QStringConverter::Utf16LE, true);
        QTest::newRow("UTF-16 BE with mark") << in(QStringConverter::Utf16BE, true);
        QTest::newRow("UTF-16 LE") << in(QStringConverter::Utf16LE, false);
        QTest::newRow("UTF-16 BE") << in(QStringConverter::Utf16BE, false);
        const QString blanks(100'001, u' '); // pieces end within a character
        QTest::newRow("UTF-16 LE, long")
            << QByteArray(QStringEncoder(QStringConverter::Utf16LE).encode(blanks))
                + in(QStringConverter::Utf16LE, false);
    }

    void encodings_areRead()
    {
        QFETCH(QByteArray, text);
        const Read result = readText(text);
        QVERIFY2(!result.reading.error, qPrintable(result.reading.error.message));
        QCOMPARE(result.reading.creator, QStringLiteral("Test 1"));
        QCOMPARE(result.exchanges.size(), 1);
        QCOMPARE(result.exchanges.constFirst().summary.note, QString::fromUtf8("ü😀"));
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
        const Read result = readText(har(entry() + ',' + text + ',' + entry("http://b.test/")));
        QVERIFY2(!result.reading.error, qPrintable(result.reading.error.message));
        QCOMPARE(result.exchanges.size(), 3);
        QCOMPARE(result.exchanges.constLast().summary.host, QStringLiteral("b.test"));
    }
};

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarReadingTest)
#include "tst_harreading.moc"
