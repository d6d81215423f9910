#include "fakestore.h"
#include "samples.h"
#include "support/cputimer.h"

#include <traffic/trafficmodel.h>

#include <QAbstractItemModelTester>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using test::FakeStore;
using ui::TrafficColumn;
using ui::TrafficFeed;
using ui::TrafficModel;
using Ids = QList<exchange::ExchangeId>;
using Order = ui::RowList::Order;

class TrafficModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_addedInOneTurn_areInsertedOnce();
    void rows_ofAStoreThatIsNotEmpty_comeOnce();
    void rows_newAtTheEdgeInSight_areReadBeforeTheyAreThere();
    void row_notRead_isEmptyUntilItIs();
    void row_changed_isShownAnew();
    void row_changedWhileItIsRead_isReadAgain();
    void rows_outOfSight_areNotRead();
    void rows_removed_goInRanges();
    void rows_removedHereAndThere_areReset();
    void reset_ofTheStore_readsAnew();
    void descending_newRows_comeFirst();
    void filter_newRows_areAskedForAlone();
    void filter_changedRows_comeAndGo();
    void filter_answeredInPieces_showsTheFirstAtOnce();
    void search_dropped_doesNotOutliveTheStore();
    void sort_byAnotherColumn_isTheStoresOrder();
    void sort_byNumberAscending_isTheOrderOfBegin();
    void million_rows_growAndScroll_inLittleTime();

private:
    static QString cell(const QAbstractItemModel &model, int row, TrafficColumn column)
    {
        return model.index(row, int(column)).data().toString();
    }

    static Ids idsOf(const TrafficModel &model)
    {
        Ids ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids += model.idAt(row);
        return ids;
    }

    static exchange::Filter byStatus() { return exchange::parseFilter(u"status:404").filter; }
};

void TrafficModelTest::rows_addedInOneTurn_areInsertedOnce()
{
    exchange::MemoryStore store;
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 50; ++i)
        ui::samples::add(store);
    QTRY_COMPARE(model.rowCount(), 50);
    QVERIFY(inserted.size() <= 2);
    QCOMPARE(model.rowOf(model.idAt(49)), 49);
    QCOMPARE(model.rowOf(9999), -1);
    QCOMPARE(model.idAt(50), exchange::ExchangeId(0));
}

void TrafficModelTest::rows_ofAStoreThatIsNotEmpty_comeOnce()
{
    exchange::MemoryStore store;
    ui::samples::add(store);
    ui::samples::add(store);
    const TrafficModel model(&store);
    QSignalSpy announced(&store, &exchange::Store::added);
    QTRY_COMPARE(model.rowCount(), 2);
    QVERIFY(!announced.isEmpty() || announced.wait()); // The store tells of them later.
    QCOMPARE(idsOf(model), (Ids { 1, 2 }));
}

void TrafficModelTest::rows_newAtTheEdgeInSight_areReadBeforeTheyAreThere()
{
    FakeStore store(10);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 10);
    model.setWindow(0, 20);
    QString seen;
    connect(&model, &QAbstractItemModel::rowsInserted, this,
        [&](const QModelIndex &, int, int last) { seen = cell(model, last, TrafficColumn::Host); });
    store.add(3);
    QCOMPARE(model.rowCount(), 10); // Nothing waits for the disk here.
    QTRY_COMPARE(model.rowCount(), 13);
    QCOMPARE(seen, FakeStore::madeUp(13).host);

    model.setWindow(0, 5); // The edge is out of sight.
    store.add(1);
    QCOMPARE(model.rowCount(), 14);
}

void TrafficModelTest::row_notRead_isEmptyUntilItIs()
{
    FakeStore store(100);
    TrafficModel model(&store);
    QTRY_COMPARE(model.rowCount(), 100);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QCOMPARE(cell(model, 70, TrafficColumn::Number), QString());
    QCOMPARE(model.index(70, 0).data(ui::ExchangeIdRole).value<exchange::ExchangeId>(),
        exchange::ExchangeId(71));
    QTRY_COMPARE(cell(model, 70, TrafficColumn::Number), QStringLiteral("71"));
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(changed.constFirst().at(0).toModelIndex().row(), 70);
}

