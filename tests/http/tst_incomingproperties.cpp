// Source: reference "Class: http.IncomingMessage": every property, on either side, before and after the body.
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

using List = QList<QByteArray>;

QString yes(bool value) { return value ? u"true"_s : u"false"_s; }

/// "name=value name=value", the values of Set-Cookie parted by a slash.
QByteArray shown(const Headers &headers)
{
    QByteArrayList fields;
    for (const Headers::Entry &entry : headers.entries())
        fields.append(entry.name + '=' + entry.values.join('/'));
    return fields.join(' ');
}

QByteArray line(const IncomingMessage *message)
{
    return message->method() + ' ' + message->url() + ' '
        + QByteArray::number(message->statusCode()) + ' ' + message->statusMessage() + ' '
        + message->httpVersion() + ' ' + QByteArray::number(message->httpVersionMajor())
        + QByteArray::number(message->httpVersionMinor());
}

QString stateOf(const IncomingMessage *message)
{
    const std::optional<bool> flowing = message->readableFlowing();
    return u"readable %1 flowing %2 ended %3 destroyed %4"_s.arg(yes(message->isReadable()),
        flowing ? yes(*flowing) : u"null"_s, yes(message->isReadableEnded()),
        yes(message->isDestroyed()));
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(ServerResponse *)>)

class IncomingPropertiesTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void request_beforeAndAfterTheBody();
    void response_beforeAndAfterTheBody();
    void methodAndUrl_areAsSent_data();
    void methodAndUrl_areAsSent();
    void statusCodeAndMessage_areAsSent_data();
    void statusCodeAndMessage_areAsSent();
    void streamState_followsReading();
    void rawHeaders_areAsReceivedOnEitherSide();
    void headers_namedLikeObjectMembers();
    void duplicates_firstStaysInRequests();
    void duplicates_firstStaysInResponses();
    void duplicates_areJoined();
    void trailers_followTheDuplicateRules();
    void emptyBodies_haveNoData_data();
    void emptyBodies_haveNoData();

private:
    /// Calls \a use with the request that \a octets make.
    void serveRequest(const QByteArray &octets, const std::function<void(IncomingMessage *)> &use);

    /// Calls \a use in 'response' with what \a octets make, and \a end in its 'end'.
    void readResponse(const QByteArray &octets, const std::function<void(IncomingMessage *)> &use,
        const std::function<void(IncomingMessage *)> &end = {});
};

void IncomingPropertiesTest::serveRequest(
    const QByteArray &octets, const std::function<void(IncomingMessage *)> &use)
{
    bool seen = false;
    serve(
        [&](IncomingMessage *req, ServerResponse *res) {
            seen = true;
            use(req);
            res->end();
        },
        octets);
    QVERIFY(seen);
}

void IncomingPropertiesTest::readResponse(const QByteArray &octets,
    const std::function<void(IncomingMessage *)> &use,
    const std::function<void(IncomingMessage *)> &end)
{
    RawServer server(octets, true);
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    bool ended = false;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        use(res);
        res->resume();
        connect(res, &IncomingMessage::ended, this, [&, res] {
            ended = true;
            if (end)
                end(res);
        });
    });
    QTRY_VERIFY(!req);
    QVERIFY(ended);
}

// conformance: messages/incoming-request-properties
void IncomingPropertiesTest::request_beforeAndAfterTheBody()
{
    const List rawHeaders { "Host", "h", "Connection", "close", "Transfer-Encoding", "chunked" };
    QPointer<RawClient> client;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        const auto check = [this, req, rawHeaders] {
            QCOMPARE(line(req), "PUT /x?y=z 0  1.1 11");
            QCOMPARE(shown(req->headers()), "host=h connection=close transfer-encoding=chunked");
            QCOMPARE(req->rawHeaders(), rawHeaders);
            QVERIFY(!req->isAborted() && !req->isUpgrade());
            QVERIFY(req->socket() && req->connection() == req->socket());
            m_journal.add(QString::fromLatin1(
                              shown(req->trailers()) + '[' + req->rawTrailers().join(',') + ']')
                + yes(req->isComplete()));
        };
        check();
        req->resume();
        connect(req, &IncomingMessage::ended, res, [check, res] {
            check();
            res->end("ok");
        });
        client->send("0\r\nX-Sum: 9\r\n\r\n");
    });
    client = new RawClient(port, this);
    client->send("PUT /x?y=z HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    QTRY_VERIFY(client->isClosed());
    QCOMPARE(m_journal.text(), u"[]false | x-sum=9[X-Sum,9]true"_s);
}

