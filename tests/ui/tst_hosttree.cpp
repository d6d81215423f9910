#include "named.h"
#include "trafficfixture.h"

#include <traffic/filterbar.h>
#include <traffic/hostpanel.h>
#include <traffic/hosttreemodel.h>

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace headrace;
using exchange::HostCount;
using test::TrafficFixture;
using ui::HostPanel;
using ui::HostTreeModel;

class HostTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void domain_ofAHost_isWhatItBelongsTo_data();
    void domain_ofAHost_isWhatItBelongsTo();
    void hosts_ofOneDomain_areAGroup();
    void counts_alone_doNotResetTheModel();
    void filter_ofARow_isItsHostOrDomain();
    void panel_inSight_countsAndRefreshes();
    void host_chosen_narrowsTheList();
    void host_chosen_isCombinedWithTheFilter();
    void hosts_shown_areRemembered();

private:
    static QStringList textsOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(parent); ++row)
            texts += model.index(row, 0, parent).data().toString() + u' '
                + model.index(row, 1, parent).data().toString();
        return texts;
    }

    static void groupByHost(const TrafficFixture &f)
    {
        actionOf(*f.panel->hosts()->parentWidget(), QStringLiteral("Group by host"))->trigger();
    }

    static void choose(HostPanel *panel, const QString &key)
    {
        const auto *model = static_cast<const HostTreeModel *>(panel->model());
        panel->setCurrentIndex(model->indexOf(key));
    }

    static QList<HostCount> someHosts()
    {
        return { { QStringLiteral("cdn.example.test"), 5 }, { QStringLiteral("localhost:3000"), 1 },
            { QStringLiteral("api.example.test"), 7 }, { QStringLiteral("only.other.test"), 2 },
            { QStringLiteral("localhost:4000"), 1 } };
    }
};

void HostTreeTest::domain_ofAHost_isWhatItBelongsTo_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("domain");
    const auto row = [](const char *host, const char *domain) {
        QTest::newRow(host) << QString::fromLatin1(host) << QString::fromLatin1(domain);
    };
    row("example.test", "example.test");
    row("api.example.test", "example.test");
    row("a.b.api.example.test:8443", "example.test");
    row("www.example.co.uk", "example.co.uk");
    row("api.example.de", "example.de");
    row("localhost:3000", "localhost");
    row("127.0.0.1:3000", "127.0.0.1");
    row("[::1]:3000", "[::1]");
    row("", "");
    row("...", "...");
}

void HostTreeTest::domain_ofAHost_isWhatItBelongsTo()
{
    QFETCH(const QString, host);
    QTEST(HostTreeModel::domainOf(host), "domain");
}

void HostTreeTest::hosts_ofOneDomain_areAGroup()
{
    HostTreeModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(textsOf(model), (QStringList { QStringLiteral("All hosts 0") }));
    model.setHosts(someHosts());
    QCOMPARE(textsOf(model),
        (QStringList { QStringLiteral("All hosts 16"), QStringLiteral("example.test 12"),
            QStringLiteral("localhost 2"), QStringLiteral("only.other.test 2") }));
    QCOMPARE(textsOf(model, model.index(1, 0)),
        (QStringList {
            QStringLiteral("api.example.test 7"), QStringLiteral("cdn.example.test 5") }));
    QCOMPARE(model.rowCount(model.index(3, 0)), 0);
    QCOMPARE(model.indexOf(QStringLiteral("cdn.example.test")).parent().row(), 1);
    QVERIFY(!model.indexOf(QStringLiteral("gone.test")).isValid());
}

void HostTreeTest::counts_alone_doNotResetTheModel()
{
    HostTreeModel model;
    const QAbstractItemModelTester tester(&model);
    QList<HostCount> hosts = someHosts();
    model.setHosts(hosts);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    hosts[0].exchanges = 50;
    model.setHosts(hosts);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("57"));
    hosts.append({ QStringLiteral("new.test"), 1 });
    model.setHosts(hosts);
    QCOMPARE(reset.size(), 1);
}

