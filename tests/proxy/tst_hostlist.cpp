#include <proxy/hostlist.h>

#include <QTest>

using namespace headrace;
using proxy::HostList;

class HostListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void pattern_takesWhatItNames_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const char *pattern, const char *host, int port, bool isTaken) {
            const QByteArray title
                = QByteArray(pattern) + " / " + host + ':' + QByteArray::number(port);
            QTest::newRow(title.constData())
                << QString::fromUtf8(pattern) << QString::fromUtf8(host) << port << isTaken;
        };
        row("api.example.test", "api.example.test", 443, true);
        row("api.example.test", "API.Example.TEST", 443, true);
        row("API.example.test.", "api.example.test", 443, true);
        row(" api.example.test ", "api.example.test.", 443, true);
        row("api.example.test", "b.api.example.test", 443, false);
        row("api.example.test", "example.test", 443, false);
        row("api.example.test:8443", "api.example.test", 8443, true);
        row("api.example.test:8443", "api.example.test", 443, false);
        row("*.example.test", "a.example.test", 443, true);
        row("*.example.test", "a.b.example.test", 443, true);
        row("*.example.test", "example.test", 443, false);
        row("*.example.test", "badexample.test", 443, false);
        row("*.example.test:81", "a.example.test", 81, true);
        row("*.example.test:81", "a.example.test", 80, false);
        row(".example.test", "example.test", 443, true);
        row(".example.test", "a.example.test", 443, true);
        row(".example.test", "badexample.test", 443, false);
        row("*", "anything.test", 1, true);
        row("*", "::1", 1, true);
        row("*:22", "anything.test", 22, true);
        row("*:22", "anything.test", 23, false);
        row("münchen.test", "xn--mnchen-3ya.test", 443, true);
        row("xn--mnchen-3ya.test", "MÜNCHEN.test", 443, true);
        row("*.münchen.test", "a.xn--mnchen-3ya.test", 443, true);
        row("a_b.test", "a_b.test", 443, true);
        row("localhost", "localhost", 80, true);
        row("127.0.0.1", "127.0.0.1", 80, true);
        row("127.0.0.1", "127.0.0.2", 80, false);
        row("10.0.0.1:8443", "10.0.0.1", 8443, true);
        row("10.0.0.1:8443", "10.0.0.1", 443, false);
        row("10.0.0.0/8", "10.200.3.4", 443, true);
        row("10.0.0.0/8", "11.0.0.1", 443, false);
        row("10.0.0.0/8:443", "10.0.0.1", 80, false);
        row("0.0.0.0/0", "1.2.3.4", 80, true);
        row("0.0.0.0/0", "::1", 80, false);
        row("0.0.0.0/0", "name.test", 80, false);
        row("::1", "::1", 80, true);
        row("::1", "[::1]", 80, true);
        row("[::1]", "0:0:0:0:0:0:0:1", 80, true);
        row("[::1]:443", "::1", 443, true);
        row("[::1]:443", "::1", 80, false);
        row("fe80::/10", "fe80::1%eth0", 80, true);
        row("[fd00::/8]:80", "fd12::1", 80, true);
        row("127.0.0.1", "::ffff:127.0.0.1", 80, true);
        row("1.2.3", "1.2.3", 80, true); // a name
        row("*.1", "127.0.0.1", 80, false);
    }

    void pattern_takesWhatItNames()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, host);
        QFETCH(int, port);
        QCOMPARE(HostList::problemOf(pattern), QString());
        const HostList list({ pattern });
        QVERIFY(!list.isEmpty());
        QTEST(list.contains(host, quint16(port)), "isTaken");
    }

    void noPattern_isSaidAndLeftOut_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *text : { "", "  ", "a b", "*.", ".", "*a.test", "a.*.test",
                 "a.test:", "a.test:0", "a.test:70000", "a.test:x", "a..test", "10.0.0.0/33",
                 "10.0.0.0/x", "::1/129", "http://a.test", "a.test/path", "[::1", "::1]" })
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void noPattern_isSaidAndLeftOut()
    {
        QFETCH(QString, pattern);
        QVERIFY(!HostList::problemOf(pattern).isEmpty());
        QVERIFY(HostList({ pattern }).isEmpty());
    }

    void match_answersTheFirstPattern()
    {
        const HostList list(
            { QStringLiteral("b.test"), QStringLiteral(" *.test "), QStringLiteral("a.test") });
        QCOMPARE(list.match(QStringLiteral("a.test"), 443), QStringLiteral("*.test"));
        QCOMPARE(list.match(QStringLiteral("b.test"), 443), QStringLiteral("b.test"));
        QVERIFY(list.match(QStringLiteral("test"), 443).isNull());
        QVERIFY(!list.contains(QString(), 443));
        QVERIFY(!HostList().contains(QStringLiteral("a.test"), 443));
    }
};

QTEST_APPLESS_MAIN(HostListTest)
#include "tst_hostlist.moc"
