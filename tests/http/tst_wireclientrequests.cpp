// The octets of a live client's requests. Source: reference http.request() options, request.write(), end(),
// setHeader(), addTrailers(); conformance wire/client-request-bytes.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using headrace::test::settle;

class WireClientRequestsTest : public QObject
{
    Q_OBJECT

private:
    using Use = std::function<void(ClientRequest *request)>;

    /// What a request with \a options that is used by \a use puts on the wire; line ends read LF.
    static QByteArray sent(RequestOptions options, const Use &use)
    {
        MemoryAgent agent;
        options.agent = &agent;
        options.host = QStringLiteral("127.0.0.1");
        options.port = 8080;
        ClientRequest *made = request(options);
        use(made);
        settle();
        QByteArray octets = agent.peers().first()->takeAll();
        octets.replace("\r\n", "\n");
        made->destroy();
        settle();
        return octets;
    }

    static RequestOptions with(const QByteArray &method, const HeaderList &headers = {})
    {
        RequestOptions options;
        options.method = method;
        options.headers = headers;
        return options;
    }

    static Use ends(const QByteArray &body = {})
    {
        return [body](ClientRequest *request) { request->end(body); };
    }

private Q_SLOTS:

    // conformance: wire/client-request-bytes
    void withoutBody()
    {
        const QByteArray fields = "Host: 127.0.0.1:8080\nConnection: close\n\n";
        QCOMPARE(sent(with("GET"), ends()), "GET / HTTP/1.1\n" + fields);
        QCOMPARE(sent(with("DELETE"), ends()), "DELETE / HTTP/1.1\n" + fields);
        RequestOptions full = with("GET",
            { { "X-One", "1" }, { "x-TWO", QList<QByteArray> { "a", "b" } },
                { "Cookie", QList<QByteArray> { "a=1", "b=2" } } });
        full.path = "/a?b=c#d";
        QCOMPARE(sent(full, ends()),
            "GET /a?b=c#d HTTP/1.1\nX-One: 1\nx-TWO: a\nx-TWO: b\nCookie: a=1; b=2\n" + fields);
    }

    // conformance: wire/client-request-bytes
    void body_isFramedByMethodAndWrites()
    {
        const QByteArray fields = "Host: 127.0.0.1:8080\nConnection: close\n";
        QCOMPARE(sent(with("GET"), ends("hello")), "GET / HTTP/1.1\n" + fields + "\nhello");
        QCOMPARE(sent(with("POST"), ends("caf\303\251")),
            "POST / HTTP/1.1\n" + fields + "Content-Length: 5\n\ncaf\303\251");
        QCOMPARE(
            sent(with("post"), ends()), "POST / HTTP/1.1\n" + fields + "Content-Length: 0\n\n");
        QCOMPARE(sent(with("PUT"),
                     [](ClientRequest *request) {
                         request->write("one");
                         request->write("three");
                         request->end();
                     }),
            "PUT / HTTP/1.1\n" + fields + "Transfer-Encoding: chunked\n\n3\none\n5\nthree\n0\n\n");
        QCOMPARE(sent(with("POST"),
                     [](ClientRequest *request) {
                         request->write(QByteArray(17, 'x'));
                         request->end("end");
                     }),
            "POST / HTTP/1.1\n" + fields
                + "Transfer-Encoding: chunked\n\n11\nxxxxxxxxxxxxxxxxx\n3\nend\n0\n\n");
    }

    // conformance: wire/client-request-bytes
    void ownFraming_isSentAsGiven()
    {
        const QByteArray fields = "Host: 127.0.0.1:8080\nConnection: close\n";
        QCOMPARE(sent(with("POST", { { "Content-Length", 5 } }),
                     [](ClientRequest *request) {
                         request->write("he");
                         request->end("llo");
                     }),
            "POST / HTTP/1.1\nContent-Length: 5\n" + fields + "\nhello");
        QCOMPARE(sent(with("POST", { { "Content-Length", 1 } }), ends("two")),
            "POST / HTTP/1.1\nContent-Length: 1\n" + fields + "\ntwo");
        QCOMPARE(sent(with("POST", { { "Trailer", "X-T" } }),
                     [](ClientRequest *request) {
                         request->write("a");
                         QVERIFY(!request->addTrailers({ { "X-T", "v" } }));
                         request->end();
                     }),
            "POST / HTTP/1.1\nTrailer: X-T\n" + fields
                + "Transfer-Encoding: chunked\n\n1\na\n0\nX-T: v\n\n");
    }

    // conformance: wire/client-request-bytes
    void automaticFields_giveWayToOwn()
    {
        RequestOptions hostless = with("GET");
        hostless.setHost = false;
        QCOMPARE(sent(hostless, ends()), "GET / HTTP/1.1\nConnection: close\n\n");
        QCOMPARE(sent(with("GET", { { "Host", "h.example" }, { "Connection", "close" } }), ends()),
            "GET / HTTP/1.1\nHost: h.example\nConnection: close\n\n");
        RequestOptions authorized = with("GET");
        authorized.auth = "user:pa:ss";
        QCOMPARE(sent(authorized, ends()),
            "GET / HTTP/1.1\nHost: 127.0.0.1:8080\nAuthorization: Basic dXNlcjpwYTpzcw==\n"
            "Connection: close\n\n");
        RequestOptions raw = with("GET");
        raw.rawHeaders = HeaderList { { "A", "1" }, { "a", "2" }, { "Host", "h" } };
        QCOMPARE(sent(raw, ends()), "GET / HTTP/1.1\nA: 1\na: 2\nHost: h\nConnection: close\n\n");
        QCOMPARE(sent(with("POST"),
                     [](ClientRequest *request) {
                         QVERIFY(!request->setHeader("X", "1"));
                         QVERIFY(!request->removeHeader("x"));
                         request->end("b");
                     }),
            "POST / HTTP/1.1\nHost: 127.0.0.1:8080\nConnection: close\nContent-Length: 1\n\nb");
    }
};

QTEST_GUILESS_MAIN(WireClientRequestsTest)
#include "tst_wireclientrequests.moc"
