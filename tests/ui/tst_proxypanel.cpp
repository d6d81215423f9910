#include "mock/consolelog.h"
#include "mock/consolepanel.h"
#include "named.h"
#include "proxy/authoritymodel.h"
#include "proxy/breakpointlistmodel.h"
#include "proxy/breakpointspage.h"
#include "proxy/devicespage.h"
#include "proxy/helddock.h"
#include "proxy/heldmodel.h"
#include "proxy/heldpanel.h"
#include "proxy/messageeditor.h"
#include "proxy/proxypanel.h"
#include "proxy/qrcode.h"
#include "proxy/qrview.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulespage.h"
#include "proxy/ruletext.h"
#include "proxy/settingspage.h"
#include "shell/noticebar.h"

#include <exchange/store.h>
#include <session/proxycontrol.h>
#include <session/session.h>

#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace headrace;
using namespace headrace::ui;

class ProxyPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void start_curl_comesThrough_andIsRecorded();
    void rule_answers_andCountsItsMatch();
    void rule_brokenWhileTyped_doesNotApply();
    void rule_script_answers_andItsConsoleSpeaks();
    void breakpoint_holds_withoutTakingTheFocus_andResumesEdited();
    void breakpoint_onlyNext_turnsItselfOff();
    void held_answered_curlGetsIt();
    void portTaken_withoutNextFree_isTold_freePortHelps();
    void port_changedWhileRunning_movesTheProxy();
    void openToTheNetwork_warns_andPasswordChangesTheWarning();
    void password_isAskedOfClients();
    void definition_isThereAgainAtTheNextStart();
    void settings_wrongUrl_isToldAndNotUsed();
    void devices_showTheAuthority_andExportIt();
    void devices_pkcs12_withoutPassword_isTold();
    void copyAddress_putsItOnTheClipboard();
    void actions_haveTextAndToolTip();
    void qrCode_hasFinders_andTooLongIsNone();
    void dock_hiddenByUser_staysHiddenWhileSomethingIsHeld();

private:
    void remake();
    void startProxy();
    std::unique_ptr<QProcess> curl(const QStringList &arguments);
    QByteArray outputOf(QProcess &process);

    QString origin() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_session->mockPort());
    }

    NoticeBar *notice() const
    {
        return m_panel->findChild<NoticeBar *>({}, Qt::FindDirectChildrenOnly);
    }

    void addRule(const proxy::Action &action);
    void hold(proxy::HoldAts at, bool onlyNext = false);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_elsewhere = nullptr;
    ProxyPanel *m_panel = nullptr;
    HeldDock *m_dock = nullptr;
};

void ProxyPanelTest::initTestCase()
{
    for (const char *name : { "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY" })
        qunsetenv(name);
}

void ProxyPanelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("HEADRACE_CA_DIR", QFile::encodeName(m_folder->filePath(QStringLiteral("ca"))));
    m_session = std::make_unique<session::Session>();
    mock::Route route;
    route.path = QStringLiteral("/*");
    route.body = "from the origin";
    m_session->setMockDefinition({ {}, 0, { route }, {}, false });
    QSignalSpy started(m_session.get(), &session::Session::mockStarted);
    m_session->startMock(0);
    QTRY_COMPARE(started.count(), 1);
    remake();
}

void ProxyPanelTest::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_folder.reset();
}

void ProxyPanelTest::remake()
{
    m_window.reset();
    m_window = std::make_unique<QWidget>();
    m_elsewhere = new QLineEdit;
    m_panel = new ProxyPanel(m_session.get(), m_folder->filePath(QStringLiteral("proxy.json")));
    m_dock = new HeldDock(m_panel, m_panel->held());
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_elsewhere);
    layout->addWidget(m_dock);
    m_window->resize(1200, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_elsewhere->setFocus();
}

void ProxyPanelTest::startProxy()
{
    m_panel->bar()->setPort(0);
    m_panel->start();
    QTRY_VERIFY(!m_panel->address().isEmpty());
}

std::unique_ptr<QProcess> ProxyPanelTest::curl(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->start(QStringLiteral("curl"),
        QStringList { QStringLiteral("-sS"), QStringLiteral("--max-time"), QStringLiteral("20"),
            QStringLiteral("-x"), QStringLiteral("http://") + m_panel->address() }
            + arguments);
    return process;
}

QByteArray ProxyPanelTest::outputOf(QProcess &process)
{
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 25'000))
        return "curl did not end";
    return process.readAllStandardOutput() + process.readAllStandardError();
}

