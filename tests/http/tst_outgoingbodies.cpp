// Source: reference outgoingMessage.addTrailers(), write(), end(), cork(), uncork(); "Sending a 'Content-Length'
// header will disable the default chunked encoding".
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>
#include <QTimer>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

QString yes(bool value) { return value ? u"true"_s : u"false"_s; }

using UseResponse = std::function<void(ServerResponse *)>;
using UseMessage = std::function<void(OutgoingMessage *)>;

} // namespace

Q_DECLARE_METATYPE(UseResponse)
Q_DECLARE_METATYPE(UseMessage)

class OutgoingBodiesTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void addTrailers_areSentWithChunksOnly_data();
    void addTrailers_areSentWithChunksOnly();
    void addTrailers_invalid_areRefused_data();
    void addTrailers_invalid_areRefused();
    void bodilessResponses_ignoreWrites();
    void framing_isChosenByHowTheBodyIsWritten_data();
    void framing_isChosenByHowTheBodyIsWritten();
    void cork_ofResponse_holdsBackUntilTheLastUncork();
    void cork_ofRequest_isCarriedOverToTheSocket();
    void pieces_octetsAreTakenAndNothingIsNoEnd();
};

void OutgoingBodiesTest::addTrailers_areSentWithChunksOnly_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<UseResponse>("use");
    QTest::addColumn<QByteArray>("octets");
    const auto row
        = [](const char *name, const char *version, const char *octets, const UseResponse &use) {
              QTest::newRow(name) << QByteArray(version) << use << QByteArray(octets);
          };
    const UseResponse pairs = [](auto *res) {
        res->write("a");
        put(res->addTrailers({ { "X-A", "1" }, { "X-A", "2" } }));
        res->end();
    };
    const UseResponse refused = [](auto *res) {
        const Error error = res->writeHead(200, { { "Trailer", "X-A" }, { "Content-Length", 1 } });
        QCOMPARE(error.code, ErrorCode::HttpTrailerInvalid);
        QCOMPARE(error.message, u"Trailers are invalid with this transfer encoding"_s);
        put(res->removeHeader("trailer"));
        res->end("a");
    };
    row("announced", "1.1",
        "Trailer: X-A\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\na\r\n1\r\nb\r\n0\r\nX-A: 1\r\nx-b: 2\r\n\r\n",
        [](auto *res) {
            put(res->setHeader("Trailer", "X-A"));
            res->write("a");
            put(res->addTrailers({ { "X-A", "1" }, { "x-b", 2 } }));
            res->end("b");
        });
    row("a name twice", "1.1",
        "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\na\r\n0\r\nX-A: 1\r\nX-A: 2\r\n\r\n",
        pairs);
    row("a list is one line", "1.1",
        "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\na\r\n0\r\nX-A: a,b\r\n\r\n",
        [](auto *res) {
            res->write("a");
            put(res->addTrailers({ { "X-A", QList<QByteArray> { "a", "b" } } }));
            res->end();
        });
    row("dropped for HTTP/1.0", "1.0", "Connection: close\r\n\r\na", pairs);
    row("the second call replaces the first", "1.1",
        "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-B: 2\r\n\r\n",
        [](auto *res) {
            res->write("a");
            put(res->addTrailers({ { "X-A", "1" } }));
            put(res->addTrailers({ { "X-B", "2" } }));
            res->end();
        });
    row("dropped with end() alone", "1.1", "Connection: close\r\nContent-Length: 8\r\n\r\nno write",
        [](auto *res) {
            put(res->addTrailers({ { "X-A", "1" } }));
            res->end("no write");
        });
    row("dropped with a length", "1.1", "Content-Length: 1\r\nConnection: close\r\n\r\na",
        [](auto *res) {
            put(res->setHeader("Content-Length", 1));
            res->write("a");
            put(res->addTrailers({ { "X-A", "1" } }));
            res->end();
        });
    row("announced, end() alone", "1.1",
        "Trailer: X-A\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "9\r\nannounced\r\n0\r\nX-A: 1\r\n\r\n",
        [](auto *res) {
            put(res->setHeader("Trailer", "X-A"));
            put(res->addTrailers({ { "X-A", "1" } }));
            res->end("announced");
        });
    row("announced with a length", "1.1", "Connection: close\r\nContent-Length: 1\r\n\r\na",
        refused);
    row("announced with a length, HTTP/1.0", "1.0", "Connection: close\r\n\r\na", refused);
}

// conformance: messages/outgoing-add-trailers
void OutgoingBodiesTest::addTrailers_areSentWithChunksOnly()
{
    QFETCH(QByteArray, version);
    QFETCH(UseResponse, use);
    QFETCH(QByteArray, octets);
    const QByteArray answer = serve(
        [&](IncomingMessage *, ServerResponse *res) {
            res->setSendDate(false);
            use(res);
        },
        "GET / HTTP/" + version + "\r\nHost: h\r\nConnection: close\r\n\r\n");
    QCOMPARE(answer, "HTTP/1.1 200 OK\r\n" + octets);
}

