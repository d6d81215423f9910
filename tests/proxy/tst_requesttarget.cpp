#include <proxy/requesttarget.h>

#include <QTest>

using namespace headrace;
using namespace headrace::proxy;

class RequestTargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void target_isTakenApart_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("route"); // of URLs
        const auto row
            = [](const char *name, const QByteArray &method, const QByteArray &target,
                  const char *origin, const char *path, const char *query, const char *route) {
                  QTest::newRow(name) << method << target << QByteArray(origin) << QByteArray(path)
                                      << QByteArray(query) << QByteArray(route);
              };
        row("path", "GET", "/a/b?c=/d?e#f", "", "/a/b", "?c=/d?e#f", "");
        row("two slashes", "GET", "//a", "", "//a", "", "");
        row("URL in a path", "GET", "/http://b/", "", "/http://b/", "", "");
        row("asterisk", "OPTIONS", "*", "", "", "", "");
        row("URL", "GET", "http://A.test/b?c", "http://A.test", "/b", "?c", "http://a.test");
        row("port", "GET", "https://a:8443/", "https://a:8443", "/", "", "https://a:8443");
        row("port of the scheme", "GET", "HTTP://a:80", "HTTP://a:80", "/", "", "http://a");
        row("no path", "GET", "http://a", "http://a", "/", "", "http://a");
        row("query only", "GET", "http://a?b", "http://a", "/", "?b", "http://a");
        row("fragment only", "GET", "http://a#b", "http://a", "/", "#b", "http://a");
        row("whole server", "OPTIONS", "http://a", "http://a", "*", "", "http://a");
        row("whole server with a query", "OPTIONS", "http://a?b", "http://a", "/", "?b",
            "http://a");
        row("IPv6", "GET", "http://[::1]:81/", "http://[::1]:81", "/", "", "http://[::1]:81");
        row("WebSocket", "GET", "wss://a/b", "wss://a", "/b", "", "https://a");
        row("CONNECT", "CONNECT", "a.test:443", "", "", "", "");
    }

    void target_isTakenApart()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, route);
        const auto parsed = RequestTarget::parse(method, target);
        QVERIFY(parsed);
        QCOMPARE(parsed->origin, origin);
        QCOMPARE(parsed->path, path);
        QCOMPARE(parsed->query, query);
        QCOMPARE(parsed->hasPath(), path.startsWith('/'));
        QCOMPARE(parsed->route() ? originOf(*parsed->route()) : QByteArray(), route);
        QCOMPARE(routeOfTarget(method, target), parsed->route());
    }

    void targetThatIsNone_isRefused_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("empty") << QByteArray("GET") << QByteArray();
        QTest::newRow("host") << QByteArray("GET") << QByteArray("a.test");
        QTest::newRow("host and port") << QByteArray("GET") << QByteArray("a.test:80");
        QTest::newRow("other scheme") << QByteArray("GET") << QByteArray("ftp://a/");
        QTest::newRow("no host") << QByteArray("GET") << QByteArray("http:///a");
        QTest::newRow("scheme only") << QByteArray("GET") << QByteArray("http://");
        QTest::newRow("user") << QByteArray("GET") << QByteArray("http://u:p@a/");
        QTest::newRow("port 0") << QByteArray("GET") << QByteArray("http://a:0/");
        QTest::newRow("port of letters") << QByteArray("GET") << QByteArray("http://a:b/");
        QTest::newRow("CONNECT to a URL") << QByteArray("CONNECT") << QByteArray("http://a:80/");
        QTest::newRow("CONNECT without a port") << QByteArray("CONNECT") << QByteArray("a.test");
    }

    void targetThatIsNone_isRefused()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QString why;
        QVERIFY(!RequestTarget::parse(method, target, &why));
        QVERIFY(!why.isEmpty());
        QVERIFY(!routeOfTarget(method, target));
    }
};

QTEST_APPLESS_MAIN(RequestTargetTest)
#include "tst_requesttarget.moc"
