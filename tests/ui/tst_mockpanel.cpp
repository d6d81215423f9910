#include "fields/fieldlistmodel.h"
#include "fields/fieldview.h"
#include "fields/problemlabel.h"
#include "mock/definitionfile.h"
#include "mock/mockpanel.h"
#include "mock/routelistmodel.h"
#include "mock/routelistview.h"
#include "mock/routespage.h"
#include "named.h"
#include "shell/noticebar.h"

#include <exchange/store.h>
#include <session/session.h>

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;

class MockPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void empty_firstButton_addsAnExample();
    void start_curl_getsTheAnswerAndTrafficHasIt();
    void edit_whileRunning_changesTheNextAnswer();
    void wrongRoute_doesNotAnswer_othersDo();
    void stop_curl_isRefused();
    void portInUse_isTold_freePortHelps();
    void port_changedWhileRunning_movesTheServer();
    void edit_wrongPath_isToldBelowIt();
    void edit_wrongHeader_isToldInItsRow();
    void remove_undo_bringsItBack();
    void duplicateAndMove_keepTheRoutes();
    void routes_areThereAgainAtTheNextStart();
    void openFile_broken_changesNothing();
    void saveFile_withProblem_isRefused();
    void saveFile_openFile_roundTrip();
    void copyAddress_putsItOnTheClipboard();
    void actions_haveTextAndToolTip();

private:
    void remake();
    void startServer();
    QByteArray curl(const QStringList &arguments);

    RouteListView *list() const { return m_panel->findChild<RouteListView *>(); }

    NoticeBar *notice() const
    {
        return m_panel->findChild<NoticeBar *>({}, Qt::FindDirectChildrenOnly);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<MockPanel> m_panel;
};

void MockPanelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<session::Session>();
    remake();
}

void MockPanelTest::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_folder.reset();
}

void MockPanelTest::remake()
{
    m_panel.reset();
    m_panel = std::make_unique<MockPanel>(
        m_session.get(), m_folder->filePath(QStringLiteral("mock.json")));
    m_panel->resize(1000, 700);
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void MockPanelTest::startServer()
{
    named<QSpinBox>(*m_panel, QStringLiteral("Port"))->setValue(0);
    m_panel->start();
    QTRY_VERIFY(!m_panel->address().isEmpty());
}

// Standard output of curl; the mock serves in its own thread meanwhile.
QByteArray MockPanelTest::curl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("curl"), QStringList { QStringLiteral("-sS") } + arguments);
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 20'000))
        return "curl did not end";
    return process.readAllStandardOutput() + process.readAllStandardError();
}

void MockPanelTest::empty_firstButton_addsAnExample()
{
    QVERIFY(m_panel->definition().routes.isEmpty());
    QPushButton *button = nullptr;
    for (QPushButton *candidate : m_panel->findChildren<QPushButton *>()) {
        if (candidate->isVisible() && candidate->text() == QStringLiteral("Add a route"))
            button = candidate;
    }
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_panel->definition().routes, QList<mock::Route> { exampleRoute() });
    QCOMPARE(named<QLineEdit>(*m_panel, QStringLiteral("Path"))->text(), QStringLiteral("/hello"));
    QVERIFY(list()->isVisible());
}

void MockPanelTest::start_curl_getsTheAnswerAndTrafficHasIt()
{
    m_panel->routesPage()->addRoute();
    startServer();
    const QByteArray answer
        = curl({ QStringLiteral("-i"), m_panel->address() + QStringLiteral("/hello") });
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY2(answer.contains("\r\nContent-Type: application/json\r\n"), answer.constData());
    QVERIFY2(answer.endsWith(exampleRoute().body), answer.constData());
    QTRY_COMPARE(m_session->store()->count(), 1);
    const auto summary = m_session->store()->summary(m_session->store()->ids().first());
    QCOMPARE(summary->source, exchange::Source::Mock);
    QCOMPARE(summary->target, QStringLiteral("/hello"));
}

void MockPanelTest::edit_whileRunning_changesTheNextAnswer()
{
    m_panel->routesPage()->addRoute();
    startServer();
    auto *path = named<QLineEdit>(*m_panel, QStringLiteral("Path"));
    path->selectAll();
    QTest::keyClicks(path, QStringLiteral("/other/:id"));
    const QStringList request { QStringLiteral("-o"), QStringLiteral("/dev/null"),
        QStringLiteral("-w"), QStringLiteral("%{http_code}"),
        m_panel->address() + QStringLiteral("/other/7") };
    QTRY_COMPARE(curl(request), QByteArray("200"));
    named<QSpinBox>(*m_panel, QStringLiteral("Status code"))->setValue(418);
    QTRY_COMPARE(curl(request), QByteArray("418"));
}

void MockPanelTest::wrongRoute_doesNotAnswer_othersDo()
{
    mock::Route wrong;
    wrong.path = QStringLiteral("/hello");
    wrong.fields = { { "bad name", "1" } };
    m_panel->setDefinition({ {}, 0, { wrong, exampleRoute() } });
    startServer();
    const QByteArray answer = curl({ m_panel->address() + QStringLiteral("/hello") });
    QCOMPARE(answer, exampleRoute().body);
}

void MockPanelTest::stop_curl_isRefused()
{
    m_panel->routesPage()->addRoute();
    startServer();
    const QString address = m_panel->address();
    m_panel->stop();
    QTRY_VERIFY(!m_session->isMockRunning());
    QVERIFY(m_panel->address().isEmpty());
    QVERIFY(curl({ address }).contains("(7)"));
}

