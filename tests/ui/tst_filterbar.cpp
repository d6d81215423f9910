#include "named.h"

#include <fields/problemlabel.h>
#include <traffic/completionpopup.h>
#include <traffic/filterbar.h>
#include <traffic/filteredit.h>
#include <traffic/filterhelp.h>
#include <traffic/filternamerow.h>
#include <traffic/searchprogress.h>

#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace headrace;
using exchange::Filter;
using exchange::parseFilter;
using ui::FilterBar;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

Filter filterOf(const char *text) { return parseFilter(s(text)).filter; }

} // namespace

class FilterBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typing_isAppliedOnceItPauses();
    void typing_withoutChangeOfMeaning_appliesNothing();
    void enter_appliesAtOnce_andLeadsToTheList();
    void clearing_appliesAtOnce();
    void invalid_keepsTheLastFilter_andSaysWhy();
    void invalid_atEnter_saysWhyAtOnce_andStays();
    void invalid_isMarkedByAGlyph();

    void completion_tabTakesTheFirst();
    void completion_isMovedInByDown_andTakenByEnter();
    void completion_enterWithoutAChoice_applies();
    void completion_escapeHidesIt_thenLeadsToTheList();
    void completion_controlSpace_offersAll();
    void completion_goesOnWithTheValue();
    void completion_asksTheSessionForValues();
    void completion_neverTakesWhatIsTyped();
    void completion_ofAClick_isTaken();
    void tab_withoutCompletion_movesTheFocus();

    void history_upInAnEmptyLine_bringsTheLast();
    void history_menu_appliesAndForgets();
    void history_isBounded_andHasEachOnce();
    void saved_isKeptByName_applied_renamed_deleted();
    void saved_sameName_isReplacedWithAWarning();
    void saved_invalid_cannotBeSaved();
    void state_isRestored();
    void state_ofNonsense_isIgnored();

    void setText_isAppliedAtOnce();
    void andText_narrows_data();
    void andText_narrows();
    void andText_thatIsThere_changesNothing();
    void progress_isShown_andCanBeCanceled();
    void focusEdit_selectsTheText();
    void help_showsExamples_thatAreFilters();

private:
    /// A bar in sight above something that takes the focus.
    struct Fixture
    {
        Fixture()
            : bar(new FilterBar(&window))
            , below(new QLineEdit(&window))
            , changed(bar, &FilterBar::filterChanged)
            , list(bar, &FilterBar::listRequested)
        {
            auto *layout = new QVBoxLayout(&window);
            layout->addWidget(bar);
            layout->addWidget(below);
            window.resize(700, 120);
            window.show();
            (void)QTest::qWaitForWindowActive(&window);
            bar->focusEdit();
        }

        void type(const char *text) { QTest::keyClicks(bar->edit(), s(text)); }

        void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
        {
            QTest::keyClick(bar->edit(), key, modifiers);
        }

        QString problem() const { return bar->findChild<ui::ProblemLabel *>()->problem(); }

        QAction *saved(const char *text) const { return action(bar->savedMenu(), s(text)); }

        static QAction *action(QMenu *menu, const QString &text)
        {
            Q_EMIT menu->aboutToShow();
            const auto actions = menu->actions();
            for (QAction *action : actions) {
                if (action->text() == text)
                    return action;
            }
            return nullptr;
        }

        void save(const char *filter, const char *name)
        {
            bar->setText(s(filter));
            saved("Save this filter…")->trigger();
            QLineEdit *edit = bar->findChild<ui::FilterNameRow *>()->edit();
            edit->setText(s(name));
            QTest::keyClick(edit, Qt::Key_Return);
        }

        QWidget window;
        FilterBar *bar;
        QLineEdit *below;
        QSignalSpy changed;
        QSignalSpy list;
    };
};

void FilterBarTest::typing_isAppliedOnceItPauses()
{
    Fixture f;
    f.type("method:GET");
    QCOMPARE(f.changed.size(), 0);
    QTRY_COMPARE(f.changed.size(), 1);
    QCOMPARE(f.bar->filter(), filterOf("method:GET"));
    QCOMPARE(f.changed[0][0].value<Filter>(), f.bar->filter());
    QCOMPARE(f.changed[0][1].toString(), s("method:GET"));
    QCOMPARE(f.list.size(), 0);
}

