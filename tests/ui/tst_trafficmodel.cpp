#include "support/cputimer.h"
#include "samples.h"

#include <traffic/trafficfiltermodel.h>
#include <traffic/trafficmodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using ui::TrafficColumn;
using ui::TrafficFilterModel;
using ui::TrafficModel;

class TrafficModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_addedInOneTurn_areInsertedOnce();
    void rows_ofAStoreThatIsNotEmpty_areThereAtOnce();
    void row_changed_isShownAnew();
    void rows_removed_goInRanges();
    void clear_removesAll();
    void cells_ofAnAnswer_readAsTheListShows();
    void notes_tellWhatIsRemarkable_data();
    void notes_tellWhatIsRemarkable();
    void url_ofTarget_isAbsolute_data();
    void url_ofTarget_isAbsolute();
    void filter_ofWords_needsAllOfThem();
    void filter_onManyRows_isQuick();
    void sort_byNumberAscending_isTheOrderOfBegin();

private:
    /// Lets the store tell of what was added.
    static void settle(exchange::MemoryStore &store);

    static QString cell(const QAbstractItemModel &model, int row, TrafficColumn column);
};

QString TrafficModelTest::cell(const QAbstractItemModel &model, int row, TrafficColumn column)
{
    return model.index(row, int(column)).data().toString();
}

void TrafficModelTest::settle(exchange::MemoryStore &store)
{
    QSignalSpy announced(&store, &exchange::Store::added);
    QVERIFY(announced.wait());
}

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

void TrafficModelTest::rows_ofAStoreThatIsNotEmpty_areThereAtOnce()
{
    exchange::MemoryStore store;
    ui::samples::add(store);
    ui::samples::add(store);
    const TrafficModel model(&store);
    QCOMPARE(model.rowCount(), 2);
    QTest::qWait(100); // The store tells of them later; they must not come twice.
    QCOMPARE(model.rowCount(), 2);
}

void TrafficModelTest::row_changed_isShownAnew()
{
    exchange::MemoryStore store;
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    const ui::samples::Sample sample;
    const exchange::ExchangeId id = ui::samples::begin(store, sample);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficColumn::Status), QStringLiteral("…"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    ui::samples::finish(store, id, sample);
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(cell(model, 0, TrafficColumn::Status), QStringLiteral("200"));
}

void TrafficModelTest::rows_removed_goInRanges()
{
    exchange::MemoryStore store;
    QList<exchange::ExchangeId> ids;
    for (int i = 0; i < 10; ++i)
        ids += ui::samples::add(store);
    settle(store);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    store.remove({ ids.at(1), ids.at(2), ids.at(3), ids.at(8) });
    QTRY_COMPARE(model.rowCount(), 6);
    QCOMPARE(removed.size(), 2);
    QCOMPARE(model.idAt(1), ids.at(4));
    QCOMPARE(model.idAt(5), ids.at(9));
}

void TrafficModelTest::clear_removesAll()
{
    exchange::MemoryStore store;
    for (int i = 0; i < 10; ++i)
        ui::samples::add(store);
    settle(store);
    TrafficModel model(&store);
    const QAbstractItemModelTester tester(&model);
    store.clear();
    QTRY_COMPARE(model.rowCount(), 0);
}

void TrafficModelTest::cells_ofAnAnswer_readAsTheListShows()
{
    exchange::MemoryStore store;
    ui::samples::add(store);
    const TrafficModel model(&store);
    QCOMPARE(cell(model, 0, TrafficColumn::Number), QStringLiteral("1"));
    QCOMPARE(cell(model, 0, TrafficColumn::Time), QStringLiteral("12:01:07.042"));
    QCOMPARE(cell(model, 0, TrafficColumn::Method), QStringLiteral("GET"));
    QCOMPARE(cell(model, 0, TrafficColumn::Host), QStringLiteral("api.example.test"));
    QCOMPARE(cell(model, 0, TrafficColumn::Path), QStringLiteral("/v1/items"));
    QCOMPARE(cell(model, 0, TrafficColumn::Status), QStringLiteral("200"));
    QCOMPARE(cell(model, 0, TrafficColumn::Type), QStringLiteral("json"));
    QCOMPARE(cell(model, 0, TrafficColumn::Size), QStringLiteral("23\u2009B"));
    QCOMPARE(cell(model, 0, TrafficColumn::Duration), QStringLiteral("91"));
    QCOMPARE(cell(model, 0, TrafficColumn::Notes), QString());
    QCOMPARE(model.index(0, 0).data(ui::UrlRole).toString(),
        QStringLiteral("http://api.example.test/v1/items"));
}

