#include "fields/fieldtable.h"
#include "fields/fieldview.h"
#include "named.h"
#include "text/textview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;
using session::DraftField;

class FieldTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void typing_nameTabValueEnter_addsFields();
    void typing_openEditor_isInTheFieldsAlready();
    void escape_takesBackWhatWasTyped();
    void click_onCross_removesField();
    void click_onCheckBox_turnsFieldOff();
    void space_turnsFieldOff();
    void altDown_movesField();
    void paste_headerBlock_splitsIntoRows();
    void paste_intoOpenEditor_splitsIntoRows();
    void copy_severalRows_givesLines();
    void editAsText_bothWays_keepsFields();
    void editAsText_typing_changesFields();
    void notSwitchable_slashes_areKeptAsName();
    void problem_isShownInTheRow();

private:
    QPoint centreOf(int row, int column) const;
    QLineEdit *openEditor() const;

    std::unique_ptr<FieldTable> m_table;
    FieldView *m_view = nullptr;
};

void FieldTableTest::init()
{
    m_table = std::make_unique<FieldTable>();
    m_table->setLabel(QStringLiteral("Request headers"));
    m_table->resize(700, 300);
    m_table->show();
    m_table->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
    m_view = m_table->findChild<FieldView *>();
}

void FieldTableTest::cleanup() { m_table.reset(); }

QPoint FieldTableTest::centreOf(int row, int column) const
{
    return m_view->visualRect(m_view->model()->index(row, column)).center();
}

QLineEdit *FieldTableTest::openEditor() const
{
    return qobject_cast<QLineEdit *>(QApplication::focusWidget());
}

void FieldTableTest::typing_nameTabValueEnter_addsFields()
{
    m_table->editField();
    QTest::keyClicks(openEditor(), QStringLiteral("X-One"));
    QTest::keyClick(openEditor(), Qt::Key_Tab);
    QTRY_VERIFY(openEditor() && openEditor()->accessibleName() == QStringLiteral("Field value"));
    QTest::keyClicks(openEditor(), QStringLiteral("1"));
    QTest::keyClick(openEditor(), Qt::Key_Return);
    QTRY_VERIFY(openEditor() && openEditor()->accessibleName() == QStringLiteral("Field name"));
    QTest::keyClicks(openEditor(), QStringLiteral("x-two"));
    QCOMPARE(
        m_table->fields(), (QList<DraftField> { { true, "X-One", "1" }, { true, "x-two", "" } }));
}

void FieldTableTest::typing_openEditor_isInTheFieldsAlready()
{
    QSignalSpy changed(m_table.get(), &FieldTable::changed);
    m_table->editField();
    QTest::keyClicks(openEditor(), QStringLiteral("Ab"));
    QCOMPARE(changed.count(), 2);
    QCOMPARE(m_table->fields().first().name, QByteArray("Ab"));
    QVERIFY(openEditor());
}

void FieldTableTest::escape_takesBackWhatWasTyped()
{
    m_table->setFields({ { true, "Accept", "*/*" } });
    m_table->editField(0);
    QTest::keyClicks(openEditor(), QStringLiteral("Other"));
    QCOMPARE(m_table->fields().first().name, QByteArray("Other"));
    QTest::keyClick(openEditor(), Qt::Key_Escape);
    QCOMPARE(m_table->fields().first().name, QByteArray("Accept"));
}

void FieldTableTest::click_onCross_removesField()
{
    m_table->setFields({ { true, "A", "1" }, { true, "B", "2" } });
    QTest::mouseClick(
        m_view->viewport(), Qt::LeftButton, {}, centreOf(0, FieldListModel::RemoveColumn));
    QCOMPARE(m_table->fields(), (QList<DraftField> { { true, "B", "2" } }));
}

void FieldTableTest::click_onCheckBox_turnsFieldOff()
{
    m_table->setFields({ { true, "A", "1" } });
    const QPoint box = centreOf(0, FieldListModel::EnabledColumn);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, box);
    QVERIFY(!m_table->fields().first().isEnabled);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, box);
    QVERIFY(m_table->fields().first().isEnabled);
}

