#include "mock/consolelog.h"
#include "mock/consolepanel.h"
#include "mock/consoleview.h"
#include "mock/mockpanel.h"
#include "mock/routelistview.h"
#include "mock/routespage.h"
#include "mock/scripteditor.h"
#include "named.h"
#include "shell/noticebar.h"
#include "shell/segments.h"
#include "text/textview.h"

#include <session/session.h>

#include <QProcess>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;

class MockScriptPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void newScript_run_answers_andConsoleShowsIt();
    void throwing_isMarkedOnItsLine_untilEdited();
    void syntaxError_isMarkedWithoutRunning();
    void errorInConsole_activated_goesToItsLine();
    void looping_stops();
    void routeScript_answers_andSwitchingKeepsBoth();
    void fileChanged_isShown_orAskedAbout();
    void edits_ofAFile_areSaved();
    void replacedScript_undo_bringsItBack();
    void console_isBounded_andClears();

private:
    void remake();
    void start();
    QByteArray curl(const QString &target);
    QString write(const QByteArray &octets);
    void type(ScriptEditor *editor, const QString &text);

    TextView *textOf(ScriptEditor *editor) const { return editor->findChild<TextView *>(); }

    QString consoleText() const { return m_panel->console()->view()->toPlainText(); }

    static constexpr int patience = 20'000; // milliseconds; only a fault takes so long

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<MockPanel> m_panel;
};

void MockScriptPanelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<session::Session>();
    remake();
}

void MockScriptPanelTest::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_folder.reset();
}

void MockScriptPanelTest::remake()
{
    m_panel.reset();
    m_panel = std::make_unique<MockPanel>(
        m_session.get(), m_folder->filePath(QStringLiteral("mock.json")));
    m_panel->resize(1000, 700);
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void MockScriptPanelTest::start()
{
    named<QSpinBox>(*m_panel, QStringLiteral("Port"))->setValue(0);
    m_panel->start();
}

QByteArray MockScriptPanelTest::curl(const QString &target)
{
    QProcess process;
    process.start(QStringLiteral("curl"), { QStringLiteral("-sS"), m_panel->address() + target });
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patience))
        return "curl did not end";
    return process.readAllStandardOutput() + process.readAllStandardError();
}

QString MockScriptPanelTest::write(const QByteArray &octets)
{
    QSaveFile file(m_folder->filePath(QStringLiteral("a.js")));
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) < 0 || !file.commit())
        qFatal("cannot write");
    return file.fileName();
}

void MockScriptPanelTest::type(ScriptEditor *editor, const QString &text)
{
    textOf(editor)->replaceText(text);
}

void MockScriptPanelTest::newScript_run_answers_andConsoleShowsIt()
{
    m_panel->newScript();
    QVERIFY(m_panel->serverScript()->isVisible());
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!m_panel->address().isEmpty(), patience);
    QVERIFY(curl(QStringLiteral("/a?b")).contains("\"url\":\"/a?b\""));
    QTRY_VERIFY(consoleText().contains(QStringLiteral("GET /a?b")));
    QTRY_COMPARE(m_session->store()->count(), 1);
    m_panel->stop();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isMockRunning(), patience);
}

void MockScriptPanelTest::throwing_isMarkedOnItsLine_untilEdited()
{
    m_panel->newScript();
    type(m_panel->serverScript(), QStringLiteral("const a = 1;\n  throw new Error('no luck');\n"));
    start();
    TextView *text = textOf(m_panel->serverScript());
    QTRY_COMPARE_WITH_TIMEOUT(text->marks().size(), 1, patience);
    QCOMPARE(text->marks().first().line, 2);
    QVERIFY(text->marks().first().message.contains(QStringLiteral("no luck")));
    QVERIFY(consoleText().contains(QStringLiteral("✕ Error: no luck")));
    type(m_panel->serverScript(), QStringLiteral("const a = 2;\n"));
    QVERIFY(text->marks().isEmpty());
}

void MockScriptPanelTest::syntaxError_isMarkedWithoutRunning()
{
    m_panel->newScript();
    type(m_panel->serverScript(), QStringLiteral("const a = 1;\nconst b = = 2;\n"));
    TextView *text = textOf(m_panel->serverScript());
    QTRY_COMPARE_WITH_TIMEOUT(text->marks().size(), 1, patience);
    QCOMPARE(text->marks().first().line, 2);
    QVERIFY(consoleText().isEmpty());
}

void MockScriptPanelTest::errorInConsole_activated_goesToItsLine()
{
    const QString path = write("const a = 1;\n\nthrow new Error('no luck');\n");
    QVERIFY(m_panel->openFile(path));
    start();
    TextView *text = textOf(m_panel->serverScript());
    QTRY_COMPARE_WITH_TIMEOUT(text->marks().size(), 1, patience);
    QCOMPARE(text->currentLine(), 1);
    m_panel->console()->showLastError();
    QCOMPARE(text->currentLine(), 3);
}

