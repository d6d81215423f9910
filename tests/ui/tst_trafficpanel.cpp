#include "named.h"
#include "samples.h"
#include "trafficfixture.h"

#include <shell/noticebar.h>
#include <traffic/completionpopup.h>
#include <traffic/filterbar.h>
#include <traffic/filteredit.h>
#include <traffic/trafficpages.h>
#include <traffic/trafficpanel.h>
#include <traffic/trafficview.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace headrace;
using test::TrafficFixture;
using ui::TrafficPages;
using ui::TrafficPanel;

class TrafficPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void list_empty_offersToCompose();
    void filter_thatMatchesNothing_canBeCleared();
    void keys_jAndK_move();
    void key_r_asksToResendTheSelection();
    void key_delete_removesTheSelection();
    void copyUrl_ofTwoRows_givesTwoLines();
    void copyAsCurl_givesACommand();
    void rows_new_areFollowedUntilTheUserScrolls();
    void select_ofAFilteredRow_takesTheFilterAway();
    void keys_inTheFilter_leadIntoTheList();
    void filter_invalid_leavesTheListAsItIs();
    void search_thatTakesLong_isTold();
    void search_thatFails_isTold();
    void pause_holdsNewRowsUntilItEnds();
    void pause_keepsTheRowsInSightAsTheyAre();
    void pause_ofAnEmptyList_saysWhatWaits();
    void pause_withAnotherFilter_showsNothingNew();
    void problem_ofTheStore_isTold();
    void filters_used_areRemembered();
    void filter_completes_hostsAndTypes();

private:
    /// A panel in sight, over so many exchanges.
    struct Fixture
    {
        explicit Fixture(int count)
        {
            for (int i = 0; i < count; ++i)
                ids += ui::samples::add(store, { .target = QStringLiteral("/v1/items/%1").arg(i) });
            panel = std::make_unique<TrafficPanel>(&store);
            panel->resize(1000, 400);
            panel->show();
            (void)QTest::qWaitForWindowActive(panel.get());
            (void)QTest::qWaitFor([&] { return panel->shownCount() == count; });
        }

        exchange::MemoryStore store;
        QList<exchange::ExchangeId> ids;
        std::unique_ptr<TrafficPanel> panel;
    };
};

void TrafficPanelTest::list_empty_offersToCompose()
{
    Fixture f(0);
    QSignalSpy asked(f.panel.get(), &TrafficPanel::composeRequested);
    QVERIFY(!f.panel->view()->isVisible());
    QPushButton *button = nullptr;
    const auto buttons = f.panel->findChildren<QPushButton *>();
    for (QPushButton *candidate : buttons) {
        if (candidate->isVisible())
            button = candidate;
    }
    QVERIFY(button);
    button->click();
    QCOMPARE(asked.size(), 1);
    ui::samples::add(f.store);
    QTRY_VERIFY(f.panel->view()->isVisible());
    QCOMPARE(f.panel->totalCount(), 1);
}

void TrafficPanelTest::filter_thatMatchesNothing_canBeCleared()
{
    Fixture f(3);
    QTest::keyClicks(f.panel->filterEdit(), QStringLiteral("items/2"));
    QTRY_COMPARE(f.panel->shownCount(), 1);
    QTest::keyClicks(f.panel->filterEdit(), QStringLiteral("x"));
    QTRY_COMPARE(f.panel->shownCount(), 0);
    QTRY_VERIFY(!f.panel->view()->isVisible());
    QTRY_COMPARE(f.panel->pages()->message(), QStringLiteral("No exchange matches “items/2x”."));
    const auto buttons = f.panel->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible())
            button->click();
    }
    QTRY_COMPARE(f.panel->shownCount(), 3);
    QVERIFY(f.panel->view()->isVisible());
}

void TrafficPanelTest::keys_jAndK_move()
{
    Fixture f(3);
    QSignalSpy current(f.panel.get(), &TrafficPanel::currentExchangeChanged);
    f.panel->view()->setFocus();
    QTest::keyClick(f.panel->view(), Qt::Key_J);
    QCOMPARE(f.panel->currentId(), f.ids.at(0));
    QTest::keyClick(f.panel->view(), Qt::Key_J);
    QTest::keyClick(f.panel->view(), Qt::Key_J);
    QTest::keyClick(f.panel->view(), Qt::Key_J); // At the end it stays.
    QCOMPARE(f.panel->currentId(), f.ids.at(2));
    QTest::keyClick(f.panel->view(), Qt::Key_K);
    QCOMPARE(f.panel->currentId(), f.ids.at(1));
    QVERIFY(!current.isEmpty());
    QCOMPARE(current.constLast().at(0).value<exchange::ExchangeId>(), f.ids.at(1));
}

