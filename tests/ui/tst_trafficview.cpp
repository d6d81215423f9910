#include "trafficfixture.h"

#include <traffic/filterbar.h>
#include <traffic/trafficheader.h>

#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>

using namespace headrace;
using test::FakeStore;
using test::TrafficFixture;
using ui::TrafficColumn;
using Ids = QList<exchange::ExchangeId>;

class TrafficViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_inSight_areRead();
    void sort_byClicks_goesUpDownAndBack();
    void sort_keepsCurrentRowAndSelection();
    void filter_keepsTheCurrentRowInItsPlace();
    void filter_thatHidesTheCurrentRow_givesItBackLater();
    void rows_newAbove_doNotMoveTheOthers();
    void rows_removedAbove_doNotMoveTheOthers();
    void follow_descending_isAtTheTop();
    void follow_inAnotherOrder_isOff();
    void refresh_ofAnotherOrder_keepsSelectionAndScroll();
    void selectAll_ofManyRows_isCountedByRanges();
    void select_ofARowToCome_waitsForIt();
};

void TrafficViewTest::rows_inSight_areRead()
{
    const TrafficFixture f(1000);
    const auto lastText
        = [&f] { return f.model()->index(999, int(TrafficColumn::Number)).data().toString(); };
    QTRY_COMPARE(lastText(), QStringLiteral("1000")); // It follows.
    f.view()->setFollowing(false);
    f.view()->verticalScrollBar()->setValue(500);
    QTRY_COMPARE(f.model()->index(505, 0).data().toString(), QStringLiteral("506"));
}

void TrafficViewTest::sort_byClicks_goesUpDownAndBack()
{
    TrafficFixture f(8);
    QWidget *viewport = f.view()->header()->viewport();
    const QPoint place(
        f.view()->header()->sectionViewportPosition(int(TrafficColumn::Method)) + 20, 10);
    QTest::mouseClick(viewport, Qt::LeftButton, {}, place);
    f.settle();
    QCOMPARE(f.ids(), (Ids { 1, 2, 3, 4, 6, 7, 8, 5 }));
    QTest::mouseClick(viewport, Qt::LeftButton, {}, place);
    f.settle();
    QCOMPARE(f.ids(), (Ids { 5, 1, 2, 3, 4, 6, 7, 8 }));
    QTest::mouseClick(viewport, Qt::LeftButton, {}, place);
    f.settle();
    QCOMPARE(f.ids(), (Ids { 1, 2, 3, 4, 5, 6, 7, 8 }));
}

void TrafficViewTest::sort_keepsCurrentRowAndSelection()
{
    TrafficFixture f(300);
    f.panel->select(200);
    f.view()->selectionModel()->select(
        f.model()->index(49, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QSignalSpy current(f.panel.get(), &ui::TrafficPanel::currentExchangeChanged);
    f.view()->sortByColumn(int(TrafficColumn::Host), Qt::AscendingOrder);
    f.settle();
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(200));
    Ids selected = f.view()->selectedIds();
    std::sort(selected.begin(), selected.end());
    QCOMPARE(selected, (Ids { 50, 200 }));
    QCOMPARE(current.size(), 0); // The inspector does not blink.
    QVERIFY(
        f.view()->viewport()->rect().intersects(f.view()->visualRect(f.view()->currentIndex())));
}

void TrafficViewTest::filter_keepsTheCurrentRowInItsPlace()
{
    TrafficFixture f(700);
    f.panel->select(353); // 404: 353 % 7 == 3
    f.view()->setFollowing(false);
    f.view()->verticalScrollBar()->setValue(350);
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    f.settle();
    QCOMPARE(f.panel->shownCount(), 100);
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(353));
    QCOMPARE(f.view()->currentIndex().row() - f.view()->verticalScrollBar()->value(), 2);
    f.panel->filterEdit()->clear();
    f.settle();
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(353));
    QCOMPARE(f.view()->verticalScrollBar()->value(), 350);
}

void TrafficViewTest::filter_thatHidesTheCurrentRow_givesItBackLater()
{
    TrafficFixture f(70);
    f.panel->select(20); // 201
    QSignalSpy current(f.panel.get(), &ui::TrafficPanel::currentExchangeChanged);
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    f.settle();
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(0));
    f.panel->filterBar()->setText(QStringLiteral("status:201"));
    f.settle();
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(20));
    QCOMPARE(current.size(), 2);
}

