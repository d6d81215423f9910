// Source: reference outgoingMessage.getHeaderNames(), getHeaders(), removeHeader(), pipe(), request.getRawHeaderNames(),
// "Class: http.OutgoingMessage", http.validateHeaderName(), http.validateHeaderValue(), METHODS, STATUS_CODES.
#include "clientfixture.h"
#include "rawpeer.h"

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

using List = QList<QByteArray>;

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

QByteArray shown(const HeaderList &headers)
{
    QByteArrayList fields;
    for (const auto &[name, value] : headers)
        fields.append(name + '=' + value.toList().join('/'));
    return fields.join(' ');
}

/// Every second one: the names.
QByteArray namesOf(const List &rawHeaders)
{
    QByteArrayList names;
    for (qsizetype i = 0; i < rawHeaders.size(); i += 2)
        names.append(rawHeaders[i]);
    return names.join(',');
}

/// A message of neither kind, without a connection.
class BareMessage : public OutgoingMessage
{
    Q_OBJECT

public:
    explicit BareMessage()
        : OutgoingMessage(nullptr)
    {
    }

protected:
    Error implicitHeader() override { return {}; }

    Emitter emitter() const override { return Emitter::ServerResponse; }
};

} // namespace

class OutgoingNamesTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void bareMessage_hasNoStateYet();
    void headerNames_areLowerCaseAndCopiesAreCopies();
    void removeHeader_keepsAutomaticFieldsAway_data();
    void removeHeader_keepsAutomaticFieldsAway();
    void removeHeader_ofRequest();
    void messages_areWriteOnly();
    void validateHeaderName_takesTokensOnly();
    void validateHeaderValue_refusesControlCharacters_data();
    void validateHeaderValue_refusesControlCharacters();
    void names_ofMethodsAndStatusCodes();
};

// conformance: messages/outgoing-class-chain
void OutgoingNamesTest::bareMessage_hasNoStateYet()
{
    static_assert(std::is_base_of_v<OutgoingMessage, ClientRequest>);
    static_assert(std::is_base_of_v<OutgoingMessage, ServerResponse>);
    static_assert(std::is_abstract_v<OutgoingMessage>); // its head is made by a subclass
    BareMessage bare;
    QVERIFY(!bare.headersSent() && !bare.finished() && !bare.isDestroyed() && !bare.socket());
    QVERIFY(!bare.writableEnded() && !bare.writableFinished() && !bare.writableNeedDrain());
    QVERIFY(bare.writableCorked() == 0 && bare.writableLength() == 0);
    QCOMPARE(bare.writableHighWaterMark(), 16384);
    QVERIFY(!bare.writableObjectMode());
    QVERIFY(bare.getHeaderNames().isEmpty() && bare.getRawHeaderNames().isEmpty());
    QVERIFY(bare.getHeaders().isEmpty());
    bare.cork();
    bare.cork();
    QCOMPARE(bare.writableCorked(), 2);
    for (int i = 0; i < 3; ++i)
        bare.uncork();
    QCOMPARE(bare.writableCorked(), 0);
    bool seen = false;
    serve(
        [&](IncomingMessage *req, ServerResponse *res) {
            QCOMPARE(res->req(), req);
            seen = true;
            res->end();
        },
        closing());
    QVERIFY(seen);
}

// conformance: messages/outgoing-header-names-and-copies
void OutgoingNamesTest::headerNames_areLowerCaseAndCopiesAreCopies()
{
    const auto check = [](OutgoingMessage *message) {
        put(message->setHeader("Foo", "bar"));
        put(message->setHeader("Set-Cookie", List { "foo=bar", "bar=baz" }));
        put(message->setHeader("X-Case", "1"));
        put(message->setHeader("x-CASE", "2"));
        QCOMPARE(message->getHeaderNames(), (List { "foo", "set-cookie", "x-case" }));
        QCOMPARE(message->getRawHeaderNames(), (List { "Foo", "Set-Cookie", "x-CASE" }));
        HeaderList headers = message->getHeaders();
        QCOMPARE(shown(headers), "foo=bar set-cookie=foo=bar/bar=baz x-case=2");
        headers[0].second = "changed";
        headers.append(std::pair(QByteArray("added"), HeaderValue("x")));
        QCOMPARE(message->getHeader("foo"), HeaderValue("bar"));
        QVERIFY(!message->hasHeader("added"));
        put(message->removeHeader("FOO"));
        QCOMPARE(message->getHeaderNames(), (List { "set-cookie", "x-case" }));
    };
    bool seen = false;
    RequestOptions options = to(listen([&](IncomingMessage *, ServerResponse *res) {
        check(res);
        seen = true;
        res->end();
    }),
        "GET");
    options.setHost = false;
    QPointer<ClientRequest> req = request(options);
    check(req);
    req->end();
    QTRY_VERIFY(!req);
    QVERIFY(seen);
}