// conformance: messages/incoming-response-properties
void IncomingPropertiesTest::response_beforeAndAfterTheBody()
{
    QPointer<QTcpSocket> peer;
    RawServer server([&](QTcpSocket *connection, const QByteArray &) {
        peer = connection;
        peer->write("HTTP/1.1 203 Not Quite\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "3\r\nabc\r\n");
    });
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        const auto check = [this, res] {
            QCOMPARE(line(res), "  203 Not Quite 1.1 11");
            QCOMPARE(shown(res->headers()), "x-a=1 transfer-encoding=chunked");
            QCOMPARE(res->rawHeaders(), (List { "X-A", "1", "Transfer-Encoding", "chunked" }));
            QVERIFY(!res->isAborted() && !res->isUpgrade());
            m_journal.add(QString::fromLatin1(
                              shown(res->trailers()) + '[' + res->rawTrailers().join(',') + ']')
                + yes(res->isComplete()));
        };
        check();
        QVERIFY(res->socket() && res->socket() == req->socket());
        QCOMPARE(res->connection(), res->socket());
        res->resume();
        connect(res, &IncomingMessage::ended, this, check);
        peer->write("0\r\nX-Sum: 9\r\n\r\n");
        peer->disconnectFromHost();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"[]false | x-sum=9[X-Sum,9]true"_s);
}

void IncomingPropertiesTest::methodAndUrl_areAsSent_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("seen");
    const auto row = [](const char *method, const char *path, const char *seen) {
        QTest::newRow(seen) << QByteArray(method) << QByteArray(path) << QByteArray(seen);
    };
    row("GET", "/", "GET /");
    row("POST", "/a/b?c=d&e=f%20g", "POST /a/b?c=d&e=f%20g");
    row("delete", "/x#frag", "DELETE /x#frag");
    row("PATCH", "/%E2%82%AC", "PATCH /%E2%82%AC");
    row("OPTIONS", "*", "OPTIONS *");
    row("M-SEARCH", "//double//slash", "M-SEARCH //double//slash");
    row("PROPFIND", "/a;b=c:d@e", "PROPFIND /a;b=c:d@e");
    row("HEAD", "/?", "HEAD /?");
    row("", "", "GET / ");
    row("PUT", "http://proxy.example/p", "PUT http://proxy.example/p");
}

// conformance: messages/method-and-url-of-requests
void IncomingPropertiesTest::methodAndUrl_areAsSent()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, seen);
    QByteArray received;
    RequestOptions options = to(listen([&](IncomingMessage *req, ServerResponse *res) {
        received = req->method() + ' ' + req->url();
        res->end();
    }),
        method);
    options.path = path;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) {
        QVERIFY(res->method().isEmpty() && res->url().isEmpty());
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(received, seen.trimmed());
}

