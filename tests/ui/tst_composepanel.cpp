#include "composer/composepanel.h"
#include "composer/requesteditor.h"
#include "composer/transferbar.h"
#include "fields/fieldlistmodel.h"
#include "fields/fieldview.h"
#include "fields/problemlabel.h"
#include "named.h"
#include "shell/noticebar.h"
#include "text/textview.h"

#include <exchange/store.h>
#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>
#include <session/session.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headrace;
using namespace headrace::ui;
using exchange::ExchangeId;
using session::RequestDraft;

class ComposePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void start_withoutDrafts_hasOneEmptyTab();
    void typing_isThereAgainAtTheNextStart();
    void closeTab_undo_bringsItBack();
    void closeLastTab_showsTheWayToANewOne();
    void duplicate_copiesTheDraft();
    void openDraft_takesTheUntouchedTab();
    void controlL_goesToTheUrl();
    void send_toAServer_showsTheExchange();
    void send_openFieldEditor_isSentToo();
    void send_refused_isToldInTheTab();
    void cancel_whileWaiting_endsTheExchange();
    void closeTab_whileSending_cancels();
    void send_wrongUrl_isToldBelowIt();
    void url_unfinished_isNotWrongYet();
    void send_badHeader_goesToItsRow();
    void send_missingFile_isToldInTheBodyTab();
    void body_kinds_keepWhatWasTyped();
    void json_withoutContentType_offersIt();
    void actions_haveTextToolTipAndKey();

private:
    void listen(http::Server::Listener listener);
    QString url(const QString &path = QStringLiteral("/")) const;
    void type(const QString &url);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier);

    RequestEditor *editor() const { return m_panel->editor(m_panel->currentIndex()); }

    void remake();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<http::Server> m_server;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ComposePanel> m_panel;
};

void ComposePanelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<session::Session>();
    remake();
}

void ComposePanelTest::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_server.reset();
    m_folder.reset();
}

// The panel anew on the same file, as at the next start.
void ComposePanelTest::remake()
{
    m_panel.reset();
    m_panel = std::make_unique<ComposePanel>(
        m_session.get(), m_folder->filePath(QStringLiteral("drafts.json")));
    m_panel->resize(1000, 700);
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void ComposePanelTest::listen(http::Server::Listener listener)
{
    m_server = std::make_unique<http::Server>(std::move(listener));
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
}

QString ComposePanelTest::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_server->serverPort()).arg(path);
}

void ComposePanelTest::type(const QString &url)
{
    auto *line = named<QLineEdit>(*editor(), QStringLiteral("URL"));
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, url);
}

void ComposePanelTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

void ComposePanelTest::start_withoutDrafts_hasOneEmptyTab()
{
    QCOMPARE(m_panel->count(), 1);
    QCOMPARE(editor()->draft(), RequestDraft());
    QCOMPARE(m_panel->currentExchange(), ExchangeId(0));
}

void ComposePanelTest::typing_isThereAgainAtTheNextStart()
{
    type(QStringLiteral("http://half fini"));
    m_panel->newDraft();
    type(QStringLiteral("second"));
    m_panel->setCurrentIndex(0);
    remake();
    QCOMPARE(m_panel->count(), 2);
    QCOMPARE(m_panel->currentIndex(), 0);
    QCOMPARE(m_panel->editor(0)->draft().url, QStringLiteral("http://half fini"));
    QCOMPARE(m_panel->editor(1)->draft().url, QStringLiteral("second"));
}

void ComposePanelTest::closeTab_undo_bringsItBack()
{
    type(QStringLiteral("http://a.test/kept"));
    m_panel->newDraft();
    m_panel->setCurrentIndex(0);
    m_panel->findChild<QTabBar *>()->setCurrentIndex(0);
    actionOf(*m_panel, QStringLiteral("Close request"))->trigger();
    QCOMPARE(m_panel->count(), 1);
    QCOMPARE(editor()->draft().url, QString());
    actionOf(*m_panel, QStringLiteral("Reopen closed request"))->trigger();
    QCOMPARE(m_panel->count(), 2);
    QCOMPARE(m_panel->currentIndex(), 0);
    QCOMPARE(editor()->draft().url, QStringLiteral("http://a.test/kept"));
}

void ComposePanelTest::closeLastTab_showsTheWayToANewOne()
{
    m_panel->closeDraft(0);
    QCOMPARE(m_panel->count(), 0);
    QPushButton *button = nullptr;
    for (QPushButton *candidate : m_panel->findChildren<QPushButton *>()) {
        if (candidate->isVisible() && candidate->text() == QStringLiteral("New request"))
            button = candidate;
    }
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_panel->count(), 1);
}

void ComposePanelTest::duplicate_copiesTheDraft()
{
    type(QStringLiteral("http://a.test/"));
    press(Qt::Key_D);
    QCOMPARE(m_panel->count(), 2);
    QCOMPARE(m_panel->currentIndex(), 1);
    QCOMPARE(editor()->draft(), m_panel->editor(0)->draft());
}

