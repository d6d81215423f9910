#include "compare/comparisonmodel.h"
#include "compare/comparisonview.h"
#include "fields/fieldtable.h"
#include "named.h"
#include "proxy/heldmodel.h"
#include "proxy/heldpanel.h"
#include "proxy/messagechanges.h"
#include "proxy/messageeditor.h"
#include "shell/noticebar.h"
#include "text/textview.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QVBoxLayout>

using namespace headrace;
using namespace headrace::ui;
using proxy::Stage;
using proxy::TransitMessage;
using session::HeldExchange;
using session::HoldId;

namespace {

HeldExchange held(HoldId id, Stage stage = Stage::RequestHead)
{
    HeldExchange held;
    held.id = id;
    held.exchange = id + 100;
    held.stage = stage;
    held.since = QDateTime::currentDateTime();
    held.summary.method = QStringLiteral("POST");
    held.summary.host = QStringLiteral("api.test");
    held.summary.target = QStringLiteral("/orders/%1").arg(id);
    held.request.head = proxy::MessageHead::makeRequest("POST", "/orders/" + QByteArray::number(id),
        { { "host", "api.test" }, { "X-a", "1" }, { "x-A", "2" } });
    held.response.head
        = proxy::MessageHead::makeResponse(200, "Fine", { { "Content-Type", "text/plain" } });
    if (stage == Stage::RequestBody)
        held.request.body = "hello";
    if (stage == Stage::ResponseBody)
        held.response.body = "answer";
    return held;
}

} // namespace

class HeldQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void arrival_takesNoFocus_andIsSelectedOnlyIfNoneWas();
    void edits_stayWhileOthersComeAndGo();
    void edits_ofEachAreItsOwn();
    void resume_unedited_goesOnAsItIs();
    void resume_edited_hasCaseAndOrder();
    void resume_untouchedLines_stayOctetForOctet();
    void resume_byKeys_movesToTheNextAndNotIntoItsEditor();
    void resumeAll_keepsEdits();
    void response_statusAndBody_areEdited();
    void body_notThereYet_cannotBeEdited();
    void body_packed_isDecodedOnDemand();
    void drop_asksForIt();
    void answer_isWrittenAndSent();
    void answer_discarded_showsTheRequestAgain();
    void brokenHeader_cannotGoOn_untilDiscarded();
    void gone_saysSo_keepsEdits_andIsDismissed();
    void changes_showLinesThatDiffer();
    void actions_haveTextAndToolTip();
    void waitingTime_isShort_data();
    void waitingTime_isShort();

private:
    QTableView *list() const
    {
        return named<QTableView>(*m_panel, QStringLiteral("Held exchanges"));
    }

    QLineEdit *target() const
    {
        return named<QLineEdit>(*m_panel->editor(), QStringLiteral("Target"));
    }

    QAction *action(const QString &text) const { return actionOf(*m_panel, text); }

    std::unique_ptr<HeldModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_elsewhere = nullptr;
    HeldPanel *m_panel = nullptr;
};

void HeldQueueTest::init()
{
    m_model = std::make_unique<HeldModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_elsewhere = new QLineEdit;
    m_panel = new HeldPanel(m_model.get());
    layout->addWidget(m_elsewhere);
    layout->addWidget(m_panel);
    m_window->resize(1200, 600);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_elsewhere->setFocus();
}

void HeldQueueTest::cleanup()
{
    m_window.reset();
    m_tester.reset();
    m_model.reset();
}

void HeldQueueTest::arrival_takesNoFocus_andIsSelectedOnlyIfNoneWas()
{
    m_model->add(held(1));
    QCOMPARE(m_panel->current(), HoldId(1));
    QVERIFY(m_elsewhere->hasFocus());
    m_model->add(held(2));
    QCOMPARE(m_panel->current(), HoldId(1));
    m_model->change(held(2));
    m_model->remove(1);
    QCOMPARE(m_panel->current(), HoldId(2));
    QCOMPARE(target()->text(), QStringLiteral("/orders/2"));
    m_model->remove(2);
    QCOMPARE(m_panel->current(), HoldId(0));
    QVERIFY(m_elsewhere->hasFocus());
}

void HeldQueueTest::edits_stayWhileOthersComeAndGo()
{
    m_model->add(held(1));
    m_model->add(held(2));
    m_panel->select(2);
    target()->setFocus();
    target()->selectAll();
    QTest::keyClicks(target(), QStringLiteral("/ot"));
    m_model->add(held(3));
    m_model->remove(1);
    m_model->change(held(2));
    QVERIFY(target()->hasFocus());
    QTest::keyClicks(target(), QStringLiteral("her"));
    QCOMPARE(target()->text(), QStringLiteral("/other"));
    QCOMPARE(m_panel->current(), HoldId(2));
    QCOMPARE(m_model->message(2).head.target(), QByteArray("/other"));
}