void IncomingPropertiesTest::statusCodeAndMessage_areAsSent_data()
{
    using Use = std::function<void(ServerResponse *)>;
    QTest::addColumn<Use>("use");
    QTest::addColumn<int>("statusCode");
    QTest::addColumn<QByteArray>("statusMessage");
    const auto row = [](const char *name, int statusCode, const char *message, const Use &use) {
        QTest::newRow(name) << use << statusCode << QByteArray(message);
    };
    row("nothing set", 200, "OK", [](auto *) {});
    row("code", 404, "Not Found", [](auto *res) { res->setStatusCode(404); });
    row("code and message", 404, "Gone Fishing", [](auto *res) {
        res->setStatusCode(404);
        res->setStatusMessage("Gone Fishing");
    });
    row("writeHead", 418, "I'm a Teapot", [](auto *res) { QVERIFY(!res->writeHead(418)); });
    row("writeHead with a message", 500, "My Fault",
        [](auto *res) { QVERIFY(!res->writeHead(500, QByteArray("My Fault"))); });
    row("unknown code", 299, "unknown", [](auto *res) { res->setStatusCode(299); });
    row("201", 201, "Created", [](auto *res) { res->setStatusCode(201); });
    row("latin1", 200, "D\xe9j\xe0 vu", [](auto *res) { res->setStatusMessage("D\xe9j\xe0 vu"); });
    row("empty message", 200, "", [](auto *res) { QVERIFY(!res->writeHead(200, QByteArray(""))); });
}

// conformance: messages/status-code-and-message-of-responses
void IncomingPropertiesTest::statusCodeAndMessage_areAsSent()
{
    QFETCH(std::function<void(ServerResponse *)>, use);
    QFETCH(int, statusCode);
    QFETCH(QByteArray, statusMessage);
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        QVERIFY(req->statusCode() == 0 && req->statusMessage().isEmpty());
        use(res);
        res->end();
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    bool seen = false;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        seen = true;
        QCOMPARE(res->statusCode(), statusCode);
        QCOMPARE(res->statusMessage(), statusMessage);
        res->resume();
    });
    QTRY_VERIFY(!req);
    QVERIFY(seen);
}

// conformance: messages/incoming-stream-state
void IncomingPropertiesTest::streamState_followsReading()
{
    Journal server;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        server.add(stateOf(req));
        QCOMPARE(req->readableHighWaterMark(), 16384);
        connect(req, &IncomingMessage::data, res,
            [res](const QByteArray &octets) { res->write(octets); });
        connect(req, &IncomingMessage::ended, res, [&, req, res] {
            server.add(stateOf(req));
            res->end();
        });
        server.add(stateOf(req));
    });
    QPointer<ClientRequest> req = request(to(port));
    QByteArray body;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        m_journal.add(stateOf(res));
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { body += octets; });
        connect(res, &IncomingMessage::ended, this, [&, res] { m_journal.add(stateOf(res)); });
    });
    req->write("ping ");
    turn();
    req->end("pong");
    QTRY_VERIFY(!req);
    QCOMPARE(body, "ping pong");
    const QString before = u"readable true flowing null ended false destroyed false"_s;
    const QString after = u"readable false flowing true ended true destroyed false"_s;
    QCOMPARE(m_journal.text(), before + u" | "_s + after);
    QCOMPARE(server.text(),
        before + u" | readable true flowing true ended false destroyed false | "_s + after);
}

// conformance: messages/raw-headers-as-received
void IncomingPropertiesTest::rawHeaders_areAsReceivedOnEitherSide()
{
    const List pairs { "user-agent", "this is invalid because there can be only one", "User-Agent",
        "curl/7.22.0", "Host", "127.0.0.1:8000", "ACCEPT", "*/*", "x-b", "2", "X-A", "1", "x-b",
        "3", "Set-Cookie", "q" };
    HeaderList headers;
    QByteArray octets = "HTTP/1.1 200 OK\r\n";
    for (qsizetype i = 0; i < pairs.size(); i += 2) {
        headers.append({ pairs[i], pairs[i + 1] });
        octets += pairs[i] + ": " + pairs[i + 1] + "\r\n";
    }
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *) {
        QCOMPARE(req->rawHeaders(), (pairs + List { "Connection", "close" }));
        QCOMPARE(req->headers().value("user-agent"), pairs[1]);
        req->socket()->write(octets + "\r\n");
        Transport::of(req->socket())->end();
    });
    RequestOptions options = to(port, "GET");
    options.rawHeaders = headers;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        QCOMPARE(res->rawHeaders(), pairs);
        QCOMPARE(res->headers().value("x-b"), "2, 3");
        m_journal.add(u"response"_s);
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"response"_s);
}

