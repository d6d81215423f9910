#include "named.h"

#include <exchange/exchange.h>
#include <session/harfiles.h>
#include <session/session.h>
#include <session/sessionfiles.h>
#include <shell/commands.h>
#include <shell/harbar.h>
#include <shell/mainwindow.h>
#include <shell/settings.h>
#include <shell/theme.h>
#include <traffic/trafficactions.h>
#include <traffic/trafficpanel.h>
#include <traffic/trafficview.h>

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace headrace;
using session::HarFiles;
using ui::MainWindow;
using ui::TrafficActions;

/// HAR files in the window: from the menu, by a drop, from the command line; what is said while it goes on and after.
class HarFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init();

    void cleanup() { m_window.reset(); }

    void openedFile_isImported_andSaid();
    void droppedFiles_areImported();
    void droppedText_isNotTaken();
    void runningImport_showsHowFar_andCancels();
    void brokenFile_saysWhere_andWhatIsKept();
    void remarks_areShown();
    void selectedExchanges_areExported();
    void shownExchanges_areExported();
    void menu_andPalette_haveTheEntries();
    void entries_areEnabledByWhatThereIs();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    /// A file of entries; the parts between them are as broken as they are.
    QString makeFile(const QString &name, const QByteArray &entries) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write("{\"log\":{\"entries\":[" + entries + "]}}");
        return file.fileName();
    }

    static QByteArray entryOf(const QByteArray &target)
    {
        return "{\"startedDateTime\":\"2026-11-27T04:00:00Z\",\"request\":{\"method\":\"GET\","
               "\"url\":"
               "\"http://a.test"
            + target + "\"},\"response\":{\"status\":200,\"content\":{\"text\":\"x\"}}}";
    }

    QStringList targets() const
    {
        QStringList targets;
        for (const exchange::Summary &row :
            m_session->store()->summaries(m_session->store()->ids()))
            targets += row.target;
        return targets;
    }

    void importAndWait(const QString &path)
    {
        QSignalSpy finished(m_session->harFiles(), &HarFiles::finished);
        m_window->openFile(path);
        QVERIFY(finished.wait());
    }

    /// Answers the dialog that is open, and gives what is written.
    QByteArray exportedBy(QAction *action)
    {
        action->trigger();
        const QPointer<QFileDialog> dialog = m_window->findChild<QFileDialog *>();
        if (!dialog)
            return "no dialog";
        const QString file = path(QStringLiteral("out.har"));
        QSignalSpy finished(m_session->harFiles(), &HarFiles::finished);
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        if (!finished.wait() || !QTest::qWaitFor([&dialog] { return dialog.isNull(); }))
            return "not finished";
        QFile written(file);
        return written.open(QIODevice::ReadOnly) ? written.readAll() : "no file";
    }

    ui::HarBar *bar() const { return m_window->harBar(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    ui::Theme m_theme;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void HarFilesTest::init()
{
    m_window.reset();
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(path(QStringLiteral("settings")));
    m_session = std::make_unique<session::Session>(path(QStringLiteral("state")));
    m_session->files()->startNew();
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, m_theme);
    m_window->show();
    (void)QTest::qWaitForWindowActive(m_window.get());
}

void HarFilesTest::openedFile_isImported_andSaid()
{
    QVERIFY(!bar()->isVisible());
    m_window->setWorkspace(MainWindow::Workspace::Mock);
    importAndWait(makeFile(QStringLiteral("two.har"), entryOf("/1") + ',' + entryOf("/2")));
    QCOMPARE(m_window->workspace(), MainWindow::Workspace::Traffic);
    QTRY_COMPARE(m_window->traffic()->shownCount(), 2);
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->text(), QStringLiteral("2 exchanges read from two.har."));
}

