#include <exchange/octetspool.h>
#include <text/findbar.h>
#include <text/largetext.h>
#include <text/largetextview.h>
#include <text/octetfind.h>

#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace headrace;
using exchange::OctetSpan;
using exchange::TextEncoding;
using ui::LargeText;
using ui::LargeTextView;

namespace {

exchange::OctetSourcePointer inMemory(const QByteArray &octets)
{
    return std::make_shared<exchange::MemoryOctets>(octets);
}

/// Octets that are read from a file.
exchange::OctetSourcePointer inFile(const QByteArray &octets)
{
    exchange::OctetSpool spool(0);
    spool.append(octets);
    return spool.take();
}

QByteArray manyLines(int count)
{
    QByteArray text;
    for (int i = 1; i <= count; ++i)
        text += "line " + QByteArray::number(i) + " of many\n";
    return text;
}

void setExpression(const LargeText &text)
{
    const auto buttons = text.findBar()->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->text() == QStringLiteral(".*"))
            button->setChecked(true);
    }
}

} // namespace

class LargeTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_areShownFromTheSource();
    void lines_atTheEnd_areReadWhenScrolledTo();
    void line_ofManyMegabytes_isBroken();
    void width_changed_keepsThePlace();
    void grown_keepsPlaceAndSelection();
    void selection_byKeys_isCopied();
    void selection_ofLatin1_isCopiedAsText();
    void caret_stepsOverCharacters();
    void find_literal_choosesAndCounts();
    void find_expression_inALargeText_isFoundInTheBackground();
    void find_brokenExpression_saysWhatIsWrong();
    void find_slowExpression_saysThatItGaveUp();
    void find_canceled_keepsWhatWasFound();
    void find_closed_takesTheMarksAway();
    void empty_isOneRow();
};

void LargeTextTest::lines_areShownFromTheSource()
{
    for (const auto &source : { inMemory("one\ntwo\nthree"), inFile("one\ntwo\nthree") }) {
        LargeTextView view;
        view.resize(600, 300);
        view.show();
        view.setSource(source, TextEncoding::Utf8);
        QTRY_COMPARE(view.shownRows(),
            QStringList({ QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three") }));
        QTRY_COMPARE(view.lineCount(), 3);
    }
}

void LargeTextTest::lines_atTheEnd_areReadWhenScrolledTo()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inFile(manyLines(300'000)), TextEncoding::Utf8);
    QTRY_VERIFY(!view.isIndexing());
    QCOMPARE(view.lineCount(), 300'001);
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    QTRY_VERIFY(view.shownRows().contains(QStringLiteral("line 300000 of many")));
}

void LargeTextTest::line_ofManyMegabytes_isBroken()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inFile(QByteArray(20'000'000, 'x')), TextEncoding::Utf8);
    QTRY_VERIFY(!view.isIndexing());
    QCOMPARE(view.lineCount(), 1);
    QVERIFY(view.rowCount() > 200'000);
    view.verticalScrollBar()->setValue(int(view.rowCount() / 2));
    QTRY_VERIFY(!view.shownRows().isEmpty());
    QVERIFY(view.shownRows().constFirst().size() < 200);
    view.setWordWrap(false);
    QTRY_COMPARE(view.rowCount(), 10'000);
}

void LargeTextTest::width_changed_keepsThePlace()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inFile(QByteArray(5'000'000, 'x')), TextEncoding::Utf8);
    QTRY_VERIFY(!view.isIndexing());
    const qint64 rows = view.rowCount();
    view.verticalScrollBar()->setValue(int(rows / 2));
    QTRY_VERIFY(view.topOffset() > 2'000'000);
    const qint64 top = view.topOffset();
    view.resize(1200, 300);
    QTRY_VERIFY(view.rowCount() < rows * 3 / 4);
    QTRY_VERIFY(!view.isIndexing());
    QTRY_VERIFY(std::abs(view.topOffset() - top) < 400);
}

void LargeTextTest::grown_keepsPlaceAndSelection()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    const QByteArray text = manyLines(50'000);
    view.setSource(inFile(text.first(700'000)), TextEncoding::Utf8);
    QTRY_VERIFY(!view.isIndexing());
    const OctetSpan span { text.indexOf("line 30000"), text.indexOf("line 30000") + 10 };
    view.select(span);
    QTRY_VERIFY(view.shownRows().contains(QStringLiteral("line 30000 of many")));
    const int place = view.verticalScrollBar()->value();
    view.setSource(inFile(text), TextEncoding::Utf8, true);
    QTRY_COMPARE(view.lineCount(), 50'001);
    QCOMPARE(view.verticalScrollBar()->value(), place);
    QCOMPARE(view.selection(), span);
    QCOMPARE(view.selectedText(), QStringLiteral("line 30000"));
}

void LargeTextTest::selection_byKeys_isCopied()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inFile("one\r\ntwo\r\nthree"), TextEncoding::Utf8);
    QTRY_COMPARE(view.shownRows().size(), 3);
    QTRY_VERIFY(!view.isIndexing());
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_End, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("two"));
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.selectedText(), QStringLiteral("one\r\ntwo\r\nthree"));
}

void LargeTextTest::selection_ofLatin1_isCopiedAsText()
{
    LargeTextView view;
    view.setSource(inMemory("gr\xfc\xdf"), TextEncoding::Latin1);
    view.selectAll();
    QCOMPARE(view.selectedText(), QStringLiteral("grüß"));
}

void LargeTextTest::caret_stepsOverCharacters()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inMemory("aä😀\nb"), TextEncoding::Utf8);
    QTRY_COMPARE(view.shownRows().size(), 2);
    QList<qint64> places;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&view, Qt::Key_Right);
        places += view.selection().begin;
    }
    QCOMPARE(places, QList<qint64>({ 1, 3, 7, 8, 9 }));
    places.clear();
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&view, Qt::Key_Left);
        places += view.selection().begin;
    }
    QCOMPARE(places, QList<qint64>({ 8, 7, 3, 1, 0 }));
}