void TrafficPanelTest::key_r_asksToResendTheSelection()
{
    Fixture f(3);
    QSignalSpy resend(f.panel.get(), &TrafficPanel::exchangeResendRequested);
    f.panel->view()->setFocus();
    QTest::keyClick(f.panel->view(), Qt::Key_R);
    QCOMPARE(resend.size(), 0); // Nothing is selected.
    f.panel->select(f.ids.at(1));
    QTest::keyClick(f.panel->view(), Qt::Key_R);
    QCOMPARE(resend.size(), 1);
    QCOMPARE(resend.at(0).at(0).value<exchange::ExchangeId>(), f.ids.at(1));
}

void TrafficPanelTest::key_delete_removesTheSelection()
{
    Fixture f(3);
    f.panel->select(f.ids.at(1));
    f.panel->view()->setFocus();
    QTest::keyClick(f.panel->view(), Qt::Key_Delete);
    QTRY_COMPARE(f.panel->totalCount(), 2);
    QCOMPARE(f.store.ids(), (QList { f.ids.at(0), f.ids.at(2) }));
}

void TrafficPanelTest::copyUrl_ofTwoRows_givesTwoLines()
{
    Fixture f(2);
    f.panel->view()->selectAll();
    QCOMPARE(f.panel->selectedCount(), 2);
    actionOf(*f.panel->view(), QStringLiteral("Copy URL"))->trigger();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(),
        QStringLiteral("http://api.example.test/v1/items/0\nhttp://api.example.test/v1/items/1"));
}

void TrafficPanelTest::copyAsCurl_givesACommand()
{
    Fixture f(1);
    f.panel->select(f.ids.at(0));
    actionOf(*f.panel->view(), QStringLiteral("Copy as cURL"))->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(
        QStringLiteral("curl http://api.example.test/v1/items/0")));
}

