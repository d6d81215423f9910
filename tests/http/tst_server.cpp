// Source: reference "Class: http.Server", http.createServer(): forms, own classes, 'connection', 'request', and which
// settings a connection keeps.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/transport.h>

#include <QTest>
#include <QTimer>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray okClosing
    = "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

void answerOk(IncomingMessage *, ServerResponse *res) { res->end("ok"); }

/// Made by a server instead of an IncomingMessage.
class OwnRequest : public IncomingMessage
{
    Q_OBJECT

public:
    using IncomingMessage::IncomingMessage;

    QByteArray shortUrl() const { return url().left(url().indexOf('?')); }
};

/// Made by a server instead of a ServerResponse; sees every head.
class OwnResponse : public ServerResponse
{
    Q_OBJECT

public:
    using ServerResponse::ServerResponse;

    void json(const QByteArray &text)
    {
        QVERIFY(!setHeader("Content-Type", "application/json"));
        end(text);
    }

protected:
    Error storeHead(int statusCode, const std::optional<QByteArray> &statusMessage,
        const HeaderList &headers) override
    {
        if (Error error = setHeader("X-Intercepted", statusCode))
            return error;
        return ServerResponse::storeHead(statusCode, statusMessage, headers);
    }
};

ServerOptions ownClasses()
{
    ServerOptions options;
    options.makeIncomingMessage = [](QIODevice *socket, QObject *parent) -> IncomingMessage * {
        return new OwnRequest(socket, parent);
    };
    options.makeServerResponse = [](IncomingMessage *request, QObject *parent) -> ServerResponse * {
        return new OwnResponse(request, parent);
    };
    return options;
}

} // namespace

class ServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void createServer_forms();
    void classes_deriveAsDocumented();
    void ownClasses_areUsedEverywhere();
    void ownClasses_seeEveryFormOfHead();
    void insecureParser_isOfOneServer_data();
    void insecureParser_isOfOneServer();
    void requestListener_isTheFirst();
    void missingHost_isAccepted();
    void connection_isToldOncePerSocket();
    void liveConnection_keepsItsLimits_data();
    void liveConnection_keepsItsLimits();
    void maxHeadersCount_keepsTheFirst_data();
    void maxHeadersCount_keepsTheFirst();
    void methods_areThoseOfTheReference();
    void headersTimeout_zero_isNone();
    void requestTimeout_checkExpectation_runsOn();
    void settings_areReadBack();

private:
    Journal m_journal;
};

void ServerTest::init() { m_journal.clear(); }

