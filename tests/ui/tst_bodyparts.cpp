#include <inspector/bodyview.h>
#include <inspector/formfieldmodel.h>
#include <inspector/formfieldsform.h>
#include <inspector/partsform.h>
#include <text/textview.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QTreeWidget>

using namespace headrace;
using ui::BodyView;
using ui::FormFieldModel;
using ui::FormFieldsForm;
using ui::PartsForm;

namespace {

constexpr auto formType = "application/x-www-form-urlencoded";
constexpr auto multipartType = "multipart/form-data; boundary=X";

FormFieldsForm *fieldsOf(const BodyView &view)
{
    return static_cast<FormFieldsForm *>(view.formOf(BodyView::Form::Fields));
}

PartsForm *partsOf(const BodyView &view)
{
    return static_cast<PartsForm *>(view.formOf(BodyView::Form::Parts));
}

} // namespace

/// Bodies of forms: pairs as a table, parts as a list with a view of each.
class BodyPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void form_isATableFirst();
    void form_withBrokenEscapes_saysSo();
    void form_isCopiedAsPairs();
    void parts_areListedAndShown();
    void parts_ofParts_areListedToo();
    void parts_broken_areShownAsFarAsTheyGo();
    void parts_withoutBoundary_areShownAsOctets();
    void parts_growing_keepTheChosenOne();
};

void BodyPartsTest::form_isATableFirst()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("a+b=c%20d&%C3%A4=", formType), false);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Fields);
    FormFieldModel *model = fieldsOf(view)->model();
    const QAbstractItemModelTester tester(model);
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("a b"));
    QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("c d"));
    QCOMPARE(model->index(0, 2).data().toString(), QStringLiteral("a+b=c%20d"));
    QCOMPARE(model->index(1, 0).data().toString(), QStringLiteral("ä"));
    QVERIFY(view.info().contains(QStringLiteral("2 fields")));
    QVERIFY(view.notice().isEmpty());
}

void BodyPartsTest::form_withBrokenEscapes_saysSo()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("a=%zz", formType), false);
    QTRY_VERIFY(!view.isWorking());
    QVERIFY(view.notice().contains(QStringLiteral("broken")));
    QCOMPARE(fieldsOf(view)->model()->index(0, 2).data().toString(), QStringLiteral("⚠ a=%zz"));
}

void BodyPartsTest::form_isCopiedAsPairs()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("a=1&b=2", formType), false);
    QTRY_VERIFY(!view.isWorking());
    view.copyBody();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\t1\nb\t2"));
}

void BodyPartsTest::parts_areListedAndShown()
{
    BodyView view;
    view.resize(800, 500);
    view.show();
    view.setBody(
        ui::bodySourceOf("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nplain\r\n"
                         "--X\r\nContent-Disposition: form-data; name=\"f\"; "
                         "filename=\"x.json\"\r\nContent-Type: application/json\r\n\r\n"
                         "{\"k\":[1]}\r\n--X--\r\n",
            multipartType),
        false);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Parts);
    QTreeWidget *list = partsOf(view)->list();
    QCOMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(1)->text(2), QStringLiteral("x.json"));
    QCOMPARE(list->topLevelItem(1)->text(4), QStringLiteral("9"));
    BodyView *part = partsOf(view)->partView();
    QTRY_COMPARE(part->textView()->text(), QStringLiteral("plain"));
    list->setCurrentItem(list->topLevelItem(1));
    QTRY_VERIFY(part->textView()->text().startsWith(QStringLiteral("{\n")));
    QCOMPARE(part->form(), BodyView::Form::Pretty);
    QVERIFY(part->isOffered(BodyView::Form::Tree));
}

void BodyPartsTest::parts_ofParts_areListedToo()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("--X\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\n"
                                  "--Y\r\n\r\ninner\r\n--Y--\r\n--X--\r\n",
                     "multipart/mixed; boundary=X"),
        false);
    QTRY_VERIFY(partsOf(view)->partView());
    BodyView *part = partsOf(view)->partView();
    QTRY_COMPARE(part->form(), BodyView::Form::Parts);
    QTRY_VERIFY(partsOf(*part)->partView());
    QTRY_COMPARE(partsOf(*part)->partView()->textView()->text(), QStringLiteral("inner"));
}

void BodyPartsTest::parts_broken_areShownAsFarAsTheyGo()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("--X\r\n\r\none\r\n--X\r\n\r\ncut", multipartType), false);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(partsOf(view)->list()->topLevelItemCount(), 2);
    QVERIFY(view.notice().contains(QStringLiteral("without its last boundary")));
}

void BodyPartsTest::parts_withoutBoundary_areShownAsOctets()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("nothing of that kind", multipartType), false);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Hex);
    QVERIFY(view.notice().contains(QStringLiteral("is not in the body")));
}

void BodyPartsTest::parts_growing_keepTheChosenOne()
{
    BodyView view;
    const QByteArray body = "--X\r\n\r\none\r\n--X\r\n\r\ntwo\r\n--X\r\n\r\nthree";
    ui::BodySource source = ui::bodySourceOf(body, multipartType);
    source.isComplete = false;
    view.setBody(source, false);
    QTRY_VERIFY(!view.isWorking());
    QVERIFY(view.notice().isEmpty());
    QTreeWidget *list = partsOf(view)->list();
    list->setCurrentItem(list->topLevelItem(1));
    view.setBody(ui::bodySourceOf(body + "\r\n--X--", multipartType), true);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(list->indexOfTopLevelItem(list->currentItem()), 1);
    QTRY_COMPARE(partsOf(view)->partView()->textView()->text(), QStringLiteral("two"));
}

QTEST_MAIN(BodyPartsTest)
#include "tst_bodyparts.moc"
