#include "named.h"

#include <proxy/proxydefinition.h>
#include <proxy/settingspage.h>

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace headrace;
using namespace headrace::ui;

/// The page with the settings of the proxy, and how they are kept.
class ProxySettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings_roundTrip();
    void settings_keptAndRead_areTheSame();
    void hosts_setFromOutside_leaveTheRestAsItIsTyped();
    void accepted_noneSaysWhereTheyComeFrom_removedIsGone();
    void passed_areListed_andAskedFor();
    void clientCertificate_editHost_addsOneRow();

private:
    static QToolButton *button(const QWidget &root, const QString &text);
    static proxy::Settings settings();
};

QToolButton *ProxySettingsTest::button(const QWidget &root, const QString &text)
{
    const QList<QToolButton *> all = root.findChildren<QToolButton *>();
    for (QToolButton *button : all) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

proxy::Settings ProxySettingsTest::settings()
{
    proxy::Settings settings;
    settings.listeners[0].takesNextFree = false;
    settings.clientCredentials = proxy::Credentials { QStringLiteral("u"), QStringLiteral("p") };
    settings.reverse = QUrl(QStringLiteral("https://r.test/v1"));
    settings.upstream
        = { proxy::Upstream::Choice::Fixed, QUrl(QStringLiteral("http://a:b@up.test:3128")),
              { QStringLiteral("x.test"), QStringLiteral("*.y.test") } };
    settings.notIntercepted = { QStringLiteral("a.test"), QStringLiteral("*.b.test") };
    settings.unverified = { QStringLiteral("c.test") };
    settings.lenient = { QStringLiteral("d.test:81") };
    settings.clientCertificates
        = { { QStringLiteral("e.test"), QStringLiteral("/c.pem"), QStringLiteral("/k.pem") } };
    settings.acceptedCertificates
        = { { QStringLiteral("f.test"), QByteArray(32, 'f'), QStringLiteral("CN=f.test") } };
    settings.keyLogFile = QStringLiteral("/tmp/keys");
    return settings;
}

void ProxySettingsTest::settings_roundTrip()
{
    SettingsPage page;
    QSignalSpy changed(&page, &SettingsPage::changed);
    page.setSettings(settings());
    QCOMPARE(changed.count(), 0);
    proxy::Settings now;
    page.addTo(now);
    QVERIFY(now == settings());
}

void ProxySettingsTest::settings_keptAndRead_areTheSame()
{
    const ProxyDefinition definition { settings(), {}, {} };
    QVERIFY(proxyDefinitionFromJson(toJson(definition)) == definition);
}

void ProxySettingsTest::hosts_setFromOutside_leaveTheRestAsItIsTyped()
{
    SettingsPage page;
    auto *reverse = named<QLineEdit>(page, QStringLiteral("Reverse proxy for"));
    reverse->setText(QStringLiteral("https:/")); // on the way to an address
    QSignalSpy changed(&page, &SettingsPage::changed);
    page.setHosts(settings());
    QCOMPARE(changed.count(), 0);
    QCOMPARE(reverse->text(), QStringLiteral("https:/"));
    QCOMPARE(named<QPlainTextEdit>(page, QStringLiteral("Not intercepted"))->toPlainText(),
        QStringLiteral("a.test\n*.b.test"));
    proxy::Settings now;
    page.addTo(now);
    QCOMPARE(now.acceptedCertificates, settings().acceptedCertificates);
    QVERIFY(now.clientCertificates.isEmpty());
}

void ProxySettingsTest::accepted_noneSaysWhereTheyComeFrom_removedIsGone()
{
    SettingsPage page;
    auto *table = named<QTableView>(page, QStringLiteral("Accepted certificates"));
    QVERIFY(table->isHidden());
    page.setSettings(settings());
    QVERIFY(!table->isHidden());
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("CN=f.test"));
    QSignalSpy changed(&page, &SettingsPage::changed);
    QToolButton *remove = button(page, QStringLiteral("Do not accept any more"));
    QVERIFY(!remove->isEnabled());
    table->selectRow(0);
    remove->click();
    QCOMPARE(changed.count(), 1);
    proxy::Settings now;
    page.addTo(now);
    QVERIFY(now.acceptedCertificates.isEmpty());
    QVERIFY(table->isHidden());
}

void ProxySettingsTest::passed_areListed_andAskedFor()
{
    SettingsPage page;
    session::PassedHost passed;
    passed.host = QStringLiteral("pinned.test");
    passed.port = 443;
    passed.client = QHostAddress(QStringLiteral("10.0.0.7"));
    passed.until = QDateTime::currentDateTimeUtc().addSecs(60);
    passed.reason = QStringLiteral("It refused.");
    page.setPassedHosts({ passed });
    auto *table = named<QTableView>(page, QStringLiteral("Passed through by themselves"));
    QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("pinned.test:443"));
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("10.0.0.7"));
    QCOMPARE(table->model()->index(0, 2).data(Qt::ToolTipRole).toString(), passed.reason);
    QSignalSpy one(&page, &SettingsPage::interceptAgainRequested);
    QSignalSpy all(&page, &SettingsPage::interceptAllAgainRequested);
    table->selectRow(0);
    button(page, QStringLiteral("Intercept again"))->click();
    QCOMPARE(one.count(), 1);
    QCOMPARE(one.at(0).at(0).toString(), passed.host);
    QCOMPARE(one.at(0).at(1).value<quint16>(), passed.port);
    button(page, QStringLiteral("Intercept all again"))->click();
    QCOMPARE(all.count(), 1);
    page.setPassedHosts({});
    QVERIFY(table->isHidden());
}

void ProxySettingsTest::clientCertificate_editHost_addsOneRow()
{
    SettingsPage page;
    page.setSettings(settings());
    auto *table = named<QTableView>(page, QStringLiteral("Client certificates"));
    QSignalSpy changed(&page, &SettingsPage::changed);
    page.editClientCertificate(QStringLiteral("e.test"));
    QCOMPARE(table->model()->rowCount(), 1);
    page.editClientCertificate(QStringLiteral("g.test"));
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->currentIndex(), table->model()->index(1, 1));
    QVERIFY(changed.count() > 0);
    proxy::Settings now;
    page.addTo(now);
    QCOMPARE(now.clientCertificates.at(1).host, QStringLiteral("g.test"));
}

QTEST_MAIN(ProxySettingsTest)
#include "tst_proxysettings.moc"