void OutgoingBodiesTest::addTrailers_invalid_areRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message");
    QTest::newRow("name") << QByteArray("a b") << QByteArray("1")
                          << u"Trailer name must be a valid HTTP token [\"a b\"]"_s;
    QTest::newRow("empty name") << QByteArray("") << QByteArray("1")
                                << u"Trailer name must be a valid HTTP token [\"\"]"_s;
    QTest::newRow("value") << QByteArray("X-A") << QByteArray("a\nb")
                           << u"Invalid character in trailer content [\"X-A\"]"_s;
}

void OutgoingBodiesTest::addTrailers_invalid_areRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, message);
    const QByteArray answer = serve(
        [&](IncomingMessage *, ServerResponse *res) {
            res->write("a");
            QCOMPARE(res->addTrailers({ { name, value } }).message, message);
            res->end();
        },
        closing());
    QVERIFY2(answer.endsWith("\r\n\r\n1\r\na\r\n0\r\n\r\n"), answer);
}

// conformance: messages/outgoing-bodiless-responses-ignore-writes
void OutgoingBodiesTest::bodilessResponses_ignoreWrites()
{
    AgentOptions keepAlive;
    keepAlive.keepAlive = true;
    keepAlive.maxSockets = 1;
    m_agent = std::make_unique<Agent>(keepAlive);
    int connections = 0;
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        if (const int code = req->url().sliced(1).toInt())
            res->setStatusCode(code);
        const bool below = res->write("ignored",
            [this](const Error &error) { m_journal.add(u"callback "_s + yes(bool(error))); });
        m_journal.add(u"write "_s + yes(below));
        connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
        res->end("ignored too");
    });
    connect(m_server.get(), &Server::connection, this, [&] { ++connections; });
    const QList<std::pair<QByteArray, QByteArray>> requests { { "HEAD", "/" }, { "GET", "/204" },
        { "GET", "/304" }, { "HEAD", "/404" }, { "GET", "/" } };
    QByteArrayList bodies;
    for (const auto &[method, path] : requests) {
        m_journal.clear();
        RequestOptions options = to(port, method);
        options.path = path;
        QPointer<ClientRequest> req = get(options);
        connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
            bodies.append(QByteArray::number(res->statusCode()));
            connect(res, &IncomingMessage::data, this,
                [&](const QByteArray &octets) { bodies.last() += ' ' + octets; });
        });
        QTRY_VERIFY(!req);
        QCOMPARE(m_journal.text(), u"write true | callback false | finish"_s);
    }
    QCOMPARE(bodies.join(", "), "200, 204, 304, 404, 200 ignored ignored too");
    QCOMPARE(connections, 1);
}

void OutgoingBodiesTest::framing_isChosenByHowTheBodyIsWritten_data()
{
    QTest::addColumn<UseMessage>("use");
    QTest::addColumn<QString>("ofRequest");
    QTest::addColumn<QString>("ofResponse");
    const auto row = [](const char *name, const char *ofRequest, const char *ofResponse,
                         const UseMessage &use) {
        QTest::newRow(name) << use << QString::fromLatin1(ofRequest)
                            << QString::fromLatin1(ofResponse);
    };
    row("end only", "[3][] 3", "[3][] 3", [](auto *message) { message->end("h\u00e9"); });
    row("write and end", "[][chunked] 2", "[][chunked] 2", [](auto *message) {
        message->write("a");
        message->end("b");
    });
    row("end with nothing", "[0][] 0", "[0][] 0", [](auto *message) { message->end(); });
    row("own length", "[2][] 2", "[2][] 2", [](auto *message) {
        put(message->setHeader("Content-Length", "2"));
        message->write("a");
        message->end("b");
    });
    row("own transfer-encoding", "[][chunked] 2", "[][chunked] 2", [](auto *message) {
        put(message->setHeader("Transfer-Encoding", "chunked"));
        message->end("ab");
    });
    row("flushHeaders and end", "[][chunked] 2", "[][chunked] 2", [](auto *message) {
        message->flushHeaders();
        message->end("ab");
    });
    row("writeHead and end", "[2][] 2", "[][chunked] 2", [](auto *message) {
        if (auto *response = qobject_cast<ServerResponse *>(message))
            put(response->writeHead(200, { { "X-A", "1" } }));
        message->end("ab");
    });
}

