#include "named.h"
#include "proxy/breakpointlistmodel.h"
#include "proxy/breakpointspage.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulespage.h"
#include "proxy/ruletext.h"
#include "proxy/switchlist.h"
#include "shell/noticebar.h"
#include "traffic/filteredit.h"

#include <proxy/throttlepreset.h>

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;

class RuleEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void cleanup() { m_page.reset(); }

    void empty_button_addsARuleAndTheFilterIsTyped();
    void keyboard_alone_makesASecondRuleAndMovesIt();
    void kind_another_keepsWhatWasGivenForTheFirst();
    void everyKind_editorAnswersWhatItWasGiven_data();
    void everyKind_editorAnswersWhatItWasGiven();
    void filter_wrong_isToldBelowIt();
    void remove_undo_bringsItBack();
    void duplicate_hasAnIdOfItsOwn();
    void space_inTheList_turnsTheEditedRuleOff();
    void throttle_preset_fillsTheNumbers();
    void throttle_numberEdited_isNoPresetAnyMore();
    void importFile_broken_changesNothing();
    void exportFile_importFile_addsTheSame();
    void actions_haveTextAndToolTip();
    void breakpoints_empty_addAndChoosePlaces();
    void breakpoints_turnedOffByItself_showsInTheList();

private:
    void typeFilter(const QString &text);

    RuleListModel *model() const { return m_page->model(); }

    SwitchList *list() const { return m_page->findChild<SwitchList *>(); }

    std::unique_ptr<RulesPage> m_page;
};

void RuleEditorTest::init()
{
    m_page = std::make_unique<RulesPage>();
    m_page->resize(1100, 700);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void RuleEditorTest::typeFilter(const QString &text)
{
    auto *edit = m_page->findChild<FilterEdit *>();
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void RuleEditorTest::empty_button_addsARuleAndTheFilterIsTyped()
{
    QPushButton *button = nullptr;
    for (QPushButton *candidate : m_page->findChildren<QPushButton *>()) {
        if (candidate->isVisible() && candidate->text() == QStringLiteral("Add a rule"))
            button = candidate;
    }
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(model()->rowCount(), 1);
    QTRY_VERIFY(m_page->findChild<FilterEdit *>()->hasFocus());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("host:a.test"));
    QCOMPARE(model()->rule(0).filter, QStringLiteral("host:a.test"));
}

void RuleEditorTest::keyboard_alone_makesASecondRuleAndMovesIt()
{
    m_page->addRule(int(ActionKind::Block));
    list()->setFocus();
    QTest::keySequence(list(), QKeySequence::New);
    QTRY_COMPARE(model()->rowCount(), 2);
    list()->setFocus();
    QCOMPARE(list()->currentRow(), 1);
    QTest::keySequence(list(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up));
    QCOMPARE(kindOf(model()->rule(0).action), ActionKind::ChangeField);
    QCOMPARE(list()->currentRow(), 0);
    QTest::keyClick(list(), Qt::Key_Return);
    QTRY_VERIFY(m_page->findChild<FilterEdit *>()->hasFocus());
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Delete);
    QCOMPARE(model()->rowCount(), 1);
    QTest::keySequence(list(), QKeySequence::Undo);
    QCOMPARE(model()->rowCount(), 2);
}

void RuleEditorTest::kind_another_keepsWhatWasGivenForTheFirst()
{
    m_page->addRule(int(ActionKind::ChangeField));
    auto *name = named<QLineEdit>(*m_page, QStringLiteral("Name of the header"));
    QVERIFY(name);
    name->setText(QStringLiteral("X-Kept"));
    auto *kind = named<QComboBox>(*m_page, QStringLiteral("What the rule does"));
    const auto choose = [kind](ActionKind chosen) {
        kind->setCurrentIndex(int(chosen));
        Q_EMIT kind->activated(int(chosen));
    };
    choose(ActionKind::Fault);
    QCOMPARE(kindOf(model()->rule(0).action), ActionKind::Fault);
    choose(ActionKind::ChangeField);
    QCOMPARE(std::get<proxy::ChangeField>(model()->rule(0).action).name, QByteArray("X-Kept"));
}

