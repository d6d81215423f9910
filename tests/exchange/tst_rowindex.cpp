#include <exchange/rowindex.h>

#include <QRandomGenerator>
#include <QTest>

using namespace headrace::exchange;

namespace {

RowIndex indexOf(const QByteArray &text, qsizetype rowOctets, qsizetype piece)
{
    RowIndex index(rowOctets);
    for (qsizetype at = 0; at < text.size(); at += piece)
        index.feed(QByteArrayView(text).sliced(at, std::min(piece, text.size() - at)));
    index.finish();
    return index;
}

QList<TextRow> allRows(const QByteArray &text, qsizetype rowOctets)
{
    return RowIndex(rowOctets).rows({}, text, true);
}

} // namespace

class RowIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void rows_endAtLineEndsAndWhenFull_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("rows");
        QTest::addColumn<qint64>("lines");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList { "" } << qint64(1);
        QTest::newRow("one line") << QByteArray("abc") << QByteArrayList { "abc" } << qint64(1);
        QTest::newRow("line end") << QByteArray("abc\n") << QByteArrayList { "abc", "" }
                                  << qint64(2);
        QTest::newRow("CR LF") << QByteArray("a\r\nb\r\n") << QByteArrayList { "a", "b", "" }
                               << qint64(3);
        QTest::newRow("CR alone") << QByteArray("a\rb") << QByteArrayList { "a\rb" } << qint64(1);
        QTest::newRow("empty lines")
            << QByteArray("\n\n") << QByteArrayList { "", "", "" } << qint64(3);
        QTest::newRow("full") << QByteArray("12345678") << QByteArrayList { "12345678" }
                              << qint64(1);
        QTest::newRow("full, then a line end")
            << QByteArray("12345678\nx") << QByteArrayList { "12345678", "x" } << qint64(2);
        QTest::newRow("full, then CR LF")
            << QByteArray("12345678\r\nx") << QByteArrayList { "12345678", "x" } << qint64(2);
        QTest::newRow("full, then CR")
            << QByteArray("12345678\rx") << QByteArrayList { "12345678", "\rx" } << qint64(1);
        QTest::newRow("long") << QByteArray("123456789abcdefghi\nx")
                              << QByteArrayList { "12345678", "9abcdefg", "hi", "x" } << qint64(2);
        QTest::newRow("within a character")
            << QByteArray("1234567\u00e4x") << QByteArrayList { "1234567", "\u00e4x" } << qint64(1);
        QTest::newRow("no UTF-8") << QByteArray(10, '\x80')
                                  << QByteArrayList { QByteArray(8, '\x80'), "\x80\x80" }
                                  << qint64(1);
    }

    void rows_endAtLineEndsAndWhenFull()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArrayList, rows);
        QFETCH(const qint64, lines);
        QByteArrayList cut;
        for (const TextRow &row : allRows(text, 8))
            cut.append(text.mid(row.begin, row.end - row.begin));
        QCOMPARE(cut, rows);
        for (const qsizetype piece : { 1, 2, 3, 1000 }) {
            const RowIndex index = indexOf(text, 8, piece);
            QCOMPARE(index.rowCount(), rows.size());
            QCOMPARE(index.lineCount(), lines);
        }
    }

    void places_ofManyRows_areThoseOfTheWhole()
    {
        QRandomGenerator random(5);
        QByteArray text;
        while (text.size() < 300'000)
            text
                += QByteArray(random.bounded(200), 'x') + (random.bounded(3) ? "\n" : "\u20ac\r\n");
        const QList<TextRow> rows = allRows(text, 64);
        const RowIndex index = indexOf(text, 64, 4096);
        QCOMPARE(index.rowCount(), rows.size());
        for (int i = 0; i < 300; ++i) {
            const qint64 wanted = random.bounded(rows.size());
            const RowIndex::Place place = index.placeBeforeRow(wanted);
            QVERIFY(place.row <= wanted && wanted - place.row < 256);
            const QByteArray window = text.mid(place.offset, 256 * 66);
            const auto cut = index.rows(place, window, place.offset + window.size() == text.size());
            QCOMPARE(cut.at(wanted - place.row), rows.at(wanted));
            const RowIndex::Place same = index.placeBeforeOffset(rows.at(wanted).begin);
            QCOMPARE(same.row, place.row);
        }
    }

    void rows_withoutTheEnd_leaveTheLastOut()
    {
        const RowIndex index(8);
        QCOMPARE(index.rows({}, "abc\ndef", false).size(), 1);
        QCOMPARE(index.rows({}, "abc\ndef", true).size(), 2);
        QCOMPARE(index.rows({}, "123456789", false).size(), 0);
    }

    void decoded_row_knowsItsOctets_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<TextEncoding>("encoding");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("offsets");
        const auto utf8 = TextEncoding::Utf8;
        QTest::newRow("nothing") << QByteArray() << utf8 << QString() << QList<int> { 0 };
        QTest::newRow("umlaut") << QByteArray("a\u00e4b") << utf8 << QStringLiteral("a\u00e4b")
                                << QList<int> { 0, 1, 3, 4 };
        QTest::newRow("two units") << QByteArray("\U0001F600x") << utf8
                                   << QStringLiteral("\U0001F600x") << QList<int> { 0, 0, 4, 5 };
        QTest::newRow("Latin-1") << QByteArray("\xe4x") << TextEncoding::Latin1
                                 << QStringLiteral("\u00e4x") << QList<int> { 0, 1, 2 };
        QTest::newRow("no UTF-8") << QByteArray("\xe4x\xff") << utf8
                                  << QStringLiteral("\ufffdx\ufffd") << QList<int> { 0, 1, 2, 3 };
        QTest::newRow("surrogate")
            << QByteArray("\xed\xa0\x80") << utf8 << QStringLiteral("\ufffd\ufffd\ufffd")
            << QList<int> { 0, 1, 2, 3 };
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << utf8
                                  << QStringLiteral("\ufffd\ufffd") << QList<int> { 0, 1, 2 };
        QTest::newRow("tab") << QByteArray("a\tb") << utf8 << QStringLiteral("a   b")
                             << QList<int> { 0, 1, 1, 1, 2, 3 };
        QTest::newRow("controls") << QByteArray("\0\x1b\x7f", 3) << utf8
                                  << QStringLiteral("\u2400\u241b\u2421")
                                  << QList<int> { 0, 1, 2, 3 };
    }

    void decoded_row_knowsItsOctets()
    {
        QFETCH(const QByteArray, octets);
        QFETCH(const TextEncoding, encoding);
        const RowText row = decodeRow(octets, encoding);
        QTEST(row.text, "text");
        QTEST(row.offsets, "offsets");
        QCOMPARE(row.unitOf(octets.size()), row.text.size());
        QCOMPARE(row.unitOf(0), 0);
    }
};

QTEST_GUILESS_MAIN(RowIndexTest)
#include "tst_rowindex.moc"
