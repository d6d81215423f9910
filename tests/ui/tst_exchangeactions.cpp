#include "named.h"

#include <fields/formtable.h>
#include <inspector/inspector.h>
#include <proxy/breakpointlistmodel.h>
#include <proxy/breakpointspage.h>
#include <proxy/exchangeactions.h>
#include <proxy/proxypanel.h>
#include <proxy/rulelistmodel.h>
#include <proxy/rulespage.h>
#include <proxy/settingspage.h>
#include <session/proxycontrol.h>
#include <session/session.h>
#include <shell/mainwindow.h>
#include <shell/settings.h>
#include <traffic/confirmbar.h>
#include <traffic/trafficactions.h>
#include <traffic/trafficpanel.h>

#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using ui::MainWindow;
using ui::ProxyPanel;

namespace {

/// An https server with a certificate that nobody signed.
class SelfSignedOrigin : public QSslServer
{
public:
    bool start(const QTemporaryDir &folder)
    {
        const QString key = folder.filePath(QStringLiteral("key.pem"));
        const QString certificate = folder.filePath(QStringLiteral("certificate.pem"));
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
            { QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                QStringLiteral("/CN=self.test"), QStringLiteral("-addext"),
                QStringLiteral("subjectAltName=DNS:localhost"), QStringLiteral("-keyout"), key,
                QStringLiteral("-out"), certificate });
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            return false;
        QFile keyFile(key);
        QFile certificateFile(certificate);
        if (!keyFile.open(QIODevice::ReadOnly) || !certificateFile.open(QIODevice::ReadOnly))
            return false;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(&certificateFile));
        configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        setSslConfiguration(configuration);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [socket] {
                    if (socket->readAll().contains("\r\n\r\n"))
                        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
                });
        });
        return listen(QHostAddress::LocalHost);
    }
};

} // namespace

/// What a row of the traffic list offers of the proxy, in the window.
class ExchangeActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void certificate_refused_isAcceptedAndTakenBack();
    void certificate_refused_inspectorOffersToAcceptIt_data();
    void certificate_refused_inspectorOffersToAcceptIt();
    void host_notIntercepted_andInterceptedAgain();
    void host_passedByItself_isListed_andInterceptedAgain();
    void host_listedWithOthers_leadsToTheSettings();
    void host_lenient_onAndOff();
    void clientCertificate_isEditedInTheSettings();
    void rule_isAddedForTheUrl();
    void breakpoint_isAddedAtTheUrl();
    void menu_hasTheParts_byWhatIsCurrent();

private:
    void ask(const QStringList &arguments, QByteArray *answer);
    exchange::ExchangeId last(const std::function<bool(const exchange::Summary &)> &wanted) const;
    void select(const std::function<bool(const exchange::Summary &)> &wanted);

    QAction *hostAction(int index) const
    {
        return m_window->exchangeActions()->hostActions()[index];
    }

    ProxyPanel *panel() const { return m_window->proxy(); }

    QString host() const { return QStringLiteral("localhost:%1").arg(m_origin->serverPort()); }

    QString url() const { return QStringLiteral("https://%1/secret").arg(host()); }

    QStringList trusting() const { return { QStringLiteral("--cacert"), m_ca, url() }; }

    enum // of hostActions()
    {
        Intercept,
        Certificate,
        ClientCertificate,
        Lenient
    };

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SelfSignedOrigin> m_origin;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Settings> m_settings;
    ui::Theme m_theme;
    std::unique_ptr<MainWindow> m_window;
    QString m_ca;
};

void ExchangeActionsTest::initTestCase()
{
    for (const char *name : { "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY" })
        qunsetenv(name);
}

void ExchangeActionsTest::init()
{
    cleanup(); // what an init that failed has left
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("HEADRACE_CA_DIR", QFile::encodeName(m_folder->filePath(QStringLiteral("ca"))));
    m_ca = m_folder->filePath(QStringLiteral("ca/ca.pem"));
    m_origin = std::make_unique<SelfSignedOrigin>();
    QVERIFY(m_origin->start(*m_folder));
    m_session = std::make_unique<session::Session>();
    m_settings = std::make_unique<ui::Settings>(m_folder->path());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, m_theme);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    panel()->bar()->setPort(0);
    panel()->start();
    QTRY_VERIFY(!panel()->address().isEmpty());
}

