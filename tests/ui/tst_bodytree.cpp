#include <exchange/octetspool.h>
#include <inspector/bodyview.h>
#include <inspector/jsontreeform.h>
#include <inspector/jsontreemodel.h>
#include <text/findbar.h>
#include <text/octetfind.h>

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace headrace;
using ui::BodyView;
using ui::JsonTreeForm;
using ui::JsonTreeModel;

namespace {

exchange::OctetSourcePointer inFile(const QByteArray &octets)
{
    exchange::OctetSpool spool(0);
    spool.append(octets);
    return spool.take();
}

QByteArray manyItems(int count)
{
    QByteArray text("{\"items\":[");
    for (int i = 0; i < count; ++i)
        text += QByteArray(i > 0 ? "," : "") + "{\"id\":" + QByteArray::number(i)
            + ",\"name\":\"item " + QByteArray::number(i) + "\"}";
    return text + "],\"odd name\":{\"deep\":[[1,2],\"a\\\"b\"]}}";
}

void trigger(const JsonTreeForm &form, const QString &text)
{
    const auto actions = form.widget()->actions();
    for (QAction *action : actions) {
        if (action->text() == text)
            action->trigger();
    }
}

} // namespace

class BodyTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levels_areReadWhenTheyAreOpened();
    void items_ofMany_lieInRuns();
    void place_inTheText_isRevealed();
    void paths_nameEachStep();
    void find_opensWhatIsFound();
    void value_isCopiedWithAndWithoutQuotes();
    void text_broken_isShownAsFarAsItGoes();
    void text_thatIsNoJson_isShownAsOctets();
    void text_large_opensWithoutHoldingUpTheWindow();
    void body_ofJson_offersATree();
    void form_shownAgain_keepsWhatIsOpen();
};

void BodyTreeTest::levels_areReadWhenTheyAreOpened()
{
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model);
    QSignalSpy read(&model, &JsonTreeModel::rootRead);
    model.setSource(inFile(manyItems(3)));
    QVERIFY(read.wait());
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.rowCount(root), 2);
    const QModelIndex items = model.index(0, 0, root);
    QCOMPARE(items.data().toString(), QStringLiteral("items"));
    QCOMPARE(items.siblingAtColumn(2).data().toString(), QStringLiteral("array · 3"));
    QCOMPARE(model.rowCount(items), 0);
    QVERIFY(model.hasChildren(items));
    model.fetchMore(items);
    QTRY_COMPARE(model.rowCount(items), 3);
    QCOMPARE(model.index(1, 1, items).data().toString(), QStringLiteral("{…}"));
}

