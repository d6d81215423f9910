#include "named.h"
#include "trafficfixture.h"

#include <inspector/inspector.h>
#include <traffic/bodysaver.h>
#include <traffic/filterbar.h>
#include <traffic/noteeditor.h>

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <compare/comparewindow.h>

using namespace headrace;
using test::FakeStore;
using test::TrafficFixture;
using ui::TrafficActions;
using ui::TrafficColumn;
using Ids = QList<exchange::ExchangeId>;

class TrafficActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actions_withoutSelection_areOff();
    void resend_ofSeveral_asksForEach();
    void resend_ofMany_asksTheUserFirst();
    void copyRaw_isWhatPassed();
    void copyAs_isTheRequestInThatNotation();
    void mark_ofSeveral_isShown();
    void note_isWrittenInPlace();
    void note_escape_leavesItAsItWas();
    void delete_ofMany_asksInPlace();
    void clear_asksInPlace();
    void compare_needsTwo_andShowsBoth();
    void filterBy_addsToTheFilter_data();
    void filterBy_addsToTheFilter();
    void filterBy_whatIsNotThere_changesNothing();
    void filterByHeader_offersTheNamesOfBothSides();
    void saveBody_writesWhatPassedWithoutFraming();
    void saveBody_ofSeveral_writesAFileForEach();
    void saveBody_canceled_leavesNoFile();
    void saveBody_toAPlaceThatIsNot_tellsInPlace();
    void fileName_isMadeOfPathAndType_data();
    void fileName_isMadeOfPathAndType();
    void menu_hasWhatCanBeDone();

private:
    static QPushButton *visibleButton(const QWidget &root, const QString &text)
    {
        const auto buttons = root.findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }
};

void TrafficActionsTest::actions_withoutSelection_areOff()
{
    TrafficFixture f(3);
    for (const auto what : { TrafficActions::Resend, TrafficActions::CopyUrl,
             TrafficActions::EditNote, TrafficActions::Remove, TrafficActions::Compare })
        QVERIFY(!f.panel->actions()->action(what)->isEnabled());
    QVERIFY(f.panel->actions()->action(TrafficActions::Clear)->isEnabled());
    f.panel->select(2);
    QVERIFY(f.panel->actions()->action(TrafficActions::Resend)->isEnabled());
    QVERIFY(!f.panel->actions()->action(TrafficActions::Compare)->isEnabled());
}

void TrafficActionsTest::resend_ofSeveral_asksForEach()
{
    TrafficFixture f(5);
    QSignalSpy resend(f.panel.get(), &ui::TrafficPanel::exchangeResendRequested);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(f.view(), Qt::Key_R);
    QCOMPARE(resend.size(), 5);
    QCOMPARE(resend.at(4).at(0).value<exchange::ExchangeId>(), exchange::ExchangeId(5));
}

void TrafficActionsTest::resend_ofMany_asksTheUserFirst()
{
    TrafficFixture f(50);
    QSignalSpy resend(f.panel.get(), &ui::TrafficPanel::exchangeResendRequested);
    f.view()->selectAll();
    f.trigger(TrafficActions::Resend);
    QCOMPARE(resend.size(), 0);
    QTRY_VERIFY(visibleButton(*f.panel, QStringLiteral("Resend")));
    visibleButton(*f.panel, QStringLiteral("Resend"))->click();
    QCOMPARE(resend.size(), 50);
}

void TrafficActionsTest::copyRaw_isWhatPassed()
{
    TrafficFixture f(2);
    f.panel->select(1);
    f.trigger(TrafficActions::CopyRawResponse);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("HEAD piece piece piece "));
    f.trigger(TrafficActions::CopyRawRequest);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("HEAD asked asked asked "));
}

