#include <mock/mockfile.h>

#include <QTest>

using namespace headrace::mock;

namespace {

QByteArray withRoute(const QByteArray &members)
{
    return "{\n\"routes\": [\n{ " + members + " }\n]\n}";
}

} // namespace

class MockFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everything_isRead()
    {
        const ReadResult result = fromJson(R"({
  "name": "Orders", "port": 3000,
  "routes": [
    { "method": "POST", "path": "/v1/orders/:id", "status": 201, "reason": "Made",
      "headers": [["X-a", "1"], ["x-A", "2"]], "body": "caf\u00e9",
      "trailers": { "X-Sum": "3", "X-Two": ["4", "5"], "X-Number": 6 },
      "interim": [ { "status": 103, "headers": { "Link": "</a>" } }, {} ],
      "delay": 250, "enabled": false },
    { "bodyBase64": "AAH/" },
    { "path": "*", "bodyJson": { "b": 1.0, "a": [ true, "x y" ] } }
  ]
})");
        QVERIFY2(result.problems.isEmpty(), qPrintable(result.problems.value(0).message));
        const Definition &definition = *result.definition;
        QCOMPARE(definition.name, u"Orders"_qs);
        QCOMPARE(definition.port, 3000);
        QCOMPARE(definition.routes.size(), 3);
        const Route &first = definition.routes[0];
        QCOMPARE(first.method, u"POST"_qs);
        QCOMPARE(first.path, u"/v1/orders/:id"_qs);
        QCOMPARE(first.statusCode, 201);
        QCOMPARE(first.reason, u"Made"_qs);
        QCOMPARE(first.fields, (decltype(first.fields) { { "X-a", "1" }, { "x-A", "2" } }));
        QCOMPARE(first.body, "caf\xc3\xa9");
        QCOMPARE(first.trailers,
            (decltype(first.trailers) {
                { "X-Sum", "3" }, { "X-Two", "4" }, { "X-Two", "5" }, { "X-Number", "6" } }));
        QCOMPARE(first.interim.size(), 2);
        QCOMPARE(first.interim[0].first, 103);
        QCOMPARE(first.interim[0].second.first().second, "</a>");
        QCOMPARE(first.delay, std::chrono::milliseconds(250));
        QVERIFY(!first.isEnabled);
        QCOMPARE(definition.routes[1].body, QByteArray("\0\1\xff", 3));
        QCOMPARE(definition.routes[1].method, u"GET"_qs);
        QCOMPARE(definition.routes[2].body, R"({"b":1.0,"a":[true,"x y"]})");
        QCOMPARE(definition.routes[2].fields.first().second, "application/json");

        QCOMPARE(fromJson(toJson(definition)).definition, definition);
    }

    void scripts_areRead_andComeBack()
    {
        const ReadResult result = fromJson(R"({
  "scriptFile": "server.js", "useScript": false,
  "routes": [
    { "path": "/file", "scriptFile": "../a.js" },
    { "path": "/lines", "script": [ "module.exports = (req, res) => {", "};" ] },
    { "path": "/edited", "scriptFile": "/b.js", "script": "1" },
    { "path": "/kept", "script": "2", "useScript": false, "status": 204 }
  ]
})",
            u"/m/n"_qs);
        QVERIFY2(result.problems.isEmpty(), qPrintable(result.problems.value(0).message));
        const Definition &definition = *result.definition;
        QCOMPARE(definition.script, (Script { u"/m/n/server.js"_qs, {} }));
        QVERIFY(!definition.isScripted);
        QCOMPARE(definition.routes[0].script, (Script { u"/m/a.js"_qs, {} }));
        QVERIFY(definition.routes[0].isScripted);
        QCOMPARE(definition.routes[1].script,
            (Script { {}, u"module.exports = (req, res) => {\n};\n"_qs }));
        QCOMPARE(definition.routes[2].script, (Script { u"/b.js"_qs, u"1"_qs }));
        QVERIFY(!definition.routes[3].isScripted);
        QCOMPARE(definition.routes[3].statusCode, 204);

        const QByteArray json = toJson(definition, u"/m/n"_qs);
        QVERIFY2(json.contains("\"scriptFile\": \"../a.js\""), json);
        QVERIFY2(json.contains("[\n        \"module.exports"), json);
        QCOMPARE(fromJson(json, u"/m/n"_qs).definition, definition);
    }

    void script_ofTheWholeServer_needsNoRoutes()
    {
        const ReadResult result = fromJson(R"({ "port": 3000, "script": "require('http');" })");
        QVERIFY2(result.problems.isEmpty(), qPrintable(result.problems.value(0).message));
        QVERIFY(result.definition->isScripted);
        QCOMPARE(fromJson(toJson(*result.definition)).definition, result.definition);
    }

    void script_routesFixedAnswer_isNotChecked()
    {
        Route route;
        route.statusCode = 1;
        route.isScripted = true;
        QCOMPARE(problems(route).first().where, u"script"_qs);
        route.script.source = u"1"_qs;
        QVERIFY(problems(route).isEmpty());
    }

    void empty_definition_comesBack() { QCOMPARE(fromJson(toJson({})).definition, Definition()); }

    void problem_saysWhereAndInWhichLine_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("where");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("route");
        const auto row
            = [](const char *name, const QByteArray &json, const QString &where, int line,
                  int route) { QTest::newRow(name) << json << where << line << route; };
        row("nothing", "", {}, 1, -1);
        row("no JSON", "{\n \"routes\": [,]\n}", {}, 2, -1);
        row("not UTF-8", "\"\xff\"", {}, -1, -1);
        row("UTF-16", QByteArray("\xff\xfe{\0}\0", 6), {}, -1, -1);
        row("no object", "[]", {}, 1, -1);
        row("no routes", "{}", u"routes"_qs, 1, -1);
        row("routes no list", "{\n\"routes\": {}}", u"routes"_qs, 2, -1);
        row("unknown member", "{\n\"routes\": [],\n\"prot\": 1}", u"prot"_qs, 3, -1);
        row("twice", "{\"routes\": [],\n\"routes\": []}", u"routes"_qs, 2, -1);
        row("port", "{\"routes\": [],\n\"port\": 70000}", u"port"_qs, 2, -1);
        row("port no number", "{\"routes\": [],\n\"port\": \"80\"}", u"port"_qs, 2, -1);
        row("route no object", "{\"routes\": [\n1]}", u"routes[0]"_qs, 2, 0);
        row("unknown route member", withRoute("\"stauts\": 200"), u"stauts"_qs, 3, 0);
        row("status type", withRoute("\n\"status\": \"200\""), u"status"_qs, 4, 0);
        row("status fraction", withRoute("\"status\": 200.5"), u"status"_qs, 3, 0);
        row("method", withRoute("\n\n\"method\": \"get\""), u"method"_qs, 5, 0);
        row("path", withRoute("\"path\":\n\"x\""), u"path"_qs, 4, 0);
        row("header name", withRoute("\"headers\": [\n[\"A\", \"1\"],\n[\"B C\", \"2\"]]"),
            u"fields[1].name"_qs, 5, 0);
        row("header pair", withRoute("\"headers\": [\n[\"A\"]]"), u"headers"_qs, 4, 0);
        row("header value", withRoute("\"headers\": { \"A\":\nnull }"), u"headers"_qs, 4, 0);
        row("interim status", withRoute("\"interim\": [\n{},\n{ \"status\": 101 }]"),
            u"interim[1].status"_qs, 5, 0);
        row("interim header", withRoute("\"interim\": [{ \"headers\": {\n\"a b\": \"\" } }]"),
            u"interim[0].fields[0].name"_qs, 4, 0);
        row("delay", withRoute("\"delay\": -1"), u"delay"_qs, 3, 0);
        row("two bodies", withRoute("\"body\": \"\", \"bodyJson\": 1"), u"body"_qs, 3, 0);
        row("base64", withRoute("\"bodyBase64\": \"?\""), u"bodyBase64"_qs, 3, 0);
        row("enabled", withRoute("\"enabled\": 1"), u"enabled"_qs, 3, 0);
        row("script", withRoute("\"script\":\n1"), u"script"_qs, 4, 0);
        row("script line", withRoute("\"script\": [\n\"a\",\n2]"), u"script"_qs, 5, 0);
        row("script file", withRoute("\"scriptFile\": {}"), u"scriptFile"_qs, 3, 0);
        row("no script", "{\n\"useScript\": true }", u"useScript"_qs, 1, -1);
        row("too deep", QByteArray(1000, '[') + QByteArray(1000, ']'), {}, -1, -1);
    }

    void problem_saysWhereAndInWhichLine()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, where);
        const ReadResult result = fromJson(json);
        QVERIFY(!result.definition);
        QCOMPARE(result.problems.size(), 1);
        QCOMPARE(result.problems[0].where, where);
        QTEST(result.problems[0].line, "line");
        QTEST(int(result.problems[0].route), "route");
        QVERIFY(result.problems[0].message.endsWith(u'.'));
    }

    void problems_areAllTold()
    {
        const ReadResult result = fromJson(
            "{ \"port\": -1, \"routes\": [ {\"status\": 1}, {\"path\": \"\", \"x\": 1} ] }");
        QCOMPARE(result.problems.size(), 4);
    }
};

QTEST_GUILESS_MAIN(MockFileTest)
#include "tst_mockfile.moc"