void TrafficPanelTest::rows_new_areFollowedUntilTheUserScrolls()
{
    Fixture f(100);
    QScrollBar *bar = f.panel->view()->verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    ui::samples::add(f.store);
    QTRY_COMPARE(f.panel->shownCount(), 101);
    QCOMPARE(bar->value(), bar->maximum());

    f.panel->view()->setFocus();
    f.panel->select(f.ids.at(99));
    QTest::keyClick(f.panel->view(), Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(!f.panel->view()->isFollowing());
    const int before = bar->value();
    ui::samples::add(f.store);
    QTRY_COMPARE(f.panel->shownCount(), 102);
    QCOMPARE(bar->value(), before);

    QTest::keyClick(f.panel->view(), Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY(f.panel->view()->isFollowing());
}

void TrafficPanelTest::select_ofAFilteredRow_takesTheFilterAway()
{
    Fixture f(3);
    f.panel->filterBar()->setText(QStringLiteral("items/0"));
    QTRY_COMPARE(f.panel->shownCount(), 1);
    f.panel->select(f.ids.at(2));
    QTRY_COMPARE(f.panel->currentId(), f.ids.at(2));
    QVERIFY(f.panel->filterEdit()->text().isEmpty());
}

void TrafficPanelTest::keys_inTheFilter_leadIntoTheList()
{
    Fixture f(2);
    f.panel->focusFilter();
    QTRY_VERIFY(f.panel->filterEdit()->hasFocus());
    QTest::keyClick(f.panel->filterEdit(), Qt::Key_Down);
    QVERIFY(f.panel->view()->hasFocus());
    QVERIFY(f.panel->currentId() != 0);
}

void TrafficPanelTest::filter_invalid_leavesTheListAsItIs()
{
    TrafficFixture f(14);
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    f.settle();
    QCOMPARE(f.panel->shownCount(), 2);
    f.panel->filterBar()->setText(QStringLiteral("status:404 ("));
    f.settle();
    QCOMPARE(f.panel->shownCount(), 2);
}

void TrafficPanelTest::search_thatTakesLong_isTold()
{
    TrafficFixture f(14);
    f.store.isHeld = true;
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    QCOMPARE(f.panel->shownCount(), 14); // The old rows stay.
    QVERIFY(f.view()->isVisible());
    f.store.release();
    QTRY_COMPARE(f.panel->shownCount(), 2);

    test::FakeStore slow(5);
    slow.isHeld = true;
    TrafficPanel panel(&slow);
    QTRY_COMPARE(panel.pages()->page(), TrafficPages::Page::Searching);
    slow.release();
    QTRY_COMPARE(panel.pages()->page(), TrafficPages::Page::List);
    slow.isHeld = true;
    slow.clear();
    QTRY_COMPARE(panel.pages()->page(), TrafficPages::Page::Searching);
    Q_EMIT panel.pages()->cancelRequested();
    QTRY_COMPARE(panel.pages()->page(), TrafficPages::Page::NothingRecorded);
}

void TrafficPanelTest::search_thatFails_isTold()
{
    TrafficFixture f(14);
    f.store.searchError = QStringLiteral("The file is damaged");
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    f.settle();
    bool isTold = false;
    for (const ui::NoticeBar *bar : f.panel->findChildren<ui::NoticeBar *>())
        isTold = isTold || (bar->isVisible() && bar->text() == f.store.searchError);
    QVERIFY(isTold);
}

void TrafficPanelTest::pause_holdsNewRowsUntilItEnds()
{
    TrafficFixture f(10);
    f.view()->setFocus();
    f.panel->select(3);
    QTest::keyClick(f.view(), Qt::Key_P);
    QVERIFY(f.panel->isPaused());
    f.store.add(1200);
    f.store.add(4);
    f.store.remove({ 2, 15 });
    auto *chip = named<QToolButton>(*f.panel, QStringLiteral("Paused · 1,203 new"));
    QVERIFY(chip && chip->isVisible());
    QCOMPARE(f.panel->shownCount(), 9);
    QCOMPARE(f.panel->totalCount(), 1212);
    QCOMPARE(f.panel->currentId(), exchange::ExchangeId(3));
    chip->click();
    QTRY_COMPARE(f.panel->shownCount(), 1212);
    QVERIFY(!f.panel->isPaused());
    QVERIFY(!chip->isVisible());
}

void TrafficPanelTest::pause_keepsTheRowsInSightAsTheyAre()
{
    TrafficFixture f(10);
    const QModelIndex note = f.model()->index(2, int(ui::TrafficColumn::Note));
    QTRY_VERIFY(!f.model()->index(2, 0).data().toString().isEmpty());
    f.panel->setPaused(true);
    f.store.setNote({ 3 }, QStringLiteral("later"));
    f.view()->viewport()->repaint();
    QCOMPARE(note.data().toString(), QString());

    // What the user does is shown.
    f.panel->select(3);
    f.panel->actions()->markAction(exchange::Mark::Red)->trigger();
    QTRY_COMPARE(note.data(ui::MarkRole).toInt(), int(exchange::Mark::Red));
    f.panel->setPaused(false);
    QTRY_COMPARE(note.data().toString(), QStringLiteral("later"));
}

void TrafficPanelTest::pause_ofAnEmptyList_saysWhatWaits()
{
    TrafficFixture f(0);
    f.panel->setPaused(true);
    f.store.add(7);
    QCOMPARE(f.panel->pages()->page(), TrafficPages::Page::Paused);
    QVERIFY(f.panel->pages()->message().endsWith(u" 7"));
    Q_EMIT f.panel->pages()->resumeRequested();
    QTRY_COMPARE(f.panel->shownCount(), 7);
}

void TrafficPanelTest::pause_withAnotherFilter_showsNothingNew()
{
    TrafficFixture f(14);
    f.panel->setPaused(true);
    f.store.add(14);
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    f.settle();
    QCOMPARE(f.panel->shownCount(), 2);
    f.panel->setPaused(false);
    QTRY_COMPARE(f.panel->shownCount(), 4);
}

void TrafficPanelTest::problem_ofTheStore_isTold()
{
    TrafficFixture f(3);
    exchange::StoreStatus status;
    status.condition = exchange::StoreStatus::Condition::Stopped;
    status.problem = QStringLiteral("The disk is full");
    f.store.setStatus(status);
    const auto bars = f.panel->findChildren<ui::NoticeBar *>();
    const auto isTold = [&bars, &status] {
        return std::any_of(bars.cbegin(), bars.cend(), [&status](const ui::NoticeBar *bar) {
            return bar->isVisible() && bar->text() == status.problem;
        });
    };
    QVERIFY(isTold());
    f.store.setStatus({});
    QVERIFY(!isTold());
}

void TrafficPanelTest::filters_used_areRemembered()
{
    TrafficFixture f(3);
    QSignalSpy changed(f.panel.get(), &TrafficPanel::filtersChanged);
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    QVERIFY(!changed.isEmpty());
    TrafficFixture other(3);
    other.panel->restoreFilters(f.panel->saveFilters());
    QCOMPARE(other.panel->saveFilters(), f.panel->saveFilters());
    other.panel->restoreFilters(QByteArray("\xff nonsense"));
}

void TrafficPanelTest::filter_completes_hostsAndTypes()
{
    TrafficFixture f(40);
    const auto offers = [&f](const QString &typed, const QString &wanted) {
        auto *edit = static_cast<ui::FilterEdit *>(f.panel->filterEdit());
        edit->clear();
        QTest::keyClicks(edit, typed);
        const QAbstractItemModel *model = edit->popup()->findChild<QListView *>()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString().contains(wanted))
                return true;
        }
        return false;
    };
    f.panel->focusFilter();
    QTRY_VERIFY(offers(QStringLiteral("host:api"), QStringLiteral("api.example.test")));
    QTRY_VERIFY(offers(QStringLiteral("type:"), QStringLiteral("application/json")));
}

QTEST_MAIN(TrafficPanelTest)

#include "tst_trafficpanel.moc"