void ComposePanelTest::openDraft_takesTheUntouchedTab()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://a.test/");
    QCOMPARE(m_panel->openDraft(draft), 0);
    QCOMPARE(m_panel->count(), 1);
    draft.method = "POST";
    QCOMPARE(m_panel->openDraft(draft, QStringLiteral("look")), 1);
    QCOMPARE(editor()->draft(), draft);
    QCOMPARE(editor()->findChild<NoticeBar *>()->text(), QStringLiteral("look"));
}

void ComposePanelTest::controlL_goesToTheUrl()
{
    editor()->setPage(RequestEditor::HeadersPage);
    QVERIFY(!named<QLineEdit>(*editor(), QStringLiteral("URL"))->hasFocus());
    press(Qt::Key_L);
    QVERIFY(named<QLineEdit>(*editor(), QStringLiteral("URL"))->hasFocus());
}

void ComposePanelTest::send_toAServer_showsTheExchange()
{
    listen([](http::IncomingMessage *, http::ServerResponse *response) { response->end("hello"); });
    auto *inspector = new QLabel(QStringLiteral("inspector"));
    m_panel->setInspector(inspector);
    QVERIFY(!inspector->isVisible());
    QSignalSpy began(m_panel.get(), &ComposePanel::exchangeBegan);
    QSignalSpy current(m_panel.get(), &ComposePanel::currentExchangeChanged);

    type(url(QStringLiteral("/a?b=c")));
    press(Qt::Key_Return);
    QVERIFY(editor()->isSending());
    QTRY_VERIFY(!editor()->isSending());
    QCOMPARE(began.count(), 1);
    QCOMPARE(current.count(), 1);
    QVERIFY(inspector->isVisible());
    QCOMPARE(editor()->failureCode(), QString());
    const auto exchange = m_session->store()->exchange(m_panel->currentExchange());
    QVERIFY(exchange);
    QCOMPARE(exchange->summary.statusCode, 200);
    QCOMPARE(exchange->summary.target, QStringLiteral("/a?b=c"));
    QCOMPARE(exchange->response.joined(exchange::Part::Body), QByteArray("hello"));

    m_panel->newDraft();
    QCOMPARE(current.last().first().value<ExchangeId>(), ExchangeId(0));
    QVERIFY(!inspector->isVisible());
}

void ComposePanelTest::send_openFieldEditor_isSentToo()
{
    listen([](http::IncomingMessage *, http::ServerResponse *response) { response->end(); });
    type(url());
    editor()->setPage(RequestEditor::HeadersPage);
    auto *view = named<FieldView>(*editor(), QStringLiteral("Request headers"));
    view->editName(0);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("x-Odd-CASE"));
    press(Qt::Key_Return);
    QTRY_VERIFY(m_panel->currentExchange() != 0 && !editor()->isSending());
    const auto exchange = m_session->store()->exchange(m_panel->currentExchange());
    QVERIFY2(exchange->request.raw().contains("\r\nx-Odd-CASE: \r\n"),
        exchange->request.raw().constData());
}

void ComposePanelTest::send_refused_isToldInTheTab()
{
    listen({});
    const QString dead = url();
    m_server.reset();
    type(dead);
    press(Qt::Key_Return);
    QTRY_COMPARE(editor()->failureCode(), QStringLiteral("ECONNREFUSED"));
    QVERIFY(editor()->findChild<NoticeBar *>()->isVisible());
    QCOMPARE(editor()->draft().url, dead);
    QVERIFY(!editor()->isSending());
}

void ComposePanelTest::cancel_whileWaiting_endsTheExchange()
{
    listen([](http::IncomingMessage *, http::ServerResponse *) {}); // never answers
    type(url());
    auto *button = named<QPushButton>(*editor(), QStringLiteral("Send or cancel"));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(m_panel->currentExchange() != 0);
    QTRY_VERIFY(editor()->findChild<TransferBar *>()->isVisible());
    QVERIFY(editor()->findChild<TransferBar *>()->text().contains(QStringLiteral("waiting")));
    QCOMPARE(button->text(), QStringLiteral("Cancel"));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(!editor()->isSending());
    QCOMPARE(
        m_session->store()->summary(m_panel->currentExchange())->state, exchange::State::Canceled);
    QVERIFY(!editor()->findChild<TransferBar *>()->isVisible());
    QCOMPARE(button->text(), QStringLiteral("Send"));
}

void ComposePanelTest::closeTab_whileSending_cancels()
{
    listen([](http::IncomingMessage *, http::ServerResponse *) {});
    QSignalSpy ended(m_session.get(), &session::Session::sendEnded);
    type(url());
    press(Qt::Key_Return);
    QTRY_VERIFY(m_panel->currentExchange() != 0);
    const ExchangeId id = m_panel->currentExchange();
    m_panel->closeDraft(0);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(m_session->store()->summary(id)->state, exchange::State::Canceled);
}

