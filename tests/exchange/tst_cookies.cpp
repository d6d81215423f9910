#include <exchange/cookies.h>

#include <QTest>

namespace headrace::exchange {

/// Cookies read as browsers read them.
class CookiesTest : public QObject
{
    Q_OBJECT

    using Fate = SetCookie::Fate;

    static CookieReader::Context context(bool isSecure = true)
    {
        return { isSecure, QStringLiteral("www.example.test"), QStringLiteral("/a/b"),
            QDateTime(QDate(2026, 11, 27), QTime(6, 0), Qt::UTC) };
    }

private Q_SLOTS:

    void pairs_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>(
            "pairs"); // name=value, with ! before it when there is a problem
        QTest::newRow("two") << QByteArray("a=1; b=2") << QByteArray("a=1|b=2");
        QTest::newRow("no space") << QByteArray("a=1;b=2") << QByteArray("a=1|b=2");
        QTest::newRow("quotes stay") << QByteArray("a=\"b c\"") << QByteArray("a=\"b c\"");
        QTest::newRow("equals in the value") << QByteArray("a=b==; c=") << QByteArray("a=b==|c=");
        QTest::newRow("no name") << QByteArray("=x; y") << QByteArray("!=x|!=y");
        QTest::newRow("twice") << QByteArray("a=1; a=2") << QByteArray("a=1|!a=2");
        QTest::newRow("case tells names apart") << QByteArray("a=1; A=2") << QByteArray("a=1|A=2");
        QTest::newRow("empty parts") << QByteArray(" ; a=1;; ") << QByteArray("a=1");
        QTest::newRow("control") << QByteArray("a=\x01") << QByteArray("!a=\x01");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void pairs()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, pairs);
        QByteArrayList found;
        for (const CookiePair &pair : CookieReader::readPairs(field))
            found += (pair.problem.isEmpty() ? "" : "!") + pair.name + '=' + pair.value;
        QCOMPARE(found.join('|'), pairs);
    }

    void pairs_areBounded()
    {
        QCOMPARE(CookieReader::readPairs(QByteArray("a=1;").repeated(5000)).size(), 1000);
    }

    void dates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("date");
        const auto row = [](const char *text, const char *date) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(date);
        };
        row("Wed, 09 Jun 2021 10:18:14 GMT", "2021-06-09T10:18:14Z");
        row("Wed, 09-Jun-2021 10:18:14 GMT", "2021-06-09T10:18:14Z");
        row("Wednesday, 09-Jun-99 10:18:14 GMT", "1999-06-09T10:18:14Z");
        row("Wed Jun  9 10:18:14 2021", "2021-06-09T10:18:14Z");
        row("9 june 21 1:2:3 whatever", "2021-06-09T01:02:03Z");
        row("2021 09 Jun 10:18:14", "2021-06-09T10:18:14Z");
        row("Wed, 31 Feb 2021 10:18:14 GMT", "");
        row("Wed, 09 Jun 2021 25:18:14 GMT", "");
        row("Wed, 09 Jun 1600 10:18:14 GMT", "");
        row("0", "");
        row("", "");
        row("09 Jun 2021", "");
    }

    void dates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, date);
        const QDateTime found = CookieReader::readDate(text);
        QCOMPARE(found.isValid() ? found.toString(Qt::ISODate) : QString(), date);
    }

    void fate_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<int>("fate");
        QTest::addColumn<QString>("problem"); // a part of one
        const auto row
            = [](const char *field, Fate fate, const char *problem = "", bool isSecure = true) {
                  QTest::addRow("%s%s", field, isSecure ? "" : " (no TLS)")
                      << QByteArray(field) << isSecure << int(fate) << QString::fromLatin1(problem);
              };
        const auto ok = Fate::Session;
        const auto no = Fate::Refused;
        row("a=1; Secure; SameSite=Lax", ok);
        row("a=1", ok, "Without SameSite");
        row("a=1; SameSite=Lax", ok, "plain HTTP");
        row("a=1; Max-Age=60; Secure; SameSite=Lax", Fate::Kept);
        row("a=1; Max-Age=0; Secure; SameSite=Lax", Fate::Deleted);
        row("a=1; Max-Age=-5; Secure; SameSite=Lax", Fate::Deleted);
        row("a=1; Max-Age=x; Secure; SameSite=Lax", ok);
        row("a=1; Max-Age=60; Max-Age=0; Secure; SameSite=Lax", Fate::Deleted, "is there twice");
        row("a=1; Expires=Fri, 27 Nov 2026 07:00:00 GMT; Secure; SameSite=Lax", Fate::Kept);
        row("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; SameSite=Lax", Fate::Deleted);
        row("a=1; Expires=0; Secure; SameSite=Lax", ok);
        row("a=1; Max-Age=99999999999; Secure; SameSite=Lax", Fate::Kept, "400 days");
        row("a=1; Expires=Fri, 27 Nov 2099 07:00:00 GMT; Secure; SameSite=Lax", Fate::Kept,
            "400 days");
        row("a=1; Secure; SameSite=Lax", no, "without TLS", false);
        row("a=1; SameSite=None", no, "SameSite=None needs Secure");
        row("a=1; SameSite=None; Secure", ok);
        row("a=1; Partitioned", no, "Partitioned needs Secure");
        row("__Secure-a=1; SameSite=Lax", no, "__Secure- needs Secure");
        row("__Secure-a=1; Secure; SameSite=Lax", ok);
        row("__Host-a=1; Secure; Path=/; SameSite=Lax", ok);
        row("__host-a=1; Secure; SameSite=Lax", no, "needs Path=/");
        row("__Host-a=1; Path=/; SameSite=Lax", no, "__Host- needs Secure");
        row("__Host-a=1; Secure; Path=/; Domain=example.test; SameSite=Lax", no, "forbids Domain");
        row("=__Host-a; Secure; Path=/; SameSite=Lax", no, "look like a prefix");
        row("a=1; Domain=example.test; Secure; SameSite=Lax", ok);
        row("a=1; Domain=other.test; Secure; SameSite=Lax", no, "not a domain of");
        row("a=1; Domain=xample.test; Secure; SameSite=Lax", no, "not a domain of");
        row("a=1; Domain=test; Secure; SameSite=Lax", no, "top-level");
        row("; Secure; SameSite=Lax", no, "neither name nor value");
        row("a=\x02; Secure; SameSite=Lax", no, "control");
        row("justvalue; Secure; SameSite=Lax", ok);
    }

    void fate()
    {
        QFETCH(QByteArray, field);
        QFETCH(bool, isSecure);
        QFETCH(int, fate);
        QFETCH(QString, problem);
        const SetCookie cookie = CookieReader(context(isSecure)).read(field);
        QCOMPARE(int(cookie.fate), fate);
        if (problem.isEmpty())
            QCOMPARE(cookie.problems, QStringList());
        else
            QVERIFY2(cookie.problems.join(u'|').contains(problem),
                qPrintable(cookie.problems.join(u'|')));
        QVERIFY(fate != int(Fate::Session) || !cookie.expires.isValid());
    }

    void expiry_maxAgeCountsMoreThanExpires()
    {
        const SetCookie cookie = CookieReader(context()).read(
            "a=1; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        QCOMPARE(cookie.fate, Fate::Kept);
        QCOMPARE(cookie.expires, context().received.addSecs(3600));
    }

    void scope_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("scope");
        QTest::newRow("of the request")
            << QByteArray("a=1") << QStringLiteral("www.example.test /a");
        QTest::newRow("domain") << QByteArray("a=1; Domain=.Example.TEST")
                                << QStringLiteral("*.example.test /a");
        QTest::newRow("own domain") << QByteArray("a=1; domain=www.example.test")
                                    << QStringLiteral("*.www.example.test /a");
        QTest::newRow("path") << QByteArray("a=1; Path=/x/")
                              << QStringLiteral("www.example.test /x/");
        QTest::newRow("bad path") << QByteArray("a=1; Path=x")
                                  << QStringLiteral("www.example.test /a");
    }

    void scope()
    {
        QFETCH(QByteArray, field);
        const SetCookie cookie = CookieReader(context()).read(field);
        QTEST(
            QStringLiteral("%1%2 %3").arg(cookie.isForSubdomains ? QStringLiteral("*.") : QString(),
                cookie.domain, cookie.path),
            "scope");
    }

    void attributes_areExplainedInOrder()
    {
        const SetCookie cookie = CookieReader(context()).read(
            " a = b ; HttpOnly; X=1; SameSite=strict; Path=/; Max-Age=90");
        QCOMPARE(cookie.name, QByteArray("a"));
        QCOMPARE(cookie.value, QByteArray("b"));
        QCOMPARE(cookie.attributes.size(), 5);
        QCOMPARE(cookie.attributes.at(0).name, QByteArray("HttpOnly"));
        QVERIFY(!cookie.attributes.at(0).value);
        QCOMPARE(cookie.attributes.at(1).meaning,
            QStringLiteral("not a known attribute; it does not count"));
        QVERIFY(cookie.attributes.at(2).meaning.contains(QStringLiteral("same site")));
        QVERIFY(cookie.attributes.at(4).meaning.contains(QStringLiteral("1 min 30 s")));
        for (const CookieAttribute &attribute : cookie.attributes)
            QVERIFY(!attribute.meaning.isEmpty());
    }

    void sizes_areBounded()
    {
        const CookieReader reader(context());
        QVERIFY(reader.read("a=" + QByteArray(4095, 'x')).fate != Fate::Refused);
        QCOMPARE(reader.read("a=" + QByteArray(4096, 'x')).fate, Fate::Refused);
        const SetCookie cookie = reader.read("a=1; Path=/" + QByteArray(2000, 'x'));
        QCOMPARE(cookie.path, QStringLiteral("/a"));
        QCOMPARE(reader.read("a=1" + QByteArray("; b").repeated(9000)).attributes.size(), 50);
    }
};

} // namespace headrace::exchange

QTEST_APPLESS_MAIN(headrace::exchange::CookiesTest)
#include "tst_cookies.moc"