void TrafficActionsTest::copyAs_isTheRequestInThatNotation()
{
    TrafficFixture f(2);
    f.panel->select(1);
    const QList<std::pair<TrafficActions::What, QString>> notations { { TrafficActions::CopyAsCurl,
                                                                          QStringLiteral("curl ") },
        { TrafficActions::CopyAsCurlCmd, QStringLiteral(" ^\n") },
        { TrafficActions::CopyAsFetch, QStringLiteral("await fetch(") },
        { TrafficActions::CopyAsNode, QStringLiteral("require('node:http") },
        { TrafficActions::CopyAsPython, QStringLiteral("import requests") },
        { TrafficActions::CopyAsCpp, QStringLiteral("#include <http/http.h>") } };
    for (const auto &[what, begin] : notations) {
        f.trigger(what);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(begin));
    }
}

void TrafficActionsTest::mark_ofSeveral_isShown()
{
    TrafficFixture f(3);
    f.view()->selectAll();
    f.panel->actions()->markAction(exchange::Mark::Blue)->trigger();
    for (int row = 0; row < 3; ++row) {
        const QModelIndex index = f.model()->index(row, int(TrafficColumn::Mark));
        QTRY_COMPARE(index.data(ui::MarkRole).toInt(), int(exchange::Mark::Blue));
        QCOMPARE(index.data(Qt::ToolTipRole).toString(), QStringLiteral("Blue"));
    }
    f.panel->actions()->markAction(exchange::Mark::None)->trigger();
    QTRY_COMPARE(f.model()->index(0, 0).data(ui::MarkRole).toInt(), int(exchange::Mark::None));
}

