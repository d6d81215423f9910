#include "named.h"

#include <composer/composepanel.h>
#include <inspector/inspector.h>
#include <proxy/helddock.h>
#include <proxy/heldmodel.h>
#include <proxy/heldpanel.h>
#include <proxy/proxypanel.h>
#include <session/replay.h>
#include <session/session.h>
#include <shell/commandpalette.h>
#include <shell/demo.h>
#include <shell/keysdialog.h>
#include <shell/mainwindow.h>
#include <shell/settings.h>
#include <traffic/filterbar.h>
#include <traffic/hostpanel.h>
#include <traffic/trafficcolumns.h>
#include <traffic/trafficheader.h>
#include <traffic/trafficpanel.h>
#include <traffic/trafficview.h>

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <replay/replaymodel.h>
#include <replay/replayoptionsform.h>
#include <replay/replaywindow.h>

using namespace headrace;
using ui::MainWindow;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void workspaces_areReachedByKeys();
    void palette_findsAndRunsAnAction();
    void palette_escape_givesTheFocusBack();
    void keys_listed_includeThoseOfThePanels();
    void f5_isLeftFree();
    void emptyTraffic_leadsToTheComposer();
    void window_closed_remembersThemeAndWorkspace();
    void window_closed_remembersTheTrafficList();
    void demo_exchanges_areListedInspectedAndResent();
    void escape_inTheInspector_goesBackToTheList();
    void held_appearsWithoutTheFocus_andTheStatusLineLeadsToIt();
    void everyButton_hasANameForAssistiveTechnology();

private:
    struct Fixture
    {
        explicit Fixture(const QString &directory)
            : settings(directory)
            , window(session, settings, theme)
        {
            window.show();
            (void)QTest::qWaitForWindowActive(&window);
        }

        ui::Theme theme;
        ui::Settings settings;
        session::Session session;
        MainWindow window;
    };

    std::unique_ptr<QTemporaryDir> m_directory;
};

void MainWindowTest::init() { m_directory = std::make_unique<QTemporaryDir>(); }

void MainWindowTest::workspaces_areReachedByKeys()
{
    Fixture f(m_directory->path());
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Traffic);
    QTest::keyClick(&f.window, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Compose);
    QTest::keyClick(&f.window, Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Proxy);
    QTest::keyClick(&f.window, Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Mock);
    QTest::keyClick(&f.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Traffic);
}

void MainWindowTest::palette_findsAndRunsAnAction()
{
    Fixture f(m_directory->path());
    f.window.setWorkspace(MainWindow::Workspace::Traffic);
    QTest::keyClick(&f.window, Qt::Key_K, Qt::ControlModifier);
    ui::CommandPalette *palette = f.window.commandPalette();
    QVERIFY(palette->isVisible());
    auto *query = named<QLineEdit>(*palette, QStringLiteral("Command"));
    QTest::keyClicks(query, QStringLiteral("theme dark"));
    QVERIFY(palette->count() >= 1);
    QCOMPARE(palette->textAt(0), QStringLiteral("Theme: dark"));
    QTest::keyClick(query, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(f.theme.choice(), ui::Theme::Choice::Dark);

    // An action of another workspace is done there.
    f.window.showCommandPalette();
    QTest::keyClicks(query, QStringLiteral("compose new request"));
    QVERIFY(palette->count() >= 1);
    QTest::keyClick(query, Qt::Key_Return);
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Compose);
}

void MainWindowTest::palette_escape_givesTheFocusBack()
{
    Fixture f(m_directory->path());
    f.window.setWorkspace(MainWindow::Workspace::Traffic);
    f.window.traffic()->focusFilter();
    QTRY_VERIFY(f.window.traffic()->filterEdit()->hasFocus());
    f.window.showCommandPalette();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!f.window.commandPalette()->isVisible());
    QVERIFY(f.window.traffic()->filterEdit()->hasFocus());
}

void MainWindowTest::keys_listed_includeThoseOfThePanels()
{
    Fixture f(m_directory->path());
    QTest::keyClick(&f.window, Qt::Key_Question);
    auto *dialog = f.window.findChild<ui::KeysDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->count() > 15);
}

void MainWindowTest::f5_isLeftFree()
{
    Fixture f(m_directory->path());
    const auto actions = f.window.findChildren<QAction *>();
    for (const QAction *action : actions)
        QVERIFY2(
            !action->shortcuts().contains(QKeySequence(Qt::Key_F5)), qPrintable(action->text()));
}

void MainWindowTest::emptyTraffic_leadsToTheComposer()
{
    Fixture f(m_directory->path());
    const auto buttons = f.window.traffic()->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible())
            button->click();
    }
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Compose);
}

void MainWindowTest::window_closed_remembersThemeAndWorkspace()
{
    {
        Fixture f(m_directory->path());
        f.window.setWorkspace(MainWindow::Workspace::Mock);
        const auto actions = f.window.actions();
        for (QAction *action : actions) {
            if (action->text() == u"Theme: dark")
                action->trigger();
        }
        f.window.close();
    }
    Fixture f(m_directory->path());
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Mock);
    QCOMPARE(f.theme.choice(), ui::Theme::Choice::Dark);
}

