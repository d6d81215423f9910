#include "named.h"
#include "text/textview.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace headrace::ui;

class TextViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setContent_anyText_isKeptWhole_data();
    void setContent_anyText_isKeptWhole();
    void setContent_aboveLimit_isNotLexed();
    void setContent_longLine_isBrokenForDisplayOnly();
    void typing_emitsTextChanged();
    void readOnly_typing_changesNothing();
    void readOnly_tab_leavesTheView();
    void controlF_opensFindBar_escapeClosesIt();
    void find_regularExpression_selectsAndCounts();
    void find_brokenExpression_saysSo();
    void find_slowExpression_isGivenUp();
    void find_lineEnds_areThoseOfLines();
    void controlL_staysWithTheWindow();
    void wordWrap_action_toggles();
    void replaceText_undo_takesItBack();
};

void TextViewTest::setContent_anyText_isKeptWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("lines") << QStringLiteral("one\r\ntwo\nthree\rfour");
    QTest::newRow("NUL") << QStringLiteral("a") + QChar(0) + QStringLiteral("b");
    QTest::newRow("beyond the first plane") << QStringLiteral("𝄞 ü €");
    QTest::newRow("right to left") << QStringLiteral("שלום world");
}

void TextViewTest::setContent_anyText_isKeptWhole()
{
    QFETCH(QString, text);
    TextView view;
    view.setContent(text, Language::Json);
    QCOMPARE(view.text(), text);
    view.setReadOnly(true);
    view.setContent(text + QStringLiteral("!"), Language::Xml);
    QCOMPARE(view.text(), text + QStringLiteral("!"));
    QVERIFY(view.isReadOnly());
}

void TextViewTest::setContent_aboveLimit_isNotLexed()
{
    TextView view;
    const QString text = QStringLiteral("[1],\n").repeated(TextView::LexingLimit / 5 + 1);
    view.setContent(text, Language::Json);
    QCOMPARE(view.octetCount(), text.size());
    QCOMPARE(view.language(), Language::Json);
    QCOMPARE(view.text().size(), text.size());
}

void TextViewTest::setContent_longLine_isBrokenForDisplayOnly()
{
    TextView view;
    view.setReadOnly(true);
    view.show();
    const QString text = QStringLiteral("short\n") + QString(50'000, u'x') + QStringLiteral("\n");
    view.setContent(text);
    QCOMPARE(view.text(), text);
    view.goTo(20);
    view.setReadOnly(false);
    QCOMPARE(view.text(), text);
    QTest::keyClicks(view.focusProxy(), QStringLiteral("!"));
    QCOMPARE(view.text(), QStringLiteral("!") + text);
}

void TextViewTest::typing_emitsTextChanged()
{
    TextView view;
    view.show();
    QSignalSpy spy(&view, &TextView::textChanged);
    QTest::keyClicks(view.focusProxy(), QStringLiteral("ab"));
    QCOMPARE(view.text(), QStringLiteral("ab"));
    QVERIFY(spy.count() >= 2);
}

void TextViewTest::readOnly_typing_changesNothing()
{
    TextView view;
    view.setContent(QStringLiteral("x"));
    view.setReadOnly(true);
    view.show();
    QTest::keyClicks(view.focusProxy(), QStringLiteral("ab"));
    QCOMPARE(view.text(), QStringLiteral("x"));
}

void TextViewTest::readOnly_tab_leavesTheView()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *view = new TextView(&window);
    auto *after = new QLineEdit(&window);
    layout->addWidget(view);
    layout->addWidget(after);
    view->setReadOnly(true);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    view->setFocus();
    QTest::keyClick(view->focusProxy(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), after);
}

