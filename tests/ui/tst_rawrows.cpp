#include <inspector/rawcells.h>
#include <inspector/rawrows.h>

#include <QTest>

using namespace headrace;
using exchange::MemoryOctets;
using exchange::WireRun;
using ui::RawCell;
using ui::rawCells;
using ui::RawRows;

/// Octets cut to rows, and rows to places.
class RawRowsTest : public QObject
{
    Q_OBJECT

    static RawRows made(const QByteArray &octets, QList<WireRun> runs, RawRows::Form form, int per)
    {
        if (runs.isEmpty())
            runs = { { 0, octets.size(), 1 } };
        return RawRows(std::make_shared<MemoryOctets>(octets), runs, form, per);
    }

    /// Rows as texts; one that begins a run has '|' before it.
    static QList<QByteArray> textsOf(RawRows rows, const QByteArray &octets)
    {
        QList<QByteArray> texts;
        for (const RawRows::Row &row : rows.rows(0, 1'000'000))
            texts += (row.beginsRun ? "|" : "") + octets.sliced(row.begin, row.end - row.begin);
        return texts;
    }

private Q_SLOTS:

    void text_isCutAtLinesRunsAndWidth()
    {
        const QByteArray octets = "ab\r\n\r\ncdefghijkl\nmn";
        QCOMPARE(textsOf(made(octets, { { 0, 3, 1 }, { 3, 8, 2 }, { 8, 19, 3 } },
                             RawRows::Form::Text, 8),
                     octets),
            (QList<QByteArray> { "|ab\r", "|\n", "\r\n", "cd", "|efghijkl", "\n", "mn" }));
    }

    void hex_isCutAtRunsAndWidth()
    {
        const QByteArray octets = "0123456789abcdef\nXYZ";
        QCOMPARE(
            textsOf(made(octets, { { 0, 18, 1 }, { 18, 20, 2 } }, RawRows::Form::Hex, 16), octets),
            (QList<QByteArray> { "|0123456789abcdef", "\nX", "|YZ" }));
    }

    void characters_areNotCut()
    {
        const QByteArray octets = "1234567\xc3\xbc"
                                  "abcde\xe6\x97\xa5"
                                  "9\xff\x80\x80\x80\x80\x80\x80\x80";
        QCOMPARE(textsOf(made(octets, {}, RawRows::Form::Text, 8), octets),
            (QList<QByteArray> { "|1234567",
                "\xc3\xbc"
                "abcde",
                "\xe6\x97\xa5"
                "9\xff\x80\x80\x80",
                "\x80\x80\x80\x80" }));
    }

    void rows_ofManyOctets_areTheSameFromAnyPlace()
    {
        QByteArray octets;
        QList<WireRun> runs;
        for (int i = 0; octets.size() < 600'000; ++i) {
            const qint64 begin = octets.size();
            octets += QByteArray(i % 97, 'x') + (i % 3 ? "\r\n" : "\xc3\xa4");
            if (i % 5 == 0)
                runs.append({ begin, octets.size(), i });
            else
                runs.last().end = octets.size();
        }
        for (const RawRows::Form form : { RawRows::Form::Text, RawRows::Form::Hex }) {
            RawRows all = made(octets, runs, form, 16);
            const auto rows = all.rows(0, 10'000'000);
            QVERIFY(all.isComplete());
            QCOMPARE(all.rowCount(), rows.size());
            QCOMPARE(rows.constLast().end, octets.size());
            RawRows steps = made(octets, runs, form, 16);
            while (!steps.isComplete())
                steps.scan(1000);
            QCOMPARE(steps.rowCount(), all.rowCount());
            for (qsizetype i = 0; i < rows.size(); i += 777) {
                QCOMPARE(steps.rows(i, 2), rows.mid(i, 2));
                QCOMPARE(steps.rowOf(rows.at(i).begin), i);
                QCOMPARE(steps.rowOf(rows.at(i).end - 1), i);
            }
        }
    }