void ExchangeActionsTest::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_settings.reset();
    m_origin.reset();
    m_folder.reset();
}

void ExchangeActionsTest::ask(const QStringList &arguments, QByteArray *answer)
{
    QProcess process;
    process.start(QStringLiteral("curl"),
        QStringList { QStringLiteral("-s"), QStringLiteral("--max-time"), QStringLiteral("20"),
            QStringLiteral("-x"), QStringLiteral("http://") + panel()->address() }
            + arguments);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 25'000);
    *answer = process.readAllStandardOutput();
}

exchange::ExchangeId ExchangeActionsTest::last(
    const std::function<bool(const exchange::Summary &)> &wanted) const
{
    const QList<exchange::ExchangeId> ids = m_session->store()->ids();
    for (auto id = ids.crbegin(); id != ids.crend(); ++id) {
        const auto summary = m_session->store()->summary(*id);
        if (summary && summary->state != exchange::State::Active && wanted(*summary))
            return *id;
    }
    return 0;
}

void ExchangeActionsTest::select(const std::function<bool(const exchange::Summary &)> &wanted)
{
    QTRY_VERIFY(last(wanted) != 0);
    m_window->setWorkspace(MainWindow::Workspace::Traffic);
    m_window->traffic()->select(last(wanted));
    QTRY_COMPARE(m_window->traffic()->currentId(), last(wanted));
}

void ExchangeActionsTest::certificate_refused_isAcceptedAndTakenBack()
{
    QByteArray answer;
    ask(trusting(), &answer);
    QVERIFY2(answer.contains("signed by itself"), answer);
    QVERIFY(!hostAction(Certificate)->isEnabled());
    select([](const auto &summary) { return summary.errorCode == u"DEPTH_ZERO_SELF_SIGNED_CERT"; });
    QTRY_VERIFY(hostAction(Certificate)->isEnabled());
    QVERIFY(hostAction(Certificate)->text().contains(host()));

    auto *confirm = m_window->traffic()->findChild<ui::ConfirmBar *>();
    hostAction(Certificate)->trigger();
    QVERIFY(confirm->isVisible());
    for (const char *part : { "signed by itself", "CN=self.test", "SHA-256" })
        QVERIFY2(confirm->text().contains(QLatin1StringView(part)), part);
    QVERIFY(panel()->settings().acceptedCertificates.isEmpty());
    QTest::keyClick(confirm, Qt::Key_Return);
    QCOMPARE(panel()->settings().acceptedCertificates.size(), 1);
    QCOMPARE(panel()->settings().acceptedCertificates.constFirst().host, host());
    auto *table
        = named<QTableView>(*panel()->settingsPage(), QStringLiteral("Accepted certificates"));
    QCOMPARE(table->model()->rowCount(), 1);
    ask(trusting(), &answer);
    QCOMPARE(answer, QByteArray("secret"));

    select(
        [](const auto &summary) { return summary.statusCode == 200 && summary.method == u"GET"; });
    QVERIFY(hostAction(Certificate)->text().contains(u"any more"));
    hostAction(Certificate)->trigger();
    QVERIFY(panel()->settings().acceptedCertificates.isEmpty());
    QCOMPARE(table->model()->rowCount(), 0);
    ask(trusting(), &answer);
    QVERIFY2(answer.contains("signed by itself"), answer);
}

void ExchangeActionsTest::certificate_refused_inspectorOffersToAcceptIt_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("overview") << int(ui::Inspector::Tab::Overview);
    QTest::newRow("TLS") << int(ui::Inspector::Tab::Tls);
}

void ExchangeActionsTest::certificate_refused_inspectorOffersToAcceptIt()
{
    QFETCH(int, tab);
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return !summary.errorCode.isEmpty(); });
    m_window->trafficInspector()->setCurrentTab(ui::Inspector::Tab(tab));
    QPushButton *button = nullptr;
    const auto isThere = [&] {
        for (QPushButton *each : m_window->trafficInspector()->findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text() == u"Accept the certificate…")
                button = each;
        }
        return button != nullptr;
    };
    QTRY_VERIFY(isThere());
    button->click();
    auto *confirm = m_window->traffic()->findChild<ui::ConfirmBar *>();
    QVERIFY(confirm->isVisible());
    QTest::keyClick(confirm, Qt::Key_Escape);
    QVERIFY(panel()->settings().acceptedCertificates.isEmpty());
}