void MockScriptPanelTest::looping_stops()
{
    m_panel->newScript();
    type(m_panel->serverScript(), QStringLiteral("console.log('looping');\nwhile (true) {}\n"));
    start();
    QTRY_VERIFY_WITH_TIMEOUT(consoleText().contains(QStringLiteral("looping")), patience);
    m_panel->startStopAction()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isMockRunning(), patience);
}

void MockScriptPanelTest::routeScript_answers_andSwitchingKeepsBoth()
{
    m_panel->routesPage()->addRoute();
    const mock::Route fixed = m_panel->definition().routes.first();
    m_panel->findChild<RouteListView *>()->setCurrentRow(0);
    auto *kind = named<Segments>(*m_panel, QStringLiteral("What answers"));
    kind->setCurrent(1);
    mock::Route route = m_panel->definition().routes.first();
    QVERIFY(route.isScripted);
    QVERIFY(!route.script.isEmpty());
    QCOMPARE(route.body, fixed.body);
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!m_panel->address().isEmpty(), patience);
    QVERIFY(curl(QStringLiteral("/hello")).contains("\"count\":1"));
    QVERIFY(curl(QStringLiteral("/hello")).contains("\"count\":2"));
    QTRY_VERIFY(consoleText().contains(QStringLiteral("GET /hello")));
    kind->setCurrent(0);
    QTRY_COMPARE(curl(QStringLiteral("/hello")), fixed.body);
    route.isScripted = false;
    QCOMPARE(m_panel->definition().routes.first(), route);
}

void MockScriptPanelTest::fileChanged_isShown_orAskedAbout()
{
    const QString path = write("// one\n");
    QVERIFY(m_panel->openFile(path));
    ScriptEditor *editor = m_panel->serverScript();
    QCOMPARE(editor->text(), QStringLiteral("// one\n"));
    write("// two, from elsewhere\n");
    QTRY_COMPARE_WITH_TIMEOUT(editor->text(), QStringLiteral("// two, from elsewhere\n"), patience);
    QVERIFY(!editor->isModified());

    type(editor, QStringLiteral("// mine\n"));
    QVERIFY(editor->isModified());
    write("// three, from elsewhere again\n");
    auto *notice = editor->findChild<NoticeBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(
        notice->text().contains(QStringLiteral("has changed on disk")), patience);
    QCOMPARE(editor->text(), QStringLiteral("// mine\n"));
    notice->findChild<QPushButton *>()->click();
    QCOMPARE(editor->text(), QStringLiteral("// three, from elsewhere again\n"));
    QVERIFY(!editor->isModified());
}

void MockScriptPanelTest::edits_ofAFile_areSaved()
{
    const QString path = write("// one\n");
    QVERIFY(m_panel->openFile(path));
    type(m_panel->serverScript(), QStringLiteral("// edited\n"));
    remake(); // edits are kept between runs
    QVERIFY(m_panel->serverScript()->isModified());
    QCOMPARE(m_panel->serverScript()->text(), QStringLiteral("// edited\n"));
    actionOf(*m_panel, QStringLiteral("Save mock file"))->trigger();
    QVERIFY(!m_panel->serverScript()->isModified());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("// edited\n"));
}

void MockScriptPanelTest::replacedScript_undo_bringsItBack()
{
    m_panel->newScript();
    type(m_panel->serverScript(), QStringLiteral("// mine\n"));
    m_panel->newScript();
    QVERIFY(m_panel->serverScript()->text() != QStringLiteral("// mine\n"));
    auto *notice = m_panel->findChild<NoticeBar *>({}, Qt::FindDirectChildrenOnly);
    notice->findChild<QPushButton *>()->click();
    QCOMPARE(m_panel->serverScript()->text(), QStringLiteral("// mine\n"));
}

void MockScriptPanelTest::console_isBounded_andClears()
{
    m_panel->newScript();
    QList<session::ScriptMessage> messages;
    session::ScriptMessage message;
    message.time = QDateTime::currentDateTime();
    for (int i = 0; i < 6000; ++i)
        message.text += QStringLiteral("line %1\n").arg(i);
    message.text += QStringLiteral("open");
    m_panel->console()->add({ message });
    message.text = QStringLiteral(" end\n");
    m_panel->console()->add({ message });
    QCOMPARE(m_panel->console()->log()->lines().size(), ConsoleLog::MostLines);
    QCOMPARE(m_panel->console()->view()->blockCount(), int(ConsoleLog::MostLines));
    QVERIFY(consoleText().endsWith(QStringLiteral("line 5999\n  open end")));
    actionOf(*m_panel, QStringLiteral("Clear the console"))->trigger();
    QVERIFY(consoleText().isEmpty());
}

QTEST_MAIN(MockScriptPanelTest)
#include "tst_mockscriptpanel.moc"