void TrafficModelTest::row_changed_isShownAnew()
{
    exchange::MemoryStore store;
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.setWindow(0, 9);
    const ui::samples::Sample sample;
    const exchange::ExchangeId id = ui::samples::begin(store, sample);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(cell(model, 0, TrafficColumn::Status), QStringLiteral("…"));
    ui::samples::finish(store, id, sample);
    QTRY_COMPARE(cell(model, 0, TrafficColumn::Status), QStringLiteral("200"));
}

void TrafficModelTest::row_changedWhileItIsRead_isReadAgain()
{
    FakeStore store(1);
    QSemaphore reads;
    QSemaphore mayGoOn;
    store.onRead = [&](const Ids &) {
        reads.release();
        mayGoOn.acquire();
    };
    TrafficModel model(&store);
    QTRY_COMPARE(model.rowCount(), 1);
    model.setWindow(0, 9);
    QTRY_COMPARE(reads.available(), 1);
    exchange::Summary summary = FakeStore::madeUp(1);
    summary.note = QStringLiteral("new");
    store.set(summary);
    mayGoOn.release(2);
    QTRY_COMPARE(cell(model, 0, TrafficColumn::Note), QStringLiteral("new"));
    QCOMPARE(reads.available(), 2);
}

void TrafficModelTest::rows_outOfSight_areNotRead()
{
    FakeStore store(100'000);
    QMutex mutex;
    QSet<exchange::ExchangeId> read;
    store.onRead = [&](const Ids &ids) {
        const QMutexLocker lock(&mutex);
        read += QSet<exchange::ExchangeId>(ids.cbegin(), ids.cend());
    };
    TrafficModel model(&store);
    QTRY_COMPARE(model.rowCount(), 100'000);
    for (int first = 0; first < 90'000; first += 1000)
        model.setWindow(first, first + 30); // Dragged past them.
    model.setWindow(50'000, 50'030);
    QTRY_COMPARE(cell(model, 50'010, TrafficColumn::Number), QStringLiteral("50011"));
    QTRY_COMPARE(cell(model, 50'050, TrafficColumn::Number), QStringLiteral("50051")); // Margin.
    const QMutexLocker lock(&mutex);
    for (const exchange::ExchangeId id : std::as_const(read))
        QVERIFY2(id > 49'900 && id < 50'100, qPrintable(QString::number(id)));
}

void TrafficModelTest::rows_removed_goInRanges()
{
    FakeStore store(10);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 10);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    store.remove({ 2, 3, 4, 9 });
    QCOMPARE(removed.size(), 2);
    QCOMPARE(idsOf(model), (Ids { 1, 5, 6, 7, 8, 10 }));
    store.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TrafficModelTest::rows_removedHereAndThere_areReset()
{
    FakeStore store(1000);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 1000);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    Ids odd;
    for (exchange::ExchangeId id = 1; id <= 1000; id += 2)
        odd += id;
    store.remove(odd);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(model.rowCount(), 500);
    QCOMPARE(model.idAt(499), exchange::ExchangeId(1000));
}

void TrafficModelTest::reset_ofTheStore_readsAnew()
{
    FakeStore store(10);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.setWindow(0, 9);
    QTRY_COMPARE(cell(model, 0, TrafficColumn::Number), QStringLiteral("1"));
    exchange::Summary other = FakeStore::madeUp(1);
    other.host = QStringLiteral("other.test");
    store.replaceAll(3);
    store.set(other);
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_COMPARE(cell(model, 0, TrafficColumn::Host), QStringLiteral("other.test"));
}

void TrafficModelTest::descending_newRows_comeFirst()
{
    FakeStore store(3);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.sort(int(TrafficColumn::Number), Qt::DescendingOrder);
    QTRY_COMPARE(idsOf(model), (Ids { 3, 2, 1 }));
    QCOMPARE(model.order(), Order::Descending);
    store.add(2);
    QTRY_COMPARE(idsOf(model), (Ids { 5, 4, 3, 2, 1 }));
    store.remove({ 4 });
    QCOMPARE(idsOf(model), (Ids { 5, 3, 2, 1 }));
}

void TrafficModelTest::filter_newRows_areAskedForAlone()
{
    FakeStore store(14);
    store.matches = [](const exchange::Filter &, const exchange::Summary &summary) {
        return summary.statusCode == 404;
    };
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.setFilter(byStatus());
    QTRY_COMPARE(idsOf(model), (Ids { 3, 10 }));
    QTRY_VERIFY(!model.feed()->isSearching());
    store.queries.clear();
    store.add(10);
    QTRY_COMPARE(idsOf(model), (Ids { 3, 10, 17, 24 }));
    for (const exchange::Query &query : std::as_const(store.queries))
        QVERIFY(query.among && query.among->size() <= 10);
}

void TrafficModelTest::filter_changedRows_comeAndGo()
{
    FakeStore store(14);
    store.matches = [](const exchange::Filter &, const exchange::Summary &summary) {
        return summary.statusCode == 404;
    };
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.setFilter(byStatus());
    QTRY_COMPARE(idsOf(model), (Ids { 3, 10 }));
    exchange::Summary summary = FakeStore::madeUp(5);
    summary.statusCode = 404;
    store.set(summary);
    QTRY_COMPARE(idsOf(model), (Ids { 3, 5, 10 }));
    summary = FakeStore::madeUp(3);
    summary.statusCode = 200;
    store.set(summary);
    QTRY_COMPARE(idsOf(model), (Ids { 5, 10 }));
}

void TrafficModelTest::filter_answeredInPieces_showsTheFirstAtOnce()
{
    FakeStore store(100);
    store.pieceSize = 30;
    store.matches = [](const exchange::Filter &, const exchange::Summary &) { return true; };
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 100);
    QList<int> counts;
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&model, signal, this, [&] { counts += model.rowCount(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [&] { counts += model.rowCount(); });
    model.setFilter({});
    model.setFilter(byStatus()); // Before the one before is answered.
    QCOMPARE(model.rowCount(), 100); // The old rows stay until the answer.
    QTRY_VERIFY(!model.feed()->isSearching());
    QCOMPARE(counts.constFirst(), 30);
    QCOMPARE(counts.constLast(), 100);
    QCOMPARE(idsOf(model), store.ids());
}

void TrafficModelTest::search_dropped_doesNotOutliveTheStore()
{
    {
        FakeStore store(100);
        TrafficModel model(&store);
        model.setFilter(byStatus());
        model.setFilter({});
    }
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TrafficModelTest::sort_byAnotherColumn_isTheStoresOrder()
{
    FakeStore store(8);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    model.sort(int(TrafficColumn::Host), Qt::DescendingOrder);
    QTRY_COMPARE(idsOf(model), (Ids { 3, 7, 1, 5, 4, 8, 2, 6 }));
    QCOMPARE(model.order(), Order::Other);
    QCOMPARE(model.rowOf(8), 5);
    store.add(1); // 127.0.0.1 … cdn: it has its place among the others.
    QTRY_COMPARE(model.rowCount(), 9);
    QCOMPARE(idsOf(model), (Ids { 3, 7, 1, 5, 9, 4, 8, 2, 6 }));
    store.remove({ 1, 4 });
    QCOMPARE(idsOf(model), (Ids { 3, 7, 5, 9, 8, 2, 6 }));
}

void TrafficModelTest::sort_byNumberAscending_isTheOrderOfBegin()
{
    FakeStore store(4);
    TrafficModel model(&store);
    model.sort(int(TrafficColumn::Path));
    QTRY_COMPARE(model.order(), Order::Other);
    model.sort(int(TrafficColumn::Number));
    QTRY_COMPARE(model.order(), Order::Ascending);
    QCOMPARE(idsOf(model), (Ids { 1, 2, 3, 4 }));
    const int searches = store.searches;
    model.sort(-1); // The same.
    QCOMPARE(store.searches, searches);
}

void TrafficModelTest::million_rows_growAndScroll_inLittleTime()
{
    FakeStore store(1'000'000);
    TrafficModel model(&store);
    QTRY_COMPARE(model.rowCount(), 1'000'000);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const test::CpuTimer timer;
    model.setWindow(999'970, 999'999);
    for (int i = 0; i < 300; ++i) { // Ten seconds of 5,000 a second.
        const Ids ids = store.add(167);
        Q_EMIT store.changed(ids);
        QVERIFY(model.rowCount() == int(store.count()) || inserted.wait());
        model.setWindow(model.rowCount() - 30, model.rowCount() - 1);
        model.setWindow(i * 3000, i * 3000 + 30);
        model.setWindow(model.rowCount() - 30, model.rowCount() - 1);
    }
    QTRY_VERIFY(!cell(model, model.rowCount() - 1, TrafficColumn::Number).isEmpty());
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TrafficModelTest)

#include "tst_trafficmodel.moc"