void ExchangeActionsTest::host_notIntercepted_andInterceptedAgain()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    QCOMPARE(hostAction(Intercept)->text(), QStringLiteral("Do not intercept ") + host());
    hostAction(Intercept)->trigger();
    QCOMPARE(panel()->settings().notIntercepted, QStringList { host() });
    auto *edit = named<QPlainTextEdit>(*panel()->settingsPage(), QStringLiteral("Not intercepted"));
    QCOMPARE(edit->toPlainText(), host());
    ask({ QStringLiteral("--insecure"), url() }, &answer);
    QCOMPARE(answer, QByteArray("secret"));

    const exchange::ExchangeId before = last([](const auto &) { return true; });
    select([before](const auto &summary) {
        return summary.method == u"CONNECT" && summary.id >= before;
    });
    QCOMPARE(hostAction(Intercept)->text(), QStringLiteral("Intercept %1 again").arg(host()));
    hostAction(Intercept)->trigger();
    QVERIFY(panel()->settings().notIntercepted.isEmpty());
    ask(trusting(), &answer);
    QVERIFY2(answer.contains("signed by itself"), answer);
}

void ExchangeActionsTest::host_passedByItself_isListed_andInterceptedAgain()
{
    QByteArray answer;
    const QString stranger = m_folder->filePath(QStringLiteral("certificate.pem"));
    for (int i = 0; i < 3; ++i)
        ask({ QStringLiteral("--cacert"), stranger, url() }, &answer);
    QTRY_COMPARE(m_session->proxy()->passedHosts().size(), 1);
    auto *table = named<QTableView>(
        *panel()->settingsPage(), QStringLiteral("Passed through by themselves"));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), host());
    ask({ QStringLiteral("--cacert"), stranger, url() }, &answer);
    QCOMPARE(answer, QByteArray("secret"));

    select([](const auto &summary) { return summary.method == u"CONNECT"; });
    QCOMPARE(hostAction(Intercept)->text(), QStringLiteral("Intercept %1 again").arg(host()));
    hostAction(Intercept)->trigger();
    QTRY_VERIFY(m_session->proxy()->passedHosts().isEmpty());
    QCOMPARE(table->model()->rowCount(), 0);
    QCOMPARE(hostAction(Intercept)->text(), QStringLiteral("Do not intercept ") + host());
    QVERIFY(panel()->settings().notIntercepted.isEmpty());
}

void ExchangeActionsTest::host_listedWithOthers_leadsToTheSettings()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    const QStringList all { QStringLiteral("*") };
    panel()->changeHosts([&all](proxy::Settings &settings) {
        settings.notIntercepted = all;
        settings.lenient = all;
    });
    const std::pair<int, QString> lists[] { { Intercept, QStringLiteral("Not intercepted") },
        { Lenient, QStringLiteral("Lenient") } };
    for (const auto &[index, name] : lists) {
        QVERIFY2(hostAction(index)->text().contains(u"“*”"), qPrintable(hostAction(index)->text()));
        m_window->setWorkspace(MainWindow::Workspace::Traffic);
        hostAction(index)->trigger();
        QCOMPARE(m_window->workspace(), MainWindow::Workspace::Proxy);
        QCOMPARE(panel()->section(), ProxyPanel::Section::Settings);
        QVERIFY(named<QPlainTextEdit>(*panel()->settingsPage(), name)->hasFocus());
    }
    QCOMPARE(panel()->settings().notIntercepted, all);
    QCOMPARE(panel()->settings().lenient, all);
    QVERIFY(hostAction(Lenient)->isChecked());
}

void ExchangeActionsTest::host_lenient_onAndOff()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    QVERIFY(!hostAction(Lenient)->isChecked());
    hostAction(Lenient)->trigger();
    QCOMPARE(panel()->settings().lenient, QStringList { host() });
    QCOMPARE(m_session->proxy()->settings().lenient, QStringList { host() });
    QVERIFY(hostAction(Lenient)->isChecked());
    hostAction(Lenient)->trigger();
    QVERIFY(panel()->settings().lenient.isEmpty());
    QVERIFY(!hostAction(Lenient)->isChecked());
}