// conformance: server/create-server-forms
void ServerTest::createServer_forms()
{
    ServerOptions small;
    small.maxHeaderSize = 1'000;
    const auto answers = [](Server &server) {
        connect(&server, &Server::connection, &server, [&server](QIODevice *) {
            QTimer::singleShot(20, &server, [&server] { server.closeAllConnections(); });
        });
        return server.listen(0, QHostAddress::LocalHost)
            ? QByteArray("not listening")
            : talk(server.serverPort(), closing()).left(15);
    };
    Server nothing;
    Server listener(answerOk);
    Server options { ServerOptions() };
    Server both(small, answerOk);
    QObject parent;
    auto *owned = new Server(answerOk, &parent);
    QCOMPARE(answers(nothing), ""); // nobody answers by itself
    QCOMPARE(answers(listener), "HTTP/1.1 200 OK");
    QCOMPARE(answers(options), "");
    QCOMPARE(answers(both), "HTTP/1.1 200 OK");
    QCOMPARE(answers(*owned), "HTTP/1.1 200 OK");
    QVERIFY(talk(both.serverPort(), closing("/", "X: " + QByteArray(1'000, 'x') + "\r\n"))
                .startsWith("HTTP/1.1 431"));
}

// conformance: server/class-hierarchy
void ServerTest::classes_deriveAsDocumented()
{
    bool seen = false;
    const QByteArray answer = serve(
        [&](IncomingMessage *req, ServerResponse *res) {
            seen = true;
            QVERIFY(qobject_cast<OutgoingMessage *>(res));
            QVERIFY(qobject_cast<ReadableStream *>(req));
            QVERIFY(!res->writableEnded() && !res->isDestroyed());
            res->end();
        },
        closing());
    QVERIFY(seen && answer.startsWith("HTTP/1.1 200 OK"));
}

// conformance: server/create-server-custom-classes
void ServerTest::ownClasses_areUsedEverywhere()
{
    Server server(ownClasses(), [this](IncomingMessage *req, ServerResponse *res) {
        auto *request = qobject_cast<OwnRequest *>(req);
        auto *response = qobject_cast<OwnResponse *>(res);
        QVERIFY(request && response && request->socket());
        m_journal.add(u"request "_s + QString::fromLatin1(request->shortUrl()));
        response->setSendDate(false);
        response->json("{\"ok\":true}");
    });
    connect(&server, &Server::checkContinue, this, [&](IncomingMessage *req, ServerResponse *res) {
        QVERIFY(qobject_cast<OwnRequest *>(req) && qobject_cast<OwnResponse *>(res));
        m_journal.add(u"checkContinue"_s);
        Q_EMIT server.request(req, res);
    });
    connect(&server, &Server::upgrade, this,
        [&](IncomingMessage *req, QIODevice *socket, const QByteArray &) {
            QVERIFY(qobject_cast<OwnRequest *>(req));
            m_journal.add(u"upgrade"_s);
            Transport::of(socket)->write("HTTP/1.1 501 No\r\n\r\n");
            Transport::of(socket)->destroySoon();
        });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray json
        = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Intercepted: 200\r\n"
          "Connection: close\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
    QCOMPARE(talk(server.serverPort(), closing("/p?q")), json);
    QCOMPARE(talk(server.serverPort(), closing("/p?q", "Expect: 100-continue\r\n")), json);
    QCOMPARE(talk(server.serverPort(), keeping("/p?q", "Connection: upgrade\r\nUpgrade: x\r\n")),
        "HTTP/1.1 501 No\r\n\r\n");
    QCOMPARE(m_journal.text(), u"request /p | checkContinue | request /p | upgrade"_s);
}

void ServerTest::ownClasses_seeEveryFormOfHead()
{
    using Use = std::function<void(ServerResponse *)>;
    const QList<Use> uses {
        [](auto *res) { QVERIFY(!res->writeHead(204)); },
        [](auto *res) { QVERIFY(!res->writeHead(204, QByteArray("No Content"))); },
        [](auto *res) { QVERIFY(!res->writeRawHead(204, {})); },
        [](auto *res) {
            res->setStatusCode(204);
            res->flushHeaders();
        },
        [](auto *res) {
            res->setStatusCode(204);
            res->write("x");
        },
    };
    Server server(ownClasses(), [&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        uses.at(req->url().mid(1).toInt())(res);
        res->end();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    for (int i = 0; i < uses.size(); ++i)
        QCOMPARE(talk(server.serverPort(), closing("/" + QByteArray::number(i))),
            "HTTP/1.1 204 No Content\r\nX-Intercepted: 204\r\nConnection: close\r\n\r\n");
}

void ServerTest::insecureParser_isOfOneServer_data()
{
    QTest::addColumn<std::optional<bool>>("insecure");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray refused = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    QTest::newRow("default") << std::optional<bool>() << refused;
    QTest::newRow("false") << std::optional(false) << refused;
    QTest::newRow("true") << std::optional(true) << okClosing;
}

// conformance: server/create-server-insecure-parser
void ServerTest::insecureParser_isOfOneServer()
{
    QFETCH(std::optional<bool>, insecure);
    QFETCH(QByteArray, answer);
    ServerOptions options;
    if (insecure)
        options.insecureHTTPParser = *insecure;
    QByteArray value;
    Server server(options, [&](IncomingMessage *req, ServerResponse *res) {
        value = req->headers().value("x");
        res->end("ok");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), closing("/", "X: a\1b\r\n")), answer);
    QCOMPARE(value, answer == okClosing ? QByteArray("a\1b") : QByteArray());
}

// conformance: server/request-event-listeners
void ServerTest::requestListener_isTheFirst()
{
    Server server([this](IncomingMessage *, ServerResponse *res) {
        m_journal.add(u"first"_s);
        QVERIFY(!res->setHeader("X-First", "1"));
        res->setProperty("first", true);
    });
    connect(&server, &Server::request, this, [this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(u"second "_s + QString::fromLatin1(res->getHeader("x-first")->toByteArray()));
        QVERIFY(res->property("first").toBool());
        res->end(req->method() + ' ' + req->url());
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), closing("/p?q=1")),
        "HTTP/1.1 200 OK\r\nX-First: 1\r\nDate: <date>\r\nConnection: close\r\nContent-Length: "
        "10\r\n\r\n"
        "GET /p?q=1");
    QCOMPARE(m_journal.text(), u"first | second 1"_s);
}

// conformance: server/missing-host-accepted
void ServerTest::missingHost_isAccepted()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(req->httpVersion()));
        QVERIFY(!req->headers().contains("host"));
        res->end("ok");
    };
    QCOMPARE(serve(handler, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), okClosing);
    QCOMPARE(m_journal.text(), u"1.1"_s);
}