void MainWindowTest::window_closed_remembersTheTrafficList()
{
    QByteArray columns;
    {
        Fixture f(m_directory->path());
        ui::TrafficHeader *header = f.window.traffic()->view()->header();
        header->setSectionHidden(int(ui::TrafficColumn::Scheme), false);
        header->moveSection(0, 3);
        f.window.traffic()->view()->sortByColumn(int(ui::TrafficColumn::Host), Qt::DescendingOrder);
        f.window.traffic()->filterBar()->setText(QStringLiteral("status:404"));
        actionOf(*f.window.traffic()->hosts()->parentWidget(), QStringLiteral("Group by host"))
            ->trigger();
        columns = f.window.traffic()->saveColumns();
        f.window.close();
    }
    Fixture f(m_directory->path());
    QCOMPARE(f.window.traffic()->saveColumns(), columns);
    QVERIFY(f.window.traffic()->hosts()->isVisible());
    QVERIFY(f.window.traffic()->saveFilters().contains("status:404"));
    QVERIFY(f.window.traffic()->filterBar()->text().isEmpty()); // Used before, not in use.
}

void MainWindowTest::demo_exchanges_areListedInspectedAndResent()
{
    Fixture f(m_directory->path());
    ui::Demo demo(f.session);
    QSignalSpy finished(&demo, &ui::Demo::finished);
    demo.start();
    QVERIFY(finished.wait(20'000));
    QTRY_VERIFY(f.window.traffic()->totalCount() >= 9);
    QTRY_VERIFY(f.window.statusLine()->countsText().contains(QStringLiteral("exchanges")));
    QVERIFY(f.window.statusLine()->serviceText().contains(QString::number(f.session.mockPort())));

    const exchange::ExchangeId id = f.session.store()->ids().constFirst();
    f.window.traffic()->select(id);
    QCOMPARE(f.window.trafficInspector()->exchangeId(), id);
    QVERIFY(f.window.trafficInspector()->isVisible());

    const qsizetype before = f.window.traffic()->totalCount();
    f.window.setWorkspace(MainWindow::Workspace::Traffic);
    f.window.traffic()->focusList();
    QTest::keyClick(f.window.traffic()->view(), Qt::Key_R);
    QTRY_VERIFY(f.window.traffic()->totalCount() > before);

    QTest::keyClick(f.window.traffic()->view(), Qt::Key_R, Qt::ShiftModifier);
    QPointer<ui::ReplayWindow> replay = f.window.replayWindow();
    QVERIFY(replay && replay->isVisible());
    replay->form()->startButton()->click();
    QTRY_VERIFY(!f.session.replay()->isRunning());
    QCOMPARE(replay->model()->recordedAt(0), f.window.traffic()->currentId());
    const exchange::ExchangeId replayed = replay->model()->replayedAt(0);
    QCOMPARE(f.session.store()->summary(replayed)->statusCode,
        f.session.store()->summary(id)->statusCode);
    const auto showReplayed = [&f, replayed] { // its row comes with the next turn of the list
        f.window.traffic()->select(replayed);
        return f.window.trafficInspector()->exchangeId() == replayed;
    };
    QTRY_VERIFY(showReplayed());
    replay->close();
    QTRY_VERIFY(!replay && !f.window.replayWindow());

    actionOf(*f.window.traffic()->view(), QStringLiteral("Open in composer"))->trigger();
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Compose);
    f.session.stopMock();
    QTRY_VERIFY(f.window.statusLine()->serviceText().contains(QStringLiteral("stopped")));
}

void MainWindowTest::escape_inTheInspector_goesBackToTheList()
{
    Fixture f(m_directory->path());
    ui::Demo demo(f.session);
    QSignalSpy finished(&demo, &ui::Demo::finished);
    demo.start();
    QVERIFY(finished.wait(20'000));
    QTRY_VERIFY(f.window.traffic()->totalCount() > 0);
    f.window.setWorkspace(MainWindow::Workspace::Traffic);
    f.window.traffic()->select(f.session.store()->ids().constFirst());
    f.window.trafficInspector()->focusTabs();
    QVERIFY(!f.window.traffic()->view()->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(f.window.traffic()->view()->hasFocus());
}

void MainWindowTest::held_appearsWithoutTheFocus_andTheStatusLineLeadsToIt()
{
    Fixture f(m_directory->path());
    f.window.traffic()->filterEdit()->setFocus();
    QVERIFY(f.window.traffic()->filterEdit()->hasFocus());
    QVERIFY(!f.window.heldDock()->isQueueShown());
    QCOMPARE(f.window.statusLine()->heldText(), QString());
    const QList<session::HeldExchange> held = ui::Demo::held();
    for (const session::HeldExchange &one : held)
        f.window.proxy()->held()->add(one);
    QVERIFY(f.window.heldDock()->isQueueShown());
    QVERIFY(f.window.traffic()->filterEdit()->hasFocus());
    QCOMPARE(f.window.statusLine()->heldText(), QStringLiteral("2 held")); // and one that is gone
    QCOMPARE(f.window.workspace(), MainWindow::Workspace::Traffic);

    f.window.heldDock()->panel()->closeAction()->trigger();
    auto *button = named<QToolButton>(f.window, QStringLiteral("Held exchanges"));
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(f.window.heldDock()->isQueueShown());
    QVERIFY(f.window.heldDock()->panel()->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(!ui::matching(ui::commandsOf(&f.window), QStringLiteral("resume all held")).isEmpty());
}

void MainWindowTest::everyButton_hasANameForAssistiveTechnology()
{
    Fixture f(m_directory->path());
    const auto buttons = f.window.findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        if (button->objectName().startsWith(u"qt_") || button->parent()->inherits("QTabBar")
            || button->parent()->inherits("QLineEdit"))
            continue;
        QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
            qPrintable(
                button->toolTip() + QLatin1String(button->parent()->metaObject()->className())));
    }
}

QTEST_MAIN(MainWindowTest)

#include "tst_mainwindow.moc"
