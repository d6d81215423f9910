#include <mock/routetable.h>

#include <QTest>

using namespace headrace::mock;

namespace {

Route route(const char *method, const QString &path)
{
    Route result;
    result.method = QLatin1String(method);
    result.path = path;
    return result;
}

} // namespace

class RouteTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void path_isMatched_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("matches");
        const auto row = [](const QString &path, const QByteArray &target, bool matches) {
            QTest::addRow("%s %s %s", qPrintable(path), matches ? "takes" : "does not take",
                target.constData())
                << path << target << matches;
        };
        row(u"/"_qs, "/", true);
        row(u"/"_qs, "/?a=b", true);
        row(u"/"_qs, "/a", false);
        row(u"/a/b"_qs, "/a/b", true);
        row(u"/a/b"_qs, "/a/b?x=/c", true);
        row(u"/a/b"_qs, "/a/b/", false);
        row(u"/a/b"_qs, "/A/b", false);
        row(u"/a/b"_qs, "/a", false);
        row(u"/a/:id"_qs, "/a/7", true);
        row(u"/a/:id"_qs, "/a/", false);
        row(u"/a/:id"_qs, "/a/7/c", false);
        row(u"/a/:id/c"_qs, "/a/7/c", true);
        row(u"/a/:id"_qs, "/a/b%2Fc", true);
        row(u"/a/*"_qs, "/a/b/c", true);
        row(u"/a/*"_qs, "/a/", true);
        row(u"/a/*"_qs, "/a", false);
        row(u"/*"_qs, "/", true);
        row(u"/*"_qs, "/x/y", true);
        row(u"/*"_qs, "*", false);
        row(u"*"_qs, "*", true);
        row(u"*"_qs, "/x", true);
        row(u"/café"_qs, "/caf%C3%A9", true);
        row(u"/caf%c3%a9"_qs, "/caf\xc3\xa9", true);
        row(u"/a%2Fb"_qs, "/a/b", false);
        row(u"/a%2Fb"_qs, "/a%2fb", true);
        row(u"/a"_qs, "http://host:1/a?q", true);
        row(u"/"_qs, "http://host", true);
        row(u"/"_qs, "http://host?q=/a", true);
        row(u"/a"_qs, "host:443", false);
        row(u"a"_qs, "/a", false);
        row(u"//a"_qs, "//a", true);
    }

    void path_isMatched()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, target);
        const RouteTable table({ {}, 0, { route("GET", path) } });
        QTEST(table.match("GET", target).route != nullptr, "matches");
    }

    void firstThatMatches_answers()
    {
        const RouteTable table({ {}, 0, { route("GET", u"/a/:id"_qs), route("GET", u"/a/b"_qs) } });
        QCOMPARE(table.match("GET", "/a/b").route->path, u"/a/:id"_qs);
    }

    void disabled_takesNothing()
    {
        Route off = route("GET", u"/"_qs);
        off.isEnabled = false;
        const RouteMatch match = RouteTable({ {}, 0, { off } }).match("GET", "/");
        QVERIFY(!match.route);
        QVERIFY(match.allowed.isEmpty());
    }

    void head_fallsToGetRoutes()
    {
        const RouteTable table(
            { {}, 0, { route("GET", u"/a"_qs), route("HEAD", u"/b"_qs), route("GET", u"/b"_qs) } });
        QCOMPARE(table.match("HEAD", "/a").route->method, u"GET"_qs);
        QCOMPARE(table.match("HEAD", "/b").route->method, u"HEAD"_qs);
        QVERIFY(!table.match("POST", "/a").route);
    }

    void anyMethod_isTaken()
    {
        const RouteTable table({ {}, 0, { route("*", u"/"_qs) } });
        QVERIFY(table.match("PURGE", "/").route);
    }

    void otherMethod_saysWhatIsAllowed()
    {
        const RouteTable table({ {}, 0,
            { route("PUT", u"/a"_qs), route("GET", u"/:x"_qs), route("POST", u"/b"_qs) } });
        const RouteMatch match = table.match("DELETE", "/a");
        QVERIFY(!match.route);
        QCOMPARE(match.allowed, (QList<QByteArray> { "GET", "HEAD", "PUT" }));
        QVERIFY(table.match("DELETE", "/a/b").allowed.isEmpty());
    }

    void problems_sayWhere_data()
    {
        QTest::addColumn<Route>("route");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const QString &where,
                             const std::function<void(Route &)> &change) {
            Route changed;
            change(changed);
            QTest::newRow(name) << changed << where;
        };
        row("none", {}, [](Route &) {});
        row("empty method", u"method"_qs, [](Route &r) { r.method.clear(); });
        row("lower case", u"method"_qs, [](Route &r) { r.method = u"get"_qs; });
        row("unknown method", u"method"_qs, [](Route &r) { r.method = u"FETCH"_qs; });
        row("no slash", u"path"_qs, [](Route &r) { r.path = u"a"_qs; });
        row("query", u"path"_qs, [](Route &r) { r.path = u"/a?b"_qs; });
        row("star in the middle", u"path"_qs, [](Route &r) { r.path = u"/*/a"_qs; });
        row("star in a segment", u"path"_qs, [](Route &r) { r.path = u"/a*"_qs; });
        row("parameter without name", u"path"_qs, [](Route &r) { r.path = u"/:/a"_qs; });
        row("interim as status", u"status"_qs, [](Route &r) { r.statusCode = 103; });
        row("status too large", u"status"_qs, [](Route &r) { r.statusCode = 1000; });
        row("line end in reason", u"reason"_qs, [](Route &r) { r.reason = u"a\r\nb"_qs; });
        row("field name", u"fields[1].name"_qs, [](Route &r) {
            r.fields = { { "A", "1" }, { "B C", "2" } };
        });
        row("empty field name", u"fields[0].name"_qs, [](Route &r) { r.fields = { { "", "1" } }; });
        row("field value", u"fields[0].value"_qs, [](Route &r) {
            r.fields = { { "A", "1\r\nX: 2" } };
        });
        row("trailer value", u"trailers[0].value"_qs, [](Route &r) {
            r.trailers = { { "A", QByteArray("\0", 1) } };
        });
        row("length and trailers", u"fields[0].name"_qs, [](Route &r) {
            r.fields = { { "content-length", "1" } };
            r.trailers = { { "A", "" } };
        });
        row("trailers of 304", u"trailers"_qs, [](Route &r) {
            r.statusCode = 304;
            r.trailers = { { "A", "" } };
        });
        row("interim 101", u"interim[0].status"_qs, [](Route &r) { r.interim = { { 101, {} } }; });
        row("interim field", u"interim[0].fields[0].name"_qs, [](Route &r) {
            r.interim = { { 103, { { ":", "" } } } };
        });
        row("negative delay", u"delay"_qs,
            [](Route &r) { r.delay = std::chrono::milliseconds(-1); });
    }

    void problems_sayWhere()
    {
        QFETCH(Route, route);
        QFETCH(QString, where);
        const QList<Problem> found = problems(route);
        QCOMPARE(found.size(), where.isEmpty() ? 0 : 1);
        if (!found.isEmpty()) {
            QCOMPARE(found[0].where, where);
            QVERIFY(found[0].message.endsWith(u'.'));
        }
    }
};

QTEST_GUILESS_MAIN(RouteTableTest)
#include "tst_routetable.moc"