void ProxyPanelTest::addRule(const proxy::Action &action)
{
    proxy::Rule rule = newRule(ActionKind::Block);
    rule.action = action;
    m_panel->rules()->model()->insertRules(0, { rule });
}

void ProxyPanelTest::hold(proxy::HoldAts at, bool onlyNext)
{
    proxy::Breakpoint breakpoint = newBreakpoint();
    breakpoint.at = at;
    breakpoint.onlyNext = onlyNext;
    m_panel->breakpoints()->model()->setBreakpoints({ breakpoint });
}

void ProxyPanelTest::start_curl_comesThrough_andIsRecorded()
{
    startProxy();
    const auto process = curl({ origin() + QStringLiteral("/a") });
    QCOMPARE(outputOf(*process), QByteArray("from the origin"));
    const auto isRecorded = [this] {
        for (const exchange::ExchangeId id : m_session->store()->ids()) {
            const auto exchange = m_session->store()->exchange(id);
            if (exchange && exchange->summary.source == exchange::Source::Proxy
                && exchange->summary.statusCode == 200)
                return true;
        }
        return false;
    };
    QTRY_VERIFY(isRecorded());
    m_panel->stop();
    QTRY_VERIFY(m_panel->address().isEmpty());
}

void ProxyPanelTest::rule_answers_andCountsItsMatch()
{
    startProxy();
    addRule(proxy::Answer { 418, QStringLiteral("Tea"), {}, "from the rule" });
    QTRY_COMPARE(outputOf(*curl({ origin() + QStringLiteral("/b") })), QByteArray("from the rule"));
    const QModelIndex matches = m_panel->rules()->model()->index(0, RuleListModel::MatchesColumn);
    QTRY_VERIFY(matches.data().toString().toInt() >= 1);
    m_panel->rules()->model()->setData(
        m_panel->rules()->model()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QTRY_COMPARE(
        outputOf(*curl({ origin() + QStringLiteral("/b") })), QByteArray("from the origin"));
}

void ProxyPanelTest::rule_brokenWhileTyped_doesNotApply()
{
    startProxy();
    proxy::Rule rule = newRule(ActionKind::Block);
    rule.filter = QStringLiteral("(path:/c");
    m_panel->rules()->model()->insertRules(0, { rule });
    QCOMPARE(outputOf(*curl({ origin() + QStringLiteral("/c") })), QByteArray("from the origin"));
}

void ProxyPanelTest::rule_script_answers_andItsConsoleSpeaks()
{
    startProxy();
    QVERIFY(m_panel->rules()->console()->isHidden());
    addRule(proxy::RunScript { {},
        QStringLiteral("exports.onRequest = (request) => {\n"
                       "  console.log('saw', request.target);\n"
                       "  if (request.target.endsWith('/throws')) null.x;\n"
                       "  return { statusCode: 200, body: 'from the script' };\n"
                       "};\n") });
    QVERIFY(!m_panel->rules()->console()->isHidden());
    QTRY_COMPARE(
        outputOf(*curl({ origin() + QStringLiteral("/s") })), QByteArray("from the script"));
    ConsoleLog *log = m_panel->rules()->console()->log();
    const auto said = [log](const QString &text) {
        for (const ConsoleLine &line : log->lines()) {
            if (line.text.contains(text))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(said(QStringLiteral("/s")));
    outputOf(*curl({ origin() + QStringLiteral("/throws") }));
    QTRY_VERIFY(said(QStringLiteral("TypeError")));
}

void ProxyPanelTest::breakpoint_holds_withoutTakingTheFocus_andResumesEdited()
{
    startProxy();
    hold(proxy::HoldAt::ResponseBody);
    QTRY_COMPARE(m_session->proxy()->breakpoints().size(), 1);
    m_elsewhere->setFocus();
    const auto process = curl({ QStringLiteral("-i"), origin() + QStringLiteral("/d") });
    QTRY_COMPARE(m_panel->held()->waitingCount(), 1);
    QVERIFY(m_dock->isQueueShown());
    QVERIFY(m_elsewhere->hasFocus());
    MessageEditor *editor = m_dock->panel()->editor();
    named<QSpinBox>(*editor, QStringLiteral("Status code"))->setValue(201);
    named<QLineEdit>(*editor, QStringLiteral("Reason phrase"))->setText(QStringLiteral("Edited"));
    m_dock->panel()->resume();
    const QByteArray answer = outputOf(*process);
    QVERIFY2(answer.startsWith("HTTP/1.1 201 Edited\r\n"), answer);
    QVERIFY(answer.endsWith("from the origin"));
    QTRY_COMPARE(m_panel->held()->rowCount(), 0);
}

void ProxyPanelTest::breakpoint_onlyNext_turnsItselfOff()
{
    startProxy();
    hold(proxy::HoldAt::RequestHead, true);
    QTRY_COMPARE(m_session->proxy()->breakpoints().size(), 1);
    const auto process = curl({ origin() + QStringLiteral("/e") });
    QTRY_COMPARE(m_panel->held()->waitingCount(), 1);
    QTRY_VERIFY(!m_panel->breakpoints()->model()->breakpoint(0).isEnabled);
    m_dock->panel()->resumeAll();
    QCOMPARE(outputOf(*process), QByteArray("from the origin"));
    QCOMPARE(outputOf(*curl({ origin() + QStringLiteral("/e") })), QByteArray("from the origin"));
}

void ProxyPanelTest::held_answered_curlGetsIt()
{
    startProxy();
    hold(proxy::HoldAt::RequestHead);
    QTRY_COMPARE(m_session->proxy()->breakpoints().size(), 1);
    const auto process = curl({ QStringLiteral("-i"), origin() + QStringLiteral("/g") });
    QTRY_COMPARE(m_panel->held()->waitingCount(), 1);
    m_dock->panel()->answer();
    named<QSpinBox>(*m_dock->panel()->answerEditor(), QStringLiteral("Status code"))->setValue(451);
    m_dock->panel()->answer();
    const QByteArray answer = outputOf(*process);
    QVERIFY2(answer.startsWith("HTTP/1.1 451"), answer);
}

void ProxyPanelTest::portTaken_withoutNextFree_isTold_freePortHelps()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ProxyDefinition definition = m_panel->definition();
    definition.settings.listeners[0].port = other.serverPort();
    definition.settings.listeners[0].takesNextFree = false;
    m_panel->setDefinition(definition);
    m_panel->start();
    QTRY_VERIFY(notice()->text().contains(QString::number(other.serverPort())));
    QVERIFY(notice()->text().contains(QStringLiteral("EADDRINUSE")));
    Q_EMIT notice()->buttonClicked();
    QTRY_VERIFY(!m_panel->address().isEmpty());
}

void ProxyPanelTest::port_changedWhileRunning_movesTheProxy()
{
    startProxy();
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const quint16 port = free.serverPort();
    free.close();
    m_panel->bar()->setPort(port);
    Q_EMIT m_panel->bar()->portChanged();
    QTRY_COMPARE(m_panel->address(), QStringLiteral("127.0.0.1:%1").arg(port));
    QCOMPARE(outputOf(*curl({ origin() + QStringLiteral("/h") })), QByteArray("from the origin"));
}

void ProxyPanelTest::openToTheNetwork_warns_andPasswordChangesTheWarning()
{
    QVERIFY(m_panel->bar()->warning().isEmpty());
    for (QCheckBox *box : m_panel->bar()->findChildren<QCheckBox *>()) {
        if (box->text() == QStringLiteral("Open to the network"))
            box->click();
    }
    const QString everyone = m_panel->bar()->warning();
    QVERIFY(everyone.contains(QStringLiteral("everyone")));
    QVERIFY(!m_panel->definition().settings.listeners.constFirst().isLoopback());
    named<QLineEdit>(*m_panel->settingsPage(), QStringLiteral("User"))
        ->setText(QStringLiteral("me"));
    QVERIFY(m_panel->bar()->warning() != everyone);
    QVERIFY(!m_panel->bar()->warning().isEmpty());
}

void ProxyPanelTest::password_isAskedOfClients()
{
    named<QLineEdit>(*m_panel->settingsPage(), QStringLiteral("User"))
        ->setText(QStringLiteral("me"));
    named<QLineEdit>(*m_panel->settingsPage(), QStringLiteral("Password"))
        ->setText(QStringLiteral("pw"));
    startProxy();
    const QByteArray refused
        = outputOf(*curl({ QStringLiteral("-i"), origin() + QStringLiteral("/i") }));
    QVERIFY2(refused.startsWith("HTTP/1.1 407"), refused);
    QCOMPARE(outputOf(*curl({ QStringLiteral("--proxy-user"), QStringLiteral("me:pw"),
                 origin() + QStringLiteral("/i") })),
        QByteArray("from the origin"));
}

void ProxyPanelTest::definition_isThereAgainAtTheNextStart()
{
    addRule(proxy::Delay { proxy::Target::Response, std::chrono::milliseconds(3) });
    hold(proxy::HoldAt::ResponseHead);
    named<QLineEdit>(*m_panel->settingsPage(), QStringLiteral("Reverse proxy for"))
        ->setText(QStringLiteral("https://api.test"));
    const ProxyDefinition definition = m_panel->definition();
    QCOMPARE(definition.settings.reverse, QUrl(QStringLiteral("https://api.test")));
    remake();
    QVERIFY(m_panel->definition() == definition);
}

void ProxyPanelTest::settings_wrongUrl_isToldAndNotUsed()
{
    auto *reverse = named<QLineEdit>(*m_panel->settingsPage(), QStringLiteral("Reverse proxy for"));
    reverse->setText(QStringLiteral("ftp://a"));
    QVERIFY(!m_panel->definition().settings.reverse);
    QVERIFY(!urlProblem(QStringLiteral("ftp://a"), true).isEmpty());
    QVERIFY(urlProblem(QStringLiteral("https://a.test/v1"), true).isEmpty());
    QVERIFY(!urlProblem(QStringLiteral("http://a.test:3128/x"), false).isEmpty());
    QVERIFY(urlProblem(QString(), false).isEmpty());
}

void ProxyPanelTest::devices_showTheAuthority_andExportIt()
{
    m_panel->setSection(ProxyPanel::Section::Devices);
    DevicesPage *devices = m_panel->devices();
    QTRY_COMPARE(devices->fingerprint().size(), 32 * 3 - 1);
    QCOMPARE(devices->findChild<QrView *>()->text(), helpAddress());
    QVERIFY(devices->exportTo(m_folder->filePath(QStringLiteral("a.pem"))));
    QVERIFY(devices->exportTo(m_folder->filePath(QStringLiteral("a.cer"))));
    QFile pem(m_folder->filePath(QStringLiteral("a.pem")));
    QVERIFY(pem.open(QIODevice::ReadOnly));
    QVERIFY(pem.readAll().startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(!devices->exportTo(m_folder->filePath(QStringLiteral("none/a.pem"))));
}

void ProxyPanelTest::devices_pkcs12_withoutPassword_isTold()
{
    m_panel->setSection(ProxyPanel::Section::Devices);
    DevicesPage *devices = m_panel->devices();
    const QString path = m_folder->filePath(QStringLiteral("a.p12"));
    QVERIFY(!devices->exportTo(path));
    QVERIFY(!QFile::exists(path));
    devices->setPassword(QStringLiteral("secret"));
    QVERIFY(devices->exportTo(path));
    QVERIFY(QFile::exists(path));
}

void ProxyPanelTest::copyAddress_putsItOnTheClipboard()
{
    startProxy();
    m_panel->copyAddress();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://") + m_panel->address());
}

void ProxyPanelTest::actions_haveTextAndToolTip()
{
    QVERIFY(m_panel->actions().size() >= 7);
    for (const QAction *action : m_panel->actions() + m_panel->devices()->actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!action->toolTip().isEmpty());
    }
}

void ProxyPanelTest::qrCode_hasFinders_andTooLongIsNone()
{
    const QrCode code = qrCodeOf(helpAddress());
    QVERIFY(code.width >= 21);
    for (const QPoint &corner :
        { QPoint(0, 0), QPoint(code.width - 7, 0), QPoint(0, code.width - 7) }) {
        QVERIFY(code.isDark(corner.x(), corner.y()));
        QVERIFY(!code.isDark(corner.x() + 1, corner.y() + 1));
        QVERIFY(code.isDark(corner.x() + 3, corner.y() + 3));
    }
    QCOMPARE(qrCodeOf(QString(5000, u'a')).width, 0);
}

void ProxyPanelTest::dock_hiddenByUser_staysHiddenWhileSomethingIsHeld()
{
    HeldModel *model = m_panel->held();
    const auto held = [](session::HoldId id) {
        session::HeldExchange one;
        one.id = id;
        one.request.head = proxy::MessageHead::makeRequest("GET", "/");
        return one;
    };
    model->add(held(1));
    QVERIFY(m_dock->isQueueShown());
    m_dock->panel()->closeAction()->trigger();
    QVERIFY(!m_dock->isQueueShown());
    model->add(held(2));
    QVERIFY(!m_dock->isQueueShown());
    model->remove(1);
    model->remove(2);
    model->add(held(3));
    QVERIFY(m_dock->isQueueShown());
    m_dock->showAndFocus();
    const QByteArray state = m_dock->saveState();
    m_dock->panel()->placeAction()->trigger();
    QCOMPARE(m_dock->orientation(), Qt::Horizontal);
    m_dock->restoreState(state);
    QCOMPARE(m_dock->orientation(), Qt::Vertical);
}

QTEST_MAIN(ProxyPanelTest)

#include "tst_proxypanel.moc"