void MockPanelTest::portInUse_isTold_freePortHelps()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_panel->routesPage()->addRoute();
    named<QSpinBox>(*m_panel, QStringLiteral("Port"))->setValue(other.serverPort());
    m_panel->start();
    QTRY_VERIFY(notice()->text().contains(QStringLiteral("EADDRINUSE")));
    QVERIFY(notice()->text().contains(QString::number(other.serverPort())));
    QTest::mouseClick(notice()->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_VERIFY(!m_panel->address().isEmpty());
    QVERIFY(m_session->mockPort() != other.serverPort());
    QCOMPARE(m_panel->definition().port, m_session->mockPort());
    QVERIFY(notice()->text().isEmpty());
}

void MockPanelTest::port_changedWhileRunning_movesTheServer()
{
    m_panel->routesPage()->addRoute();
    startServer();
    const QString before = m_panel->address();
    auto *port = named<QSpinBox>(*m_panel, QStringLiteral("Port"));
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 free = probe.serverPort();
    probe.close();
    port->setFocus();
    port->selectAll();
    QTest::keyClicks(port, QString::number(free));
    QTest::keyClick(port, Qt::Key_Return);
    QTRY_COMPARE(m_panel->address(), QStringLiteral("http://127.0.0.1:%1").arg(free));
    QVERIFY(before != m_panel->address());
}

void MockPanelTest::edit_wrongPath_isToldBelowIt()
{
    m_panel->routesPage()->addRoute();
    auto *path = named<QLineEdit>(*m_panel, QStringLiteral("Path"));
    path->selectAll();
    QTest::keyClicks(path, QStringLiteral("hello"));
    bool isTold = false;
    for (const ProblemLabel *label : m_panel->findChildren<ProblemLabel *>())
        isTold
            = isTold || (label->isVisible() && label->problem().contains(QStringLiteral("slash")));
    QVERIFY(isTold);
    QVERIFY(!list()->model()->index(0, 0).data(RouteListModel::ProblemRole).toString().isEmpty());
}

void MockPanelTest::edit_wrongHeader_isToldInItsRow()
{
    m_panel->routesPage()->addRoute();
    auto *fields = named<FieldView>(*m_panel, QStringLiteral("Headers of the answer"));
    fields->editName(1);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("bad name"));
    const QModelIndex name = fields->model()->index(1, FieldListModel::NameColumn);
    QVERIFY(name.data(FieldListModel::IsProblemCellRole).toBool());
}

void MockPanelTest::remove_undo_bringsItBack()
{
    m_panel->routesPage()->addRoute();
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Delete);
    QVERIFY(m_panel->definition().routes.isEmpty());
    QTest::mouseClick(notice()->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(m_panel->definition().routes, QList<mock::Route> { exampleRoute() });
}

void MockPanelTest::duplicateAndMove_keepTheRoutes()
{
    m_panel->routesPage()->addRoute();
    m_panel->routesPage()->addRoute();
    const QList<mock::Route> two = m_panel->definition().routes;
    QCOMPARE(two.size(), 2);
    actionOf(*m_panel, QStringLiteral("Move route up"))->trigger();
    QCOMPARE(m_panel->definition().routes, (QList<mock::Route> { two[1], two[0] }));
    QCOMPARE(list()->currentRow(), 0);
    m_panel->routesPage()->duplicateRoute();
    QCOMPARE(m_panel->definition().routes, (QList<mock::Route> { two[1], two[1], two[0] }));
}

void MockPanelTest::routes_areThereAgainAtTheNextStart()
{
    mock::Route wrong;
    wrong.path = QStringLiteral("unfinished");
    const mock::Definition definition { QStringLiteral("n"), 4000, { wrong, exampleRoute() } };
    m_panel->setDefinition(definition);
    remake();
    QCOMPARE(m_panel->definition(), definition);
}

void MockPanelTest::openFile_broken_changesNothing()
{
    m_panel->routesPage()->addRoute();
    const QString path = m_folder->filePath(QStringLiteral("broken.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\n \"routes\": 7\n}");
    file.close();
    QVERIFY(!m_panel->openFile(path));
    QVERIFY2(notice()->text().startsWith(QStringLiteral("broken.json, line 2")),
        qPrintable(notice()->text()));
    QCOMPARE(m_panel->definition().routes, QList<mock::Route> { exampleRoute() });
}

void MockPanelTest::saveFile_withProblem_isRefused()
{
    mock::Route wrong;
    wrong.path = QStringLiteral("unfinished");
    m_panel->setDefinition({ {}, 0, { exampleRoute(), wrong } });
    const QString path = m_folder->filePath(QStringLiteral("out.json"));
    QVERIFY(!m_panel->saveFile(path));
    QVERIFY(!QFile::exists(path));
    QCOMPARE(list()->currentRow(), 1);
    QVERIFY(notice()->text().contains(QStringLiteral("route 2")));
}

void MockPanelTest::saveFile_openFile_roundTrip()
{
    const mock::Definition definition { QStringLiteral("n"), 4000, { exampleRoute() } };
    m_panel->setDefinition(definition);
    const QString path = m_folder->filePath(QStringLiteral("out.json"));
    QVERIFY(m_panel->saveFile(path));
    m_panel->setDefinition({});
    QVERIFY(m_panel->openFile(path));
    QCOMPARE(m_panel->definition(), definition);
}

void MockPanelTest::copyAddress_putsItOnTheClipboard()
{
    startServer();
    actionOf(*m_panel, QStringLiteral("Copy mock address"))->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_panel->address());
}

void MockPanelTest::actions_haveTextAndToolTip()
{
    QVERIFY(m_panel->actions().size() >= 10);
    for (const QAction *action : m_panel->actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
            qPrintable(action->text()));
    }
}

QTEST_MAIN(MockPanelTest)
#include "tst_mockpanel.moc"