void FilterBarTest::typing_withoutChangeOfMeaning_appliesNothing()
{
    Fixture f;
    f.bar->setText(s("a b"));
    QCOMPARE(f.changed.size(), 1);
    f.bar->setText(s("a & b"));
    f.bar->setText(s(" a  b "));
    QCOMPARE(f.changed.size(), 1);
}

void FilterBarTest::enter_appliesAtOnce_andLeadsToTheList()
{
    Fixture f;
    f.type("~m GET");
    f.press(Qt::Key_Return);
    QCOMPARE(f.bar->filter(), filterOf("~m GET"));
    QCOMPARE(f.changed.size(), 1);
    QCOMPARE(f.list.size(), 1);
}

void FilterBarTest::clearing_appliesAtOnce()
{
    Fixture f;
    f.bar->setText(s("~e"));
    f.bar->edit()->clear();
    QVERIFY(f.bar->filter().isAll());
    QCOMPARE(f.changed.size(), 2);
}

void FilterBarTest::invalid_keepsTheLastFilter_andSaysWhy()
{
    Fixture f;
    f.bar->setText(s("status>=400"));
    f.type("xyz");
    QVERIFY(f.problem().isEmpty());
    QTRY_VERIFY(!f.problem().isEmpty());
    QVERIFY(f.problem().contains(s("status wants a status code, not \"400xyz\"")));
    QVERIFY(f.problem().contains(s("at character 9")));
    QCOMPARE(f.bar->filter(), filterOf("status>=400"));
    QCOMPARE(f.changed.size(), 1);
    f.bar->edit()->setText(s("status>=500"));
    QVERIFY(f.problem().isEmpty());
    QTRY_COMPARE(f.changed.size(), 2);
}

void FilterBarTest::invalid_atEnter_saysWhyAtOnce_andStays()
{
    Fixture f;
    f.type("(a");
    f.press(Qt::Key_Return);
    QVERIFY(f.problem().contains(s("not closed")));
    QCOMPARE(f.list.size(), 0);
    QCOMPARE(f.changed.size(), 0);
}

void FilterBarTest::invalid_isMarkedByAGlyph()
{
    Fixture f;
    const auto tips = [&f] {
        QStringList result;
        const auto actions = f.bar->edit()->actions();
        for (const QAction *action : actions) {
            if (action->isVisible() && !action->toolTip().isEmpty())
                result += action->toolTip();
        }
        return result;
    };
    QVERIFY(tips().isEmpty());
    f.bar->edit()->setText(s("status"));
    QCOMPARE(tips(), QStringList { s("This is a filter") });
    f.bar->edit()->setText(s("status:"));
    QCOMPARE(tips(), QStringList { s("A value is missing after status:") });
    QCOMPARE(f.bar->edit()->accessibleDescription(), s("A value is missing after status:"));
    QVERIFY(
        f.bar->edit()->palette().color(QPalette::Base) != f.bar->palette().color(QPalette::Base));
    f.bar->edit()->clear();
    QVERIFY(tips().isEmpty());
    QCOMPARE(
        f.bar->edit()->palette().color(QPalette::Base), f.bar->palette().color(QPalette::Base));
}

void FilterBarTest::completion_tabTakesTheFirst()
{
    Fixture f;
    f.type("meth");
    QVERIFY(f.bar->edit()->isCompleting());
    f.press(Qt::Key_Tab);
    QCOMPARE(f.bar->text(), s("method:"));
    QVERIFY(f.bar->edit()->hasFocus());
}

void FilterBarTest::completion_isMovedInByDown_andTakenByEnter()
{
    Fixture f;
    f.type("method:P");
    QVERIFY(f.bar->edit()->isCompleting());
    f.press(Qt::Key_Down);
    f.press(Qt::Key_Down);
    f.press(Qt::Key_Return);
    QCOMPARE(f.bar->text(), s("method:PUT"));
    QVERIFY(!f.bar->edit()->isCompleting());
    QCOMPARE(f.list.size(), 0);
    f.press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(f.bar->text() != s("method:PUT"));
}

void FilterBarTest::completion_enterWithoutAChoice_applies()
{
    Fixture f;
    f.type("st");
    QVERIFY(f.bar->edit()->isCompleting());
    f.press(Qt::Key_Return);
    QCOMPARE(f.bar->text(), s("st"));
    QVERIFY(!f.bar->edit()->isCompleting());
    QCOMPARE(f.bar->filter(), filterOf("st"));
}

