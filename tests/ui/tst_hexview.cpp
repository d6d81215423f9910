#include "support/cputimer.h"

#include <inspector/hexview.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>

using headrace::ui::HexView;

class HexViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selection_byKeys_isCopiedAsDigits();
    void selection_inTheTextPane_isCopiedAsText();
    void dump_ofASelection_showsOffsets();
    void octets_replaced_keepCaretWithinThem();
    void octets_ofMany_openAndScrollAtOnce();
};

void HexViewTest::selection_byKeys_isCopiedAsDigits()
{
    HexView view;
    view.setOctets("Hello, world");
    view.show();
    QTest::keyClick(&view, Qt::Key_Right);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view.selectionBegin(), 1);
    QCOMPARE(view.selectionEnd(), 5);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("65 6c 6c 6f"));
    QTest::keySequence(&view, QKeySequence::SelectAll);
    QCOMPARE(view.selectionEnd(), 12);
}

void HexViewTest::selection_inTheTextPane_isCopiedAsText()
{
    HexView view;
    view.resize(900, 200);
    view.setOctets(QByteArray("AB\0\xff", 4));
    view.show();
    // The text pane is at the right of the digits; its first character is looked for.
    const int y = 8;
    int x = view.viewport()->width() - 1;
    for (int left = view.viewport()->width() - 1; left > 0; --left) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(left, y));
        if (view.caret() == 0) {
            x = left;
            break;
        }
    }
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(x, y));
    QTest::keyClick(&view, Qt::Key_End, Qt::ShiftModifier);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("AB··"));
}

void HexViewTest::dump_ofASelection_showsOffsets()
{
    HexView view;
    view.setOctets("0123456789abcdefXYZ");
    view.setCaret(14);
    view.setCaret(18, true);
    QCOMPARE(view.selectedDump().split(u'\n').value(0).left(8), QStringLiteral("00000000"));
    QVERIFY(view.selectedDump().split(u'\n').value(0).contains(QStringLiteral("65 66")));
    QVERIFY(
        view.selectedDump().split(u'\n').value(1).startsWith(QStringLiteral("00000010  58 59")));
}

void HexViewTest::octets_replaced_keepCaretWithinThem()
{
    HexView view;
    view.setOctets(QByteArray(100, 'x'));
    view.setCaret(90);
    view.setOctets(QByteArray(200, 'x'));
    QCOMPARE(view.caret(), 90);
    view.setOctets("x");
    QCOMPARE(view.caret(), 1);
    view.setOctets({});
    QCOMPARE(view.caret(), 0);
}

void HexViewTest::octets_ofMany_openAndScrollAtOnce()
{
    const QByteArray octets(64 * 1024 * 1024, '\x5a');
    HexView view;
    view.resize(800, 600);
    view.show();
    const headrace::test::CpuTimer timer;
    view.setOctets(octets);
    view.setCaret(octets.size());
    view.grab();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
}

QTEST_MAIN(HexViewTest)

#include "tst_hexview.moc"
