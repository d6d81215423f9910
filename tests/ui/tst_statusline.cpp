#include <shell/statusline.h>

#include <QTest>

using namespace headrace;
using ui::StatusLine;

class StatusLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_tellWhatDiffers_data();
    void counts_tellWhatDiffers();
    void lost_isToldOnlyWhenThereIsSome();
    void disk_isToldBesideTheMemory();
};

void StatusLineTest::counts_tellWhatDiffers_data()
{
    QTest::addColumn<StatusLine::Counts>("counts");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << StatusLine::Counts {} << QStringLiteral("0 exchanges");
    QTest::newRow("one") << StatusLine::Counts { 1, 1, 0, 0, 0, 0 } << QStringLiteral("1 exchange");
    QTest::newRow("filtered and selected") << StatusLine::Counts { 1'000'000, 1042, 17, 0, 0,
        0 } << QStringLiteral("1,000,000 exchanges · 1,042 shown · 17 selected");
}

void StatusLineTest::counts_tellWhatDiffers()
{
    QFETCH(const StatusLine::Counts, counts);
    StatusLine line;
    line.setCounts(counts);
    QTEST(line.countsText(), "text");
}

void StatusLineTest::lost_isToldOnlyWhenThereIsSome()
{
    StatusLine line;
    line.setCounts({});
    QCOMPARE(line.lostText(), QString());
    StatusLine::Counts counts;
    counts.lost = 1204;
    line.setCounts(counts);
    QCOMPARE(line.lostText(), QStringLiteral("⚠ 1,204 lost"));
}

void StatusLineTest::disk_isToldBesideTheMemory()
{
    StatusLine line;
    line.setCounts({});
    QVERIFY(!line.memoryText().contains(u"disk"));
    StatusLine::Counts counts;
    counts.diskOctets = 12'000'000;
    line.setCounts(counts);
    QVERIFY(line.memoryText().endsWith(QStringLiteral("disk 12\u2009MB")));
}

QTEST_MAIN(StatusLineTest)

#include "tst_statusline.moc"