void TrafficModelTest::notes_tellWhatIsRemarkable_data()
{
    QTest::addColumn<exchange::Summary>("summary");
    QTest::addColumn<QString>("notes");
    exchange::Summary summary;
    summary.state = exchange::State::Complete;
    summary.statusCode = 200;
    QTest::newRow("nothing") << summary << QString();
    summary.interimCount = 2;
    QTest::newRow("interim") << summary << QStringLiteral("1xx ×2");
    summary.hasTrailers = true;
    QTest::newRow("and trailers") << summary << QStringLiteral("1xx ×2 · trailers");
    summary.state = exchange::State::Failed;
    summary.errorCode = QStringLiteral("ECONNRESET");
    QTest::newRow("failed") << summary << QStringLiteral("✕ ECONNRESET · 1xx ×2 · trailers");
    exchange::Summary active;
    QTest::newRow("waiting") << active << QStringLiteral("… waiting");
    active.state = exchange::State::Canceled;
    QTest::newRow("canceled") << active << QStringLiteral("⊘ canceled");
}

void TrafficModelTest::notes_tellWhatIsRemarkable()
{
    QFETCH(const exchange::Summary, summary);
    QTEST(TrafficModel::notesOf(summary), "notes");
}

void TrafficModelTest::url_ofTarget_isAbsolute_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("url");
    QTest::newRow("origin-form") << QStringLiteral("/a?b") << QStringLiteral("https://h:8443/a?b");
    QTest::newRow("absolute-form") << QStringLiteral("http://x/y") << QStringLiteral("http://x/y");
    QTest::newRow("asterisk-form") << QStringLiteral("*") << QStringLiteral("https://h:8443/");
    QTest::newRow("URL in the query")
        << QStringLiteral("/?u=http://x/") << QStringLiteral("https://h:8443/?u=http://x/");
}

void TrafficModelTest::url_ofTarget_isAbsolute()
{
    QFETCH(const QString, target);
    exchange::Summary summary;
    summary.scheme = QStringLiteral("https");
    summary.host = QStringLiteral("h:8443");
    summary.target = target;
    QTEST(TrafficModel::urlOf(summary), "url");
}

void TrafficModelTest::filter_ofWords_needsAllOfThem()
{
    exchange::MemoryStore store;
    ui::samples::add(store);
    ui::samples::add(store,
        { .method = QStringLiteral("POST"),
            .target = QStringLiteral("/v1/orders"),
            .statusCode = 502,
            .reason = "Bad Gateway" });
    TrafficModel model(&store);
    TrafficFilterModel filtered;
    filtered.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filtered);
    QCOMPARE(filtered.rowCount(), 2);
    filtered.setFilter(QStringLiteral("post 502"));
    QCOMPARE(filtered.rowCount(), 1);
    QCOMPARE(cell(filtered, 0, TrafficColumn::Path), QStringLiteral("/v1/orders"));
    filtered.setFilter(QStringLiteral("  "));
    QCOMPARE(filtered.rowCount(), 2);
    filtered.setFilter(QStringLiteral("post 200"));
    QCOMPARE(filtered.rowCount(), 0);
}

void TrafficModelTest::filter_onManyRows_isQuick()
{
    exchange::MemoryStore store;
    for (int i = 0; i < 20'000; ++i) {
        exchange::Summary summary;
        summary.method = QStringLiteral("GET");
        summary.host = QStringLiteral("api.example.test");
        summary.target = QStringLiteral("/v1/items/%1").arg(i);
        store.end(store.begin(summary));
    }
    TrafficModel model(&store);
    TrafficFilterModel filtered;
    filtered.setSourceModel(&model);
    const headrace::test::CpuTimer timer;
    filtered.setFilter(QStringLiteral("items/1999"));
    QCOMPARE(filtered.rowCount(), 11);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TrafficModelTest::sort_byNumberAscending_isTheOrderOfBegin()
{
    exchange::MemoryStore store;
    ui::samples::add(store, { .target = QStringLiteral("/b") });
    ui::samples::add(store, { .target = QStringLiteral("/a") });
    TrafficModel model(&store);
    TrafficFilterModel filtered;
    filtered.setSourceModel(&model);
    filtered.sort(int(TrafficColumn::Path));
    QCOMPARE(cell(filtered, 0, TrafficColumn::Path), QStringLiteral("/a"));
    QVERIFY(!filtered.isInOrderOfBegin());
    filtered.sort(int(TrafficColumn::Number));
    QCOMPARE(cell(filtered, 0, TrafficColumn::Path), QStringLiteral("/b"));
    QVERIFY(filtered.isInOrderOfBegin());
}

QTEST_MAIN(TrafficModelTest)

#include "tst_trafficmodel.moc"
