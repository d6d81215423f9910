#include "filterdump.h"

#include <exchange/filter.h>

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace headrace::exchange;

namespace {

// What times of day refer to.
QDateTime now() { return QDateTime(QDate(2026, 11, 27), QTime(15, 30), QTimeZone::utc()); }

ParsedFilter parsed(const QString &text) { return parseFilter(text, now()); }

qint64 at(const char *time)
{
    return QDateTime::fromString(QLatin1String(time), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

class FilterParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void text_isRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const QString &expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << expected;
        };
        const auto plain = [&row](const char *text, const char *expected) {
            row(text, QString::fromUtf8(expected));
        };

        // Nothing, and all.
        plain("", "all");
        plain("  \t ", "all");
        plain("~all", "all");
        plain("~http", "all");
        plain("!~all", "(not all)");

        // Operators of mitmproxy.
        plain("~u foo", "url~\"foo\"");
        plain("~u  foo", "url~\"foo\"");
        plain("~u 'a b'", "url~\"a b\"");
        plain("~u \"a b\"", "url~\"a b\"");
        plain("~u foo|bar", "url~\"foo|bar\"");
        plain("~u a&b", "url~\"a&b\"");
        plain("~u \\.js$", "url~\"\\.js$\"");
        plain("~u '\\.js$'", "url~\"\\.js$\"");
        plain("~u \"a\\\"b\\\\d\\d\"", "url~\"a\"b\\d\\d\"");
        plain("~u a\\ b", "url~\"a\\ b\"");
        plain("~u \\(x\\)", "url~\"\\(x\\)\"");
        plain("~u and", "url~\"and\"");
        plain("~u '(?-i)Foo'", "url~\"Foo\"c");
        plain("~m GET", "method~\"GET\"");
        plain("~d example", "host~\"example\"");
        plain("~c 404", "status=404");
        plain("~c 4xx", "(and status>=400 status<=499)");
        plain("~c 200&~s", "(and status=200 response)");
        plain("~s", "response");
        plain("~q", "noresponse");
        plain("~e", "error");
        plain("~a", "asset");
        plain("~t json", "type~\"json\"");
        plain("~tq json", "type?~\"json\"");
        plain("~ts json", "type!~\"json\"");
        plain("~b stock", "body~\"stock\"");
        plain("~bq stock", "body?~\"stock\"");
        plain("~bs 'out of'", "body!~\"out of\"");
        plain("~h x-id", "header~\"x-id\"");
        plain("~hq 'x-id: 7'", "header?~\"x-id: 7\"");
        plain("~hs ^server", "header!~\"^server\"");
        plain("~comment look", "note~\"look\"");
        plain("~marked", "mark");
        plain("~marker red", "mark~\"red\"");
        plain("~src 127.0.0.1", "client~\"127.0.0.1\"");
        plain("~dst :443", "server~\":443\"");
        plain("~websocket", "websocket");
        plain("~meta foo", "(not all)");
        plain("~replay", "(not all)");
        plain("~replayq", "(not all)");
        plain("~replays", "(not all)");
        plain("~dns", "(not all)");
        plain("~tcp", "(not all)");
        plain("~udp", "(not all)");
        plain("!~dns", "all");

        // Bare text.
        plain("foo", "url~\"foo\"");
        plain("foo bar", "(and url~\"foo\" url~\"bar\")");
        plain("\"foo bar\"", "url~\"foo bar\"");
        plain("'foo bar'", "url~\"foo bar\"");
        plain("\"and\"", "url~\"and\"");
        plain("example.test/~joe", "url~\"example.test/~joe\"");
        plain("foo&bar", "url~\"foo&bar\"");
        plain("?q=[", "url^\"?q=[\"");
        plain("\"a[\"", "url^\"a[\"");
        plain("*", "url^\"*\"");
        plain("/items?q=7", "(or url~\"/items?q=7\" url^\"/items?q=7\")");
        plain("'/items?'", "url~\"/items?\"");
        plain("http://x", "url~\"http://x\"");
        plain("https://x.test:8443/a", "url~\"https://x.test:8443/a\"");
        plain("foo://x", "url~\"foo://x\"");
        plain("http:", "url~\"http:\"");
        plain("localhost:8080", "url~\"localhost:8080\"");
        plain("localhost:8080/x", "url~\"localhost:8080/x\"");
        plain("localhost:", "url~\"localhost:\"");
        plain("example.test:x", "url~\"example.test:x\"");
        plain("127.0.0.1:80", "url~\"127.0.0.1:80\"");
        plain("q=7", "url~\"q=7\"");
        plain("status", "url~\"status\"");
        plain("android", "url~\"android\"");
        plain("order", "url~\"order\"");
        plain("nothing", "url~\"nothing\"");
        plain("\xe4\xbd\xa0", "url~\"\xe4\xbd\xa0\"");

        // How conditions are joined.
        plain("a & b", "(and url~\"a\" url~\"b\")");
        plain("a &b", "(and url~\"a\" url~\"b\")");
        plain("a && b", "(and url~\"a\" url~\"b\")");
        plain("a and b", "(and url~\"a\" url~\"b\")");
        plain("a AND b", "(and url~\"a\" url~\"b\")");
        plain("a | b", "(or url~\"a\" url~\"b\")");
        plain("a || b", "(or url~\"a\" url~\"b\")");
        plain("a or b", "(or url~\"a\" url~\"b\")");
        plain("a & b | c & d", "(or (and url~\"a\" url~\"b\") (and url~\"c\" url~\"d\"))");
        plain("a & b & c", "(and url~\"a\" url~\"b\" url~\"c\")");
        plain("a b | c", "(and url~\"a\" (or url~\"b\" url~\"c\"))");
        plain("(a b) | c", "(or (and url~\"a\" url~\"b\") url~\"c\")");
        plain("a (b | c)", "(and url~\"a\" (or url~\"b\" url~\"c\"))");
        plain("foo(bar)", "(and url~\"foo\" url~\"bar\")");
        plain("!a", "(not url~\"a\")");
        plain("! a", "(not url~\"a\")");
        plain("!!a", "url~\"a\"");
        plain("not a", "(not url~\"a\")");
        plain("not not a", "url~\"a\"");
        plain("not(a)", "(not url~\"a\")");
        plain("-a", "(not url~\"a\")");
        plain("-~s", "(not response)");
        plain("-(a b)", "(not (and url~\"a\" url~\"b\"))");
        plain("-status:404", "(not status=404)");
        plain("a -b", "(and url~\"a\" (not url~\"b\"))");
        plain("a - b", "(and url~\"a\" url~\"-\" url~\"b\")");
        plain("!a & b", "(and (not url~\"a\") url~\"b\")");
        plain("!(a | b)", "(not (or url~\"a\" url~\"b\"))");
        plain("~q & ~m GET | ~s", "(or (and noresponse method~\"GET\") response)");
        plain("~m GET~s", "(and method~\"GET\" response)");
        plain("(~q)", "noresponse");
        plain("((a))", "url~\"a\"");

        // Fields of text.
        plain("method:POST", "method=\"POST\"");
        plain("METHOD:POST", "method=\"POST\"");
        plain("method:GET,HEAD", "(or method=\"GET\" method=\"HEAD\")");
        plain("method!=GET,HEAD", "(not (or method=\"GET\" method=\"HEAD\"))");
        plain("method:P*", "method*\"P*\"");
        plain("method~^P", "method~\"^P\"");
        plain("method=~^P", "method~\"^P\"");
        plain("method == GET", "method=\"GET\"");
        plain("scheme:https", "scheme=\"https\"");
        plain("host:example", "host^\"example\"");
        plain("host=example.test", "host=\"example.test\"");
        plain("host==example.test", "host=\"example.test\"");
        plain("host!=example.test", "(not host=\"example.test\")");
        plain("host:api.*", "host*\"api.*\"");
        plain("host=api.*", "host*\"api.*\"");
        plain("host:a?.test", "host*\"a?.test\"");
        plain("host:\"api.*\"", "host^\"api.*\"");
        plain("host:a\\*b", "host^\"a*b\"");
        plain("host:a\\*b*", "host*\"a\\*b*\"");
        plain("host:/^api\\d/", "host~\"^api\\d\"");
        plain("host:/^API/c", "host~\"^API\"c");
        plain("host:/a b/i", "host~\"a b\"");
        plain("host:a,/b*/", "(or host^\"a\" host*\"/b*/\")");
        plain("host:\\/b*/", "host*\"/b*/\"");
        plain("host:\\/b/", "host^\"/b/\"");
        plain("host:/a\\/b/", "host~\"a/b\"");
        plain("host:/a.b/sx", "host~\"(?sx)a.b\"");
        plain("host:/a", "host^\"/a\"");
        plain("host:*", "host");
        plain("path:/v1/*", "path*\"/v1/*\"");
        plain("path:/v1/", "path^\"/v1/\"");
        plain("path:/items?q=7", "path^\"/items?q=7\"");
        plain("path:/items?q=*", "path*\"/items?q=*\"");
        plain("path=/v1/items", "path=\"/v1/items\"");
        plain("path~/v1/", "path~\"/v1/\"");
        plain("query:a=1&b=2", "query^\"a=1&b=2\"");
        plain("query:*", "query");
        plain("url:a?b", "url^\"a?b\"");
        plain("type:json", "type^\"json\"");
        plain("type:json,xml", "(or type^\"json\" type^\"xml\")");
        plain("type=text/html", "type=\"text/html\"");
        plain("request.type:json", "type?^\"json\"");
        plain("response.type:image/*", "type!*\"image/*\"");
        plain("event:aborted", "event=\"aborted\"");
        plain("event:Socket.*", "event*\"Socket.*\"");
        plain("pattern:timeout", "pattern=\"timeout\"");
        plain("pattern:*close*", "pattern*\"*close*\"");
        plain("pattern:premature-close",
            "(or pattern=\"premature-close-before-response\" "
            "pattern=\"premature-close-after-response\")");
        plain("pattern~^abort", "pattern~\"^abort\"");
        plain("body:\"out of stock\"", "body^\"out of stock\"");
        plain("body:a*b", "body^\"a*b\"");
        plain("body:a,b", "body^\"a,b\"");
        plain("body:*", "body");
        plain("body:/out\\s+of/", "body~\"out\\s+of\"");
        plain("body:/a\"(b)'/", "body~\"a\"(b)'\"");
        plain("body:\"a\\nb\"", "body^\"a\nb\"");
        plain("request.body:x", "body?^\"x\"");
        plain("response.body:x", "body!^\"x\"");
        plain("note:\"look here\"", "note^\"look here\"");
        plain("note:*", "note");
        plain("rule:\"map local\"", "rule^\"map local\"");
        plain("rule:*", "rule");
        plain("rule=trace", "rule=\"trace\"");
        plain("rule:/^m/", "rule~\"^m\"");
        plain("mark:red", "mark=\"red\"");
        plain("mark:*", "mark");
        plain("mark:red,blue", "(or mark=\"red\" mark=\"blue\")");
        plain("error:ECONNRESET", "error^\"ECONNRESET\"");
        plain("error:*", "error");
        plain("client:127.0.0.1", "client^\"127.0.0.1\"");
        plain("server:*:443", "server*\"*:443\"");
        plain("any:foo",
            "(or url^\"foo\" header^\"foo\" trailer^\"foo\" body^\"foo\" note^\"foo\" "
            "error^\"foo\")");
        plain("any:/f+/",
            "(or url~\"f+\" header~\"f+\" trailer~\"f+\" body~\"f+\" note~\"f+\" error~\"f+\")");
        plain("any:*", "all");

        // Fields with fixed values.
        plain("source:proxy", "source=\"proxy\"");
        plain("source:Proxy,Mock", "(or source=\"proxy\" source=\"mock\")");
        plain("state:failed", "state=\"failed\"");
        plain("state!=active", "(not state=\"active\")");
        plain("is:failed", "state=\"failed\"");
        plain("is:active", "state=\"active\"");
        plain("is:complete", "state=\"complete\"");
        plain("is:cancelled", "state=\"canceled\"");
        plain("is:marked", "mark");
        plain("is:noted", "note");
        plain("is:tls", "scheme=\"https\"");
        plain("is:websocket", "websocket");
        plain("is:asset", "asset");
        plain("is:changed", "changed");
        plain("is:lenient", "lenient");
        plain("is:failed|is:tls", "(or state=\"failed\" scheme=\"https\")");

        // Header fields and trailers.
        plain("header:x-id", "header[x-id]");
        plain("header:x-*", "header[x-*]");
        plain("header:*", "header");
        plain("header:x-id=abc", "header[x-id]=\"abc\"");
        plain("header:x-id=\"a b\"", "header[x-id]=\"a b\"");
        plain("header:x-id=ab*", "header[x-id]*\"ab*\"");
        plain("header:x-id:=ab*", "header[x-id]*\"=ab*\"");
        plain("header:x-id!=abc", "(not header[x-id]=\"abc\")");
        plain("header:x-id:abc", "header[x-id]^\"abc\"");
        plain("header:x-id:\"a b\"", "header[x-id]^\"a b\"");
        plain("header:x-id:*", "header[x-id]");
        plain("header:x-id:/^a/", "header[x-id]~\"^a\"");
        plain("header:x-id~^a", "header[x-id]~\"^a\"");
        plain("header:x-id~s", "(and header[x-id] response)");
        plain("header:\"x-id: a b\"", "header[x-id]^\"a b\"");
        plain("header:\"x-id=a b\"", "header[x-id]=\"a b\"");
        plain("header:\"x-id\"", "header[x-id]");
        plain("header:\"a(b: c\"", "header[a(b]^\"c\"");
        plain("header:/^x-id: a/", "header~\"^x-id: a\"");
        plain("header~abc", "header~\"abc\"");
        plain("header::abc", "header^\"abc\"");
        plain("request.header:x-id", "header?[x-id]");
        plain("response.header:x-id=1", "header![x-id]=\"1\"");
        plain("trailer:*", "trailer");
        plain("trailer:x-sum", "trailer[x-sum]");
        plain("trailer~sum", "trailer~\"sum\"");

        // Numbers.
        plain("status:404", "status=404");
        plain("status=404", "status=404");
        plain("status == 404", "status=404");
        plain("status!=404", "(not status=404)");
        plain("status>=400", "status>=400");
        plain("status >= 400", "status>=400");
        plain("status<400", "status<400");
        plain("status<=4xx", "status<=499");
        plain("status>4xx", "status>499");
        plain("status:4xx", "(and status>=400 status<=499)");
        plain("status:5XX", "(and status>=500 status<=599)");
        plain("status:400-499", "(and status>=400 status<=499)");
        plain("status:400..499", "(and status>=400 status<=499)");
        plain("status:404,5xx", "(or status=404 (and status>=500 status<=599))");
        plain("status:>=400", "status>=400");
        plain("status:*", "status");
        plain("status>=400&method:GET", "(and status>=400 method=\"GET\")");
        plain("size>1MB", "size>1000000");
        plain("size>1mib", "size>1048576");
        plain("size>=1.5kB", "size>=1500");
        plain("size:0", "size=0");
        plain("size<10k", "size<10000");
        plain("size:1-2MB", "(and size>=1000000 size<=2000000)");
        plain("size>2GiB", "size>2147483648");
        plain("response.size>1B", "size>1");
        plain("reqsize>100", "size?>100");
        plain("request.size>100", "size?>100");
        plain("duration>500ms", "duration>500000");
        plain("duration>500", "duration>500000");
        plain("duration<1.5s", "duration<1500000");
        plain("duration>2min", "duration>120000000");
        plain("duration>2m", "duration>120000000");
        plain("duration>1h", "duration>3600000000");
        plain("duration>250us", "duration>250");
        plain("duration>250\xc2\xb5s", "duration>250");
        plain("duration:100-200ms", "(and duration>=100000 duration<=200000)");
        plain("id:100-200", "(and number>=100 number<=200)");
        plain("id:7,9", "(or number=7 number=9)");

        // Moments: a time of day is today's, and as wide as it is written.
        row("time>=12:01", QStringLiteral("time>=%1").arg(at("2026-11-27T12:01:00.000Z")));
        row("time<12:01", QStringLiteral("time<%1").arg(at("2026-11-27T12:01:00.000Z")));
        row("time>12:01", QStringLiteral("time>%1").arg(at("2026-11-27T12:01:59.999Z")));
        row("time<=12:01:07", QStringLiteral("time<=%1").arg(at("2026-11-27T12:01:07.999Z")));
        row("time:9:30",
            QStringLiteral("(and time>=%1 time<=%2)")
                .arg(at("2026-11-27T09:30:00.000Z"))
                .arg(at("2026-11-27T09:30:59.999Z")));
        row("time:12:00..13:00",
            QStringLiteral("(and time>=%1 time<=%2)")
                .arg(at("2026-11-27T12:00:00.000Z"))
                .arg(at("2026-11-27T13:00:59.999Z")));
        row("time:2026-11-26",
            QStringLiteral("(and time>=%1 time<=%2)")
                .arg(at("2026-11-26T00:00:00.000Z"))
                .arg(at("2026-11-26T23:59:59.999Z")));
        row("time>=2026-11-27T12:00",
            QStringLiteral("time>=%1").arg(at("2026-11-27T12:00:00.000Z")));
        row("time=2026-11-27T12:00:00.250Z",
            QStringLiteral("time=%1").arg(at("2026-11-27T12:00:00.250Z")));

        // What people write.
        plain("method:POST status>=400 host:api.*",
            "(and method=\"POST\" status>=400 host*\"api.*\")");
        plain("(is:failed or status>=500) and not host:localhost",
            "(and (or state=\"failed\" status>=500) (not host^\"localhost\"))");
        plain("trailer:* event:aborted duration>500ms size>1MB",
            "(and trailer event=\"aborted\" duration>500000 size>1000000)");
    }