void FilterBarTest::completion_escapeHidesIt_thenLeadsToTheList()
{
    Fixture f;
    f.type("st");
    f.press(Qt::Key_Escape);
    QVERIFY(!f.bar->edit()->isCompleting());
    QCOMPARE(f.list.size(), 0);
    f.press(Qt::Key_Escape);
    QCOMPARE(f.list.size(), 1);
    QCOMPARE(f.bar->text(), s("st"));
}

void FilterBarTest::completion_controlSpace_offersAll()
{
    Fixture f;
    QVERIFY(!f.bar->edit()->isCompleting());
    f.press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(f.bar->edit()->isCompleting());
    QVERIFY(f.bar->edit()->popup()->completions().size() > 30);
    f.press(Qt::Key_Up); // around, to the last
    QVERIFY(f.bar->edit()->popup()->hasCurrent());
    f.press(Qt::Key_PageUp);
    f.press(Qt::Key_PageDown);
    f.press(Qt::Key_Escape);
    QVERIFY(f.bar->text().isEmpty());
}

void FilterBarTest::completion_goesOnWithTheValue()
{
    Fixture f;
    f.type("is");
    f.press(Qt::Key_Tab);
    QCOMPARE(f.bar->text(), s("is:"));
    QVERIFY(f.bar->edit()->isCompleting());
    QCOMPARE(f.bar->edit()->popup()->completions().first().text, s("active"));
    f.type("f");
    f.press(Qt::Key_Tab);
    QCOMPARE(f.bar->text(), s("is:failed"));
    QVERIFY(!f.bar->edit()->isCompleting());
}

void FilterBarTest::completion_asksTheSessionForValues()
{
    Fixture f;
    f.bar->setValueSource([] {
        return exchange::FilterValues { { s("api.example.test") }, {}, {} };
    });
    f.type("host:exa");
    f.press(Qt::Key_Tab);
    QCOMPARE(f.bar->text(), s("host:api.example.test"));
}

void FilterBarTest::completion_neverTakesWhatIsTyped()
{
    Fixture f;
    f.type("status:4xx method:GET ~m POST \"a b\" header:x-id=7");
    QCOMPARE(f.bar->text(), s("status:4xx method:GET ~m POST \"a b\" header:x-id=7"));
    QVERIFY(f.bar->edit()->hasFocus());
}

void FilterBarTest::completion_ofAClick_isTaken()
{
    Fixture f;
    f.type("method:D");
    f.bar->edit()->popup()->move(1);
    Q_EMIT f.bar->edit()->popup()->chosen();
    QCOMPARE(f.bar->text(), s("method:DELETE"));
}

void FilterBarTest::tab_withoutCompletion_movesTheFocus()
{
    Fixture f;
    f.type("xyzzy");
    QVERIFY(!f.bar->edit()->isCompleting());
    f.press(Qt::Key_Tab);
    QVERIFY(!f.bar->edit()->hasFocus());
}

void FilterBarTest::history_upInAnEmptyLine_bringsTheLast()
{
    Fixture f;
    f.bar->setText(s("one"));
    f.bar->setText(s("two"));
    f.press(Qt::Key_Up); // the line is not empty
    QCOMPARE(f.bar->text(), s("two"));
    f.bar->edit()->clear();
    f.press(Qt::Key_Up);
    QCOMPARE(f.bar->text(), s("two"));
    f.press(Qt::Key_Up);
    QCOMPARE(f.bar->text(), s("one"));
    f.press(Qt::Key_Up);
    QCOMPARE(f.bar->text(), s("one"));
    QTRY_COMPARE(f.bar->filter(), filterOf("one"));
    f.press(Qt::Key_Down);
    QCOMPARE(f.bar->text(), s("two"));
    f.press(Qt::Key_Down);
    QVERIFY(f.bar->text().isEmpty());
    QCOMPARE(f.list.size(), 0);
    f.press(Qt::Key_Down);
    QCOMPARE(f.list.size(), 1);
}

void FilterBarTest::history_menu_appliesAndForgets()
{
    Fixture f;
    f.type("~s");
    f.press(Qt::Key_Return);
    f.bar->focusEdit();
    f.bar->edit()->clear();
    QSignalSpy state(f.bar, &FilterBar::stateChanged);
    f.press(Qt::Key_Down, Qt::AltModifier);
    QVERIFY(f.bar->historyMenu()->isVisible());
    f.bar->historyMenu()->hide();
    Fixture::action(f.bar->historyMenu(), s("~s"))->trigger();
    QCOMPARE(f.bar->filter(), filterOf("~s"));
    Fixture::action(f.bar->historyMenu(), s("Forget these"))->trigger();
    QCOMPARE(state.size(), 1);
    QVERIFY(!Fixture::action(f.bar->historyMenu(), s("~s")));
}

