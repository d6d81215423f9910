#include "harfiles.h"
#include "harsamples.h"

#include <QTest>

Q_DECLARE_METATYPE(headrace::formats::BrokenFile)

namespace headrace::formats {

using namespace exchange;

/// Files that are broken, or none: what is said of them, and what is kept.
class HarBrokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void file_broken_saysWhatAndWhere_data();
    void file_broken_saysWhatAndWhere();
    void file_cutAnywhere_keepsWhatWasRead();
    void file_oneOctetChanged_neverCrashes();
    void entry_tooLarge_isLeftOutAndCounted_data();
    void entry_tooLarge_isLeftOutAndCounted();
    void entry_noObject_isLeftOutAndCounted();
    void string_halfSurrogates_areMended_data();
    void string_halfSurrogates_areMended();
    void taker_saysNo_stops();
    void progress_saysNo_stopsInsideAnEntry();
    void notes_many_areBounded();
};

void HarBrokenTest::file_broken_saysWhatAndWhere_data()
{
    QTest::addColumn<BrokenFile>("file");
    for (const BrokenFile &file : brokenFiles())
        QTest::newRow(file.name) << file;
}

void HarBrokenTest::file_broken_saysWhatAndWhere()
{
    QFETCH(BrokenFile, file);
    const Read read = readText(file.text);
    const HarError &error = read.reading.error;
    QVERIFY2(error.message.contains(QLatin1String(file.message)), qPrintable(error.message));
    QCOMPARE(error.line, file.line);
    QVERIFY2(qAbs(error.offset - file.offset) <= 1, qPrintable(QString::number(error.offset)));
    QVERIFY(error.column >= 1);
    QVERIFY(error.column <= error.offset + 1);
    QCOMPARE(error.entry, file.entry);
    QCOMPARE(read.exchanges.size(), file.entries);
}

void HarBrokenTest::file_cutAnywhere_keepsWhatWasRead()
{
    const QByteArray text = har(noteEntry("\\u00fc\\ud83d\\ude00") + ',' + noteEntry());
    const qsizetype firstEnd = text.indexOf(noteEntry()) - 1;
    const qsizetype secondEnd = text.size() - 3;
    for (qsizetype size = 0; size < text.size(); ++size) {
        const Read read = readText(text.first(size));
        QVERIFY2(read.reading.error, qPrintable(QString::number(size)));
        QVERIFY(read.reading.error.offset <= size);
        QCOMPARE(read.exchanges.size(), size >= secondEnd ? 2 : size >= firstEnd ? 1 : 0);
    }
    QVERIFY(!readText(text).reading.error);
}

void HarBrokenTest::file_oneOctetChanged_neverCrashes()
{
    const QByteArray text = har(noteEntry("\\u00fc\\ud83d\\ude00"));
    for (qsizetype i = 0; i < text.size(); ++i) {
        for (const char c : { '"', '\\', '{', ']', '0', '\0', '\xff', 'u' }) {
            QByteArray changed = text;
            changed[i] = c;
            const Read read = readText(changed);
            QVERIFY(read.exchanges.size() <= 2);
        }
    }
}

void HarBrokenTest::entry_tooLarge_isLeftOutAndCounted_data()
{
    QTest::addColumn<QByteArray>("large");
    QTest::newRow("long string") << QByteArray("{\"a\":\"" + QByteArray(300'000, 'x') + "\"}");
    QTest::newRow("long string of escapes")
        << QByteArray("{\"a\":\"" + QByteArray("\\\\\\\"\\u00fc\\ud800").repeated(20'000) + "\"}");
    QTest::newRow("long key") << QByteArray("{\"" + QByteArray(300'000, 'x') + "\":1}");
    QTest::newRow("many values") << QByteArray(
        "{\"a\":[" + QByteArray("1,").repeated(100'000) + "1]}");
    QTest::newRow("long, as an entry") << QByteArray('"' + QByteArray(300'000, 'x') + '"');
}

void HarBrokenTest::entry_tooLarge_isLeftOutAndCounted()
{
    QFETCH(QByteArray, large);
    HarReadOptions options;
    options.entryLimit = 100'000;
    const Read read = readText(har(noteEntry("1") + ',' + large + ',' + noteEntry("2")), options);
    QVERIFY2(!read.reading.error, qPrintable(read.reading.error.message));
    QCOMPARE(read.exchanges.size(), 2);
    QCOMPARE(read.exchanges.last().summary.note, QStringLiteral("2"));
    QCOMPARE(read.reading.leftOut, 1);
    QCOMPARE(read.reading.notes, QStringList(QStringLiteral("entry 2: too large, left out")));
}

void HarBrokenTest::entry_noObject_isLeftOutAndCounted()
{
    const Read read = readText(har("null,[1,[2]],\"x\",7," + noteEntry() + ",true"));
    QVERIFY(!read.reading.error);
    QCOMPARE(read.exchanges.size(), 1);
    QCOMPARE(read.reading.entries, 1);
    QCOMPARE(read.reading.leftOut, 5);
    QCOMPARE(read.reading.notes.size(), 5);
}

void HarBrokenTest::string_halfSurrogates_areMended_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("pair") << QByteArray("\\ud83d\\ude00") << QStringLiteral("😀");
    QTest::newRow("high") << QByteArray("a\\ud83db") << QStringLiteral("a\uFFFDb");
    QTest::newRow("low") << QByteArray("\\uDE00") << QStringLiteral("\uFFFD");
    QTest::newRow("two high") << QByteArray("\\ud83d\\ud83d\\ude00") << QStringLiteral("\uFFFD😀");
    QTest::newRow("wrong order") << QByteArray("\\ude00\\ud83d") << QStringLiteral("\uFFFD\uFFFD");
    QTest::newRow("behind a backslash") << QByteArray("\\\\ud83d") << QStringLiteral("\\ud83d");
}

void HarBrokenTest::string_halfSurrogates_areMended()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    // Also where one piece of the device ends and the next begins.
    for (qsizetype before = 65'000; before < 65'500; before += before < 65'100 ? 100 : 1) {
        const Read read = readText(har(noteEntry(text)).prepend(QByteArray(before, ' ')));
        QVERIFY2(!read.reading.error, qPrintable(read.reading.error.message));
        QCOMPARE(read.exchanges.first().summary.note, expected);
    }
}

void HarBrokenTest::taker_saysNo_stops()
{
    QByteArray text = har(noteEntry() + ',' + noteEntry());
    QBuffer buffer(&text);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    const HarReading reading = readHar(buffer, [](Exchange &&) { return false; });
    QVERIFY(reading.isStopped);
    QVERIFY(!reading.error);
    QCOMPARE(reading.entries, 1);
}

void HarBrokenTest::progress_saysNo_stopsInsideAnEntry()
{
    int told = 0;
    HarReadOptions options;
    options.progress = [&told](double share) { return ++told < 2 && share > 0 && share < 1; };
    const Read read = readText(har(noteEntry(QByteArray(8 << 20, 'x'))), options);
    QVERIFY(read.reading.isStopped);
    QVERIFY(!read.reading.error);
    QCOMPARE(read.exchanges.size(), 0);
    QCOMPARE(told, 2);
}

void HarBrokenTest::notes_many_areBounded()
{
    const Read read = readText(har(QByteArray("1,").repeated(999) + '1'));
    QCOMPARE(read.reading.leftOut, 1000);
    QCOMPARE(read.reading.noteCount, 1000);
    QCOMPARE(read.reading.notes.size(), HarReading::NoteLimit);
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarBrokenTest)
#include "tst_harbroken.moc"