void TextViewTest::controlF_opensFindBar_escapeClosesIt()
{
    TextView view;
    view.setContent(QStringLiteral("needle in hay"));
    view.show();
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    QVERIFY(!view.isFindBarVisible());
    QTest::keyClick(view.focusProxy(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(view.isFindBarVisible());
    auto *pattern = named<QLineEdit>(view, QStringLiteral("Find"));
    QVERIFY(pattern && pattern->hasFocus());
    QTest::keyClick(pattern, Qt::Key_Escape);
    QVERIFY(!view.isFindBarVisible());
    QVERIFY(view.focusProxy()->hasFocus());
}

void TextViewTest::find_regularExpression_selectsAndCounts()
{
    TextView view;
    view.setContent(QStringLiteral("a1 b22\nc333"));
    view.show();
    view.showFindBar();
    named<QToolButton>(view, QStringLiteral("Regular expression"))->click();
    auto *pattern = named<QLineEdit>(view, QStringLiteral("Find"));
    QTest::keyClicks(pattern, QStringLiteral("[0-9]+"));
    QCOMPARE(view.findStatus(), QStringLiteral("1 of 3"));
    QTest::keyClick(pattern, Qt::Key_Return);
    QCOMPARE(view.findStatus(), QStringLiteral("2 of 3"));
    QCOMPARE(view.selectedText(), QStringLiteral("22"));
    QTest::keyClick(pattern, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(pattern, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(view.selectedText(), QStringLiteral("333"));
}

void TextViewTest::find_brokenExpression_saysSo()
{
    TextView view;
    view.setContent(QStringLiteral("abc"));
    view.show();
    view.showFindBar();
    named<QToolButton>(view, QStringLiteral("Regular expression"))->click();
    QTest::keyClicks(named<QLineEdit>(view, QStringLiteral("Find")), QStringLiteral("("));
    QVERIFY2(view.findStatus().contains(QStringLiteral("not a valid expression")),
        qPrintable(view.findStatus()));
}

void TextViewTest::find_slowExpression_isGivenUp()
{
    TextView view;
    view.setContent((QString(50, u'a') + u'\n').repeated(100));
    view.show();
    view.showFindBar();
    named<QToolButton>(view, QStringLiteral("Regular expression"))->click();
    auto *pattern = named<QLineEdit>(view, QStringLiteral("Find"));
    pattern->setText(QStringLiteral("(a+)+[bc]"));
    QVERIFY2(view.findStatus().contains(QStringLiteral("takes too long")),
        qPrintable(view.findStatus()));
}

void TextViewTest::find_lineEnds_areThoseOfLines()
{
    TextView view;
    view.setContent(QStringLiteral("a1\na2\nb3"));
    view.show();
    view.showFindBar();
    named<QToolButton>(view, QStringLiteral("Regular expression"))->click();
    QTest::keyClicks(named<QLineEdit>(view, QStringLiteral("Find")), QStringLiteral("^a.$"));
    QCOMPARE(view.findStatus(), QStringLiteral("1 of 2"));
}

// QScintilla would cut the line.
void TextViewTest::controlL_staysWithTheWindow()
{
    TextView view;
    view.setContent(QStringLiteral("one\ntwo\n"));
    view.show();
    QTest::keyClick(view.focusProxy(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClick(view.focusProxy(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(view.text(), QStringLiteral("one\ntwo\n"));
}

void TextViewTest::wordWrap_action_toggles()
{
    TextView view;
    QSignalSpy spy(&view, &TextView::wordWrapChanged);
    QAction *wrap = actionOf(view, QStringLiteral("Wrap long lines"));
    QVERIFY(wrap);
    wrap->trigger();
    QVERIFY(view.isWordWrap());
    wrap->trigger();
    QVERIFY(!view.isWordWrap());
    QCOMPARE(spy.count(), 2);
}

void TextViewTest::replaceText_undo_takesItBack()
{
    TextView view;
    view.setContent(QStringLiteral("{\"a\":1}"), Language::Json);
    view.show();
    view.replaceText(QStringLiteral("{\n  \"a\": 1\n}"));
    QTest::keyClick(view.focusProxy(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(view.text(), QStringLiteral("{\"a\":1}"));
}

QTEST_MAIN(TextViewTest)
#include "tst_textview.moc"