void FilterBarTest::history_isBounded_andHasEachOnce()
{
    Fixture f;
    for (int i = 0; i < 60; ++i)
        f.bar->setText(s("word%1").arg(i));
    f.bar->setText(s("word30"));
    f.bar->setText(s("status:")); // no filter
    const QJsonArray history = f.bar->saveState()[s("history")].toArray();
    QCOMPARE(history.size(), 50);
    QCOMPARE(history[0].toString(), s("word30"));
    QCOMPARE(history[1].toString(), s("word59"));
}

void FilterBarTest::saved_isKeptByName_applied_renamed_deleted()
{
    Fixture f;
    QSignalSpy state(f.bar, &FilterBar::stateChanged);
    f.save("status>=500", "Server errors");
    f.save("is:failed", "Broken & failed");
    QVERIFY(!state.isEmpty());
    QVERIFY(f.bar->findChild<ui::FilterNameRow *>()->isHidden());
    QVERIFY(f.bar->edit()->hasFocus());
    QVERIFY(f.saved("Broken && failed")->isChecked());

    f.saved("Server errors")->trigger();
    QCOMPARE(f.bar->text(), s("status>=500"));
    QVERIFY(f.saved("Server errors")->isChecked());

    QAction *rename = f.saved("Rename");
    rename->menu()->actions().last()->trigger();
    QLineEdit *edit = f.bar->findChild<ui::FilterNameRow *>()->edit();
    QCOMPARE(edit->text(), s("Server errors"));
    edit->setText(s("5xx"));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(f.saved("5xx"));
    QVERIFY(!f.saved("Server errors"));

    f.saved("Delete")->menu()->actions().first()->trigger();
    QVERIFY(!f.saved("5xx"));
    QVERIFY(f.saved("Broken && failed"));
}

void FilterBarTest::saved_sameName_isReplacedWithAWarning()
{
    Fixture f;
    f.save("status:500", "Mine");
    f.bar->setText(s("status:501"));
    f.saved("Save this filter…")->trigger();
    auto *row = f.bar->findChild<ui::FilterNameRow *>();
    QCOMPARE(row->edit()->text(), s("status:501"));
    row->edit()->setText(s("MINE"));
    const auto buttons = row->findChildren<QPushButton *>();
    QCOMPARE(buttons.first()->text(), s("Replace"));
    QTest::keyClick(row->edit(), Qt::Key_Escape);
    QVERIFY(row->isHidden());
    QCOMPARE(f.bar->saveState()[s("saved")].toArray().at(0)[s("text")].toString(), s("status:500"));
    f.save("status:501", "MINE");
    QCOMPARE(f.bar->saveState()[s("saved")].toArray().size(), 1);
    QCOMPARE(f.bar->saveState()[s("saved")].toArray().at(0)[s("text")].toString(), s("status:501"));
}

void FilterBarTest::saved_invalid_cannotBeSaved()
{
    Fixture f;
    QVERIFY(!f.saved("Save this filter…")->isEnabled());
    f.bar->edit()->setText(s("status:"));
    QVERIFY(!f.saved("Save this filter…")->isEnabled());
    f.bar->edit()->setText(s("status:4xx"));
    QVERIFY(f.saved("Save this filter…")->isEnabled());
}

void FilterBarTest::state_isRestored()
{
    QJsonObject state;
    {
        Fixture f;
        f.save("status:500", "Mine");
        f.bar->setText(s("~e"));
        state = f.bar->saveState();
    }
    Fixture f;
    f.bar->restoreState(state);
    QCOMPARE(f.bar->saveState(), state);
    QVERIFY(f.bar->text().isEmpty());
    QVERIFY(f.saved("Mine"));
    f.press(Qt::Key_Up);
    QCOMPARE(f.bar->text(), s("~e"));
}