void HeldQueueTest::edits_ofEachAreItsOwn()
{
    m_model->add(held(1));
    m_model->add(held(2));
    target()->setText(QStringLiteral("/one"));
    m_panel->select(2);
    QCOMPARE(target()->text(), QStringLiteral("/orders/2"));
    m_panel->select(1);
    QCOMPARE(target()->text(), QStringLiteral("/one"));
    QVERIFY(m_model->isEdited(1));
    QVERIFY(!m_model->isEdited(2));
    target()->setText(QStringLiteral("/orders/1"));
    QVERIFY(!m_model->isEdited(1));
}

void HeldQueueTest::resume_unedited_goesOnAsItIs()
{
    QSignalSpy unchanged(m_model.get(), &HeldModel::resumeUnchangedRequested);
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    m_model->add(held(7));
    m_panel->resume();
    QCOMPARE(unchanged.count(), 1);
    QCOMPARE(unchanged.constFirst().constFirst().value<HoldId>(), HoldId(7));
    QCOMPARE(changed.count(), 0);
}

void HeldQueueTest::resume_edited_hasCaseAndOrder()
{
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    m_model->add(held(1));
    auto *fields
        = named<FieldTable>(*m_panel->editor(), QStringLiteral("Headers of the held message"));
    fields->setFields(
        { { true, "x-A", "2" }, { true, "host", "api.test" }, { true, "X-NEW", "ä" } });
    Q_EMIT fields->changed();
    m_panel->resume();
    QCOMPARE(changed.count(), 1);
    const auto message = changed.constFirst().at(1).value<TransitMessage>();
    QCOMPARE(message.head.octets(),
        QByteArray("POST /orders/1 HTTP/1.1\r\nx-A: 2\r\nhost: api.test\r\nX-NEW: ä\r\n\r\n"));
}

void HeldQueueTest::resume_untouchedLines_stayOctetForOctet()
{
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    HeldExchange one = held(1);
    one.request.head = proxy::MessageHead::makeRequest("GET", "/\xff", { { "a", "\xff\xfe" } });
    m_model->add(one);
    named<QComboBox>(*m_panel->editor(), QStringLiteral("Method"))
        ->setEditText(QStringLiteral("PUT"));
    m_panel->resume();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.constFirst().at(1).value<TransitMessage>().head.octets(),
        QByteArray("PUT /\xff HTTP/1.1\r\na: \xff\xfe\r\n\r\n"));
}

void HeldQueueTest::resume_byKeys_movesToTheNextAndNotIntoItsEditor()
{
    connect(m_model.get(), &HeldModel::resumeUnchangedRequested, m_model.get(), &HeldModel::remove);
    m_model->add(held(1));
    m_model->add(held(2));
    target()->setFocus();
    QTest::keySequence(target(), QKeySequence(Qt::CTRL | Qt::Key_Return));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_panel->current(), HoldId(2));
    QVERIFY(list()->hasFocus());
    QTest::keySequence(list(), QKeySequence(Qt::CTRL | Qt::Key_Return));
    QTRY_COMPARE(m_model->rowCount(), 0);
}

void HeldQueueTest::resumeAll_keepsEdits()
{
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    QSignalSpy all(m_model.get(), &HeldModel::resumeAllRequested);
    m_model->add(held(1));
    m_model->add(held(2));
    target()->setText(QStringLiteral("/one"));
    m_panel->resumeAll();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.constFirst().constFirst().value<HoldId>(), HoldId(1));
    QCOMPARE(all.count(), 1);
}

void HeldQueueTest::response_statusAndBody_areEdited()
{
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    m_model->add(held(1, Stage::ResponseBody));
    auto *reason = named<QLineEdit>(*m_panel->editor(), QStringLiteral("Reason phrase"));
    QCOMPARE(reason->text(), QStringLiteral("Fine"));
    named<QSpinBox>(*m_panel->editor(), QStringLiteral("Status code"))->setValue(503);
    reason->setText(QStringLiteral("Busy"));
    for (TextView *text : m_panel->editor()->findChildren<TextView *>()) {
        if (text->text() == QStringLiteral("answer"))
            text->replaceText(QStringLiteral("other"));
    }
    m_panel->resume();
    QCOMPARE(changed.count(), 1);
    const auto message = changed.constFirst().at(1).value<TransitMessage>();
    QCOMPARE(message.head.startLine(), QByteArray("HTTP/1.1 503 Busy"));
    QCOMPARE(message.body, QByteArray("other"));
}

void HeldQueueTest::body_notThereYet_cannotBeEdited()
{
    auto *tabs = named<QTabWidget>(*m_panel->editor(), QStringLiteral("Parts of the held message"));
    m_model->add(held(1, Stage::RequestHead));
    QVERIFY(!tabs->isTabEnabled(1));
    QVERIFY(!tabs->tabToolTip(1).isEmpty());
    m_model->add(held(2, Stage::RequestBody));
    m_panel->select(2);
    QVERIFY(tabs->isTabEnabled(1));
}