void HostTreeTest::filter_ofARow_isItsHostOrDomain()
{
    HostTreeModel model;
    model.setHosts(someHosts());
    QVERIFY(model.filterOf(model.index(0, 0)).isAll());
    QVERIFY(model.filterOf({}).isAll());
    const exchange::Filter host = model.filterOf(model.indexOf(QStringLiteral("cdn.example.test")));
    QCOMPARE(host.term().text, QStringLiteral("cdn.example.test"));
    const exchange::Filter domain = model.filterOf(model.index(1, 0));
    QCOMPARE(domain.kind(), exchange::Filter::Kind::Or);
    QCOMPARE(domain.children().at(0).term().text, QStringLiteral("example.test"));
    QCOMPARE(domain.children().at(1).term().text, QStringLiteral("*.example.test"));
}

void HostTreeTest::panel_inSight_countsAndRefreshes()
{
    test::FakeStore store(40);
    HostPanel panel(&store);
    store.add(4); // Nobody looks: nothing is counted.
    QCOMPARE(panel.model()->rowCount(), 1);
    panel.show();
    QTRY_COMPARE(panel.model()->index(0, 1).data().toString(), QStringLiteral("44"));
    QVERIFY(panel.isExpanded(panel.model()->index(2, 0))); // example.test
    panel.collapse(panel.model()->index(2, 0));
    store.add(4);
    QTRY_COMPARE(panel.model()->index(0, 1).data().toString(), QStringLiteral("48"));
    QVERIFY(!panel.isExpanded(panel.model()->index(2, 0)));
}

void HostTreeTest::host_chosen_narrowsTheList()
{
    TrafficFixture f(40);
    groupByHost(f);
    HostPanel *hosts = f.panel->hosts();
    QTRY_VERIFY(hosts->model()->rowCount() > 1);
    choose(hosts, QStringLiteral("login.other.test"));
    QCOMPARE(hosts->chosen(), QStringLiteral("login.other.test"));
    QTRY_COMPARE(f.panel->shownCount(), 10);
    auto *chip = named<QToolButton>(
        *f.panel, QStringLiteral("Only login.other.test is shown; click to show all hosts"));
    QVERIFY(chip && chip->isVisible());

    // Choosing lasts while hosts come, and while the tree is not in sight.
    exchange::Summary other = test::FakeStore::madeUp(1);
    other.host = QStringLiteral("aaa.test");
    f.store.set(other);
    QTRY_VERIFY(static_cast<HostTreeModel *>(hosts->model())
                    ->indexOf(QStringLiteral("aaa.test"))
                    .isValid());
    QCOMPARE(hosts->currentIndex().data().toString(), QStringLiteral("login.other.test"));
    QCOMPARE(f.panel->shownCount(), 10);
    groupByHost(f);
    QVERIFY(!hosts->isVisible());
    QVERIFY(chip->isVisible());
    chip->click();
    QTRY_COMPARE(f.panel->shownCount(), 40);
    QVERIFY(!chip->isVisible());
}

void HostTreeTest::host_chosen_isCombinedWithTheFilter()
{
    TrafficFixture f(40);
    groupByHost(f);
    QTRY_VERIFY(f.panel->hosts()->model()->rowCount() > 1);
    choose(f.panel->hosts(), QStringLiteral("login.other.test"));
    f.panel->filterBar()->setText(QStringLiteral("status:404"));
    const exchange::Filter filter = f.model()->feed()->query().filter;
    QCOMPARE(filter.kind(), exchange::Filter::Kind::And);
    QCOMPARE(filter.children().size(), 2);
    f.panel->filterEdit()->clear();
    QCOMPARE(f.model()->feed()->query().filter.kind(), exchange::Filter::Kind::Term);
    f.panel->hosts()->showAll();
    QVERIFY(f.model()->feed()->query().filter.isAll());
}

void HostTreeTest::hosts_shown_areRemembered()
{
    TrafficFixture f(4);
    TrafficFixture other(4);
    QVERIFY(!f.panel->hosts()->isVisible());
    groupByHost(f);
    other.panel->restoreHosts(f.panel->saveHosts());
    QVERIFY(other.panel->hosts()->isVisible());
    other.panel->restoreHosts(QByteArray("-nonsense"));
    QVERIFY(!other.panel->hosts()->isVisible());
}

QTEST_MAIN(HostTreeTest)

#include "tst_hosttree.moc"