void TrafficViewTest::rows_newAbove_doNotMoveTheOthers()
{
    TrafficFixture f(500);
    f.view()->sortByColumn(int(TrafficColumn::Number), Qt::DescendingOrder);
    f.settle();
    f.view()->setFollowing(false);
    QScrollBar *bar = f.view()->verticalScrollBar();
    bar->setValue(200);
    const exchange::ExchangeId top = f.model()->idAt(bar->value());
    f.store.add(50);
    QTRY_COMPARE(f.panel->shownCount(), 550);
    QCOMPARE(f.model()->idAt(bar->value()), top);
}

void TrafficViewTest::rows_removedAbove_doNotMoveTheOthers()
{
    TrafficFixture f(500);
    f.view()->setFollowing(false);
    QScrollBar *bar = f.view()->verticalScrollBar();
    bar->setValue(200);
    const exchange::ExchangeId top = f.model()->idAt(bar->value());
    f.store.remove({ 1, 2, 3, 100, 400 });
    QCOMPARE(f.panel->shownCount(), 495);
    QCOMPARE(f.model()->idAt(bar->value()), top);
}

void TrafficViewTest::follow_descending_isAtTheTop()
{
    TrafficFixture f(500);
    f.view()->sortByColumn(int(TrafficColumn::Number), Qt::DescendingOrder);
    f.settle();
    QVERIFY(f.view()->isFollowing());
    QCOMPARE(f.view()->verticalScrollBar()->value(), 0);
    f.store.add(5);
    QTRY_COMPARE(f.panel->shownCount(), 505);
    QCOMPARE(f.view()->verticalScrollBar()->value(), 0);
    QCOMPARE(f.model()->idAt(0), exchange::ExchangeId(505));
}

void TrafficViewTest::follow_inAnotherOrder_isOff()
{
    TrafficFixture f(500);
    f.view()->sortByColumn(int(TrafficColumn::Host), Qt::AscendingOrder);
    f.settle();
    QVERIFY(!f.view()->canFollow());
    QCOMPARE(f.view()->verticalScrollBar()->value(), 0);
    f.view()->sortByColumn(-1, Qt::AscendingOrder);
    f.settle();
    QVERIFY(f.view()->canFollow());
    QCOMPARE(f.view()->verticalScrollBar()->value(), f.view()->verticalScrollBar()->maximum());
}

void TrafficViewTest::refresh_ofAnotherOrder_keepsSelectionAndScroll()
{
    TrafficFixture f(400);
    f.view()->sortByColumn(int(TrafficColumn::Host), Qt::AscendingOrder);
    f.settle();
    f.view()->setCurrentIndex(f.model()->index(250, 0));
    const exchange::ExchangeId current = f.panel->currentId();
    const int offset = 250 - f.view()->verticalScrollBar()->value();
    f.store.add(40); // 10 of them come before it.
    QTRY_COMPARE(f.panel->shownCount(), 440);
    QCOMPARE(f.panel->currentId(), current);
    QVERIFY(f.view()->currentIndex().row() > 250);
    QCOMPARE(f.view()->currentIndex().row() - f.view()->verticalScrollBar()->value(), offset);
    QCOMPARE(f.view()->selectedIds(), (Ids { current }));
}

void TrafficViewTest::selectAll_ofManyRows_isCountedByRanges()
{
    TrafficFixture f(200'000);
    f.trigger(ui::TrafficActions::SelectAll);
    QCOMPARE(f.panel->selectedCount(), 200'000);
    QCOMPARE(f.view()->selectedIds().size(), 200'000);
    f.view()->selectionModel()->select(
        f.model()->index(7, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    QCOMPARE(f.panel->selectedCount(), 199'999);
}

void TrafficViewTest::select_ofARowToCome_waitsForIt()
{
    TrafficFixture f(10);
    f.panel->select(12);
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(0));
    f.store.add(5);
    QTRY_COMPARE(f.panel->currentId(), exchange::ExchangeId(12));
}

QTEST_MAIN(TrafficViewTest)

#include "tst_trafficview.moc"
