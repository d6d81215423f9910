#include "samples.h"

#include <inspector/changemodel.h>
#include <inspector/changespage.h>
#include <inspector/inspector.h>

#include <QAbstractItemModelTester>
#include <QTableView>
#include <QTest>

#include <compare/comparisonmodel.h>
#include <compare/comparisonview.h>

using namespace headrace;
using exchange::Change;
using exchange::Part;
using ui::ChangeModel;
using ui::ChangesPage;
using ui::Inspector;

namespace {

exchange::ExchangeId addProxied(exchange::MemoryStore &store)
{
    const exchange::ExchangeId id = ui::samples::add(store);
    exchange::Connection client;
    client.peerAddress = QStringLiteral("192.0.2.1");
    store.setClient(id, client);
    return id;
}

QStringList linesOf(const ChangesPage &page)
{
    QStringList lines;
    for (int row = 0; row < page.difference()->model()->rowCount(); ++row)
        lines += page.difference()->model()->textOf(row);
    return lines;
}

} // namespace

class ChangesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void tab_isOfProxiedExchangesOnly()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.setExchange(&store, ui::samples::add(store));
        QVERIFY(!inspector.isOffered(Inspector::Tab::Changes));
        inspector.setExchange(&store, addProxied(store));
        QVERIFY(inspector.isOffered(Inspector::Tab::Changes));
        inspector.setCurrentTab(Inspector::Tab::Changes);
        QVERIFY(!inspector.changesPage()->emptyText().isEmpty());
    }

    void changes_areListed_andTheFirstIsShown()
    {
        exchange::MemoryStore store;
        const exchange::ExchangeId id = addProxied(store);
        store.addChange(id,
            { 100, -1, Change::Cause::HopByHop, {}, Part::Head,
                QStringLiteral("removed Connection"),
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n", false });
        store.addChange(id,
            { 200, 0, Change::Cause::Rule, QStringLiteral("Shop"), Part::Body,
                QStringLiteral("replaced \"out\""), "out of stock", "in stock", false });
        Inspector inspector;
        ChangesPage &page = *inspector.changesPage();
        const QAbstractItemModelTester tester(page.list()->model());
        inspector.setExchange(&store, id);
        inspector.setCurrentTab(Inspector::Tab::Changes);
        QCOMPARE(page.emptyText(), QString());
        QCOMPARE(page.warning(), QString());
        QCOMPARE(page.list()->model()->rowCount(), 2);
        QStringList cells;
        for (int column = 0; column < ChangeModel::ColumnCount; ++column)
            cells += page.list()->model()->index(1, column).data().toString();
        QCOMPARE(cells,
            (QStringList { QStringLiteral("0.000200"), QStringLiteral("Rule: Shop"),
                QStringLiteral("response body"), QStringLiteral("replaced \"out\"") }));
        QCOMPARE(linesOf(page),
            (QStringList { QStringLiteral("Request · 1 difference"),
                QStringLiteral("  GET / HTTP/1.1"), QStringLiteral("  Host: a"),
                QStringLiteral("- Connection: close"), QStringLiteral("  ") }));
        page.list()->selectRow(1);
        QCOMPARE(linesOf(page),
            (QStringList { QStringLiteral("Response body · 1 difference"),
                QStringLiteral("- out of stock\n+ in stock") }));
        QVERIFY(inspector.headline().contains(QStringLiteral("changed by a rule")));

        // One more comes: what is chosen stays.
        store.addChange(id,
            { 300, 0, Change::Cause::Framing, {}, Part::Head, QStringLiteral("Content-Length"), {},
                {}, false });
        QTRY_COMPARE(page.list()->model()->rowCount(), 3);
        QCOMPARE(page.list()->currentIndex().row(), 1);
    }

    void leniency_standsOut()
    {
        exchange::MemoryStore store;
        const exchange::ExchangeId id = addProxied(store);
        store.addChange(id,
            { 100, -1, Change::Cause::Leniency, {}, Part::Head,
                QStringLiteral("both Content-Length and Transfer-Encoding"), {}, {}, false });
        Inspector inspector;
        inspector.setExchange(&store, id);
        inspector.setCurrentTab(Inspector::Tab::Changes);
        const ChangesPage &page = *inspector.changesPage();
        QVERIFY(page.warning().contains(QStringLiteral("both Content-Length")));
        QCOMPARE(page.list()->model()->index(0, ChangeModel::CauseColumn).data().toString(),
            QStringLiteral("⚠ Leniency"));
    }
};

QTEST_MAIN(ChangesPageTest)
#include "tst_changespage.moc"
