#include <proxy/settings.h>

#include <QTest>

#include <origin/upstreamchoice.h>

using namespace headrace;
using proxy::NextProxy;
using proxy::Route;
using proxy::Upstream;
using proxy::UpstreamChoice;

class UpstreamChoiceTest : public QObject
{
    Q_OBJECT

private:
    static UpstreamChoice fromEnvironment(const QStringList &variables)
    {
        QProcessEnvironment environment;
        for (const QString &variable : variables)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        return UpstreamChoice(Upstream(), environment);
    }

private Q_SLOTS:

    void environment_decides_data()
    {
        QTest::addColumn<QStringList>("variables");
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<QString>("host"); // of the route
        QTest::addColumn<QString>("proxy"); // empty: none
        const QString one = u"http_proxy=http://one.test:3128"_qs;
        const QString two = u"https_proxy=two.test:81"_qs;
        QTest::newRow("none") << QStringList() << false << u"a.test"_qs << QString();
        QTest::newRow("plain") << QStringList { one, two } << false << u"a.test"_qs
                               << u"one.test"_qs;
        QTest::newRow("secure") << QStringList { one, two } << true << u"a.test"_qs
                                << u"two.test"_qs;
        QTest::newRow("not for the other")
            << QStringList { one } << true << u"a.test"_qs << QString();
        QTest::newRow("for all") << QStringList { u"all_proxy=one.test"_qs } << true << u"a.test"_qs
                                 << u"one.test"_qs;
        QTest::newRow("capitals") << QStringList { u"HTTPS_PROXY=two.test"_qs } << true
                                  << u"a.test"_qs << u"two.test"_qs;
        QTest::newRow("capitals of the plain one are a client's")
            << QStringList { u"HTTP_PROXY=two.test"_qs } << false << u"a.test"_qs << QString();
        QTest::newRow("loopback") << QStringList { one } << false << u"localhost"_qs << QString();
        QTest::newRow("loopback address")
            << QStringList { one } << false << u"127.0.0.9"_qs << QString();
        const auto except
            = [&](const char *name, const QString &list, const QString &host, bool excepted) {
                  QTest::newRow(name) << QStringList { one, u"no_proxy="_qs + list } << false
                                      << host << (excepted ? QString() : u"one.test"_qs);
              };
        except("excepted", u"x.test, a.test"_qs, u"a.test"_qs, true);
        except("excepted, below", u"a.test"_qs, u"b.a.test"_qs, true);
        except("excepted, with a dot", u".a.test"_qs, u"b.a.test"_qs, true);
        except("excepted, with a star", u"*.a.test"_qs, u"b.a.test"_qs, true);
        except("only looks like it", u"a.test"_qs, u"ba.test"_qs, false);
        except("all excepted", u"*"_qs, u"b.test"_qs, true);
        except("another port", u"a.test:8080"_qs, u"a.test"_qs, false);
        except("this port", u"a.test:80"_qs, u"a.test"_qs, true);
        except("network", u"10.0.0.0/8"_qs, u"10.9.8.7"_qs, true);
        except("another network", u"10.0.0.0/8"_qs, u"11.9.8.7"_qs, false);
        except("IPv6", u"2001:db8::1"_qs, u"2001:db8:0::1"_qs, true);
        except("nonsense", u"/// :: ["_qs, u"a.test"_qs, false);
    }

    void environment_decides()
    {
        QFETCH(QStringList, variables);
        QFETCH(bool, isSecure);
        QFETCH(QString, host);
        QFETCH(QString, proxy);
        const UpstreamChoice choice = fromEnvironment(variables);
        QCOMPARE(choice.problem(), QString());
        const std::optional<NextProxy> next
            = choice.proxyFor(Route { isSecure, host, quint16(isSecure ? 443 : 80) });
        QCOMPARE(next ? next->host : QString(), proxy);
    }

    void credentials_areSent()
    {
        Upstream upstream;
        upstream.choice = Upstream::Choice::Fixed;
        upstream.url = QUrl(u"https://m%C3%A9:a%3Ab@p.test"_qs);
        const auto next = UpstreamChoice(upstream).proxyFor({ false, u"127.0.0.1"_qs, 80 });
        QVERIFY(next && next->isSecure);
        QCOMPARE(next->port, quint16(443));
        QCOMPARE(next->authorization, "Basic " + QByteArray("m\xc3\xa9:a:b").toBase64());
    }

    void unknownScheme_isToldAndLeftOut()
    {
        const UpstreamChoice choice
            = fromEnvironment({ u"https_proxy=socks5://me:secret@p.test"_qs });
        QVERIFY(choice.problem().contains(u"p.test"_qs));
        QVERIFY(!choice.problem().contains(u"secret"_qs));
        QVERIFY(!choice.proxyFor({ true, u"a.test"_qs, 443 }));
    }
};

QTEST_GUILESS_MAIN(UpstreamChoiceTest)
#include "tst_upstreamchoice.moc"