void FieldTableTest::space_turnsFieldOff()
{
    m_table->setFields({ { true, "A", "1" } });
    m_view->setCurrentIndex(m_view->model()->index(0, FieldListModel::NameColumn));
    QTest::keyClick(m_view, Qt::Key_Space);
    QVERIFY(!m_table->fields().first().isEnabled);
}

void FieldTableTest::altDown_movesField()
{
    m_table->setFields({ { true, "A", "1" }, { true, "B", "2" } });
    m_view->setFocus();
    m_view->setCurrentIndex(m_view->model()->index(0, FieldListModel::NameColumn));
    QTest::keyClick(m_view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_table->fields().first().name, QByteArray("B"));
    QCOMPARE(m_view->currentIndex().row(), 1);
    QTest::keyClick(m_view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_table->fields().first().name, QByteArray("A"));
}

void FieldTableTest::paste_headerBlock_splitsIntoRows()
{
    QGuiApplication::clipboard()->setText(
        QStringLiteral("GET / HTTP/1.1\r\nHost: a\r\nX-Dup: 1\r\nx-dup: 2\r\n"));
    m_view->setFocus();
    QTest::keyClick(m_view, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_table->fields(),
        (QList<DraftField> {
            { true, "Host", "a" }, { true, "X-Dup", "1" }, { true, "x-dup", "2" } }));
}

void FieldTableTest::paste_intoOpenEditor_splitsIntoRows()
{
    QGuiApplication::clipboard()->setText(QStringLiteral("A: 1\nB: 2"));
    m_table->editField();
    QTest::keyClick(openEditor(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_table->fields(), (QList<DraftField> { { true, "A", "1" }, { true, "B", "2" } }));
}

void FieldTableTest::copy_severalRows_givesLines()
{
    m_table->setFields({ { true, "A", "1" }, { true, "B", "2" } });
    m_view->setFocus();
    m_view->selectAll();
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("A: 1\nB: 2\n"));
}

void FieldTableTest::editAsText_bothWays_keepsFields()
{
    const QList<DraftField> fields { { true, "A", "caf\xe9" }, { false, "b", "2" },
        { true, "A", "" } };
    m_table->setFields(fields);
    m_table->setEditedAsText(true);
    QCOMPARE(m_table->findChild<TextView *>()->text(), QStringLiteral("A: café\n// b: 2\nA: \n"));
    m_table->setEditedAsText(false);
    QCOMPARE(m_table->fields(), fields);
}

void FieldTableTest::editAsText_typing_changesFields()
{
    m_table->setEditedAsText(true);
    auto *text = m_table->findChild<TextView *>();
    QTest::keyClicks(text->focusProxy(), QStringLiteral("X-A: 1"));
    QCOMPARE(m_table->fields(), (QList<DraftField> { { true, "X-A", "1" } }));
    m_table->setEditedAsText(false);
    QCOMPARE(m_table->fields(), (QList<DraftField> { { true, "X-A", "1" } }));
}

void FieldTableTest::notSwitchable_slashes_areKeptAsName()
{
    m_table->setSwitchable(false);
    m_table->setEditedAsText(true);
    QTest::keyClicks(m_table->findChild<TextView *>()->focusProxy(), QStringLiteral("// A: 1"));
    QCOMPARE(m_table->fields(), (QList<DraftField> { { true, "// A", "1" } }));
}

void FieldTableTest::problem_isShownInTheRow()
{
    m_table->setFields({ { true, "bad name", "1" } });
    m_table->setProblems({ { 0, FieldProblem::Part::Name, QStringLiteral("no token") } });
    const QModelIndex name = m_view->model()->index(0, FieldListModel::NameColumn);
    QCOMPARE(name.data(Qt::ToolTipRole).toString(), QStringLiteral("no token"));
    m_table->setProblems({});
    QCOMPARE(name.data(FieldListModel::ProblemRole).toString(), QString());
}

QTEST_MAIN(FieldTableTest)
#include "tst_fieldtable.moc"