// conformance: messages/headers-named-like-object-members
void IncomingPropertiesTest::headers_namedLikeObjectMembers()
{
    serveRequest("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nConstructor: a\r\n"
                 "constructor: b\r\ntoString: c\r\nhasOwnProperty: d\r\nvalueOf: e\r\n"
                 "__proto__: polluted\r\n\r\n",
        [](IncomingMessage *req) {
            QCOMPARE(shown(req->headers()),
                "host=h connection=close constructor=a, b tostring=c hasownproperty=d valueof=e");
            QCOMPARE(req->rawHeaders().last(), "polluted");
        });
}

namespace {

const List firstStays { "age", "authorization", "content-type", "etag", "expires", "from", "host",
    "if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards",
    "proxy-authorization", "referer", "retry-after", "server", "user-agent" };

/// "if-match" as "If-Match".
QByteArray capitalized(QByteArray name)
{
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (i == 0 || name[i - 1] == '-')
            name[i] = name.mid(i, 1).toUpper()[0];
    }
    return name;
}

} // namespace

// conformance: messages/headers-duplicates-discarded-request
void IncomingPropertiesTest::duplicates_firstStaysInRequests()
{
    QByteArray octets = "GET / HTTP/1.1\r\nConnection: close\r\n";
    for (const QByteArray &name : firstStays)
        octets += name + ": value 1\r\n" + name.toUpper() + ": value 2\r\n" + capitalized(name)
            + ": value 3\r\n";
    serveRequest(octets + "\r\n", [](IncomingMessage *req) {
        for (const QByteArray &name : firstStays)
            QCOMPARE(req->headers().value(name), "value 1");
        QCOMPARE(req->headers().count(), 18);
        QCOMPARE(req->rawHeaders().size(), 2 * 52);
    });
}

// conformance: messages/headers-duplicates-discarded-response
void IncomingPropertiesTest::duplicates_firstStaysInResponses()
{
    QByteArray octets = "HTTP/1.1 200 OK\r\n";
    for (qsizetype i = 0; i < firstStays.size(); ++i)
        octets += capitalized(firstStays[i]) + (i % 2 ? ": first\r\n" : ":\r\n") + firstStays[i]
            + ": second\r\n";
    readResponse(octets + "\r\n", [](IncomingMessage *res) {
        for (qsizetype i = 0; i < firstStays.size(); ++i)
            QCOMPARE(res->headers().value(firstStays[i]), i % 2 ? "first" : "");
        QCOMPARE(res->headers().count(), 17);
        QCOMPARE(res->rawHeaders().size(), 2 * 34);
    });
}

// conformance: messages/headers-duplicates-joined
void IncomingPropertiesTest::duplicates_areJoined()
{
    const List names { "accept", "accept-encoding", "accept-language", "cache-control",
        "connection", "content-encoding", "date", "expect", "if-match", "if-none-match", "origin",
        "transfer-encoding", "upgrade", "vary", "via", "x-forwarded-for", "x-forwarded-host",
        "x-forwarded-proto", "x-custom", "etags", "hosts", "x", "link", "allow", "trailer", "dnt" };
    QByteArray octets = "HTTP/1.1 200 OK\r\n";
    const auto valueOf = [](const QByteArray &name, qsizetype i) {
        return name == "transfer-encoding" ? QByteArray("gzip") : 'v' + QByteArray::number(i);
    };
    for (qsizetype i = 0; i < names.size(); ++i)
        octets += names[i] + ": " + valueOf(names[i], i) + "\r\n" + names[i].toUpper() + ": "
            + valueOf(names[i], i) + "b\r\n";
    octets += "X-Empty:\r\nx-empty: b\r\nX-Empty:\r\nX-Comma: a,b\r\nX-Comma: c\r\n\r\n";
    readResponse(octets, [&](IncomingMessage *res) {
        for (qsizetype i = 0; i < names.size(); ++i) {
            const QByteArray value = valueOf(names[i], i);
            QCOMPARE(res->headers().value(names[i]), value + ", " + value + 'b');
        }
        QCOMPARE(res->headers().value("x-empty"), ", b, ");
        QCOMPARE(res->headers().value("x-comma"), "a,b, c");
    });
}