    void rowAsked_isCountedFirst()
    {
        const QByteArray octets(1'000'000, '\n');
        RawRows rows = made(octets, {}, RawRows::Form::Text, 64);
        QCOMPARE(rows.rows(10, 2), (QList<RawRows::Row> { { 10, 11, false }, { 11, 12, false } }));
        QVERIFY(!rows.isComplete());
        QCOMPARE(rows.rowOf(900'000), 900'000);
        QVERIFY(!rows.isComplete());
        QCOMPARE(rows.rowOf(5'000'000), 999'999);
        QCOMPARE(rows.rows(1'000'000, 5), QList<RawRows::Row>());
    }

    void octetsThatGrow_areTheSameAsAtOnce()
    {
        const QByteArray octets = "abc\r\ndefghijklmn\xc3\xbcxyz\r\n\r\n0123";
        const QList<WireRun> runs { { 0, 4, 1 }, { 4, 20, 2 }, { 20, octets.size(), 3 } };
        const auto whole = textsOf(made(octets, runs, RawRows::Form::Text, 8), octets);
        for (qsizetype cut = 0; cut <= octets.size(); ++cut) {
            QList<WireRun> before;
            for (const WireRun &run : runs) {
                if (run.begin < cut)
                    before.append({ run.begin, std::min<qint64>(run.end, cut), run.time });
            }
            RawRows rows(
                std::make_shared<MemoryOctets>(octets.first(cut)), before, RawRows::Form::Text, 8);
            rows.scan(1000);
            rows.extend(std::make_shared<MemoryOctets>(octets), runs);
            QCOMPARE(textsOf(rows, octets), whole);
        }
    }

    void nothing_hasNoRows()
    {
        RawRows rows;
        QCOMPARE(rows.rowOf(0), -1);
        QVERIFY(rows.rows(0, 10).isEmpty());
        QVERIFY(rows.isComplete());
        RawRows empty = made({}, {}, RawRows::Form::Hex, 16);
        QCOMPARE(empty.rowOf(3), -1);
    }

    void cells_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("expected"); // text@column+columns, kind's first letter
        QTest::newRow("ASCII") << QByteArray("ab") << QStringLiteral("a@0+1T b@1+1T");
        QTest::newRow("line end") << QByteArray("a\r\n")
                                  << QStringLiteral("a@0+1T CR@1+2L LF@3+2L");
        QTest::newRow("bare LF") << QByteArray("a\n") << QStringLiteral("a@0+1T LF@1+2L");
        QTest::newRow("bare CR") << QByteArray("a\rb") << QStringLiteral("a@0+1T CR@1+2C b@3+1T");
        QTest::newRow("CR before CRLF")
            << QByteArray("\r\r\n") << QStringLiteral("CR@0+2C CR@2+2L LF@4+2L");
        QTest::newRow("controls") << QByteArray("\t\x1b\x7f")
                                  << QStringLiteral("TAB@0+2C ESC@2+2C DEL@4+2C");
        QTest::newRow("NUL") << QByteArray(1, '\0') << QStringLiteral("NUL@0+2C");
        QTest::newRow("UTF-8") << QByteArray("\xc3\xbc!") << QStringLiteral("\u00fc@0+1T !@1+1T");
        QTest::newRow("wide") << QByteArray("\xe6\x97\xa5!")
                              << QStringLiteral("\u65e5@0+2T !@2+1T");
        QTest::newRow("combining")
            << QByteArray("e\xcc\x81!") << QStringLiteral("e@0+1T \u0301@1+0T !@1+1T");
        QTest::newRow("beyond the first plane")
            << QByteArray("\xf0\x9f\x99\x82") << QStringLiteral("\U0001f642@0+2T");
        QTest::newRow("no UTF-8") << QByteArray("caf\xe9\x80")
                                  << QStringLiteral("c@0+1T a@1+1T f@2+1T \u00e9@3+1F \u25a1@4+1F");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf")
                                  << QStringLiteral("\u00c0@0+1F \u00af@1+1F");
        QTest::newRow("surrogate")
            << QByteArray("\xed\xa0\x80") << QStringLiteral("\u00ed@0+1F \u00a0@1+1F \u25a1@2+1F");
        QTest::newRow("cut") << QByteArray("\xe6\x97") << QStringLiteral("\u00e6@0+1F \u25a1@1+1F");
    }

    void cells()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, expected);
        QStringList texts;
        qsizetype next = 0;
        for (const RawCell &cell : rawCells(row, true)) {
            QCOMPARE(cell.begin, next);
            next += cell.octets;
            texts += QStringLiteral("%1@%2+%3%4")
                         .arg(cell.text)
                         .arg(cell.column)
                         .arg(cell.columns)
                         .arg(QStringView(u"TLCF").at(int(cell.kind)));
        }
        QCOMPARE(next, row.size());
        QCOMPARE(texts.join(u' '), expected);
    }

    void lineEnds_areHiddenOnDemand()
    {
        const auto cells = rawCells("a\r\r\n", false);
        QCOMPARE(cells.size(), 4);
        QCOMPARE(cells.at(1).text, QStringLiteral("CR"));
        QCOMPARE(cells.at(2).columns, 0);
        QCOMPARE(cells.at(3).text, QString());
    }
};

QTEST_APPLESS_MAIN(RawRowsTest)

#include "tst_rawrows.moc"