    void text_isRead()
    {
        QFETCH(QString, text);
        const ParsedFilter result = parsed(text);
        QVERIFY2(!result.error, result.error ? qPrintable(result.error->message) : "");
        QTEST(dump(result.filter), "expected");

        const QString written = result.filter.toString();
        const ParsedFilter again = parsed(written);
        QVERIFY2(!again.error, qPrintable(written));
        QVERIFY2(again.filter == result.filter, qPrintable(written));
        QCOMPARE(again.filter.toString(), written);
    }

    void error_saysWhereAndWhy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("position");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *text, int position, int length, const char *message) {
            QTest::newRow(text) << QString::fromUtf8(text) << qsizetype(position)
                                << qsizetype(length) << QString::fromUtf8(message);
        };
        row("status>=", 8, 0, "A value is missing after status>=");
        row("status:", 7, 0, "A value is missing after status:");
        row("status: 404", 7, 0, "A value is missing after status:");
        row("a host: b", 7, 0, "A value is missing after host:");
        row("header:", 7, 0, "A value is missing after header:");
        row("header:x-id=", 12, 0, "A value is missing after header:x-id=");
        row("~c abc", 3, 3, "~c wants a status code, not \"abc\"");
        row("~c", 2, 0, "A value is missing after ~c");
        row("~u", 2, 0, "A value is missing after ~u");
        row("status:abc", 7, 3, "status wants a status code, not \"abc\"");
        row("status:400,abc", 11, 3, "status wants a status code, not \"abc\"");
        row("status:400,", 11, 0, "A value is missing for status");
        row("status:499-400", 7, 7, "The range ends before it begins");
        row("status:-400", 7, 0, "A value is missing for status");
        row("status>400,500", 7, 7, "One value goes with status>, not a list");
        row("size>1XB", 5, 3, "size wants a size as 100kB, not \"1XB\"");
        row("size>9999999TB", 5, 9, "9999999TB is too large");
        row("size>1.2.3", 5, 5, "size wants a size as 100kB, not \"1.2.3\"");
        row("size:*", 5, 1, "size wants a size as 100kB, not \"*\"");
        row("duration>fast", 9, 4, "duration wants a duration as 500ms, not \"fast\"");
        row("id:x", 3, 1, "id wants a number, not \"x\"");
        row("time>noon", 5, 4, "time wants a time as 12:01 or 2026-01-31T12:01, not \"noon\"");
        row("time>25:00", 5, 5, "time wants a time as 12:01 or 2026-01-31T12:01, not \"25:00\"");
        row("(a", 0, 1, "The parenthesis opened at 1 is not closed");
        row("a & (b | (c)", 4, 1, "The parenthesis opened at 5 is not closed");
        row("a)", 1, 1, "No parenthesis is open that ) could close");
        row("()", 1, 0, "A condition is missing");
        row("a &", 3, 0, "A condition is missing after &");
        row("a or", 4, 0, "A condition is missing after or");
        row("a | | b", 4, 1, "A condition is missing before |");
        row("& b", 0, 1, "A condition is missing before &");
        row("!", 1, 0, "A condition is missing after !");
        row("not", 3, 0, "A condition is missing after not");
        row("\"abc", 0, 4, "The quote opened at 1 is not closed");
        row("host:'abc", 5, 4, "The quote opened at 6 is not closed");
        row("~x", 0, 2, "No operator ~x; put it in quotes to look for it in URLs");
        row("~ u", 0, 1, "A letter is missing after ~, as in ~u");
        row("stats:200", 0, 5, "No field \"stats\"; did you mean status?");
        row("stats>200", 0, 5, "No field \"stats\"; did you mean status?");
        row("a methd:GET", 2, 5, "No field \"methd\"; did you mean method?");
        row("hots:a", 0, 4, "No field \"hots\"; did you mean host?");
        row("code:200", 0, 4, "No field \"code\"; did you mean status?");
        row("foo:bar", 0, 3, "No field \"foo\"; put it in quotes to look for it in URLs");
        row("source:prxy", 7, 4,
            "source is one of composer, proxy, mock, script, not \"prxy\"; did you mean proxy?");
        row("state:", 6, 0, "A value is missing after state:");
        row("state:x", 6, 1, "state is one of active, complete, failed, canceled, not \"x\"");
        row("host>a", 0, 5, "host goes with a colon, as host:value");
        row("state~a", 0, 6, "state goes with a colon, as state:value");
        row("header=x", 0, 7, "header goes with a colon, as header:value");
        row("header:x-id>5", 7, 5,
            "Headers are not compared by order; write header:x-id= and a value");
        row("mark:pink", 5, 4,
            "mark is one of red, orange, yellow, green, blue, violet, not \"pink\"");
        row("pattern:timeot", 8, 6, "No pattern \"timeot\"; did you mean timeout?");
        row("method:GET,", 11, 0, "A value is missing in the list after method:");
        row("~u [", 4, 0, "Invalid regular expression: missing terminating ] for character class");
        row("~u a(b", 4, 1, "The parenthesis opened at 5 is not closed");
        row("~u '*a'", 4, 1,
            "Invalid regular expression: quantifier does not follow a repeatable item");
        row("host~\"\\\\d(\"", 10, 1, "Invalid regular expression: missing closing parenthesis");
    }

    void error_saysWhereAndWhy()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const ParsedFilter result = parsed(text);
        QVERIFY(result.error);
        QVERIFY(result.filter.isAll());
        QCOMPARE(result.error->message, message);
        QTEST(result.error->position, "position");
        QTEST(result.error->length, "length");
    }

    void bounds_areKept()
    {
        QVERIFY(!parsed(QString(64, u'(') + u'a' + QString(64, u')')).error);
        QVERIFY(parsed(QString(65, u'(') + u'a' + QString(65, u')')).error);
        QVERIFY(parsed(QString(100'000, u'!') + u'a').error);
        QVERIFY(parsed(QString(60'000, u'(')).error);
        QVERIFY(!parsed(QString(QStringLiteral("a ")).repeated(1000)).error);
        QVERIFY(parsed(QString(QStringLiteral("a ")).repeated(1001)).error);
        QVERIFY(!parsed(QString(64 * 1024, u'a')).error);
        const auto tooLong = parsed(QString(64 * 1024 + 1, u'a')).error;
        QVERIFY(tooLong);
        QCOMPARE(tooLong->position, 64 * 1024);
    }

    // Whatever is typed: no crash, errors within the text, and what is read reads back as the same.
    void soup_parsesOrFails()
    {
        static const char *const pieces[] { "~u", "~c", "~m", "~s", "~", "!", "&", "|", "(", ")",
            " ", "  ", "\"", "'", "\\", "foo", "GET", "404", "4xx", "status", "host", "header",
            "x-id", "path", "time", "size", "is", "any", "body", "trailer", "mark", ":", "=",
            "!=", ">=", "<", "~", "*", "?", "/", "-", ",", "..", "1MB", "12:01", "[", "(?", ".",
            "and", "or", "not", "failed", "\n", "\xc3\xa4", "+", "{1}", "/a b/", "\"a b\"",
            "'x: y'", "host:api.*", "status>=400", "method:GET,HEAD", "header:a=b" };
        QRandomGenerator random(20261127);
        int read = 0;
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            const int count = random.bounded(1, 12);
            for (int k = 0; k < count; ++k)
                text += QString::fromUtf8(pieces[random.bounded(int(std::size(pieces)))]);
            const ParsedFilter result = parsed(text);
            if (result.error) {
                QVERIFY2(result.error->position >= 0 && result.error->length >= 0
                        && result.error->position + result.error->length <= text.size()
                        && !result.error->message.isEmpty(),
                    qPrintable(text));
                continue;
            }
            ++read;
            const ParsedFilter again = parsed(result.filter.toString());
            QVERIFY2(!again.error && again.filter == result.filter,
                qPrintable(text + u'\n' + result.filter.toString() + u'\n' + dump(result.filter)));
        }
        QVERIFY(read > 1000);
    }

    void filter_isAValue()
    {
        const Filter get(
            FilterTerm { FilterField::Method, FilterCompare::Equals, {}, QStringLiteral("GET") });
        const Filter failed(
            FilterTerm { FilterField::State, FilterCompare::Equals, {}, QStringLiteral("failed") });
        QVERIFY(Filter().isAll());
        QVERIFY(Filter::allOf({}).isAll());
        QCOMPARE(Filter::anyOf({}), Filter::none());
        QCOMPARE(Filter::allOf({ get }), get);
        QCOMPARE(Filter::allOf({ Filter::allOf({ get, failed }), get }).children().size(), 3);
        QCOMPARE(get.negated().negated(), get);
        QVERIFY(!(get == failed));
        QVERIFY(!(Filter::allOf({ get, failed }) == Filter::anyOf({ get, failed })));
        QCOMPARE(
            Filter::allOf({ get, failed }).toString(), QStringLiteral("method:GET & state:failed"));
    }

    void cost_isThatOfTheDearestTerm()
    {
        const auto cost
            = [](const char *text) { return costOf(parsed(QLatin1String(text)).filter); };
        QCOMPARE(cost("method:GET status>=400 foo host:a note:b ~a"), FilterCost::Summary);
        QCOMPARE(cost("body:*"), FilterCost::Summary);
        QCOMPARE(cost("~t json"), FilterCost::Exchange);
        QCOMPARE(cost("method:GET header:x-id"), FilterCost::Exchange);
        QCOMPARE(cost("header:x-id !(method:GET | ~b x)"), FilterCost::Body);
    }
};

QTEST_APPLESS_MAIN(FilterParserTest)
#include "tst_filterparser.moc"