void HarFilesTest::droppedFiles_areImported()
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(makeFile(QStringLiteral("a.HAR"), entryOf("/a"))),
        QUrl::fromLocalFile(makeFile(QStringLiteral("b.har"), entryOf("/b"))),
        QUrl::fromLocalFile(path(QStringLiteral("c.txt"))) });
    QDragEnterEvent enter({ 10, 10 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QVERIFY(QCoreApplication::sendEvent(m_window.get(), &enter));
    QVERIFY(enter.isAccepted());
    QSignalSpy finished(m_session->harFiles(), &HarFiles::finished);
    QDropEvent drop({ 10, 10 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE(finished.size(), 2);
    QTRY_COMPARE(targets(), (QStringList { QStringLiteral("/a"), QStringLiteral("/b") }));
}

void HarFilesTest::droppedText_isNotTaken()
{
    QMimeData data;
    data.setText(QStringLiteral("http://a.test/x.har"));
    QDragEnterEvent enter({ 10, 10 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(!enter.isAccepted());
}

void HarFilesTest::runningImport_showsHowFar_andCancels()
{
    const QByteArray many = (entryOf("/1") + ',').repeated(100'000);
    const QString file = makeFile(QStringLiteral("many.har"), many.chopped(1));
    QSignalSpy progressed(m_session->harFiles(), &HarFiles::progressed);
    QSignalSpy finished(m_session->harFiles(), &HarFiles::finished);
    m_window->openFile(file);
    QVERIFY(bar()->isVisible());
    QVERIFY(bar()->text().startsWith(u"Importing many.har"));
    QVERIFY(progressed.wait());
    QTRY_VERIFY(bar()->text().endsWith(u" %."));
    auto *button = bar()->findChild<QPushButton *>();
    QCOMPARE(button->text(), QStringLiteral("Cancel"));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY2(bar()->text().startsWith(u"Canceled: "), qPrintable(bar()->text()));
    QVERIFY(bar()->text().endsWith(u" exchanges of many.har kept."));
    QVERIFY(!button->isVisible());
    QTRY_VERIFY(m_session->store()->count() > 0);
    QVERIFY(m_session->store()->count() < 100'000);
}

void HarFilesTest::brokenFile_saysWhere_andWhatIsKept()
{
    importAndWait(makeFile(QStringLiteral("cut.har"), entryOf("/1") + ",\n{\"request\":?}"));
    QVERIFY2(bar()->text().startsWith(
                 u"cut.har was read in part, 1 exchange kept: entry 2, line 2, column 12, "),
        qPrintable(bar()->text()));
    QTRY_COMPARE(targets(), QStringList(QStringLiteral("/1")));
    importAndWait(path(QStringLiteral("none.har")));
    QVERIFY(bar()->text().startsWith(u"none.har was not read. "));
}

void HarFilesTest::remarks_areShown()
{
    importAndWait(makeFile(QStringLiteral("odd.har"), entryOf("/1") + ",7"));
    QCOMPARE(bar()->text(), QStringLiteral("1 exchange read from odd.har. 1 remark."));
    QTest::mouseClick(bar()->findChild<QPushButton *>(), Qt::LeftButton);
    auto *list = named<QPlainTextEdit>(*m_window, QStringLiteral("Remarks on odd.har"));
    QVERIFY(list);
    QCOMPARE(list->toPlainText(), QStringLiteral("entry 2: not an object, left out"));
}

void HarFilesTest::selectedExchanges_areExported()
{
    importAndWait(makeFile(
        QStringLiteral("three.har"), entryOf("/1") + ',' + entryOf("/2") + ',' + entryOf("/3")));
    QTRY_COMPARE(m_window->traffic()->shownCount(), 3);
    QAction *action = m_window->traffic()->actions()->action(TrafficActions::ExportAsHar);
    m_window->traffic()->select(m_session->store()->ids().at(1));
    QTRY_VERIFY(action->isEnabled());
    const QByteArray text = exportedBy(action);
    QVERIFY2(text.contains("http://a.test/2"), text.left(200).constData());
    QVERIFY(!text.contains("http://a.test/1"));
    QCOMPARE(bar()->text(), QStringLiteral("1 exchange written to out.har."));
}

void HarFilesTest::shownExchanges_areExported()
{
    importAndWait(makeFile(
        QStringLiteral("three.har"), entryOf("/1") + ',' + entryOf("/2") + ',' + entryOf("/13")));
    m_window->traffic()->filterEdit()->setText(QStringLiteral("path:1"));
    QTRY_COMPARE(m_window->traffic()->shownCount(), 2);
    const QByteArray shown
        = exportedBy(actionOf(*m_window, QStringLiteral("Export shown exchanges as HAR…")));
    QVERIFY(shown.contains("http://a.test/1\"") && shown.contains("http://a.test/13\""));
    QVERIFY(!shown.contains("http://a.test/2"));
    const QByteArray all
        = exportedBy(actionOf(*m_window, QStringLiteral("Export all exchanges as HAR…")));
    QVERIFY(all.contains("http://a.test/2"));
}

void HarFilesTest::menu_andPalette_haveTheEntries()
{
    QStringList texts;
    for (const ui::Command &command : ui::commandsOf(m_window.get()))
        texts += command.text();
    for (const char *text : { "Import HAR…", "Export all exchanges as HAR…",
             "Export shown exchanges as HAR…", "Export selected as HAR…" })
        QCOMPARE(texts.count(QString::fromUtf8(text)), 1);
    std::unique_ptr<QMenu> context(m_window->traffic()->actions()->makeMenu());
    QVERIFY(context->actions().contains(
        m_window->traffic()->actions()->action(TrafficActions::ExportAsHar)));
}

void HarFilesTest::entries_areEnabledByWhatThereIs()
{
    QAction *all = actionOf(*m_window, QStringLiteral("Export all exchanges as HAR…"));
    QAction *shown = actionOf(*m_window, QStringLiteral("Export shown exchanges as HAR…"));
    QAction *selected = m_window->traffic()->actions()->action(TrafficActions::ExportAsHar);
    QVERIFY(!all->isEnabled() && !shown->isEnabled() && !selected->isEnabled());
    importAndWait(makeFile(QStringLiteral("one.har"), entryOf("/1")));
    QTRY_VERIFY(all->isEnabled() && shown->isEnabled());
    m_window->traffic()->filterEdit()->setText(QStringLiteral("path:nothing"));
    QTRY_VERIFY(!shown->isEnabled());
    QVERIFY(all->isEnabled());
}

QTEST_MAIN(HarFilesTest)
#include "tst_harfiles.moc"