void TrafficActionsTest::note_isWrittenInPlace()
{
    TrafficFixture f(3);
    f.panel->select(2);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_N);
    auto *edit = named<QLineEdit>(*f.panel, QStringLiteral("Note"));
    QVERIFY(edit);
    QTest::keyClicks(edit, QStringLiteral("ask Ann"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(
        f.model()->index(1, int(TrafficColumn::Note)).data().toString(), QStringLiteral("ask Ann"));
    QTRY_VERIFY(!f.panel->findChild<ui::NoteEditor *>());
}

void TrafficActionsTest::note_escape_leavesItAsItWas()
{
    TrafficFixture f(3);
    f.panel->select(2);
    f.trigger(TrafficActions::EditNote);
    auto *edit = named<QLineEdit>(*f.panel, QStringLiteral("Note"));
    QVERIFY(edit);
    QTest::keyClicks(edit, QStringLiteral("ask Ann"));
    QTest::keyClick(edit, Qt::Key_Escape);
    QTRY_VERIFY(!f.panel->findChild<ui::NoteEditor *>());
    QCOMPARE(f.store.summary(2)->note, QString());
}

void TrafficActionsTest::delete_ofMany_asksInPlace()
{
    TrafficFixture f(300);
    f.view()->setFocus();
    f.panel->select(7);
    QTest::keyClick(f.view(), Qt::Key_Delete); // One goes at once.
    QCOMPARE(f.store.count(), 299);
    f.view()->selectAll();
    QTest::keyClick(f.view(), Qt::Key_Delete);
    QCOMPARE(f.store.count(), 299);
    QTRY_VERIFY(visibleButton(*f.panel, QStringLiteral("Cancel")));
    visibleButton(*f.panel, QStringLiteral("Cancel"))->click();
    QCOMPARE(f.store.count(), 299);
    QVERIFY(!visibleButton(*f.panel, QStringLiteral("Cancel")));
    f.trigger(TrafficActions::Remove);
    visibleButton(*f.panel, QStringLiteral("Delete"))->click();
    QCOMPARE(f.store.count(), 0);
}

void TrafficActionsTest::clear_asksInPlace()
{
    TrafficFixture f(3);
    f.trigger(TrafficActions::Clear);
    QCOMPARE(f.store.count(), 3);
    QTRY_VERIFY(visibleButton(*f.panel, QStringLiteral("Delete all")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(f.store.count(), 0);
    QTRY_COMPARE(f.panel->shownCount(), 0);
    QVERIFY(!visibleButton(*f.panel, QStringLiteral("Delete all")));
}

void TrafficActionsTest::compare_needsTwo_andShowsBoth()
{
    TrafficFixture f(5);
    f.panel->select(2);
    f.view()->selectionModel()->select(
        f.model()->index(3, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(f.panel->actions()->action(TrafficActions::Compare)->isEnabled());
    f.trigger(TrafficActions::Compare);
    auto *window = f.panel->findChild<ui::CompareWindow *>();
    QVERIFY(window);
    QCOMPARE(window->left()->exchangeId(), exchange::ExchangeId(2));
    QCOMPARE(window->right()->exchangeId(), exchange::ExchangeId(4));
    window->left()->setCurrentTab(ui::Inspector::Tab::Headers);
    QCOMPARE(window->right()->currentTab(), ui::Inspector::Tab::Headers);
    QTest::keyClick(window, Qt::Key_Escape);
    QTRY_VERIFY(!f.panel->findChild<ui::CompareWindow *>());
}

void TrafficActionsTest::filterBy_addsToTheFilter_data()
{
    QTest::addColumn<TrafficActions::What>("what");
    QTest::addColumn<QString>("text");
    QTest::newRow("host") << TrafficActions::FilterByHost << QStringLiteral("cdn.example.test");
    QTest::newRow("method") << TrafficActions::FilterByMethod << QStringLiteral("POST");
    QTest::newRow("status") << TrafficActions::FilterByStatus << QStringLiteral("503");
    QTest::newRow("type") << TrafficActions::FilterByType << QStringLiteral("text/html");
}

void TrafficActionsTest::filterBy_addsToTheFilter()
{
    QFETCH(const TrafficActions::What, what);
    QFETCH(const QString, text);
    TrafficFixture f(10);
    f.panel->select(5); // 5 % 4: cdn; 5 % 5: POST; 5 % 7: 503
    f.panel->filterBar()->setText(QStringLiteral("size>=0"));
    f.trigger(what);
    const QString filter = f.panel->filterEdit()->text();
    QVERIFY2(filter.startsWith(u"size>=0 ") && filter.endsWith(text), qPrintable(filter));
    const exchange::ParsedFilter parsed = exchange::parseFilter(filter);
    QVERIFY(!parsed.error);
    QCOMPARE(parsed.filter.children().size(), 2);
}

void TrafficActionsTest::filterBy_whatIsNotThere_changesNothing()
{
    TrafficFixture f(3);
    exchange::Summary failed = FakeStore::madeUp(2);
    failed.statusCode = 0;
    failed.contentType.clear();
    f.store.set(failed);
    f.panel->select(2);
    f.trigger(TrafficActions::FilterByType);
    QCOMPARE(f.panel->filterBar()->text(), QString());
    f.trigger(TrafficActions::FilterByStatus);
    QCOMPARE(f.panel->filterBar()->filter().term().field, exchange::FilterField::HasNoResponse);
}

void TrafficActionsTest::filterByHeader_offersTheNamesOfBothSides()
{
    TrafficFixture f(10);
    f.panel->select(5);
    QMenu menu;
    Q_EMIT f.panel->actions()->fieldMenuRequested(&menu);
    QStringList names;
    for (const QAction *action : menu.actions())
        names += action->text();
    QCOMPARE(names,
        (QStringList {
            QStringLiteral("Content-Type"), QStringLiteral("Host"), QStringLiteral("X-Id") }));
    menu.actions().constLast()->trigger();
    QCOMPARE(exchange::parseFilter(f.panel->filterEdit()->text()).filter.term().name,
        QByteArray("X-Id"));
}

void TrafficActionsTest::saveBody_writesWhatPassedWithoutFraming()
{
    TrafficFixture f(3);
    const QTemporaryDir directory;
    f.panel->select(2);
    f.trigger(TrafficActions::SaveResponseBody);
    auto *dialog = f.panel->findChild<QFileDialog *>();
    QVERIFY(dialog);
    const QString path = directory.filePath(QStringLiteral("body.html"));
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    QTRY_COMPARE(contentOf(path), QByteArray("piece piece piece "));
    QTRY_VERIFY(visibleButton(*f.panel, QStringLiteral("Close")));
}

void TrafficActionsTest::saveBody_ofSeveral_writesAFileForEach()
{
    TrafficFixture f(3);
    const QTemporaryDir directory;
    f.view()->selectAll();
    f.trigger(TrafficActions::SaveRequestBody);
    auto *dialog = f.panel->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(directory.path());
    dialog->close();
    QTRY_COMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 3);
    QTRY_VERIFY(visibleButton(*f.panel, QStringLiteral("Close")));
    const QStringList files = QDir(directory.path()).entryList(QDir::Files);
    for (const QString &file : files)
        QCOMPARE(contentOf(directory.filePath(file)), QByteArray("asked asked asked "));
}

void TrafficActionsTest::saveBody_canceled_leavesNoFile()
{
    FakeStore store(1);
    ui::BodySaver saver(&store);
    QSignalSpy finished(&saver, &ui::BodySaver::finished);
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("body"));
    QSemaphore isReading;
    QSemaphore mayGoOn;
    store.onPiece = [&] {
        isReading.release();
        mayGoOn.acquire();
    };
    saver.save({ { 1, 0, path } });
    isReading.acquire();
    saver.cancel();
    mayGoOn.release(100);
    QVERIFY(finished.wait());
    QVERIFY(finished.at(0).at(2).toString().startsWith(QStringLiteral("Canceled")));
    QVERIFY(!QFile::exists(path));
    saver.save({ { 1, 0, path } }); // The next one is not.
    QVERIFY(finished.wait());
    QVERIFY(QFile::exists(path));
}

void TrafficActionsTest::saveBody_toAPlaceThatIsNot_tellsInPlace()
{
    FakeStore store(1);
    ui::BodySaver saver(&store);
    QSignalSpy finished(&saver, &ui::BodySaver::finished);
    const QTemporaryDir directory;
    saver.save({ { 1, 0, directory.filePath(QStringLiteral("none/body")) } });
    QVERIFY(!finished.isEmpty() || finished.wait());
    QCOMPARE(finished.at(0).at(0).toInt(), 0);
    QVERIFY(finished.at(0).at(2).toString().startsWith(QStringLiteral("body: ")));
}

void TrafficActionsTest::fileName_isMadeOfPathAndType_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("name");
    const QString json = QStringLiteral("application/json");
    QTest::newRow("suffix of the type")
        << QStringLiteral("/v1/items?page=1") << json << QStringLiteral("items.json");
    QTest::newRow("suffix of the path")
        << QStringLiteral("/logo.png") << json << QStringLiteral("logo.png");
    QTest::newRow("no name") << QStringLiteral("/") << json << QStringLiteral("response.json");
    QTest::newRow("no type") << QStringLiteral("/a") << QString() << QStringLiteral("a.bin");
    QTest::newRow("no way up") << QStringLiteral("/a/..%2F..%2Fetc%2Fpasswd") << QString()
                               << QStringLiteral("passwd.bin");
    QTest::newRow("hidden") << QStringLiteral("/.env") << QString() << QStringLiteral("env.bin");
}

void TrafficActionsTest::fileName_isMadeOfPathAndType()
{
    QFETCH(const QString, target);
    QFETCH(const QString, type);
    exchange::Summary summary;
    summary.target = target;
    summary.contentType = type;
    QTEST(ui::BodySaver::fileName(summary, false), "name");
}

void TrafficActionsTest::menu_hasWhatCanBeDone()
{
    TrafficFixture f(3);
    f.panel->select(1);
    const std::unique_ptr<QMenu> menu(f.panel->actions()->makeMenu());
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            texts += action->text();
    }
    QCOMPARE(texts,
        (QStringList { QStringLiteral("Open in composer"), QStringLiteral("Resend"),
            QStringLiteral("Replay…"), QStringLiteral("Copy"), QStringLiteral("Save body"),
            QStringLiteral("Export selected as HAR…"), QStringLiteral("Filter by"),
            QStringLiteral("Mark"), QStringLiteral("Note…"),
            QStringLiteral("Compare two exchanges"), QStringLiteral("Delete"),
            QStringLiteral("Clear all exchanges") }));
}

QTEST_MAIN(TrafficActionsTest)

#include "tst_trafficactions.moc"