void HeldQueueTest::body_packed_isDecodedOnDemand()
{
    HeldExchange one = held(1, Stage::ResponseBody);
    one.response.head.append("Content-Encoding", "gzip");
    one.response.body = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c90700 86a6103605000000");
    TransitMessage decoded = one.response;
    QString problem;
    QVERIFY2(decodeBody(&decoded, &problem), qPrintable(problem));
    QCOMPARE(decoded.body, QByteArray("hello"));
    QCOMPARE(decoded.head.indexOf("content-encoding"), -1);
    QCOMPARE(codingOf(one.response), QStringLiteral("gzip"));
    one.response.body = "no gzip";
    QVERIFY(!decodeBody(&one.response, &problem));
    QVERIFY(!problem.isEmpty());
}

void HeldQueueTest::drop_asksForIt()
{
    QSignalSpy dropped(m_model.get(), &HeldModel::dropRequested);
    m_model->add(held(4));
    action(QStringLiteral("Drop held exchange"))->trigger();
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped.constFirst().constFirst().value<HoldId>(), HoldId(4));
}

void HeldQueueTest::answer_isWrittenAndSent()
{
    QSignalSpy answered(m_model.get(), &HeldModel::answerRequested);
    m_model->add(held(1));
    m_model->add(held(2));
    m_panel->answer();
    QVERIFY(m_panel->answerEditor()->isVisible());
    named<QSpinBox>(*m_panel->answerEditor(), QStringLiteral("Status code"))->setValue(404);
    // Looking at another one keeps what was written.
    m_panel->select(2);
    QVERIFY(!m_panel->answerEditor()->isVisible());
    m_panel->select(1);
    QVERIFY(m_panel->answerEditor()->isVisible());
    m_panel->answer();
    QCOMPARE(answered.count(), 1);
    QCOMPARE(answered.constFirst().at(1).value<TransitMessage>().head.statusCode(), 404);
}

void HeldQueueTest::answer_discarded_showsTheRequestAgain()
{
    m_model->add(held(1));
    m_panel->answer();
    m_panel->discard();
    QVERIFY(m_panel->editor()->isVisible());
    QVERIFY(!m_model->answer(1));
    QVERIFY(action(QStringLiteral("Resume held exchange"))->isEnabled());
}

void HeldQueueTest::brokenHeader_cannotGoOn_untilDiscarded()
{
    QSignalSpy changed(m_model.get(), &HeldModel::resumeRequested);
    m_model->add(held(1));
    target()->setText(QStringLiteral("/a b"));
    QVERIFY(!action(QStringLiteral("Resume held exchange"))->isEnabled());
    m_panel->resume();
    QCOMPARE(changed.count(), 0);
    m_panel->discard();
    QCOMPARE(target()->text(), QStringLiteral("/orders/1"));
    QVERIFY(action(QStringLiteral("Resume held exchange"))->isEnabled());
}

void HeldQueueTest::gone_saysSo_keepsEdits_andIsDismissed()
{
    QSignalSpy dropped(m_model.get(), &HeldModel::dropRequested);
    m_model->add(held(1));
    m_model->add(held(2));
    target()->setText(QStringLiteral("/mine"));
    HeldExchange one = held(1);
    one.gone = QStringLiteral("the client closed its connection");
    m_model->change(one);
    QCOMPARE(m_model->waitingCount(), 1);
    auto *notice = m_panel->findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    QVERIFY(notice->text().contains(one.gone));
    QCOMPARE(target()->text(), QStringLiteral("/mine"));
    QVERIFY(!action(QStringLiteral("Resume held exchange"))->isEnabled());
    Q_EMIT notice->buttonClicked();
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_panel->current(), HoldId(2));
    QVERIFY(!notice->isVisible());
    QCOMPARE(dropped.count(), 1);
}

void HeldQueueTest::changes_showLinesThatDiffer()
{
    m_model->add(held(1));
    auto *view = m_panel->editor()->findChild<ComparisonView *>();
    QSignalSpy compared(view, &ComparisonView::compared);
    m_panel->editor()->showChanges();
    QTRY_COMPARE(compared.count(), 1);
    QCOMPARE(view->summaryText(), QStringLiteral("No difference"));
    target()->setText(QStringLiteral("/changed"));
    QTRY_COMPARE(compared.count(), 2);
    QCOMPARE(view->summaryText(), QStringLiteral("1 difference"));
}

void HeldQueueTest::actions_haveTextAndToolTip()
{
    QVERIFY(m_panel->actions().size() >= 7);
    for (const QAction *one : m_panel->actions()) {
        QVERIFY(!one->text().isEmpty());
        QVERIFY(!one->toolTip().isEmpty());
    }
}

void HeldQueueTest::waitingTime_isShort_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0 << QStringLiteral("0 s");
    QTest::newRow("clock set back") << -5 << QStringLiteral("0 s");
    QTest::newRow("seconds") << 59 << QStringLiteral("59 s");
    QTest::newRow("minutes") << 61 << QStringLiteral("1 min");
    QTest::newRow("hours") << 3660 << QStringLiteral("1 h 1 min");
}

void HeldQueueTest::waitingTime_isShort()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    const QDateTime since = QDateTime::currentDateTime();
    QCOMPARE(waitingTime(since, since.addSecs(seconds)), text);
}

QTEST_MAIN(HeldQueueTest)

#include "tst_heldqueue.moc"
