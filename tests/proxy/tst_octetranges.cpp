#include "rules/octetranges.h"

#include <QTest>

using namespace headrace::proxy;

class OctetRangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void field_isRead_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>(
            "ranges"); // of 1000 octets: "first+length"; "-": the field does not count
        const auto row = [](const char *field, const char *ranges) {
            QTest::newRow(field) << QByteArray(field) << QString::fromLatin1(ranges);
        };
        row("bytes=0-499", "0+500");
        row("bytes=500-999", "500+500");
        row("bytes=500-", "500+500");
        row("bytes=-500", "500+500");
        row("bytes=-5000", "0+1000");
        row("bytes=0-0", "0+1");
        row("bytes=0-0,-1", "0+1 999+1");
        row("bytes=0-9, 20-29 ,40-", "0+10 20+10 40+960");
        row("bytes=40-49,0-9", "40+10 0+10");
        row("bytes=,0-9,,", "0+10");
        row("Bytes=0-9", "0+10");
        row(" bytes=0-9 ", "0+10");
        row("bytes=990-5000", "990+10");
        row("bytes=00990-00995", "990+6");
        row("bytes=0-99999999999999999999999999", "0+1000");
        row("bytes=-99999999999999999999999999", "0+1000");
        row("bytes=1000-", "");
        row("bytes=1000-2000", "");
        row("bytes=-0", "");
        row("bytes=99999999999999999999999999-", "");
        row("bytes=1000-,0-0", "0+1");
        row("bytes=9-0", "-");
        row("bytes=0-9,9-0", "-");
        row("bytes=", "-");
        row("bytes=,", "-");
        row("bytes=-", "-");
        row("bytes=a-b", "-");
        row("bytes=0x1-2", "-");
        row("bytes=+1-2", "-");
        row("bytes=1--2", "-");
        row("bytes=1 - 2", "-");
        row("bytes 0-9", "-");
        row("lines=0-9", "-");
        row("", "-");
        row("bytes=0-,0-", "-"); // more than everything
        row("bytes=0-600,500-999", "-");
    }

    void field_isRead()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, ranges);
        const auto read = readOctetRanges(field, 1000);
        QStringList texts;
        for (const OctetRange &range : read.value_or(QList<OctetRange>()))
            texts += QStringLiteral("%1+%2").arg(range.first).arg(range.length);
        QCOMPARE(read ? texts.join(u' ') : QStringLiteral("-"), ranges);
    }

    void nothing_hasNoRange()
    {
        QCOMPARE(readOctetRanges("bytes=0-", 0), QList<OctetRange>());
        QCOMPARE(readOctetRanges("bytes=-1", 0), QList<OctetRange>());
    }

    void manyPieces_doNotCount()
    {
        QByteArray field = "bytes=0-0";
        for (int i = 1; i < 64; ++i)
            field += ',' + QByteArray::number(2 * i) + '-' + QByteArray::number(2 * i);
        QCOMPARE(readOctetRanges(field, 1000).value_or(QList<OctetRange>()).size(), 64);
        QVERIFY(!readOctetRanges(field + ",500-500", 1000));
    }
};

QTEST_APPLESS_MAIN(OctetRangesTest)
#include "tst_octetranges.moc"