void BodyTreeTest::items_ofMany_lieInRuns()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(
        false); // else it reads all levels, and checks all of them for each piece that comes
    QSignalSpy read(&model, &JsonTreeModel::rootRead);
    model.setSource(inFile(manyItems(12'345)));
    QVERIFY(read.wait());
    const QModelIndex items = model.index(0, 0, model.index(0, 0));
    model.fetchMore(items);
    QTRY_COMPARE(model.rowCount(items), 13);
    const QModelIndex run = model.index(12, 0, items);
    QCOMPARE(run.data().toString(), QStringLiteral("[12,000 … 12,344]"));
    model.fetchMore(run);
    QTRY_COMPARE(model.rowCount(run), 345);
    QCOMPARE(model.index(344, 0, run).data().toString(), QStringLiteral("12,344"));
    QCOMPARE(model.jsonPath(model.index(344, 0, run)), QStringLiteral("$.items[12344]"));
}

void BodyTreeTest::place_inTheText_isRevealed()
{
    const QByteArray text = manyItems(5'000);
    JsonTreeModel model;
    QSignalSpy revealed(&model, &JsonTreeModel::revealed);
    model.setSource(inFile(text));
    model.reveal(text.indexOf("item 4321"));
    QTRY_COMPARE(revealed.size(), 1);
    const auto index = revealed.first().first().value<QModelIndex>();
    QCOMPARE(model.jsonPath(index), QStringLiteral("$.items[4321].name"));
    QCOMPARE(index.siblingAtColumn(1).data().toString(), QStringLiteral("\"item 4321\""));
}

void BodyTreeTest::paths_nameEachStep()
{
    const QByteArray text = manyItems(1);
    JsonTreeModel model;
    QSignalSpy revealed(&model, &JsonTreeModel::revealed);
    model.setSource(inFile(text));
    model.reveal(text.indexOf("2],"));
    QTRY_COMPARE(revealed.size(), 1);
    const auto index = revealed.first().first().value<QModelIndex>();
    QCOMPARE(model.jsonPath(index), QStringLiteral("$['odd name'].deep[0][1]"));
    QCOMPARE(model.jqPath(index), QStringLiteral(".[\"odd name\"].deep[0][1]"));
    QCOMPARE(model.jqPath(model.index(0, 0)), QStringLiteral("."));
}

void BodyTreeTest::find_opensWhatIsFound()
{
    QWidget window;
    JsonTreeForm form(&window);
    window.resize(700, 400);
    form.widget()->resize(700, 400);
    window.show();
    form.show({ inFile(manyItems(3'000)), "application/json" }, false);
    QTRY_VERIFY(form.model()->isRootRead());
    form.find()->begin();
    form.findBar()->setPattern(QStringLiteral("item 2999"));
    QTRY_COMPARE(
        form.model()->jsonPath(form.tree()->currentIndex()), QStringLiteral("$.items[2999].name"));
    QCOMPARE(form.findBar()->status(), QStringLiteral("1 of 1"));
    form.findBar()->setPattern(QStringLiteral("item 1"));
    QTRY_COMPARE(
        form.model()->jsonPath(form.tree()->currentIndex()), QStringLiteral("$.items[1].name"));
    Q_EMIT form.findBar()->nextRequested();
    QTRY_COMPARE(
        form.model()->jsonPath(form.tree()->currentIndex()), QStringLiteral("$.items[10].name"));
}

void BodyTreeTest::value_isCopiedWithAndWithoutQuotes()
{
    const QByteArray text = manyItems(1);
    QWidget window;
    JsonTreeForm form(&window);
    form.show({ inFile(text), "application/json" }, false);
    QTRY_VERIFY(form.model()->isRootRead());
    QSignalSpy revealed(form.model(), &JsonTreeModel::revealed);
    form.model()->reveal(text.indexOf("\"a\\"));
    QTRY_COMPARE(revealed.size(), 1);
    trigger(form, QStringLiteral("Copy value"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\"b"));
    trigger(form, QStringLiteral("Copy as JSON"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("\"a\\\"b\""));
    trigger(form, QStringLiteral("Copy path (JSONPath)"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("$['odd name'].deep[1]"));
}

void BodyTreeTest::text_broken_isShownAsFarAsItGoes()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("[1,2,{\"a\":", "application/json"), false);
    view.showForm(BodyView::Form::Tree);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Tree);
    QVERIFY2(view.notice().contains(QStringLiteral("Octet 10")), qPrintable(view.notice()));
    const auto *form = static_cast<JsonTreeForm *>(view.formOf(BodyView::Form::Tree));
    QCOMPARE(form->model()->rowCount(form->model()->index(0, 0)), 3);
}

void BodyTreeTest::text_thatIsNoJson_isShownAsOctets()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("<html>", "application/json"), false);
    view.showForm(BodyView::Form::Tree);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Hex);
    QVERIFY(view.notice().contains(QStringLiteral("a value is expected")));
}

void BodyTreeTest::text_large_opensWithoutHoldingUpTheWindow()
{
    const auto source = inFile(manyItems(400'000));
    QWidget window;
    JsonTreeForm form(&window);
    window.show();
    QElapsedTimer pause;
    pause.start();
    form.show({ source, "application/json" }, false);
    QVERIFY(pause.elapsed() < 100);
    QTRY_VERIFY(form.model()->isRootRead());
    const QModelIndex items = form.model()->index(0, 0, form.model()->index(0, 0));
    pause.start();
    form.tree()->expand(items);
    QVERIFY(pause.elapsed() < 100);
    QTRY_COMPARE(form.model()->rowCount(items), 400);
}

void BodyTreeTest::body_ofJson_offersATree()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("{}", "application/json"), false);
    QVERIFY(view.isOffered(BodyView::Form::Tree));
    view.setBody(ui::bodySourceOf("<a/>", "text/xml"), false);
    QVERIFY(!view.isOffered(BodyView::Form::Tree));
}

void BodyTreeTest::form_shownAgain_keepsWhatIsOpen()
{
    BodyView view;
    view.setBody(ui::bodySourceOf(manyItems(3), "application/json"), false);
    view.showForm(BodyView::Form::Tree);
    QTRY_VERIFY(!view.isWorking());
    const auto *form = static_cast<JsonTreeForm *>(view.formOf(BodyView::Form::Tree));
    const QModelIndex items = form->model()->index(0, 0, form->model()->index(0, 0));
    form->tree()->expand(items);
    QTRY_COMPARE(form->model()->rowCount(items), 3);
    view.showForm(BodyView::Form::Hex);
    view.showForm(BodyView::Form::Tree);
    QTRY_VERIFY(!view.isWorking());
    QVERIFY(form->tree()->isExpanded(form->model()->index(0, 0, form->model()->index(0, 0))));
}

QTEST_MAIN(BodyTreeTest)
#include "tst_bodytree.moc"