void LargeTextTest::find_literal_choosesAndCounts()
{
    LargeText text;
    text.resize(700, 300);
    text.show();
    text.setSource(inFile("a needle, a Needle\nand a needle"), TextEncoding::Utf8);
    QTRY_COMPARE(text.view()->lineCount(), 2);
    text.find()->begin();
    text.findBar()->setPattern(QStringLiteral("needle"));
    QTRY_COMPARE(text.findBar()->status(), QStringLiteral("1 of 3"));
    QCOMPARE(text.view()->selection(), (OctetSpan { 2, 8 }));
    Q_EMIT text.findBar()->nextRequested();
    QCOMPARE(text.view()->selection(), (OctetSpan { 12, 18 }));
    Q_EMIT text.findBar()->previousRequested();
    Q_EMIT text.findBar()->previousRequested();
    QCOMPARE(text.findBar()->status(), QStringLiteral("3 of 3"));
    QCOMPARE(text.view()->selection(), (OctetSpan { 25, 31 }));
}

void LargeTextTest::find_expression_inALargeText_isFoundInTheBackground()
{
    QByteArray octets = manyLines(600'000);
    LargeText text;
    text.resize(700, 300);
    text.show();
    text.setSource(inFile(octets), TextEncoding::Utf8);
    text.find()->begin();
    setExpression(text);
    QElapsedTimer pause;
    pause.start();
    text.findBar()->setPattern(QStringLiteral("line 59999[0-9] of"));
    QVERIFY(pause.elapsed() < 100);
    QTRY_COMPARE_WITH_TIMEOUT(text.findBar()->status(), QStringLiteral("1 of 10"), 30'000);
    QTRY_VERIFY(text.view()->shownRows().contains(QStringLiteral("line 599990 of many")));
    QCOMPARE(text.view()->selectedText(), QStringLiteral("line 599990 of"));
}

void LargeTextTest::find_brokenExpression_saysWhatIsWrong()
{
    LargeText text;
    text.setSource(inMemory("abc"), TextEncoding::Utf8);
    text.find()->begin();
    setExpression(text);
    text.findBar()->setPattern(QStringLiteral("a(b"));
    QVERIFY2(text.findBar()->status().contains(QStringLiteral("not a valid expression: ")),
        qPrintable(text.findBar()->status()));
}

void LargeTextTest::find_slowExpression_saysThatItGaveUp()
{
    LargeText text;
    text.setSource(inFile(QByteArray(2'000'000, 'a')), TextEncoding::Utf8);
    text.find()->begin();
    setExpression(text);
    text.findBar()->setPattern(QStringLiteral("(a*)*b"));
    QTRY_VERIFY_WITH_TIMEOUT(
        text.findBar()->status().contains(QStringLiteral("takes too long")), 60'000);
}

void LargeTextTest::find_canceled_keepsWhatWasFound()
{
    LargeText text;
    text.setSource(inFile(QByteArray("x").repeated(30'000'000)), TextEncoding::Utf8);
    text.find()->begin();
    text.findBar()->setPattern(QStringLiteral("x"));
    QTRY_VERIFY(text.find()->finder().matches().size() > 0);
    Q_EMIT text.findBar()->cancelRequested();
    QVERIFY(!text.find()->finder().isRunning());
    const qsizetype count = text.find()->finder().matches().size();
    QCoreApplication::processEvents();
    QCOMPARE(text.find()->finder().matches().size(), count);
    QVERIFY(text.findBar()->status().endsWith(u'+'));
}

void LargeTextTest::find_closed_takesTheMarksAway()
{
    LargeText text;
    text.setSource(inMemory("abc"), TextEncoding::Utf8);
    text.find()->begin();
    text.findBar()->setPattern(QStringLiteral("b"));
    QTRY_COMPARE(text.find()->finder().matches().size(), 1);
    text.find()->end();
    QCOMPARE(text.find()->finder().matches().size(), 0);
    QVERIFY(!text.find()->isOpen());
}

void LargeTextTest::empty_isOneRow()
{
    LargeTextView view;
    view.resize(600, 300);
    view.show();
    view.setSource(inMemory({}), TextEncoding::Utf8);
    QTRY_VERIFY(!view.isIndexing());
    QCOMPARE(view.rowCount(), 1);
    for (const int key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_End })
        QTest::keyClick(&view, Qt::Key(key));
    QCOMPARE(view.selection(), OctetSpan());
}

QTEST_MAIN(LargeTextTest)
#include "tst_largetext.moc"