void RuleEditorTest::everyKind_editorAnswersWhatItWasGiven_data()
{
    using namespace proxy;
    using std::chrono::milliseconds;
    QTest::addColumn<Rule>("rule");
    const auto row = [](const char *name, const Action &action) {
        Rule rule = newRule(ActionKind::Block);
        rule.action = action;
        QTest::newRow(name) << rule;
    };
    row("map local", MapLocal { QStringLiteral("/tmp/a") });
    row("map remote", MapRemote { QStringLiteral("https://b.test"), true });
    row("answer",
        Answer { 404, QStringLiteral("Gone Fishing"), { { "X-A", "1" }, { "x-a", "2" } }, "no" });
    row("answer with octets", Answer { 200, {}, {}, QByteArray("\0\xff\x80", 3) });
    row("remove field",
        ChangeField { Target::Response, ChangeField::Operation::Remove, "Server", {} });
    row("add field", ChangeField { Target::Request, ChangeField::Operation::Add, "X-B", "2" });
    row("replace",
        ReplaceInBody {
            Target::Request, QStringLiteral("a(b)"), QStringLiteral("\\1"), true, false });
    row("block", Block { Block::Manner::Reset });
    row("delay", Delay { Target::Response, milliseconds(250) });
    row("throttle", Throttle { 12'345, 0, milliseconds(5) });
    row("fault", Fault { Target::Request, Fault::Kind::MalformedChunk, 17 });
    row("script", RunScript { {}, QStringLiteral("exports.onRequest = () => {};") });
}

void RuleEditorTest::everyKind_editorAnswersWhatItWasGiven()
{
    QFETCH(proxy::Rule, rule);
    model()->setRules({ newRule(ActionKind::Delay), rule });
    list()->setCurrentRow(0);
    list()->setCurrentRow(1);
    // An edit of the name takes all from the editor.
    named<QLineEdit>(*m_page, QStringLiteral("Name of the rule"))->setText(QStringLiteral("n"));
    QCOMPARE(model()->rule(1).name, QStringLiteral("n"));
    QVERIFY(model()->rule(1).action == rule.action);
}

void RuleEditorTest::filter_wrong_isToldBelowIt()
{
    m_page->addRule(int(ActionKind::Block));
    typeFilter(QStringLiteral("(host:a"));
    QVERIFY(!model()->problem(0).isEmpty());
    typeFilter(QStringLiteral("host:a"));
    QVERIFY(model()->problem(0).isEmpty());
}

void RuleEditorTest::remove_undo_bringsItBack()
{
    m_page->addRule(int(ActionKind::Delay));
    const proxy::Rule rule = model()->rule(0);
    m_page->remove();
    QCOMPARE(model()->rowCount(), 0);
    auto *notice = m_page->findChild<NoticeBar *>({}, Qt::FindDirectChildrenOnly);
    QVERIFY(notice->isVisible());
    Q_EMIT notice->buttonClicked();
    QCOMPARE(model()->rowCount(), 1);
    QVERIFY(model()->rule(0) == rule);
    QVERIFY(!notice->isVisible());
}

void RuleEditorTest::duplicate_hasAnIdOfItsOwn()
{
    m_page->addRule(int(ActionKind::Delay));
    m_page->duplicate();
    QCOMPARE(model()->rowCount(), 2);
    QVERIFY(model()->rule(0).id != model()->rule(1).id);
    QVERIFY(model()->rule(0).action == model()->rule(1).action);
}

void RuleEditorTest::space_inTheList_turnsTheEditedRuleOff()
{
    m_page->addRule(int(ActionKind::Delay));
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Space);
    QVERIFY(!model()->rule(0).isEnabled);
    // The editor knows: an edit does not turn it on again.
    named<QLineEdit>(*m_page, QStringLiteral("Name of the rule"))->setText(QStringLiteral("x"));
    QVERIFY(!model()->rule(0).isEnabled);
}

void RuleEditorTest::throttle_preset_fillsTheNumbers()
{
    m_page->addRule(int(ActionKind::Throttle));
    auto *line = named<QComboBox>(*m_page, QStringLiteral("Line"));
    QCOMPARE(line->currentText(), QStringLiteral("slow 3G"));
    const int fast = line->findText(QStringLiteral("fast 3G"));
    line->setCurrentIndex(fast);
    Q_EMIT line->activated(fast);
    QVERIFY(std::get<proxy::Throttle>(model()->rule(0).action)
        == proxy::throttlePreset(QStringLiteral("fast 3G")));
    QCOMPARE(named<QSpinBox>(*m_page, QStringLiteral("To the client"))->value(), 180);
}

void RuleEditorTest::throttle_numberEdited_isNoPresetAnyMore()
{
    m_page->addRule(int(ActionKind::Throttle));
    named<QSpinBox>(*m_page, QStringLiteral("Latency"))->setValue(1);
    QCOMPARE(named<QComboBox>(*m_page, QStringLiteral("Line"))->currentIndex(), 0);
    QCOMPARE(std::get<proxy::Throttle>(model()->rule(0).action).latency.count(), 1);
}

void RuleEditorTest::importFile_broken_changesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rules.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[");
    file.close();
    m_page->addRule(int(ActionKind::Delay));
    QVERIFY(!m_page->importFile(path));
    QCOMPARE(model()->rowCount(), 1);
    QVERIFY(m_page->findChild<NoticeBar *>({}, Qt::FindDirectChildrenOnly)
                ->text()
                .contains(QStringLiteral("rules.json")));
}

void RuleEditorTest::exportFile_importFile_addsTheSame()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rules.json"));
    m_page->addRule(int(ActionKind::Answer));
    QVERIFY(m_page->exportFile(path));
    QVERIFY(m_page->importFile(path));
    QCOMPARE(model()->rowCount(), 2);
    QVERIFY(model()->rule(1).action == model()->rule(0).action);
    QVERIFY(model()->rule(1).id != model()->rule(0).id);
    m_page->undo();
    QCOMPARE(model()->rowCount(), 1);
}