void OutgoingNamesTest::removeHeader_keepsAutomaticFieldsAway_data()
{
    QTest::addColumn<List>("removed");
    QTest::addColumn<QByteArray>("names");
    const auto row = [](const List &removed, const char *names) {
        QTest::newRow(removed.join(',').constData()) << removed << QByteArray(names);
    };
    row({ "never-set" }, "X-Own,Date,Connection,Content-Length");
    row({ "X-OWN" }, "Date,Connection,Content-Length");
    row({ "date" }, "X-Own,Connection,Content-Length");
    row({ "Connection" }, "X-Own,Date,Content-Length");
    row({ "content-length" }, "X-Own,Date,Connection,Transfer-Encoding");
    row({ "transfer-encoding" }, "X-Own,Date,Connection,Content-Length");
    row({ "content-length", "transfer-encoding" }, "X-Own,Date,Connection");
    row({ "date", "connection", "content-length" }, "X-Own,Transfer-Encoding");
}

// conformance: messages/outgoing-remove-header
void OutgoingNamesTest::removeHeader_keepsAutomaticFieldsAway()
{
    QFETCH(List, removed);
    QFETCH(QByteArray, names);
    const quint16 port = listen([&](IncomingMessage *, ServerResponse *res) {
        put(res->setHeader("X-Own", "1"));
        for (const QByteArray &name : removed)
            put(res->removeHeader(name));
        QCOMPARE(res->hasHeader("x-own"), removed.first() != "X-OWN");
        res->end("body");
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QByteArray seen;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        seen = namesOf(res->rawHeaders());
        connect(res, &IncomingMessage::data, this,
            [&](const QByteArray &octets) { seen += ' ' + octets; });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(seen, names + " body");
}

void OutgoingNamesTest::removeHeader_ofRequest()
{
    QByteArray seen;
    RequestOptions options = to(listen([&](IncomingMessage *req, ServerResponse *res) {
        seen = namesOf(req->rawHeaders());
        res->end();
    }));
    options.headers = { { "X-Own", "1" } };
    QPointer<ClientRequest> req = request(options);
    put(req->removeHeader("x-own"));
    put(req->removeHeader("host"));
    req->end("body");
    QTRY_VERIFY(!req);
    QCOMPARE(seen, "Connection,Content-Length");
}

/// There is no pipe() that could fail: nothing of a message that is sent can be read.
// conformance: messages/outgoing-pipe-throws
void OutgoingNamesTest::messages_areWriteOnly()
{
    static_assert(!std::is_base_of_v<QIODevice, OutgoingMessage>);
    static_assert(!std::is_base_of_v<ReadableStream, OutgoingMessage>);
    static_assert(!std::is_invocable_v<decltype(&OutgoingMessage::sendFrom), ServerResponse *,
                  ClientRequest *>);
    QCOMPARE(wire::name(ErrorCode::StreamCannotPipe), "ERR_STREAM_CANNOT_PIPE"_L1);
}

void OutgoingNamesTest::validateHeaderName_takesTokensOnly()
{
    QByteArray refused;
    for (int c = 0; c < 256; ++c) {
        if (const Error error = validateHeaderName(QByteArray("a") + char(c) + 'b')) {
            QCOMPARE(error.code, ErrorCode::InvalidHttpToken);
            refused += char(c);
        }
    }
    QByteArray expected;
    for (int c = 0; c < 256; ++c) {
        const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && (c == 0 || !QByteArrayView("!#$%&'*+-.^_`|~").contains(char(c))))
            expected += char(c);
    }
    QCOMPARE(refused, expected);
    QCOMPARE(validateHeaderName("").message, u"Header name must be a valid HTTP token [\"\"]"_s);
    QVERIFY(!validateHeaderName("X-My-Header"));
}

void OutgoingNamesTest::validateHeaderValue_refusesControlCharacters_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("fine");
    QTest::newRow("empty") << QByteArray("") << true;
    QTest::newRow("null") << QByteArray() << true;
    QTest::newRow("padded") << QByteArray(" padded ") << true;
    QTest::newRow("tab") << QByteArray("\ttab") << true;
    QTest::newRow("another line") << QByteArray("a\r\nb: c") << false;
    QTest::newRow("all that is fine") << QByteArray("\t !~\x80\xff") << true;
}

