#include <formats/harreader.h>

#include <QBuffer>
#include <QTest>

namespace headrace::formats {

using namespace exchange;

namespace {

struct Read
{
    HarReading reading;
    QList<Exchange> exchanges;
};

Read readText(QByteArray text, const HarReadOptions &options = {})
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    Read read;
    read.reading = readHar(
        buffer,
        [&read](Exchange &&exchange) {
            read.exchanges.append(std::move(exchange));
            return true;
        },
        options);
    return read;
}

QByteArray log(const QByteArray &entries)
{
    return R"({"log":{"version":"1.2","creator":{"name":"x","version":"2"},"entries":[)" + entries
        + "]}}";
}

QByteArray entry(const QByteArray &comment = "c")
{
    return R"({"startedDateTime":"2026-11-27T05:00:00.000Z","time":1.5,"request":{"method":"GET",)"
           R"("url":"http://a.test/?b=1","headers":[{"name":"A","value":"b"}]},"response":{"status":200,)"
           R"("statusText":"OK","content":{"size":2,"mimeType":"text/plain","text":"hi"}},"comment":")"
        + comment + "\"}";
}

} // namespace

class HarBrokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void file_broken_saysWhatAndWhere_data();
    void file_broken_saysWhatAndWhere();
    void file_cutAnywhere_keepsWhatWasRead();
    void file_oneOctetChanged_neverCrashes();
    void mark_utf8_isSkipped();
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
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    QTest::addColumn<qint64>("line");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qsizetype>("count");
    const auto row = [](const char *name, const QByteArray &text, const char *message, qint64 line,
                         qint64 offset, qsizetype count) {
        QTest::newRow(name) << text << QString::fromUtf8(message) << line << offset << count;
    };
    row("empty", "", "empty", 1, 0, 0);
    row("blank", " \n ", "empty", 2, 3, 0);
    row("no JSON", "GET / HTTP/1.1", "no JSON", 1, 0, 0);
    row("UTF-16", QByteArray("\xff\xfe{\0}\0", 6), "UTF-16", 1, 0, 0);
    row("another file", R"({"log":{"pages":[]}})", "no HAR", 1, 20, 0);
    row("entries no array", R"({"log":{"entries":{"a":1}}})", "no HAR", 1, 27, 0);
    row("entries elsewhere", R"({"x":{"entries":[{}]},"entries":[{}]})", "no HAR", 1, 37, 0);
    row("array", "[1,2]", "no HAR", 1, 5, 0);
    const QByteArray begin = R"({"log":{"entries":[)" + entry() + ",\n";
    row("ends after one", begin, "ends", 2, begin.size(), 1);
    row("ends in a string", begin + "{\"a", "ends", 2, begin.size() + 3, 1);
    row("two values", begin + "{} {}", "no JSON", 2, begin.size() + 3, 2);
    row("rubbish behind", log(entry()) + "x", "no JSON", 1, log(entry()).size(), 1);
    row("deep", R"({"log":{"entries":[)" + entry() + ',' + QByteArray(100'000, '['), "deep", 1,
        19 + entry().size() + 1 + 510, 1);
}

void HarBrokenTest::file_broken_saysWhatAndWhere()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    QFETCH(qint64, line);
    QFETCH(qint64, offset);
    QFETCH(qsizetype, count);
    const Read read = readText(text);
    QVERIFY2(read.reading.error.message.contains(message), qPrintable(read.reading.error.message));
    QCOMPARE(read.reading.error.line, line);
    QVERIFY2(qAbs(read.reading.error.offset - offset) <= 1,
        qPrintable(QString::number(read.reading.error.offset)));
    QCOMPARE(read.exchanges.size(), count);
}

void HarBrokenTest::file_cutAnywhere_keepsWhatWasRead()
{
    const QByteArray text = log(entry("\\u00fc\\ud83d\\ude00") + ',' + entry());
    const qsizetype firstEnd = text.indexOf(entry()) - 1;
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
    const QByteArray text = log(entry("\\u00fc\\ud83d\\ude00"));
    for (qsizetype i = 0; i < text.size(); ++i) {
        for (const char c : { '"', '\\', '{', ']', '0', '\0', '\xff', 'u' }) {
            QByteArray changed = text;
            changed[i] = c;
            const Read read = readText(changed);
            QVERIFY(read.exchanges.size() <= 2);
        }
    }
}

void HarBrokenTest::mark_utf8_isSkipped()
{
    const Read read = readText("\xef\xbb\xbf" + log(entry()));
    QVERIFY(!read.reading.error);
    QCOMPARE(read.exchanges.size(), 1);
    QCOMPARE(read.reading.creator, QStringLiteral("x 2"));
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
    const Read read = readText(log(entry("1") + ',' + large + ',' + entry("2")), options);
    QVERIFY2(!read.reading.error, qPrintable(read.reading.error.message));
    QCOMPARE(read.exchanges.size(), 2);
    QCOMPARE(read.exchanges.last().summary.note, QStringLiteral("2"));
    QCOMPARE(read.reading.leftOut, 1);
    QCOMPARE(read.reading.notes, QStringList(QStringLiteral("entry 2: too large, left out")));
}

void HarBrokenTest::entry_noObject_isLeftOutAndCounted()
{
    const Read read = readText(log("null,[1,[2]],\"x\",7," + entry() + ",true"));
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
        const Read read = readText(log(entry(text)).prepend(QByteArray(before, ' ')));
        QVERIFY2(!read.reading.error, qPrintable(read.reading.error.message));
        QCOMPARE(read.exchanges.first().summary.note, expected);
    }
}

void HarBrokenTest::taker_saysNo_stops()
{
    QByteArray text = log(entry() + ',' + entry());
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
    const Read read = readText(log(entry(QByteArray(8 << 20, 'x'))), options);
    QVERIFY(read.reading.isStopped);
    QVERIFY(!read.reading.error);
    QCOMPARE(read.exchanges.size(), 0);
    QCOMPARE(told, 2);
}

void HarBrokenTest::notes_many_areBounded()
{
    const Read read = readText(log(QByteArray("1,").repeated(999) + '1'));
    QCOMPARE(read.reading.leftOut, 1000);
    QCOMPARE(read.reading.noteCount, 1000);
    QCOMPARE(read.reading.notes.size(), HarReading::NoteLimit);
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarBrokenTest)
#include "tst_harbroken.moc"