// conformance: messages/trailers-follow-duplicate-rules
void IncomingPropertiesTest::trailers_followTheDuplicateRules()
{
    readResponse(
        "HTTP/1.1 200 OK\r\nX-A: head\r\nETag: head\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nok\r\n0\r\nX-A: 1\r\nx-a: 2\r\nETag: e1\r\netag: e2\r\nSet-Cookie: c1\r\n"
        "set-cookie: c2\r\nCookie: k1\r\nCookie: k2\r\n\r\n",
        [](auto *) {},
        [](IncomingMessage *res) {
            QCOMPARE(shown(res->trailers()), "x-a=1, 2 etag=e1 set-cookie=c1/c2 cookie=k1; k2");
            QCOMPARE(res->rawTrailers(),
                (List { "X-A", "1", "x-a", "2", "ETag", "e1", "etag", "e2", "Set-Cookie", "c1",
                    "set-cookie", "c2", "Cookie", "k1", "Cookie", "k2" }));
            QCOMPARE(shown(res->headers()), "x-a=head etag=head transfer-encoding=chunked");
            QCOMPARE(&res->trailers(), &res->trailers());
        });
}

void IncomingPropertiesTest::emptyBodies_haveNoData_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("journal");
    const auto row = [](const char *method, const char *path, const char *journal) {
        QTest::addRow("%s %s", method, path)
            << QByteArray(method) << QByteArray(path) << QString::fromLatin1(journal);
    };
    row("GET", "/", "request [][] end | response 200 [0][] end");
    row("POST", "/", "request [0][] end | response 200 [0][] end");
    row("PUT", "/chunked", "request [][chunked] end | response 200 [][chunked] end");
    row("GET", "/204", "request [][] end | response 204 [][] end");
    row("GET", "/304", "request [][] end | response 304 [][] end");
    row("HEAD", "/", "request [][] end | response 200 [0][] end");
}

// conformance: messages/empty-bodies-have-no-data-event
void IncomingPropertiesTest::emptyBodies_haveNoData()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QString, journal);
    const auto follow = [this](IncomingMessage *message, const QString &name) {
        connect(message, &IncomingMessage::data, this, [this] { m_journal.add(u"data"_s); });
        connect(message, &IncomingMessage::ended, this, [this, message, name] {
            const Headers &headers = message->headers();
            m_journal.add(
                u"%1 [%2][%3] end"_s.arg(name, QString::fromLatin1(headers.value("content-length")),
                    QString::fromLatin1(headers.value("transfer-encoding"))));
        });
    };
    RequestOptions options = to(listen([&](IncomingMessage *req, ServerResponse *res) {
        follow(req, u"request"_s);
        connect(req, &IncomingMessage::ended, res, [req, res] {
            if (req->url() == "/chunked")
                res->flushHeaders();
            if (const int code = req->url().sliced(1).toInt())
                res->setStatusCode(code);
            res->end();
        });
    }),
        method);
    options.path = path;
    if (path == "/chunked")
        options.headers = { { "Transfer-Encoding", "chunked" } };
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::response, this,
        [&](IncomingMessage *res) { follow(res, u"response %1"_s.arg(res->statusCode())); });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), journal);
}

QTEST_GUILESS_MAIN(IncomingPropertiesTest)
#include "tst_incomingproperties.moc"
