// Where the lines of the events view lie, and what of the time is in sight.
#include <inspector/eventlayout.h>
#include <inspector/gapscale.h>
#include <inspector/timeaxis.h>

#include <QTest>

#include <cmath>

using headrace::ui::EventLayout;
using headrace::ui::GapScale;
using headrace::ui::TimeAxis;
using namespace Qt::StringLiterals;

class EventLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gap_isATwentiethOfTheWhole();
    void gapHeight_growsWithItsLength();
    void layout_empty_hasNothing();
    void layout_putsGapsBetweenLines();
    void layout_withoutGaps_isEven();
    void layout_fallingTimes_countFromTheLatest();
    void layout_rowAt_isTheInverse();
    void layout_huge_answersAtOnce();
    void axis_all_isInSight();
    void axis_zoom_keepsThePlace();
    void axis_zoom_isBounded();
    void axis_grown_keepsWhatIsInSight();
    void axis_scroll_staysWithin();
    void axis_ticks_areRound_data();
    void axis_ticks_areRound();
};

void EventLayoutTest::gap_isATwentiethOfTheWhole()
{
    const GapScale scale(100'000);
    QVERIFY(scale.isGap(5'000));
    QVERIFY(!scale.isGap(4'999));
    QVERIFY(!GapScale(100).isGap(49)); // all of it is fast
    QVERIFY(!GapScale(0).isGap(0));
}

void EventLayoutTest::gapHeight_growsWithItsLength()
{
    const GapScale scale(100'000);
    QCOMPARE(scale.height(10), 0);
    QCOMPARE(scale.height(5'000), GapScale::Least);
    QCOMPARE(scale.height(100'000), GapScale::Most);
    QVERIFY(scale.height(20'000) > scale.height(10'000));
    QCOMPARE(GapScale(Q_INT64_C(86'400'000'000)).height(Q_INT64_C(86'400'000'000)), GapScale::Most);
}

void EventLayoutTest::layout_empty_hasNothing()
{
    const EventLayout layout({}, 20, true);
    QCOMPARE(layout.height(), 0);
    QCOMPARE(layout.rowAt(0), -1);
    QCOMPARE(layout.rowsIn(0, 100), (std::pair<qsizetype, qsizetype>(0, -1)));
}

void EventLayoutTest::layout_putsGapsBetweenLines()
{
    const EventLayout layout({ 0, 10, 40'010, 40'020, 100'000 }, 20, true);
    QCOMPARE(layout.gaps().size(), 2);
    const EventLayout::Gap &first = layout.gaps().at(0);
    QCOMPARE(first.row, 2);
    QCOMPARE(first.length, 40'000);
    QCOMPARE(layout.gapTop(first), 40);
    QCOMPARE(layout.top(1), 20);
    QCOMPARE(layout.top(2), 40 + first.height);
    QCOMPARE(layout.top(3), 60 + first.height);
    QCOMPARE(layout.height(), 100 + first.height + layout.gaps().at(1).height);
}

void EventLayoutTest::layout_withoutGaps_isEven()
{
    const EventLayout layout({ 0, 10, 40'010 }, 20, false);
    QVERIFY(layout.gaps().isEmpty());
    QCOMPARE(layout.top(2), 40);
    QCOMPARE(layout.height(), 60);
}

void EventLayoutTest::layout_fallingTimes_countFromTheLatest()
{
    const EventLayout layout({ 0, 1'000, 10, 1'010 }, 20, true);
    QCOMPARE(layout.gaps().size(), 1);
    QCOMPARE(layout.gaps().constFirst().row, 1);
}

void EventLayoutTest::layout_rowAt_isTheInverse()
{
    const EventLayout layout({ 0, 10, 40'010, 40'020, 100'000 }, 20, true);
    for (qsizetype row = 0; row < layout.count(); ++row) {
        QCOMPARE(layout.rowAt(layout.top(row)), row);
        QCOMPARE(layout.rowAt(layout.top(row) + 19), row);
    }
    QCOMPARE(layout.rowAt(layout.gapTop(layout.gaps().at(0))), 1);
    QCOMPARE(layout.rowAt(layout.top(2) - 1), 1);
    QCOMPARE(layout.rowAt(-50), 0);
    QCOMPARE(layout.rowAt(10'000), 4);
    QCOMPARE(layout.rowsIn(layout.top(2), layout.top(3)), (std::pair<qsizetype, qsizetype>(2, 2)));
    QCOMPARE(layout.rowsIn(-10, 1), (std::pair<qsizetype, qsizetype>(0, 0)));
    QVERIFY(layout.rowsIn(layout.height(), layout.height() + 9).second < 0);
}

void EventLayoutTest::layout_huge_answersAtOnce()
{
    QList<qint64> times;
    for (int i = 0; i < 200'000; ++i)
        times.append(i * 10 + (i > 100'000 ? 5'000'000 : 0));
    const EventLayout layout(times, 22, true);
    QCOMPARE(layout.gaps().size(), 1);
    for (int i = 0; i < 200'000; ++i)
        QCOMPARE(layout.rowAt(layout.top(i)), i);
}

void EventLayoutTest::axis_all_isInSight()
{
    TimeAxis axis;
    axis.setDuration(1'000);
    axis.setWidth(500);
    QVERIFY(axis.isFit());
    QCOMPARE(axis.x(0), 0.0);
    QCOMPARE(axis.x(1'000), 500.0);
    QCOMPARE(axis.timeAt(250), 500.0);
}

void EventLayoutTest::axis_zoom_keepsThePlace()
{
    TimeAxis axis;
    axis.setDuration(1'000);
    axis.setWidth(500);
    const double time = axis.timeAt(200);
    axis.zoom(4, 200);
    QVERIFY(!axis.isFit());
    QCOMPARE(axis.span(), 250.0);
    QVERIFY(std::abs(axis.x(time) - 200) < 0.001);
    axis.zoom(0.5, 200);
    QVERIFY(std::abs(axis.x(time) - 200) < 0.001);
    axis.fit();
    QCOMPARE(axis.span(), 1'000.0);
}

void EventLayoutTest::axis_zoom_isBounded()
{
    TimeAxis axis;
    axis.setDuration(1'000);
    axis.setWidth(500);
    for (int i = 0; i < 100; ++i)
        axis.zoom(10, 499);
    QCOMPARE(axis.span(), TimeAxis::ShortestSpan);
    QVERIFY(axis.isLargest());
    QVERIFY(axis.begin() + axis.span() <= 1'000.0);
    axis.zoom(0, 0); // no division by it
    QVERIFY(axis.isFit());
    axis.setDuration(0);
    axis.zoom(2, 0);
    QVERIFY(axis.x(0) >= 0);
}

void EventLayoutTest::axis_grown_keepsWhatIsInSight()
{
    TimeAxis axis;
    axis.setDuration(1'000);
    axis.setWidth(500);
    axis.setDuration(2'000);
    QVERIFY(axis.isFit());
    axis.zoom(4, 0);
    axis.setDuration(3'000);
    QCOMPARE(axis.span(), 500.0);
    QCOMPARE(axis.begin(), 0.0);
}

void EventLayoutTest::axis_scroll_staysWithin()
{
    TimeAxis axis;
    axis.setDuration(1'000);
    axis.setWidth(500);
    axis.zoom(10, 0);
    axis.scrollTo(5'000);
    QCOMPARE(axis.begin(), 900.0);
    axis.scrollTo(-5);
    QCOMPARE(axis.begin(), 0.0);
    axis.ensureVisible(50);
    QCOMPARE(axis.begin(), 0.0);
    axis.ensureVisible(500);
    QCOMPARE(axis.begin(), 450.0);
}

void EventLayoutTest::axis_ticks_areRound_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QStringList>("texts");
    using Texts = QStringList;
    QTest::newRow("microseconds") << qint64(
        45) << Texts { u"0 s"_s, u"10 µs"_s, u"20 µs"_s, u"30 µs"_s, u"40 µs"_s };
    QTest::newRow("milliseconds") << qint64(
        42'000) << Texts { u"0 s"_s, u"10 ms"_s, u"20 ms"_s, u"30 ms"_s, u"40 ms"_s };
    QTest::newRow("seconds") << qint64(9'000'000)
                             << Texts { u"0 s"_s, u"2 s"_s, u"4 s"_s, u"6 s"_s, u"8 s"_s };
    QTest::newRow("thousands") << qint64(4'100)
                               << Texts { u"0 s"_s, u"1 ms"_s, u"2 ms"_s, u"3 ms"_s, u"4 ms"_s };
    QTest::newRow("none") << qint64(0) << Texts { u"0 s"_s, u"1 µs"_s };
}

void EventLayoutTest::axis_ticks_areRound()
{
    QFETCH(qint64, duration);
    QFETCH(QStringList, texts);
    TimeAxis axis;
    axis.setDuration(duration);
    axis.setWidth(500);
    QStringList found;
    double before = -1'000;
    for (const TimeAxis::Tick &tick : axis.ticks(90)) {
        found += tick.text;
        QVERIFY(axis.x(double(tick.time)) - before >= 90);
        before = axis.x(double(tick.time));
    }
    QCOMPARE(found, texts);
}

QTEST_GUILESS_MAIN(EventLayoutTest)
#include "tst_eventlayout.moc"