// conformance: server/connection-event-per-socket
void ServerTest::connection_isToldOncePerSocket()
{
    QIODevice *current = nullptr;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        QVERIFY(current && req->socket() == current && req->connection() == current);
        QCOMPARE(res->connection(), res->socket()); // null before its turn
        QVERIFY(!res->finished());
        m_journal.add(QString::fromLatin1(req->url()));
        res->end("r");
        QVERIFY(res->finished());
    });
    connect(&server, &Server::connection, this, [&](QIODevice *socket) {
        m_journal.add(u"connection %1"_s.arg(Transport::of(socket)->bytesWritten()));
        QCOMPARE(socket->bytesAvailable(), 0);
        current = socket;
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(
        talk(server.serverPort(), keeping("/1") + keeping("/2") + closing("/3")).count("200 OK"),
        3);
    QCOMPARE(talk(server.serverPort(), closing("/4")).count("200 OK"), 1);
    QCOMPARE(m_journal.text(), u"connection 0 | /1 | /2 | /3 | connection 0 | /4"_s);
}

void ServerTest::liveConnection_keepsItsLimits_data()
{
    QTest::addColumn<bool>("lowered");
    QTest::newRow("lowered later") << true;
    QTest::newRow("raised later") << false;
}

/// headersTimeout and maxHeadersCount are those of the time the connection was made.
void ServerTest::liveConnection_keepsItsLimits()
{
    QFETCH(bool, lowered);
    QList<qsizetype> counts;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        counts.append(req->headers().count());
        res->end("ok");
    });
    server.setMaxHeadersCount(lowered ? 10 : 2);
    server.setHeadersTimeout(lowered ? 60s : 30ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/", "A: b\r\nC: d\r\n"));
    QTRY_VERIFY(client.received().endsWith("ok"));
    server.setMaxHeadersCount(lowered ? 2 : 10);
    server.setHeadersTimeout(lowered ? 30ms : 60s);
    client.send(keeping("/", "A: b\r\nC: d\r\n"));
    QTRY_COMPARE(counts.size(), 2);
    QCOMPARE(counts.first(), lowered ? 3 : 2);
    QCOMPARE(counts.last(), counts.first());
    client.send("GET / HTTP/1.1\r\n");
    int sent = 0;
    while (!client.isClosed() && ++sent < 10) { // late octets
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 20);
        client.send("A: b\r\n");
    }
    QCOMPARE(client.isClosed(), !lowered);
}