void ComposePanelTest::send_wrongUrl_isToldBelowIt()
{
    type(QStringLiteral("no url"));
    press(Qt::Key_Return);
    QVERIFY(!editor()->isSending());
    auto *problem = editor()->findChild<ProblemLabel *>();
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(!problem->problem().isEmpty());
    QCOMPARE(editor()->draft().url, QStringLiteral("no url"));
    type(QStringLiteral("http://a.test/"));
    QCOMPARE(problem->problem(), QString());
}

void ComposePanelTest::url_unfinished_isNotWrongYet()
{
    type(QStringLiteral("htt"));
    QCOMPARE(editor()->findChild<ProblemLabel *>()->problem(), QString());
}

void ComposePanelTest::send_badHeader_goesToItsRow()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://127.0.0.1:9/");
    draft.fields = { { true, "Good", "1" }, { true, "bad name", "2" } };
    m_panel->openDraft(draft);
    editor()->setPage(RequestEditor::WirePage);
    m_panel->send();
    QVERIFY(!editor()->isSending());
    QCOMPARE(editor()->findChild<QTabWidget *>()->currentIndex(), int(RequestEditor::HeadersPage));
    auto *view = named<FieldView>(*editor(), QStringLiteral("Request headers"));
    const QModelIndex name = view->model()->index(1, FieldListModel::NameColumn);
    QCOMPARE(view->currentIndex(), name);
    QVERIFY(name.data(FieldListModel::IsProblemCellRole).toBool());
    QVERIFY(!name.data(FieldListModel::ProblemRole).toString().isEmpty());
}

void ComposePanelTest::send_missingFile_isToldInTheBodyTab()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://127.0.0.1:9/");
    draft.bodyKind = RequestDraft::BodyKind::File;
    draft.filePath = m_folder->filePath(QStringLiteral("missing"));
    m_panel->openDraft(draft);
    m_panel->send();
    QVERIFY(!editor()->isSending());
    QCOMPARE(editor()->findChild<QTabWidget *>()->currentIndex(), int(RequestEditor::BodyPage));
    bool isTold = false;
    for (const ProblemLabel *label : editor()->findChildren<ProblemLabel *>())
        isTold = isTold
            || (label->isVisible() && label->problem().contains(QStringLiteral("missing")));
    QVERIFY(isTold);
}

void ComposePanelTest::body_kinds_keepWhatWasTyped()
{
    RequestDraft draft;
    draft.bodyKind = RequestDraft::BodyKind::Json;
    draft.text = QStringLiteral("{\"b\":1,\"a\":2}");
    draft.filePath = QStringLiteral("/some/file");
    draft.url = QStringLiteral("http://a.test/");
    m_panel->openDraft(draft);
    for (const RequestDraft::BodyKind kind : { RequestDraft::BodyKind::None,
             RequestDraft::BodyKind::File, RequestDraft::BodyKind::Text }) {
        RequestDraft changed = editor()->draft();
        changed.bodyKind = kind;
        editor()->setDraft(changed);
        QCOMPARE(editor()->draft(), changed);
    }
    QCOMPARE(editor()->draft().text, draft.text);
    QCOMPARE(editor()->draft().filePath, draft.filePath);
}

void ComposePanelTest::json_withoutContentType_offersIt()
{
    RequestDraft draft;
    draft.bodyKind = RequestDraft::BodyKind::Json;
    draft.text = QStringLiteral("{\"b\":1,\"a\":2}");
    m_panel->openDraft(draft);
    editor()->setPage(RequestEditor::BodyPage);
    QToolButton *add = nullptr;
    for (QToolButton *button : editor()->findChildren<QToolButton *>()) {
        if (button->text() == QStringLiteral("Add Content-Type"))
            add = button;
    }
    QVERIFY(add && add->isVisible());
    QTest::mouseClick(add, Qt::LeftButton);
    QCOMPARE(editor()->draft().fields.value(0).value, QByteArray("application/json"));
    QVERIFY(!add->isVisible());

    for (QAction *action : editor()->editorActions()) {
        if (action->text() == QStringLiteral("Lay out JSON"))
            action->trigger();
    }
    QCOMPARE(editor()->draft().text, QStringLiteral("{\n  \"b\": 1,\n  \"a\": 2\n}"));
}

void ComposePanelTest::actions_haveTextToolTipAndKey()
{
    QVERIFY(m_panel->actions().size() >= 10);
    for (const QAction *action : m_panel->actions()) {
        QVERIFY(!action->text().isEmpty());
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        QVERIFY2(!key.isEmpty() && action->toolTip().contains(key), qPrintable(action->text()));
    }
}

QTEST_MAIN(ComposePanelTest)
#include "tst_composepanel.moc"