void FilterBarTest::state_ofNonsense_isIgnored()
{
    Fixture f;
    f.bar->restoreState({ { s("history"), QJsonArray { 1, QJsonValue(), s("a"), QJsonArray() } },
        { s("saved"), QJsonArray { s("x"), QJsonObject { { s("name"), s("n") } } } } });
    QCOMPARE(f.bar->saveState()[s("history")].toArray(), QJsonArray { s("a") });
    QVERIFY(f.bar->saveState()[s("saved")].toArray().isEmpty());
    f.bar->restoreState({});
    QVERIFY(f.bar->saveState()[s("history")].toArray().isEmpty());
}

void FilterBarTest::setText_isAppliedAtOnce()
{
    Fixture f;
    f.bar->setText(s("host=a.test"));
    QCOMPARE(f.changed.size(), 1);
    QCOMPARE(f.bar->filter(), filterOf("host=a.test"));
    f.bar->setText(s("host="));
    QCOMPARE(f.changed.size(), 1);
    QVERIFY(!f.problem().isEmpty());
}

void FilterBarTest::andText_narrows_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("term");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *term, const char *expected) {
        QTest::addRow("%s, %s", text, term) << s(text) << s(term) << s(expected);
    };
    row("", "host=a.test", "host=a.test");
    row("~e", "host=a.test", "~e & host=a.test");
    row("a | b", "host=a.test", "(a | b) & host=a.test");
    row("a b", "host=a.test", "a b & host=a.test");
    row("a b | c", "host=a.test", "(a b | c) & host=a.test");
    row("~e", "a | b", "~e & (a | b)");
    row("status:", "host=a.test", "host=a.test");
    row("~e", "status:", "~e");
}

void FilterBarTest::andText_narrows()
{
    QFETCH(QString, text);
    QFETCH(QString, term);
    Fixture f;
    f.bar->setText(text);
    f.bar->andText(term);
    QTEST(f.bar->text(), "expected");
    QCOMPARE(f.bar->filter(), parseFilter(f.bar->text()).filter);
}

void FilterBarTest::andText_thatIsThere_changesNothing()
{
    Fixture f;
    f.bar->setText(s("~e host=a.test"));
    f.bar->andText(s("host=a.test"));
    QCOMPARE(f.bar->text(), s("~e host=a.test"));
    f.bar->setText(s("host=a.test"));
    f.bar->andText(s("host=a.test"));
    QCOMPARE(f.bar->text(), s("host=a.test"));
}

void FilterBarTest::progress_isShown_andCanBeCanceled()
{
    Fixture f;
    auto *progress = f.bar->findChild<ui::SearchProgress *>();
    QVERIFY(progress->isHidden());
    f.bar->setProgress(-1, 0);
    QVERIFY(progress->isVisible());
    QCOMPARE(progress->text(), s("0 hits"));
    f.bar->setProgress(0.424, 1);
    QCOMPARE(progress->text(), s("42 % · 1 hit"));
    f.bar->setProgress(7, 17);
    QCOMPARE(progress->text(), s("100 % · 17 hits"));
    QSignalSpy canceled(f.bar, &FilterBar::cancelRequested);
    named<QToolButton>(*f.bar, s("Cancel the search"))->click();
    QCOMPARE(canceled.size(), 1);
    f.bar->setIdle();
    QVERIFY(progress->isHidden());
}

void FilterBarTest::focusEdit_selectsTheText()
{
    Fixture f;
    f.bar->setText(s("abc"));
    f.below->setFocus();
    f.bar->focusEdit();
    QVERIFY(f.bar->edit()->hasFocus());
    QCOMPARE(f.bar->edit()->selectedText(), s("abc"));
}

void FilterBarTest::help_showsExamples_thatAreFilters()
{
    Fixture f;
    QVERIFY(!f.bar->help());
    f.press(Qt::Key_F1);
    QVERIFY(f.bar->help() && f.bar->help()->isVisible());
    const QStringList examples = f.bar->help()->examples();
    QVERIFY(examples.size() > 20);
    for (const QString &example : examples)
        QVERIFY2(!parseFilter(example).error, qPrintable(example));
    auto *list = f.bar->help()->findChild<QTreeWidget *>();
    Q_EMIT list->itemActivated(list->topLevelItem(0), 0); // a heading
    QVERIFY(f.bar->text().isEmpty());
    Q_EMIT list->itemActivated(list->topLevelItem(1)->child(0), 0);
    QCOMPARE(f.bar->filter(), filterOf("method:POST,PUT"));
    f.bar->help()->close();
}

QTEST_MAIN(FilterBarTest)
#include "tst_filterbar.moc"
