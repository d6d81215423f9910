#include "verbs/proxyoptions.h"

#include <QTest>

using namespace headrace;
using app::parseProxyOptions;
using app::ProxyOptions;

class ProxyOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void nothing_isLoopbackAndTheNextFreePort()
    {
        const ProxyOptions options = parseProxyOptions({});
        QCOMPARE(options.error, QString());
        QCOMPARE(options.settings, proxy::Settings());
        QCOMPARE(options.settings.listeners.size(), 1);
        QVERIFY(options.settings.listeners.first().isLoopback());
        QVERIFY(options.settings.listeners.first().takesNextFree);
        QCOMPARE(options.settings.listeners.first().port, quint16(8080));
    }

    void everything_isTaken()
    {
        const ProxyOptions options = parseProxyOptions({ u"--port=81"_qs, u"--listen"_qs, u"::1"_qs,
            u"--listen"_qs, u"all"_qs, u"--auth"_qs, u"me:a:b"_qs, u"--record"_qs, u"f.headrace"_qs,
            u"--filter"_qs, u"status:500"_qs, u"--rules"_qs, u"r.json"_qs, u"--reverse"_qs,
            u"https://o.test/v1"_qs, u"--upstream"_qs, u"p.test:3128"_qs, u"--no-intercept"_qs,
            u"a"_qs, u"--no-intercept"_qs, u"b:443"_qs, u"--insecure"_qs, u"c"_qs, u"--lenient"_qs,
            u"d"_qs, u"--client-cert"_qs, u"e=c.pem,k.pem"_qs, u"--key-log"_qs, u"k.log"_qs,
            u"-q"_qs });
        QCOMPARE(options.error, QString());
        QCOMPARE(options.settings.listeners.size(), 2);
        for (const proxy::ListenAddress &listener : options.settings.listeners) {
            QCOMPARE(listener.port, quint16(81));
            QVERIFY(!listener.takesNextFree); // who names a port means it
        }
        QVERIFY(!options.settings.listeners.last().isLoopback());
        QCOMPARE(options.settings.clientCredentials, (proxy::Credentials { u"me"_qs, u"a:b"_qs }));
        QCOMPARE(options.record, u"f.headrace"_qs);
        QCOMPARE(options.filter, u"status:500"_qs);
        QCOMPARE(options.rules, u"r.json"_qs);
        QCOMPARE(options.settings.reverse, QUrl(u"https://o.test/v1"_qs));
        QCOMPARE(options.settings.upstream.choice, proxy::Upstream::Choice::Fixed);
        QCOMPARE(options.settings.upstream.url, QUrl(u"http://p.test:3128"_qs));
        QCOMPARE(options.settings.notIntercepted, QStringList({ u"a"_qs, u"b:443"_qs }));
        QCOMPARE(options.settings.unverified, QStringList { u"c"_qs });
        QCOMPARE(options.settings.lenient, QStringList { u"d"_qs });
        QCOMPARE(options.settings.clientCertificates,
            (QList<proxy::ClientCertificate> { { u"e"_qs, u"c.pem"_qs, u"k.pem"_qs } }));
        QCOMPARE(options.settings.keyLogFile, u"k.log"_qs);
        QVERIFY(options.isQuiet);
    }

    void wrongArguments_areTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown") << QStringList { u"--fast"_qs };
        QTest::newRow("no option") << QStringList { u"file"_qs };
        QTest::newRow("port") << QStringList { u"--port"_qs, u"65536"_qs };
        QTest::newRow("port, text") << QStringList { u"--port=http"_qs };
        QTest::newRow("no value") << QStringList { u"--record"_qs };
        QTest::newRow("address") << QStringList { u"--listen"_qs, u"nowhere"_qs };
        QTest::newRow("reverse") << QStringList { u"--reverse"_qs, u"ftp://x"_qs };
        QTest::newRow("upstream") << QStringList { u"--upstream"_qs, u"socks5://x"_qs };
        QTest::newRow("credentials") << QStringList { u"--auth"_qs, u"me"_qs };
        QTest::newRow("certificate") << QStringList { u"--client-cert"_qs, u"c.pem"_qs };
        QTest::newRow("certificate, three files")
            << QStringList { u"--client-cert"_qs, u"h=a,b,c"_qs };
    }

    void wrongArguments_areTold()
    {
        QFETCH(QStringList, arguments);
        QVERIFY(!parseProxyOptions(arguments).error.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProxyOptionsTest)
#include "tst_proxyoptions.moc"
