#include "named.h"

#include <session/session.h>
#include <session/sessionfiles.h>
#include <shell/mainwindow.h>
#include <shell/sessionbar.h>
#include <shell/settings.h>
#include <shell/theme.h>
#include <store/exchangestore.h>
#include <traffic/trafficpanel.h>

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace headrace;
using ui::MainWindow;

/// The window and the file of its session.
class WindowSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void crashedSession_isOffered_andOpens();
    void crashedSession_dismissed_isStillInTheMenu();
    void sessionFile_opens_andIsNamedInTheTitle();
    void fileThatIsNoSession_isToldAtTheTop();
    void newSession_emptiesList_andInspector();
    void savedSession_namesTheWindow();

private:
    struct Fixture
    {
        explicit Fixture(const QTemporaryDir &folder)
            : settings(folder.filePath(QStringLiteral("settings")))
            , session(folder.filePath(QStringLiteral("state")))
        {
            session.files()->startNew();
            window = std::make_unique<MainWindow>(session, settings, theme);
            window->show();
            (void)QTest::qWaitForWindowActive(window.get());
        }

        ui::Theme theme;
        ui::Settings settings;
        session::Session session;
        std::unique_ptr<MainWindow> window;
    };

    QString make(const QString &name, int exchanges) const;

    // What a killed program leaves: the file and its log as they were in the middle.
    QString makeCrashed(int exchanges) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

QString WindowSessionTest::make(const QString &name, int exchanges) const
{
    const QString path = m_folder->filePath(name);
    store::ExchangeStore store;
    if (store.open(path))
        qFatal("cannot make a session");
    for (int i = 0; i < exchanges; ++i) {
        exchange::Summary summary;
        summary.method = QStringLiteral("GET");
        summary.host = QStringLiteral("api.example.test");
        summary.target = QStringLiteral("/%1").arg(i);
        const exchange::ExchangeId id = store.begin(summary);
        summary.state = exchange::State::Complete;
        summary.statusCode = 200;
        store.setSummary(id, summary);
        store.end(id);
    }
    store.flush();
    for (const char *suffix : { "", "-wal" })
        QFile::copy(
            path + QLatin1String(suffix), path + QStringLiteral(".copy") + QLatin1String(suffix));
    return path;
}

QString WindowSessionTest::makeCrashed(int exchanges) const
{
    const QString copy = make(QStringLiteral("going"), exchanges) + QStringLiteral(".copy");
    const QString state = m_folder->filePath(QStringLiteral("state"));
    QDir().mkpath(state);
    const QString crashed = state + QStringLiteral("/session-1.headrace");
    for (const char *suffix : { "", "-wal" })
        QFile::rename(copy + QLatin1String(suffix), crashed + QLatin1String(suffix));
    return crashed;
}

void WindowSessionTest::crashedSession_isOffered_andOpens()
{
    const QString crashed = makeCrashed(12);
    Fixture f(*m_folder);
    ui::SessionBar *bar = f.window->sessionBar();
    QVERIFY(bar->isVisible());
    QVERIFY(bar->text().contains(u"12"));
    QTest::mouseClick(bar->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    QCOMPARE(f.session.files()->path(), crashed);
    QTRY_COMPARE(f.window->traffic()->shownCount(), 12);
}

void WindowSessionTest::crashedSession_dismissed_isStillInTheMenu()
{
    makeCrashed(3);
    Fixture f(*m_folder);
    ui::SessionBar *bar = f.window->sessionBar();
    QVERIFY(bar->isVisible());
    QTest::mouseClick(bar->findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    QCOMPARE(f.session.files()->earlier().size(), 1);
}

void WindowSessionTest::sessionFile_opens_andIsNamedInTheTitle()
{
    const QString path = make(QStringLiteral("orders.headrace"), 5);
    Fixture f(*m_folder);
    QVERIFY(!f.window->sessionBar()->isVisible());
    QVERIFY(f.window->windowTitle().startsWith(u"Unsaved session"));
    f.window->setWorkspace(MainWindow::Workspace::Mock);
    f.window->openFile(path);
    QCOMPARE(f.window->workspace(), MainWindow::Workspace::Traffic);
    QCOMPARE(f.window->windowTitle(), QStringLiteral("orders — Headrace"));
    QTRY_COMPARE(f.window->traffic()->shownCount(), 5);
}

void WindowSessionTest::fileThatIsNoSession_isToldAtTheTop()
{
    const QString path = m_folder->filePath(QStringLiteral("text.headrace"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1000, 'x'));
    file.close();
    Fixture f(*m_folder);
    f.window->openFile(path);
    QVERIFY(f.window->sessionBar()->isVisible());
    QVERIFY(f.window->sessionBar()->text().contains(u"no Headrace session"));
    QTest::mouseClick(f.window->sessionBar()->findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(!f.window->sessionBar()->isVisible());
}

void WindowSessionTest::newSession_emptiesList_andInspector()
{
    const QString path = make(QStringLiteral("orders.headrace"), 5);
    Fixture f(*m_folder);
    f.window->openFile(path);
    QTRY_COMPARE(f.window->traffic()->shownCount(), 5);
    f.window->traffic()->select(3);
    QTRY_COMPARE(f.window->traffic()->currentId(), exchange::ExchangeId(3));
    QTest::keyClick(f.window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(f.window->traffic()->totalCount(), 0);
    QTRY_COMPARE(f.window->traffic()->currentId(), exchange::ExchangeId(0));
    QVERIFY(f.window->windowTitle().startsWith(u"Unsaved session"));
}

void WindowSessionTest::savedSession_namesTheWindow()
{
    Fixture f(*m_folder);
    QSignalSpy saved(f.session.files(), &session::SessionFiles::saved);
    f.session.files()->saveAs(m_folder->filePath(QStringLiteral("kept.headrace")));
    QVERIFY(saved.wait());
    QCOMPARE(f.window->windowTitle(), QStringLiteral("kept — Headrace"));
    QVERIFY(!f.window->sessionBar()->isVisible());
}

QTEST_MAIN(WindowSessionTest)
#include "tst_windowsession.moc"
