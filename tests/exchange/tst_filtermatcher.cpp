#include <exchange/filtermatcher.h>
#include <exchange/pattern.h>

#include <QTest>
#include <QTimeZone>

using namespace headrace::exchange;

namespace {

void addBody(Message &message, const QByteArray &body)
{
    message.octets.append({ 0, Part::Head, "head of stock\r\n" });
    for (const char octet : body) // in pieces, so that none holds what is looked for
        message.octets.append({ 0, Part::Body, QByteArray(1, octet) });
    message.bodyOctets = body.size();
}

// Two exchanges that differ in all that a filter can ask for.
Exchange order()
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    summary.id = 17;
    summary.began = QDateTime(QDate(2026, 11, 27), QTime(12, 1, 7, 250), QTimeZone::utc());
    summary.source = Source::Proxy;
    summary.state = State::Failed;
    summary.scheme = QStringLiteral("https");
    summary.host = QStringLiteral("api.example.test:8443");
    summary.method = QStringLiteral("POST");
    summary.target = QStringLiteral("/v1/orders?q=7&page=2");
    summary.statusCode = 502;
    summary.contentType = QStringLiteral("text/html");
    summary.requestType = QStringLiteral("application/vnd.shop+json");
    summary.requestBodyOctets = 15;
    summary.responseBodyOctets = 2000;
    summary.duration = 91'000;
    summary.hasTrailers = true;
    summary.errorCode = QStringLiteral("ECONNRESET");
    summary.errorMessage = QStringLiteral("socket hang up");
    summary.pattern = Pattern::PrematureCloseAfterResponse;
    summary.connection = 7;
    summary.mark = Mark::Red;
    summary.note = QStringLiteral("Look here");
    exchange.request.fields = { { "Host", "api.example.test:8443" }, { "X-Id", "abc" },
        { "x-id", "def 7" }, { "Content-Type", "application/vnd.shop+json; charset=utf-8" } };
    exchange.response.statusCode = 502;
    exchange.response.fields
        = { { "Server", "nginx" }, { "Content-Type", "text/html; charset=latin1" } };
    exchange.response.trailers = { { "X-Sum", "d41d" } };
    addBody(exchange.request, "{\"item\":\"caf\xc3\xa9\"}");
    addBody(exchange.response, "<p>Out of\nstock: caf\xe9</p>");
    exchange.events = { { 0, QStringLiteral("Socket"), QStringLiteral("connect"), {} },
        { 5, QStringLiteral("IncomingMessage"), QStringLiteral("aborted"), {} } };
    exchange.client = Connection {};
    exchange.client->peerAddress = QStringLiteral("10.0.0.9");
    exchange.client->peerPort = 50123;
    exchange.connection.peerAddress = QStringLiteral("::1");
    exchange.connection.peerPort = 8080;
    exchange.changes = { { 3, -1, Change::Cause::HopByHop, {}, Part::Head,
                             QStringLiteral("removed Connection"), {}, {}, false },
        { 4, -1, Change::Cause::Rule, QStringLiteral("Map to staging"), Part::Head, {}, {}, {},
            false } };
    exchange.failure = Failure { summary.errorCode, summary.errorMessage };
    return exchange;
}

Exchange waiting()
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    summary.id = 18;
    summary.began = QDateTime(QDate(2026, 11, 27), QTime(12, 2), QTimeZone::utc());
    summary.source = Source::Composer;
    summary.scheme = QStringLiteral("http");
    summary.host = QStringLiteral("[::1]:3000");
    summary.method = QStringLiteral("GET");
    summary.target = QStringLiteral("http://other.test/index.html");
    exchange.connection.peerAddress = QStringLiteral("127.0.0.1");
    exchange.connection.peerPort = 3000;
    return exchange;
}

bool matches(const QString &text, const Exchange &exchange)
{
    const ParsedFilter parsed = parseFilter(text, order().summary.began);
    if (parsed.error)
        qWarning("%s: %s", qPrintable(text), qPrintable(parsed.error->message));
    return !parsed.error && FilterMatcher(parsed.filter).matches(exchange);
}

// Says what it was asked for.
class AskedSubject : public FilterSubject
{
public:
    QString asked;

    const Summary &summary() override
    {
        asked += u's';
        return m_exchange.summary;
    }

    const Exchange &exchange() override
    {
        asked += u'x';
        return m_exchange;
    }

    void readOctets(int message, const std::function<bool(const Octets &)> &take) override
    {
        asked += message < 0 ? u'q' : u'b';
        take({ 0, Part::Body, "x" });
    }

private:
    Exchange m_exchange = order();
};

} // namespace

class FilterMatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void exchange_matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isOrder");
        QTest::addColumn<bool>("isWaiting");
        const auto row = [](const char *text, bool isOrder, bool isWaiting) {
            QTest::newRow(text) << QString::fromUtf8(text) << isOrder << isWaiting;
        };
        row("", true, true);
        row("~all", true, true);
        row("~dns", false, false);
        row("~http", true, true);

        row("ORDERS", true, false);
        row("^https://api\\.example\\.test:8443/v1/orders", true, false);
        row("/v1/orders?q=7", true, false);
        row("\"/v1/orders?q=7\"", false, false);
        row("~u '(?-i)ORDERS'", false, false);
        row("~u ^http://other.test/index.html$", false, true);
        row("url:orders?q", true, false);
        row("url:https://*page=2", true, false);

        row("method:post", true, false);
        row("method:GET,HEAD", false, true);
        row("method!=GET", true, false);
        row("~m ^p", true, false);
        row("scheme:https", true, false);
        row("is:tls", true, false);

        row("host:example", true, false);
        row("host=api.example.test", true, false);
        row("host=api.example.test:8443", true, false);
        row("host=example.test", false, false);
        row("host:api.*", true, false);
        row("host:*.test", true, false);
        row("host:*.example", false, false);
        row("host:???.example.test", true, false);
        row("host=[::1]", false, true);
        row("host~^api\\.", true, false);
        row("~d EXAMPLE", true, false);

        row("path:/v1/*", true, false);
        row("path=/v1/orders", true, false);
        row("path=\"/v1/orders?q=7&page=2\"", true, false);
        row("path:*orders", true, false);
        row("path:q=7", true, false);
        row("path:/index.html", false, true);
        row("path~orders$", true, false);
        row("query:page=2", true, false);
        row("query=q=7&page=2", true, false);
        row("query:*", true, false);
        row("!query:page", false, true);

        row("status:502", true, false);
        row("status:5xx", true, false);
        row("status<600", true, false);
        row("status!=200", true, true);
        row("status:*", true, false);
        row("~c 502", true, false);
        row("~c 200", false, false);
        row("~s", true, false);
        row("~q", false, true);

        row("type:html", true, false);
        row("type:json", true, false);
        row("type=text/html", true, false);
        row("type:text/*", true, false);
        row("type:latin1", false, false);
        row("~t latin1", true, false);
        row("~ts json", false, false);
        row("~tq json.*utf-8$", true, false);
        row("request.type:html", false, false);
        row("response.type:html", true, false);
        row("type:*", true, false);
        row("~a", false, false);

        row("source:proxy", true, false);
        row("source:composer,mock", false, true);
        row("state:failed", true, false);
        row("is:active", false, true);
        row("is:failed,active", true, true);
        row("!is:failed", false, true);

        row("size>1kB", true, false);
        row("size>=2kB", true, false);
        row("size>2kB", false, false);
        row("size:0", false, true);
        row("reqsize:15", true, false);
        row("reqsize<15", false, true);
        row("duration>90ms", true, false);
        row("duration>91ms", false, false);
        row("duration<1h", true, false);
        row("!(duration<1h)", false, true);
        row("duration:*", true, false);
        row("id:17", true, false);
        row("connection:7", true, false);
        row("connection>8", false, false);
        row("id:18-20", false, true);
        row("time:12:01", true, false);
        row("time>12:01", false, true);
        row("time<=12:01", true, false);
        row("time=2026-11-27T12:01:07.250Z", true, false);
        row("time:2026-11-27", true, true);
        row("time<2026-11-27", false, false);

        row("header:x-id", true, false);
        row("header:X-ID=DEF\\ 7", true, false);
        row("header:x-id=de*", true, false);
        row("header:x-id=def", false, false);
        row("header:x-id:de", true, false);
        row("header:x-id!=abc", false, true);
        row("header:x-*", true, false);
        row("header:?-id", true, false);
        row("header:server", true, false);
        row("request.header:server", false, false);
        row("response.header:server=nginx", true, false);
        row("header::\"id: abc\"", true, false);
        row("header:*", true, false);
        row("header:x-id~^def.7$", true, false);
        row("~h '^x-id: def'", true, false);
        row("~hq nginx", false, false);
        row("~hs nginx$", true, false);
        row("trailer:*", true, false);
        row("trailer:x-sum=d41d", true, false);
        row("trailer:x-other", false, false);

        row("event:aborted", true, false);
        row("event:ABORTED", true, false);
        row("event:abort", false, false);
        row("event:socket.connect", true, false);
        row("event:IncomingMessage.*", true, false);
        row("pattern:premature-close", true, false);
        row("pattern:timeout", false, false);
        row("pattern:active", false, true);
        row("pattern:*close*", true, false);

        row("body:\"out of\\nstock\"", true, false);
        row("body:caf\xc3\xa9", true, false);
        row("request.body:caf\xc3\xa9", true, false);
        row("response.body:caf\xc3\xa9", true, false);
        row("response.body:item", false, false);
        row("body:head", false, false);
        row("body:*", true, false);
        row("~b out.of.stock", true, false);
        row("~bq stock", false, false);
        row("~bs ^<p>.*</p>$", true, false);

        row("note:look", true, false);
        row("note:*", true, false);
        row("is:noted", true, false);
        row("~comment ^look", true, false);
        row("mark:red", true, false);
        row("mark:blue,red", true, false);
        row("~marked", true, false);
        row("~marker ^r", true, false);
        row("!is:marked", false, true);
        row("~e", true, false);
        row("error:reset", true, false);
        row("error:\"hang up\"", true, false);
        row("error:*", true, false);

        row("client:10.0.0.9:50123", true, false);
        row("~src 10\\.0", true, false);
        row("server:[::1]:8080", true, false);
        row("~dst :3000$", false, true);
        row("server:127.0.0.1:3000", false, true);
        row("client:*", true, false);
        row("~websocket", false, false);

        row("any:nginx", true, false);
        row("any:stock", true, false);
        row("any:d41d", true, false);
        row("any:look", true, false);
        row("any:hang", true, false);
        row("any:other.test", false, true);

        row("method:POST status>=400 host:api.*", true, false);
        row("method:GET | status>=400", true, true);
        row("!(method:GET | status>=400)", false, false);
        row("rule:staging", true, false);
        row("rule:*", true, false);
        row("rule=staging", false, false);
        row("rule:/^map/", true, false);
        row("is:changed", true, false);
        row("-is:changed", false, true);
    }

    void exchange_matches()
    {
        QFETCH(QString, text);
        QTEST(matches(text, order()), "isOrder");
        QTEST(matches(text, waiting()), "isWaiting");
    }

    void script_clientAndServerAreToldByItsEvents()
    {
        Exchange exchange = order();
        exchange.summary.source = Source::Script;
        exchange.client.reset();
        exchange.connection.peerAddress = QStringLiteral("10.0.0.9");
        QVERIFY(matches(QStringLiteral("client:10.0.0.9"), exchange));
        exchange.events.prepend(
            { 0, QStringLiteral("ClientRequest"), QStringLiteral("socket"), {} });
        QVERIFY(matches(QStringLiteral("server:10.0.0.9"), exchange));
    }

    void change_ofAProxyAlone_isNone()
    {
        Exchange exchange = order();
        QVERIFY(matches(QStringLiteral("is:changed"), exchange));
        QVERIFY(!matches(QStringLiteral("is:lenient"), exchange));
        exchange.changes.last().cause = Change::Cause::Leniency;
        QVERIFY(!matches(QStringLiteral("is:changed"), exchange));
        QVERIFY(matches(QStringLiteral("is:lenient"), exchange));
    }

    void proxy_withoutRecordOfItsClient_hasAServer()
    {
        Exchange exchange = order();
        exchange.client.reset();
        QVERIFY(matches(QStringLiteral("server:[::1]:8080"), exchange));
        QVERIFY(!matches(QStringLiteral("client:10.0.0.9"), exchange));
    }

    void webSocket_isAnUpgradeToIt()
    {
        Exchange exchange = waiting();
        exchange.summary.statusCode = 101;
        QVERIFY(!matches(QStringLiteral("~websocket"), exchange));
        exchange.response.fields = { { "upgrade", "WebSocket" } };
        QVERIFY(matches(QStringLiteral("is:websocket"), exchange));
    }

    void asset_isByTheTypeOfTheResponse()
    {
        Exchange exchange = waiting();
        exchange.summary.contentType = QStringLiteral("image/png");
        QVERIFY(matches(QStringLiteral("~a"), exchange));
        exchange.summary.contentType = QStringLiteral("application/json");
        QVERIFY(!matches(QStringLiteral("~a"), exchange));
    }

    void body_isSearchedWithoutItsCodings()
    {
        Exchange exchange = waiting();
        const QByteArray zlib = qCompress(QByteArray("plain words ").repeated(1000)).sliced(4);
        addBody(exchange.response, zlib);
        QVERIFY(!matches(QStringLiteral("body:\"plain words\""), exchange));
        exchange.response.fields = { { "Content-Encoding", "deflate" } };
        QVERIFY(matches(QStringLiteral("body:\"plain words\""), exchange));
        QVERIFY(!matches(QStringLiteral("body:other"), exchange));
    }

    void body_isSearchedInItsCharset_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *name, const char *type, const QByteArray &body,
                             const char *text, bool isFound) {
            QTest::newRow(name) << QByteArray(type) << body << QString::fromUtf8(text) << isFound;
        };
        const QString cafe = QStringLiteral("un caf\u00e9 noir");
        const QByteArray utf16
            = QByteArray(reinterpret_cast<const char *>(cafe.utf16()), cafe.size() * 2);
        row("utf-8", "", cafe.toUtf8(), "CAF\u00c9", true);
        row("latin-1 undeclared", "", cafe.toLatin1(), "CAF\u00c9", true);
        row("latin-1 undeclared, in pieces of utf-8", "", cafe.toLatin1() + "\xc3", "caf\u00e9 n",
            true);
        row("latin-1 undeclared, at the end", "", "caf\xe9", "caf\u00e9", true);
        row("utf-8 is not latin-1, too", "", cafe.toUtf8(), "\u00c3\u00a9", false);
        row("latin-1", "text/plain; charset=ISO-8859-1", cafe.toLatin1(), "caf\u00e9", true);
        row("utf-16", "text/plain; charset=utf-16le", utf16, "CAF\u00c9 NOIR", true);
        row("utf-16 with mark", "", QByteArray("\xff\xfe") + utf16, "caf\u00e9", true);
        row("utf-16, other text", "text/plain; charset=utf-16le", utf16, "blanc", false);
        row("shorter than a mark", "", "ab", "AB", true);
        row("expression", "", cafe.toUtf8(), "/^un.caf\u00e9\\s/", true);
        row("expression, with case", "", cafe.toUtf8(), "/UN/c", false);
        row("expression over lines", "", "a\n\nb", "/a.*b/", true);
    }

    void body_isSearchedInItsCharset()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        Exchange exchange = waiting();
        exchange.response.fields = { { "Content-Type", type } };
        addBody(exchange.response, body);
        QTEST(matches(QStringLiteral("body:") + (text.startsWith(u'/') ? text : u'"' + text + u'"'),
                  exchange),
            "isFound");
    }

    void body_isComparedAsAWhole()
    {
        Exchange exchange = waiting();
        addBody(exchange.response, "Sold Out");
        QVERIFY(matches(QStringLiteral("body=\"sold out\""), exchange));
        QVERIFY(!matches(QStringLiteral("body=sold"), exchange));
        QVERIFY(!matches(QStringLiteral("body=\"sold out now\""), exchange));
        QVERIFY(matches(QStringLiteral("body!=sold"), exchange));
    }

    // Nothing is read any more once it is known.
    void body_isReadUntilItIsFound()
    {
        class Endless : public FilterSubject
        {
        public:
            const Exchange &exchange() override { return m_exchange; }

            void readOctets(int message, const std::function<bool(const Octets &)> &take) override
            {
                while (message == 0 && read < 10'000
                    && take({ 0, Part::Body, QByteArray(1000, 'a') + "needle" }))
                    ++read;
            }

            int read = 0;

        private:
            Exchange m_exchange;
        };

        Endless subject;
        QVERIFY(FilterMatcher(parseFilter(u"body:NEEDLE").filter).matches(subject));
        QVERIFY(subject.read < 10);
        Endless other;
        QVERIFY(!FilterMatcher(parseFilter(u"body=NEEDLE").filter).matches(other));
        QVERIFY(other.read < 10);
    }

    void body_ofAnUnknownCoding_isSearchedAsItIs()
    {
        Exchange exchange = waiting();
        addBody(exchange.response, "plain words");
        exchange.response.fields = { { "Content-Encoding", "rot13" } };
        QVERIFY(matches(QStringLiteral("body:words"), exchange));
    }

    // What is dear is asked for only if what is cheap leaves it open.
    void subject_isAskedForTheCheapFirst_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("asked");
        const auto row = [](const char *text, const char *asked) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(asked);
        };
        row("~all", "");
        row("method:GET", "s");
        row("~b x header:x-id method:GET", "s");
        row("~b x header:nothing method:POST", "sx");
        row("~b x header:x-id method:POST", "sxxq");
        row("~b x | header:x-id | method:POST", "s");
        row("~b x | header:nothing | method:GET", "sxxq");
        row("response.body:x", "xb");
        row("!(~b x) method:GET", "s");
        row("body:*", "s");
    }

    void subject_isAskedForTheCheapFirst()
    {
        QFETCH(QString, text);
        AskedSubject subject;
        FilterMatcher(parseFilter(text).filter).matches(subject);
        QTEST(subject.asked, "asked");
    }

    void expression_thatNeverEnds_isNotFound()
    {
        Exchange exchange = waiting();
        addBody(exchange.response, QByteArray(200, 'a') + "b");
        QVERIFY(!matches(QStringLiteral("body:/^(a+)+$/"), exchange));
    }

    void matcher_isMadeOfNothing_matchesAll() { QVERIFY(FilterMatcher().matches(order())); }
};

QTEST_APPLESS_MAIN(FilterMatcherTest)
#include "tst_filtermatcher.moc"
