#include <proxy/listedhost.h>

#include <QTest>

using namespace headrace;
using ui::ListedHost;

/// The host of an exchange in the lists of the proxy's settings.
class ListedHostTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void of_summary_data();
    void of_summary();
    void of_noHost_isNone_data();
    void of_noHost_isNone();
    void entry_isFound_andGoesAlone_data();
    void entry_isFound_andGoesAlone();
    void with_isPutInOnce();

private:
    static exchange::Summary summary(
        const QString &scheme, const QString &method, const QString &host, const QString &target)
    {
        exchange::Summary summary;
        summary.scheme = scheme;
        summary.method = method;
        summary.host = host;
        summary.target = target;
        return summary;
    }
};

void ListedHostTest::of_summary_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *title, const char *scheme, const char *method, const char *host,
                         const char *target, const char *name, int port, const char *text) {
        QTest::newRow(title) << QString::fromLatin1(scheme) << QString::fromLatin1(method)
                             << QString::fromLatin1(host) << QString::fromLatin1(target)
                             << QString::fromLatin1(name) << port << QString::fromLatin1(text);
    };
    row("https", "https", "GET", "API.test", "/", "api.test", 443, "api.test");
    row("http", "http", "GET", "api.test", "/", "api.test", 80, "api.test");
    row("port", "https", "GET", "api.test:8443", "/", "api.test", 8443, "api.test:8443");
    row("tunnel", "http", "CONNECT", "x", "api.test:443", "api.test", 443, "api.test");
    row("tunnel, port", "http", "CONNECT", "x", "api.test:80", "api.test", 80, "api.test:80");
    row("IPv4", "http", "GET", "10.0.0.1:81", "/", "10.0.0.1", 81, "10.0.0.1:81");
    row("IPv6", "https", "GET", "[::1]", "/", "::1", 443, "::1");
    row("IPv6, port", "https", "GET", "[::1]:8443", "/", "::1", 8443, "[::1]:8443");
}

void ListedHostTest::of_summary()
{
    QFETCH(QString, scheme);
    QFETCH(QString, method);
    QFETCH(QString, host);
    QFETCH(QString, target);
    const auto listed = ListedHost::of(summary(scheme, method, host, target));
    QVERIFY(listed);
    QTEST(listed->name, "name");
    QTEST(int(listed->port), "port");
    QTEST(listed->text, "text");
    QCOMPARE(listed->entryIn({ listed->text }), listed->text);
}

void ListedHostTest::of_noHost_isNone_data()
{
    QTest::addColumn<QString>("host");
    for (const char *host :
        { "", "  ", "a b", ":80", "a\tb.test", "*", "*.test", ".test", "10.0.0.0/8", "*:80" })
        QTest::newRow(host) << QString::fromLatin1(host);
}

void ListedHostTest::of_noHost_isNone()
{
    QFETCH(QString, host);
    QVERIFY(!ListedHost::of(
        summary(QStringLiteral("http"), QStringLiteral("GET"), host, QStringLiteral("/"))));
}

void ListedHostTest::entry_isFound_andGoesAlone_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<bool>("isAlone");
    const auto row = [](const char *entry, bool isFound, bool isAlone) {
        QTest::newRow(entry) << QString::fromLatin1(entry) << isFound << isAlone;
    };
    row("api.example.test", true, true);
    row("API.example.test", true, true);
    row("api.example.test:8443", true, true);
    row("*.example.test", true, false);
    row(".example.test", true, false);
    row("*", true, false);
    row("*:8443", true, false);
    row("api.example.test:443", false, false);
    row("other.test", false, false);
}

void ListedHostTest::entry_isFound_andGoesAlone()
{
    QFETCH(QString, entry);
    QFETCH(bool, isFound);
    QFETCH(bool, isAlone);
    const auto host = ListedHost::of(summary(QStringLiteral("https"), QStringLiteral("GET"),
        QStringLiteral("api.example.test:8443"), QStringLiteral("/")));
    const QStringList list { QStringLiteral("first.test"), entry };
    QCOMPARE(host->entryIn(list), isFound ? entry : QString());
    QCOMPARE(host->isAloneIn(entry), isAlone);
    QCOMPARE(host->without(list), isAlone ? list.first(1) : list);
}

void ListedHostTest::with_isPutInOnce()
{
    const auto host = ListedHost::of(summary(QStringLiteral("https"), QStringLiteral("GET"),
        QStringLiteral("a.test"), QStringLiteral("/")));
    const QStringList one = host->with({ QStringLiteral("b.test") });
    QCOMPARE(one, QStringList({ QStringLiteral("b.test"), QStringLiteral("a.test") }));
    QCOMPARE(host->with(one), one);
    QCOMPARE(host->with({ QStringLiteral("*.test") }).size(), 1);
}

QTEST_GUILESS_MAIN(ListedHostTest)
#include "tst_listedhost.moc"
