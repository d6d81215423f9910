#include <session/requesturl.h>

#include <QTest>

using namespace headrace::session;

class RequestUrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void valid_isTakenApart_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("authority");
        const auto row = [](const QString &text, const QString &host, int port,
                             const QByteArray &target, const QByteArray &authority) {
            QTest::newRow(qPrintable(text)) << text << host << port << target << authority;
        };
        row(u"http://h"_qs, u"h"_qs, 80, "/", "h");
        row(u"HTTPS://H"_qs, u"h"_qs, 443, "/", "h");
        row(u"  http://h/a \n"_qs, u"h"_qs, 80, "/a", "h");
        row(u"http://h:8080/"_qs, u"h"_qs, 8080, "/", "h:8080");
        row(u"http://h:80/"_qs, u"h"_qs, 80, "/", "h");
        row(u"https://h:80/"_qs, u"h"_qs, 80, "/", "h:80");
        row(u"http://h:/"_qs, u"h"_qs, 80, "/", "h");
        row(u"http://h?q"_qs, u"h"_qs, 80, "/?q", "h");
        row(u"http://h#f"_qs, u"h"_qs, 80, "/", "h");
        row(u"http://h/a?b#c?d"_qs, u"h"_qs, 80, "/a?b", "h");
        row(u"http://h/p%41th/../a//b;c=%zz?q=a%20b&&"_qs, u"h"_qs, 80,
            "/p%41th/../a//b;c=%zz?q=a%20b&&", "h");
        row(u"http://h/é"_qs, u"h"_qs, 80, "/\xc3\xa9", "h");
        row(u"http://127.0.0.1:1/"_qs, u"127.0.0.1"_qs, 1, "/", "127.0.0.1:1");
        row(u"http://[::1]:8080/x"_qs, u"::1"_qs, 8080, "/x", "[::1]:8080");
        row(u"http://[::1]"_qs, u"::1"_qs, 80, "/", "[::1]");
        row(u"http://bücher.example/"_qs, u"xn--bcher-kva.example"_qs, 80, "/",
            "xn--bcher-kva.example");
        row(u"http://my_host/"_qs, u"my_host"_qs, 80, "/", "my_host");
        row(u"http://u:p@h/"_qs, u"h"_qs, 80, "/", "h");
    }

    void valid_isTakenApart()
    {
        QFETCH(QString, text);
        const RequestUrlResult result = parseRequestUrl(text);
        QVERIFY2(result.url, qPrintable(result.message));
        QTEST(result.url->host, "host");
        QTEST(int(result.url->port), "port");
        QTEST(result.url->target, "target");
        QTEST(result.url->authority(), "authority");
    }

    void credentials_areDecoded()
    {
        QCOMPARE(parseRequestUrl(u"http://a%40b:c:d@h/"_qs).url->credentials, "a@b:c:d");
        QCOMPARE(parseRequestUrl(u"http://a@h/"_qs).url->credentials, "a:");
        QCOMPARE(parseRequestUrl(u"http://h/@"_qs).url->credentials, "");
    }

    void invalid_saysWhatToDo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << u" "_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("no scheme") << u"example.org/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("other scheme") << u"ftp://h/"_qs << u"ERR_INVALID_PROTOCOL"_qs;
        QTest::newRow("no host") << u"http:///a"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("only a port") << u"http://:80/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("port 0") << u"http://h:0/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("port too large") << u"http://h:65536/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("port far too large") << u"http://h:4294967376/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("port no number") << u"http://h:x/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("negative port") << u"http://h:-1/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("blank in host") << u"http://a b/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("open bracket") << u"http://[::1/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("no IPv6") << u"http://[zz]/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("line end in host") << u"http://h\r\nX: y/"_qs << u"ERR_INVALID_URL"_qs;
        QTest::newRow("blank in path") << u"http://h/a b"_qs << u"ERR_UNESCAPED_CHARACTERS"_qs;
        QTest::newRow("line end in path")
            << u"http://h/a\r\nX: y"_qs << u"ERR_UNESCAPED_CHARACTERS"_qs;
        QTest::newRow("line end in query") << u"http://h/?\nx"_qs << u"ERR_UNESCAPED_CHARACTERS"_qs;
    }

    void invalid_saysWhatToDo()
    {
        QFETCH(QString, text);
        const RequestUrlResult result = parseRequestUrl(text);
        QVERIFY(!result.url);
        QTEST(result.code, "code");
        QVERIFY(result.message.endsWith(u'.'));
    }
};

QTEST_GUILESS_MAIN(RequestUrlTest)
#include "tst_requesturl.moc"
