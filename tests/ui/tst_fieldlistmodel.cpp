#include "fields/fieldlistmodel.h"
#include "fields/fieldtext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;
using session::DraftField;

namespace {

const QList<DraftField> Three { { true, "Accept", "*/*" }, { false, "x-ID", "1" },
    { true, "Accept", "text/plain" } };

} // namespace

class FieldListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void setFields_keepsCaseOrderAndDuplicates();
    void emptyRow_typing_becomesField();
    void blankRow_isNoField();
    void octetsThatAreNotUtf8_stayUntilChanged();
    void moveField_atTheEnds_saysNo();
    void undo_typing_isOneStep();
    void undo_removal_bringsItBack();
    void problems_countFieldsNotRows();
    void check_disablesField();
    void text_roundTrip_data();
    void text_roundTrip();
    void paste_messageHead_givesItsFields();
    void paste_foldedValue_isJoined();
    void isFieldBlock_data();
    void isFieldBlock();

private:
    std::unique_ptr<FieldListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void FieldListModelTest::init()
{
    m_tester.reset();
    m_model = std::make_unique<FieldListModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void FieldListModelTest::setFields_keepsCaseOrderAndDuplicates()
{
    m_model->setFields(Three);
    QCOMPARE(m_model->fields(), Three);
    QCOMPARE(m_model->rowCount(), 4);
}

void FieldListModelTest::emptyRow_typing_becomesField()
{
    QSignalSpy changed(m_model.get(), &FieldListModel::changed);
    m_model->setData(
        m_model->index(0, FieldListModel::NameColumn), QStringLiteral("X"), Qt::EditRole);
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->fields(), (QList<DraftField> { { true, "X", "" } }));
    QCOMPARE(changed.count(), 1);
}

void FieldListModelTest::blankRow_isNoField()
{
    m_model->setFields(Three);
    m_model->setData(m_model->index(1, FieldListModel::NameColumn), QString(), Qt::EditRole);
    m_model->setData(m_model->index(1, FieldListModel::ValueColumn), QString(), Qt::EditRole);
    QCOMPARE(m_model->fields().size(), 2);
    QCOMPARE(m_model->rowOf(1), 2);
    QCOMPARE(m_model->rowOf(2), 3);
}

void FieldListModelTest::octetsThatAreNotUtf8_stayUntilChanged()
{
    m_model->setFields({ { true, "X", "caf\xe9" } });
    const QModelIndex value = m_model->index(0, FieldListModel::ValueColumn);
    QCOMPARE(value.data().toString(), QStringLiteral("café"));
    m_model->setData(value, QStringLiteral("café"), Qt::EditRole);
    QCOMPARE(m_model->fields().first().value, QByteArray("caf\xe9"));
    m_model->setData(value, QStringLiteral("cafés"), Qt::EditRole);
    QCOMPARE(m_model->fields().first().value, QByteArray("caf\xc3\xa9s"));
}

void FieldListModelTest::moveField_atTheEnds_saysNo()
{
    m_model->setFields(Three);
    QVERIFY(!m_model->moveField(0, -1));
    QVERIFY(!m_model->moveField(2, 1));
    QVERIFY(m_model->moveField(0, 1));
    QVERIFY(m_model->moveField(2, -1));
    QCOMPARE(m_model->fields(), (QList<DraftField> { Three[1], Three[2], Three[0] }));
}

void FieldListModelTest::undo_typing_isOneStep()
{
    const QModelIndex name = m_model->index(0, FieldListModel::NameColumn);
    for (const QString &text : { QStringLiteral("a"), QStringLiteral("ab"), QStringLiteral("abc") })
        m_model->setData(name, text, Qt::EditRole);
    m_model->undo();
    QVERIFY(m_model->fields().isEmpty());
    QVERIFY(!m_model->canUndo());
    m_model->redo();
    QCOMPARE(m_model->fields().first().name, QByteArray("abc"));
}

void FieldListModelTest::undo_removal_bringsItBack()
{
    m_model->setFields(Three);
    m_model->removeField(1);
    m_model->moveField(0, 1);
    m_model->undo();
    m_model->undo();
    QCOMPARE(m_model->fields(), Three);
}

void FieldListModelTest::problems_countFieldsNotRows()
{
    m_model->setFields(Three);
    m_model->setData(m_model->index(0, FieldListModel::NameColumn), QString(), Qt::EditRole);
    m_model->setData(m_model->index(0, FieldListModel::ValueColumn), QString(), Qt::EditRole);
    m_model->setProblems({ { 1, FieldProblem::Part::Value, QStringLiteral("bad") } });
    const auto isMarked = [this](int row, int column) {
        return m_model->index(row, column).data(FieldListModel::IsProblemCellRole).toBool();
    };
    QVERIFY(isMarked(2, FieldListModel::ValueColumn));
    QVERIFY(!isMarked(2, FieldListModel::NameColumn));
    QVERIFY(!isMarked(1, FieldListModel::ValueColumn));
    QCOMPARE(m_model->index(2, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("bad"));
}

void FieldListModelTest::check_disablesField()
{
    m_model->setFields(Three);
    m_model->setData(
        m_model->index(0, FieldListModel::EnabledColumn), Qt::Unchecked, Qt::CheckStateRole);
    QVERIFY(!m_model->fields().first().isEnabled);
}

void FieldListModelTest::text_roundTrip_data()
{
    QTest::addColumn<QList<DraftField>>("fields");
    QTest::newRow("none") << QList<DraftField>();
    QTest::newRow("some, one off") << Three;
    QTest::newRow("empty value") << QList<DraftField> { { true, "X", "" } };
    QTest::newRow("colons in the value") << QList<DraftField> { { true, "X", "a: b:c" } };
    QTest::newRow("not ASCII") << QList<DraftField> { { true, "X", "caf\xc3\xa9" } };
}

void FieldListModelTest::text_roundTrip()
{
    QFETCH(QList<DraftField>, fields);
    QCOMPARE(fieldsFromText(toText(fields)), fields);
}

void FieldListModelTest::paste_messageHead_givesItsFields()
{
    const QList<DraftField> fields = fieldsFromPaste(
        QStringLiteral("POST http://a.test/x HTTP/1.1\r\nHost: a.test\r\nX-A:1\r\n\r\n"));
    QCOMPARE(fields, (QList<DraftField> { { true, "Host", "a.test" }, { true, "X-A", "1" } }));
    QCOMPARE(fieldsFromPaste(QStringLiteral("HTTP/1.1 200 OK\nServer: x\n")).size(), 1);
}

void FieldListModelTest::paste_foldedValue_isJoined()
{
    QCOMPARE(fieldsFromPaste(QStringLiteral("X: one\n\ttwo\nY: 3")).first().value,
        QByteArray("one two"));
}

void FieldListModelTest::isFieldBlock_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isBlock");
    QTest::newRow("a line") << QStringLiteral("Accept: */*") << true;
    QTest::newRow("lines") << QStringLiteral("a: b\nc: d") << true;
    QTest::newRow("a word") << QStringLiteral("Accept") << false;
    QTest::newRow("a URL") << QStringLiteral("https://a.test/") << false;
    QTest::newRow("a sentence") << QStringLiteral("two words: three") << false;
}

void FieldListModelTest::isFieldBlock()
{
    QFETCH(QString, text);
    QFETCH(bool, isBlock);
    QCOMPARE(ui::isFieldBlock(text), isBlock);
}

QTEST_MAIN(FieldListModelTest)
#include "tst_fieldlistmodel.moc"