void ExchangeActionsTest::clientCertificate_isEditedInTheSettings()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    for (int i = 0; i < 2; ++i) { // the second time its row is there
        hostAction(ClientCertificate)->trigger();
        QCOMPARE(m_window->workspace(), MainWindow::Workspace::Proxy);
        QCOMPARE(panel()->section(), ProxyPanel::Section::Settings);
        QCOMPARE(panel()->settings().clientCertificates.size(), 1);
        QCOMPARE(panel()->settings().clientCertificates.constFirst().host, host());
    }
    auto *table
        = named<QTableView>(*panel()->settingsPage(), QStringLiteral("Client certificates"));
    QCOMPARE(table->currentIndex(), table->model()->index(0, 1));
    QVERIFY(table->findChild<QLineEdit *>()); // it is being edited
}

void ExchangeActionsTest::rule_isAddedForTheUrl()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    const QList<QAction *> rules = m_window->exchangeActions()->ruleActions();
    QCOMPARE(rules.size(), ui::ActionKindCount + 1);
    rules.at(int(ui::ActionKind::Block))->trigger();
    QCOMPARE(m_window->workspace(), MainWindow::Workspace::Proxy);
    QCOMPARE(panel()->section(), ProxyPanel::Section::Rules);
    const proxy::Rule rule = panel()->rules()->model()->rule(0);
    QCOMPARE(rule.filter, QStringLiteral("host=\"%1\" & path=/secret").arg(host()));
    QVERIFY(std::holds_alternative<proxy::Block>(rule.action));
    const auto isBlocked = [&] {
        ask(QStringList { QStringLiteral("-i") } + trusting(), &answer);
        return answer.contains("HTTP/1.1 403 ");
    };
    QTRY_VERIFY(isBlocked());

    m_window->setWorkspace(MainWindow::Workspace::Traffic);
    rules.at(int(ui::ActionKind::MapLocal))->trigger();
    QCOMPARE(panel()->rules()->model()->rowCount(), 2);
    auto *path = named<QLineEdit>(*panel()->rules(), QStringLiteral("File or folder"));
    QVERIFY(path->hasFocus());
}

void ExchangeActionsTest::breakpoint_isAddedAtTheUrl()
{
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    m_window->exchangeActions()->ruleActions().constLast()->trigger();
    QCOMPARE(m_window->workspace(), MainWindow::Workspace::Proxy);
    QCOMPARE(panel()->section(), ProxyPanel::Section::Breakpoints);
    QCOMPARE(panel()->breakpoints()->model()->breakpoint(0).filter,
        QStringLiteral("host=\"%1\" & path=/secret").arg(host()));
}

void ExchangeActionsTest::menu_hasTheParts_byWhatIsCurrent()
{
    const auto partOf = [this](QMenu *menu, const QString &title) {
        for (QAction *action : menu->actions()) {
            if (action->text() == title)
                return action;
        }
        return static_cast<QAction *>(nullptr);
    };
    ui::TrafficActions *actions = m_window->traffic()->actions();
    std::unique_ptr<QMenu> empty(actions->makeMenu());
    QVERIFY(!partOf(empty.get(), QStringLiteral("Host in the proxy"))->isEnabled());
    QVERIFY(!partOf(empty.get(), QStringLiteral("Add rule for this URL"))->isEnabled());
    QByteArray answer;
    ask(trusting(), &answer);
    select([](const auto &summary) { return summary.method == u"GET"; });
    std::unique_ptr<QMenu> menu(actions->makeMenu());
    QMenu *host = partOf(menu.get(), QStringLiteral("Host in the proxy"))->menu();
    QMenu *rules = partOf(menu.get(), QStringLiteral("Add rule for this URL"))->menu();
    QVERIFY(host->menuAction()->isEnabled() && rules->menuAction()->isEnabled());
    QCOMPARE(host->actions().size(), 4);
    QVERIFY(host->actions().at(Lenient)->isCheckable());
    QCOMPARE(rules->actions().constFirst()->text(), QStringLiteral("Map to a file or folder"));
    QCOMPARE(rules->actions().constLast()->text(), QStringLiteral("Breakpoint"));
}

QTEST_MAIN(ExchangeActionsTest)
#include "tst_exchangeactions.moc"
