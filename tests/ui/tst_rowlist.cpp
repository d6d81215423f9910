#include <traffic/rowlist.h>

#include <QTest>

using namespace headrace;
using ui::RowList;
using Ids = QList<exchange::ExchangeId>;

class RowListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void row_ofAnId_isFoundInEveryOrder_data();
    void row_ofAnId_isFoundInEveryOrder();
    void place_ofANewId_isWhereItsOrderPutsIt();
    void runs_ofIds_joinNeighboursAndLeaveOutStrangers();
    void insert_inTheMiddle_keepsTheRest();
    void remove_ofARun_andOfIds();
};

void RowListTest::row_ofAnId_isFoundInEveryOrder_data()
{
    QTest::addColumn<Ids>("ids");
    QTest::addColumn<RowList::Order>("order");
    QTest::newRow("ascending") << Ids { 2, 4, 6 } << RowList::Order::Ascending;
    QTest::newRow("descending") << Ids { 6, 4, 2 } << RowList::Order::Descending;
    QTest::newRow("other") << Ids { 4, 6, 2 } << RowList::Order::Other;
}

void RowListTest::row_ofAnId_isFoundInEveryOrder()
{
    QFETCH(const Ids, ids);
    QFETCH(const RowList::Order, order);
    const RowList rows(ids, order);
    for (int row = 0; row < 3; ++row)
        QCOMPARE(rows.rowOf(ids.at(row)), row);
    for (const exchange::ExchangeId id : { 0, 1, 3, 5, 7 })
        QCOMPARE(rows.rowOf(id), -1);
    QCOMPARE(rows.at(-1), exchange::ExchangeId(0));
    QCOMPARE(rows.at(3), exchange::ExchangeId(0));
    QCOMPARE(RowList({}, order).rowOf(1), -1);
}

void RowListTest::place_ofANewId_isWhereItsOrderPutsIt()
{
    const RowList up({ 2, 4, 6 }, RowList::Order::Ascending);
    QCOMPARE(up.placeOf(1), 0);
    QCOMPARE(up.placeOf(5), 2);
    QCOMPARE(up.placeOf(9), 3);
    const RowList down({ 6, 4, 2 }, RowList::Order::Descending);
    QCOMPARE(down.placeOf(9), 0);
    QCOMPARE(down.placeOf(5), 1);
    QCOMPARE(down.placeOf(1), 3);
    QCOMPARE(RowList({ 4, 6 }, RowList::Order::Other).placeOf(5), 2);
}

void RowListTest::runs_ofIds_joinNeighboursAndLeaveOutStrangers()
{
    const QList<RowList::Run> expected { { 0, 1 }, { 3, 3 } };
    QCOMPARE(
        RowList({ 1, 2, 3, 4 }, RowList::Order::Ascending).runsOf({ 4, 9, 2, 1, 2 }), expected);
    QCOMPARE(RowList({ 4, 3, 2, 1 }, RowList::Order::Descending).runsOf({ 1, 3, 4 }), expected);
    QCOMPARE(RowList({ 2, 9, 1, 4 }, RowList::Order::Other).runsOf({ 4, 2, 9 }), expected);
    QVERIFY(RowList({ 1 }, RowList::Order::Other).runsOf({}).isEmpty());
}

void RowListTest::insert_inTheMiddle_keepsTheRest()
{
    RowList rows({ 1, 5 }, RowList::Order::Ascending);
    rows.insert(1, { 2, 3 });
    QCOMPARE(rows.size(), 4);
    for (const exchange::ExchangeId id : { 1, 2, 3, 5 })
        QVERIFY(rows.rowOf(id) >= 0);
    QCOMPARE(rows.at(3), exchange::ExchangeId(5));
}

void RowListTest::remove_ofARun_andOfIds()
{
    RowList rows({ 1, 2, 3, 4, 5 }, RowList::Order::Ascending);
    rows.remove(RowList::Run { 1, 2 });
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.rowOf(4), 1);
    rows.remove(Ids { 5, 1, 77 });
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.at(0), exchange::ExchangeId(4));
}

QTEST_GUILESS_MAIN(RowListTest)

#include "tst_rowlist.moc"
