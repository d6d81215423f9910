#include "mock/definitionfile.h"
#include "mock/definitionjson.h"
#include "mock/routefields.h"
#include "mock/routelistmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;

namespace {

mock::Route routeTo(const QString &path)
{
    mock::Route route;
    route.path = path;
    return route;
}

} // namespace

class RouteListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_insertMoveTake_keepOrder();
    void setRoute_wrong_hasProblem();
    void setRoute_same_changesNothing();
    void check_turnsRouteOff();
    void shortDescription_namesTheAnswer();
    void problems_ofFields_findTheirCell();
    void json_unfinishedDefinition_comesBack();
    void file_savedDefinition_comesBack();
    void file_broken_namesLineAndReason();
    void file_missing_saysSo();
};

void RouteListModelTest::rows_insertMoveTake_keepOrder()
{
    RouteListModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRoutes({ routeTo(QStringLiteral("/a")), routeTo(QStringLiteral("/b")) });
    model.insertRoute(1, routeTo(QStringLiteral("/c")));
    QVERIFY(model.moveRoute(0, 1));
    QVERIFY(!model.moveRoute(0, -1));
    QVERIFY(!model.moveRoute(2, 1));
    QCOMPARE(model.takeRoute(2).path, QStringLiteral("/b"));
    QStringList paths;
    for (const mock::Route &route : model.routes())
        paths += route.path;
    QCOMPARE(paths, (QStringList { QStringLiteral("/c"), QStringLiteral("/a") }));
}

void RouteListModelTest::setRoute_wrong_hasProblem()
{
    RouteListModel model;
    model.setRoutes({ routeTo(QStringLiteral("/a")) });
    QVERIFY(model.problems(0).isEmpty());
    model.setRoute(0, routeTo(QStringLiteral("no slash")));
    QVERIFY(!model.problems(0).isEmpty());
    QCOMPARE(model.index(0, 0).data(RouteListModel::ProblemRole).toString(),
        model.problems(0).first().message);
}

void RouteListModelTest::setRoute_same_changesNothing()
{
    RouteListModel model;
    model.setRoutes({ routeTo(QStringLiteral("/a")) });
    QSignalSpy changed(&model, &RouteListModel::changed);
    model.setRoute(0, routeTo(QStringLiteral("/a")));
    QCOMPARE(changed.count(), 0);
}

void RouteListModelTest::check_turnsRouteOff()
{
    RouteListModel model;
    model.setRoutes({ routeTo(QStringLiteral("/a")) });
    model.setData(model.index(0, RouteListModel::EnabledColumn), Qt::Unchecked, Qt::CheckStateRole);
    QVERIFY(!model.route(0).isEnabled);
}

void RouteListModelTest::shortDescription_namesTheAnswer()
{
    mock::Route route;
    QCOMPARE(shortDescription(route), QStringLiteral("no body"));
    route.fields = { { "A", "1" } };
    route.trailers = { { "B", "1" }, { "C", "1" } };
    route.interim = { { 103, {} } };
    const QString text = shortDescription(route);
    for (const char *part : { "1 header", "2 trailers", "103 first" })
        QVERIFY2(text.contains(QString::fromLatin1(part)), qPrintable(text));
}

void RouteListModelTest::problems_ofFields_findTheirCell()
{
    mock::Route route;
    route.fields = { { "Good", "1" }, { "bad name", "1" }, { "X", "line\nend" } };
    route.interim = { { 103, { { "also bad", "" } } } };
    const QList<mock::Problem> problems = mock::problems(route);
    const QList<FieldProblem> found = fieldProblems(problems, QStringLiteral("fields"));
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.at(0).field, 1);
    QCOMPARE(found.at(0).part, FieldProblem::Part::Name);
    QCOMPARE(found.at(1).field, 2);
    QCOMPARE(found.at(1).part, FieldProblem::Part::Value);
    QCOMPARE(fieldProblems(problems, QStringLiteral("interim[0].fields")).size(), 1);
    QVERIFY(fieldProblems(problems, QStringLiteral("trailers")).isEmpty());
}

void RouteListModelTest::json_unfinishedDefinition_comesBack()
{
    mock::Route route = routeTo(QStringLiteral("no slash"));
    route.isEnabled = false;
    route.method = QStringLiteral("nonsense");
    route.statusCode = 100;
    route.reason = QStringLiteral("Own");
    route.fields = { { "bad name", "caf\xe9" }, { "", "1" } };
    route.body = QByteArray("\x00\xff", 2);
    route.trailers = { { "T", "" } };
    route.interim = { { 103, { { "Link", "x" } } } };
    route.delay = std::chrono::milliseconds(5);
    const mock::Definition definition { QStringLiteral("name"), 3000, { route, mock::Route() } };
    QCOMPARE(definitionFromJson(toJson(definition)), definition);
}

void RouteListModelTest::file_savedDefinition_comesBack()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mock.json"));
    const mock::Definition definition { {}, 3000, { exampleRoute() } };
    QCOMPARE(saveDefinition(path, definition), QString());
    const OpenedDefinition opened = openDefinition(path);
    QVERIFY2(opened.definition, qPrintable(opened.problem));
    QCOMPARE(*opened.definition, definition);
}

void RouteListModelTest::file_broken_namesLineAndReason()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mock.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ \"routes\": [\n  { \"path\": \"/a\",\n    \"stauts\": 200 }\n] }\n");
    file.close();
    const OpenedDefinition opened = openDefinition(path);
    QVERIFY(!opened.definition);
    QVERIFY2(
        opened.problem.startsWith(QStringLiteral("mock.json, line 3")), qPrintable(opened.problem));
    QVERIFY2(opened.problem.contains(QStringLiteral("stauts")), qPrintable(opened.problem));
}

void RouteListModelTest::file_missing_saysSo()
{
    const QTemporaryDir folder;
    const OpenedDefinition opened = openDefinition(folder.filePath(QStringLiteral("none.json")));
    QVERIFY(!opened.definition);
    QVERIFY(opened.problem.startsWith(QStringLiteral("none.json cannot be read")));
}

QTEST_MAIN(RouteListModelTest)
#include "tst_routelistmodel.moc"