// conformance: messages/outgoing-framing-choice
void OutgoingBodiesTest::framing_isChosenByHowTheBodyIsWritten()
{
    QFETCH(UseMessage, use);
    QFETCH(QString, ofRequest);
    QFETCH(QString, ofResponse);
    const auto follow = [this](IncomingMessage *message) {
        const auto size = std::make_shared<qsizetype>(0);
        connect(message, &IncomingMessage::data, this,
            [size](const QByteArray &octets) { *size += octets.size(); });
        connect(message, &IncomingMessage::ended, this, [this, message, size] {
            m_journal.add(u"[%1][%2] %3"_s.arg(
                QString::fromLatin1(message->headers().value("content-length")),
                QString::fromLatin1(message->headers().value("transfer-encoding")),
                QString::number(*size)));
        });
    };
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        follow(req);
        connect(req, &IncomingMessage::ended, res, [use, res] { use(res); });
    });
    QPointer<ClientRequest> req = request(to(port));
    connect(req, &ClientRequest::response, this, follow);
    use(req);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), ofRequest + u" | "_s + ofResponse);
}

// conformance: messages/outgoing-cork-and-uncork
void OutgoingBodiesTest::cork_ofResponse_holdsBackUntilTheLastUncork()
{
    QPointer<ServerResponse> res;
    QByteArray body;
    const quint16 port = listen([&](IncomingMessage *, ServerResponse *response) {
        res = response;
        res->flushHeaders();
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QCOMPARE(req->writableCorked(), 0);
    bool responded = false;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *message) {
        responded = true;
        connect(message, &IncomingMessage::data, this,
            [&](const QByteArray &octets) { body += octets; });
    });
    QTRY_VERIFY(responded);
    QCOMPARE(res->writableCorked(), 0);
    res->cork();
    res->cork();
    QCOMPARE(res->writableCorked(), 2);
    res->write("one,");
    res->write("two,");
    res->uncork();
    QCOMPARE(res->writableCorked(), 1);
    turn();
    QCOMPARE(body, "");
    res->uncork();
    QCOMPARE(res->writableCorked(), 0);
    QTRY_COMPARE(body, "one,two,");
    res->cork();
    res->write("three,");
    QCOMPARE(res->writableCorked(), 1);
    res->end("four");
    QCOMPARE(res->writableCorked(), 0);
    QTRY_VERIFY(!req);
    QCOMPARE(body, "one,two,three,four");
}

// conformance: messages/outgoing-cork-on-request
void OutgoingBodiesTest::cork_ofRequest_isCarriedOverToTheSocket()
{
    bool seen = false;
    QByteArray body;
    const quint16 port = listen([&](IncomingMessage *message, ServerResponse *res) {
        seen = true;
        connect(message, &IncomingMessage::data, this,
            [&](const QByteArray &octets) { body += octets; });
        connect(message, &IncomingMessage::ended, res, [res] { res->end(); });
    });
    QPointer<ClientRequest> req = request(to(port));
    bool connected = false;
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
        connect(Transport::of(socket), &Transport::connected, this, [&] { connected = true; });
    });
    req->cork();
    req->cork();
    req->uncork();
    req->uncork();
    req->uncork(); // one too many
    QCOMPARE(req->writableCorked(), 0);
    req->cork();
    req->cork();
    QVERIFY(req->writableCorked() == 2 && !req->socket());
    req->write("one,");
    req->write("two,");
    QTRY_VERIFY(connected);
    QCOMPARE(req->writableCorked(), 2);
    turn();
    req->uncork();
    QCOMPARE(req->writableCorked(), 1);
    turn();
    QVERIFY(!seen);
    req->uncork();
    QCOMPARE(req->writableCorked(), 0);
    QTRY_COMPARE(body, "one,two,");
    req->end("three");
    QTRY_VERIFY(!req);
    QCOMPARE(body, "one,two,three");
}

/// What is no octets does not compile; of what does, nothing is refused.
// conformance: messages/outgoing-write-argument-errors
void OutgoingBodiesTest::pieces_octetsAreTakenAndNothingIsNoEnd()
{
    static_assert(!std::is_invocable_v<decltype(&OutgoingMessage::write), ServerResponse *, int,
                  OutgoingMessage::Callback, Error *>);
    static_assert(!std::is_invocable_v<decltype(&OutgoingMessage::end), ServerResponse *, QVariant,
                  OutgoingMessage::Callback, Error *>);
    const QByteArray answer = serve(
        [](IncomingMessage *, ServerResponse *res) {
            res->setSendDate(false);
            put(res->setHeader("X-A", "1"));
            QVERIFY(!res->headersSent());
            QVERIFY(res->write(QByteArray("hi")));
            QVERIFY(res->write("!"));
            QVERIFY(res->write(QByteArray()));
            QVERIFY(!res->writableEnded());
            res->end(QByteArray());
            QVERIFY(res->writableEnded());
        },
        closing());
    QCOMPARE(answer,
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n");
}

QTEST_GUILESS_MAIN(OutgoingBodiesTest)
#include "tst_outgoingbodies.moc"