void ServerTest::maxHeadersCount_keepsTheFirst_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("extra");
    QTest::addColumn<int>("seen");
    QTest::addColumn<QByteArray>("lastSeen");
    const auto row = [](int limit, int extra, int seen, const char *lastSeen) {
        QTest::addRow("limit %d, %d sent", limit, extra + 2)
            << limit << extra << seen << QByteArray(lastSeen);
    };
    row(-1, 20, 22, "h19");
    row(5, 20, 5, "h2");
    row(40, 100, 40, "h37");
    row(-1, 1'500, 1'000, "h997");
    row(0, 1'500, 1'502, "h1499");
    row(2, 0, 2, "connection");
}

// conformance: server/max-headers-count
void ServerTest::maxHeadersCount_keepsTheFirst()
{
    QFETCH(int, limit);
    QFETCH(int, extra);
    QFETCH(int, seen);
    QFETCH(QByteArray, lastSeen);
    bool hasLast = false;
    qsizetype count = 0;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        hasLast = req->headers().contains(lastSeen);
        count = req->headers().count();
        res->end();
    });
    server.setMaxHeadersCount(limit);
    QCOMPARE(server.maxHeadersCount(), limit);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QByteArray fields;
    for (int i = 0; i < extra; ++i)
        fields += 'h' + QByteArray::number(i) + ":\r\n";
    QVERIFY(talk(server.serverPort(), closing("/", fields)).startsWith("HTTP/1.1 200"));
    QCOMPARE(count, seen);
    QVERIFY(hasLast);
}

// conformance: server/methods-table
void ServerTest::methods_areThoseOfTheReference()
{
    QList<QByteArray> names;
    for (const QByteArrayView method : methods()) {
        if (method != "PRI" && method != "QUERY")
            names.append(method.toByteArray());
    }
    QCOMPARE(names.join(' '),
        "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY "
        "MKCALENDAR "
        "MKCOL MOVE NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT REBIND REPORT SEARCH "
        "SOURCE "
        "SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE");
    QVERIFY(std::is_sorted(names.begin(), names.end()));
    QCOMPARE(maxHeaderSize, 16'384);
}

void ServerTest::headersTimeout_zero_isNone()
{
    Server server(answerOk);
    server.setHeadersTimeout(0ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send("GET / HTTP/1.1\r\n");
    for (int sent = 0; sent < 5; ++sent) {
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 5);
        client.send("A: b\r\n");
    }
    client.send("Connection: close\r\n\r\n");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(withoutDate(client.received()), okClosing);
}

/// Recorded on the reference: only an ordinary request stops its clock when it has been read.
void ServerTest::requestTimeout_checkExpectation_runsOn()
{
    Server server;
    connect(&server, &Server::checkExpectation, this,
        [](IncomingMessage *req, ServerResponse *) { req->resume(); });
    server.setRequestTimeout(60ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(),
                 keeping("/", "Expect: meow\r\nContent-Length: 4\r\n", "POST") + "body"),
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
}

// conformance: server/timeout-defaults (the defaults: ServerTimeoutsTest::defaults)
void ServerTest::settings_areReadBack()
{
    Server server;
    server.setTimeout(1'234ms);
    server.setKeepAliveTimeout(0ms);
    server.setHeadersTimeout(1ms);
    server.setRequestTimeout(2ms);
    server.setMaxHeadersCount(3);
    QCOMPARE(server.timeout(), 1'234ms);
    QCOMPARE(server.keepAliveTimeout(), 0ms);
    QCOMPARE(server.headersTimeout(), 1ms);
    QCOMPARE(server.requestTimeout(), 2ms);
    QCOMPARE(server.maxHeadersCount(), 3);
}

QTEST_GUILESS_MAIN(ServerTest)
#include "tst_server.moc"