// conformance: messages/validate-header-value
void OutgoingNamesTest::validateHeaderValue_refusesControlCharacters()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, fine);
    const Error error = validateHeaderValue("x-my-header", value);
    QCOMPARE(bool(error), !fine);
    if (error) {
        QCOMPARE(error.code, ErrorCode::InvalidChar);
        QCOMPARE(error.message, u"Invalid character in header content [\"x-my-header\"]"_s);
        QVERIFY(validateHeaderValue("other", value).message.contains(u"[\"other\"]"));
    }
    for (int c = 0; c < 256; ++c) {
        const bool refused = (c < 32 && c != '\t') || c == 127;
        QCOMPARE(bool(validateHeaderValue("x", QByteArray("a") + char(c) + 'b')), refused);
    }
}

void OutgoingNamesTest::names_ofMethodsAndStatusCodes()
{
    QByteArrayList names;
    for (const QByteArrayView method : methods())
        names.append(method.toByteArray());
    QCOMPARE(names.join(' '),
        "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE "
        "MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST PRI PROPFIND "
        "PROPPATCH PURGE PUT REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK "
        "UNLOCK UNSUBSCRIBE");
    QByteArrayList codes;
    for (const auto &[code, phrase] : statusCodes())
        codes.append(QByteArray::number(code) + ' ' + phrase.toByteArray());
    QCOMPARE(codes.join(", "),
        "100 Continue, 101 Switching Protocols, 102 Processing, 103 Early Hints, 200 OK, "
        "201 Created, 202 Accepted, 203 Non-Authoritative Information, 204 No Content, "
        "205 Reset Content, 206 Partial Content, 207 Multi-Status, 208 Already Reported, "
        "226 IM Used, 300 Multiple Choices, 301 Moved Permanently, 302 Found, 303 See "
        "Other, 304 Not Modified, 305 Use Proxy, 307 Temporary Redirect, 308 Permanent "
        "Redirect, 400 Bad Request, 401 Unauthorized, 402 Payment Required, 403 "
        "Forbidden, 404 Not Found, 405 Method Not Allowed, 406 Not Acceptable, 407 Proxy "
        "Authentication Required, 408 Request Timeout, 409 Conflict, 410 Gone, 411 Length "
        "Required, 412 Precondition Failed, 413 Payload Too Large, 414 URI Too Long, 415 "
        "Unsupported Media Type, 416 Range Not Satisfiable, 417 Expectation Failed, 418 "
        "I'm a Teapot, 421 Misdirected Request, 422 Unprocessable Entity, 423 Locked, 424 "
        "Failed Dependency, 425 Too Early, 426 Upgrade Required, 428 Precondition "
        "Required, 429 Too Many Requests, 431 Request Header Fields Too Large, 451 "
        "Unavailable For Legal Reasons, 500 Internal Server Error, 501 Not Implemented, "
        "502 Bad Gateway, 503 Service Unavailable, 504 Gateway Timeout, 505 HTTP Version "
        "Not Supported, 506 Variant Also Negotiates, 507 Insufficient Storage, 508 Loop "
        "Detected, 509 Bandwidth Limit Exceeded, 510 Not Extended, 511 Network "
        "Authentication Required");
    QCOMPARE(wire::reasonPhrase(404), "Not Found");
    QVERIFY(wire::reasonPhrase(299).isEmpty());
    QCOMPARE(maxHeaderSize, 16384);
}

QTEST_GUILESS_MAIN(OutgoingNamesTest)
#include "tst_outgoingnames.moc"