void RuleEditorTest::actions_haveTextAndToolTip()
{
    const BreakpointsPage breakpoints;
    for (const QWidget *page : { static_cast<const QWidget *>(m_page.get()),
             static_cast<const QWidget *>(&breakpoints) }) {
        QVERIFY(page->actions().size() >= 5);
        for (const QAction *action : page->actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->toolTip().isEmpty());
        }
    }
}

void RuleEditorTest::breakpoints_empty_addAndChoosePlaces()
{
    BreakpointsPage page;
    page.show();
    page.insertBreakpoint(newBreakpoint());
    QCOMPARE(page.model()->rowCount(), 1);
    const auto box = [&page](const QString &text) {
        for (QCheckBox *candidate : page.findChildren<QCheckBox *>()) {
            if (candidate->text() == text)
                return candidate;
        }
        return static_cast<QCheckBox *>(nullptr);
    };
    box(QStringLiteral("Response body"))->click();
    box(QStringLiteral("Only the next match"))->click();
    const proxy::Breakpoint &breakpoint = page.model()->breakpoint(0);
    QCOMPARE(breakpoint.at, proxy::HoldAt::RequestHead | proxy::HoldAt::ResponseBody);
    QVERIFY(breakpoint.onlyNext);
    page.remove();
    page.undo();
    QCOMPARE(page.model()->rowCount(), 1);
}

void RuleEditorTest::breakpoints_turnedOffByItself_showsInTheList()
{
    BreakpointsPage page;
    page.insertBreakpoint(newBreakpoint());
    proxy::Breakpoint breakpoint = page.model()->breakpoint(0);
    breakpoint.isEnabled = false;
    page.model()->takeStates({ breakpoint });
    QCOMPARE(page.model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
}

QTEST_MAIN(RuleEditorTest)

#include "tst_ruleeditor.moc"
