// Source: reference server.timeout, server.setTimeout(), server.keepAliveTimeout, server.headersTimeout,
// server.requestTimeout, response.setTimeout(); conformance server/*timeout*.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QByteArray timedOut408 = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
}

class ServerTimeoutsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void defaults();
    void timeout_destroysByDefault_data();
    void timeout_destroysByDefault();
    void timeout_isOfLaterConnections();
    void serverListener_getsTheSocket();
    void oneExpiry_isOfferedInOrder_data();
    void oneExpiry_isOfferedInOrder();
    void responseTimeout_withoutListener_destroys();
    void responseTimeout_withListener_canStillAnswer();
    void keepAliveTimeout_closesIdleConnection();
    void keepAliveTimeout_goesWithTheNextRequest();
    void keepAliveTimeout_givesWayToTheServersTimeout();
    void liveConnection_takesNewTimeouts_data();
    void liveConnection_takesNewTimeouts();
    void keepAliveTimeout_zero_isNone();
    void keepAliveTimeout_belowASecond_hintIsZero();
    void ownSocketTimeout_isReplacedAfterARequest();
    void requestTimeout_unfinishedHead();
    void requestTimeout_silentConnection();
    void requestTimeout_unreadRequest();
    void requestTimeout_readRequest_isNotCut();
    void requestTimeout_secondRequestOfAConnection();
    void headersTimeout_destroysWhenLateOctetsCome();
    void headersTimeout_listenerGetsTheSocket();

private:
    void follow(IncomingMessage *req, ServerResponse *res);

    Journal m_journal;
};

void ServerTimeoutsTest::init() { m_journal.clear(); }

void ServerTimeoutsTest::follow(IncomingMessage *req, ServerResponse *res)
{
    m_journal.add(u"request"_s);
    m_journal.followMessage(req, u"req "_s);
    m_journal.followResponse(res);
}

void ServerTimeoutsTest::defaults()
{
    const Server server;
    QCOMPARE(server.headersTimeout(), 60s);
    QCOMPARE(server.requestTimeout(), 0s);
    QCOMPARE(server.timeout(), 0s);
    QCOMPARE(server.keepAliveTimeout(), 5s);
    QCOMPARE(server.maxHeadersCount(), -1);
    QVERIFY(!server.isListening());
    QCOMPARE(maxHeaderSize, 16384);
}

void ServerTimeoutsTest::timeout_destroysByDefault_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    QTest::newRow("request")
        << keeping()
        << u"request | req end | req aborted | req error ECONNRESET aborted | req close | "
           "res close"_s;
    QTest::newRow("silent connection") << QByteArray() << QString();
}

// conformance: server/server-timeout-destroys-by-default
void ServerTimeoutsTest::timeout_destroysByDefault()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    Server server([this](auto *req, auto *res) { follow(req, res); });
    server.setTimeout(60ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), octets), "");
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(m_journal.text(), events);
}

// conformance: server/server-timeout-only-new-connections
void ServerTimeoutsTest::timeout_isOfLaterConnections()
{
    Server server;
    QList<QIODevice *> sockets;
    connect(&server, &Server::connection, this, [&](QIODevice *socket) { sockets.append(socket); });
    connect(&server, &Server::timedOut, this, [&](QIODevice *socket) {
        m_journal.add(QString::number(sockets.indexOf(socket)));
        Transport::of(socket)->destroy();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient first(server.serverPort());
    QTRY_COMPARE(sockets.size(), 1);
    server.setTimeout(40ms);
    RawClient second(server.serverPort());
    QTRY_VERIFY(second.isClosed());
    QCOMPARE(m_journal.text(), u"1"_s);
    QCOMPARE(Transport::of(sockets.first())->timeout(), 0ms);
    QVERIFY(!first.isClosed());
}

// conformance: server/server-set-timeout-callback
void ServerTimeoutsTest::serverListener_getsTheSocket()
{
    Server server([this](auto *, auto *) { m_journal.add(u"request"_s); });
    QIODevice *accepted = nullptr;
    connect(&server, &Server::connection, this, [&](QIODevice *socket) { accepted = socket; });
    server.setTimeout(50ms, [&](QIODevice *socket) {
        m_journal.add(u"timeout"_s);
        QCOMPARE(socket, accepted);
        Transport *transport = Transport::of(socket);
        QVERIFY(!transport->isDestroyed() && transport->isWritable());
        transport->write("HTTP/1.1 503 Busy\r\n\r\n");
        transport->destroySoon();
    });
    QCOMPARE(server.timeout(), 50ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping()), "HTTP/1.1 503 Busy\r\n\r\n");
    QCOMPARE(m_journal.text(), u"request | timeout"_s);
}

void ServerTimeoutsTest::oneExpiry_isOfferedInOrder_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    QTest::newRow("complete") << keeping() << u"res | callback | server"_s;
    QTest::newRow("incomplete") << keeping("/", "Content-Length: 9\r\n", "POST") + "abc"
                                << u"req | res | callback | server"_s;
}

// conformance: server/timeout-listeners-req-res-server
void ServerTimeoutsTest::oneExpiry_isOfferedInOrder()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    const auto note
        = [this](const QString &entry) { return [this, entry] { m_journal.add(entry); }; };
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        connect(req, &IncomingMessage::timedOut, this, note(u"req"_s));
        connect(res, &ServerResponse::timedOut, this, note(u"res"_s));
        res->setTimeout(50ms, note(u"callback"_s));
    });
    connect(&server, &Server::timedOut, this, [&](QIODevice *socket) {
        m_journal.add(u"server"_s);
        Transport::of(socket)->destroy();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), octets), "");
    QCOMPARE(m_journal.text(), events);
}

// conformance: server/response-set-timeout-default-destroy (with a listener: the next test)
void ServerTimeoutsTest::responseTimeout_withoutListener_destroys()
{
    Server server([this](auto *, ServerResponse *res) {
        m_journal.followResponse(res);
        res->setTimeout(40ms);
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping()), "");
    QTRY_COMPARE(m_journal.text(), u"res close"_s);
}

void ServerTimeoutsTest::responseTimeout_withListener_canStillAnswer()
{
    const auto handler = [](auto *, ServerResponse *res) {
        res->setSendDate(false);
        res->setTimeout(40ms, [res] {
            res->setStatusCode(503);
            QVERIFY(!res->setHeader("Connection", "close"));
            res->end("slow");
        });
    };
    QCOMPARE(serve(handler, keeping()),
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 4\r\n\r\nslow");
}

void ServerTimeoutsTest::keepAliveTimeout_closesIdleConnection()
{
    Server server([](auto *, auto *res) { res->end("ok"); });
    server.setKeepAliveTimeout(1'200ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answer = talk(server.serverPort(), keeping());
    QVERIFY2(answer.contains("Keep-Alive: timeout=1\r\n"), answer);
    QVERIFY(answer.endsWith("ok"));
}

void ServerTimeoutsTest::keepAliveTimeout_goesWithTheNextRequest()
{
    QPointer<ServerResponse> second;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        if (req->url() == "/second")
            second = res;
        else
            res->end("ok");
    });
    server.setKeepAliveTimeout(80ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    client.send(keeping("/second"));
    QTRY_VERIFY(second);
    QCOMPARE(Transport::of(second->socket())->timeout(), 0ms);
    second->end("late");
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received().endsWith("late"));
}

/// "If the server receives new data before the keep-alive timeout has fired, it will reset the regular
/// inactivity timeout": even data that is no request yet.
void ServerTimeoutsTest::keepAliveTimeout_givesWayToTheServersTimeout()
{
    QIODevice *socket = nullptr;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        socket = req->socket();
        res->end("ok");
    });
    server.setTimeout(7s);
    server.setKeepAliveTimeout(9s);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    QTRY_COMPARE(Transport::of(socket)->timeout(), 9s);
    client.send("G");
    QTRY_COMPARE(Transport::of(socket)->timeout(), 7s);
    client.send("ET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(Transport::of(socket)->timeout(), 9s);
}

void ServerTimeoutsTest::liveConnection_takesNewTimeouts_data()
{
    QTest::addColumn<std::function<void(Server *)>>("change");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("answer");
    using Change = std::function<void(Server *)>;
    QTest::newRow("keepAliveTimeout, after the next answer")
        << Change([](Server *server) { server->setKeepAliveTimeout(40ms); }) << keeping()
        << QByteArray(
               "Connection: keep-alive\r\nKeep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("timeout, with the next octets")
        << Change([](Server *server) { server->setTimeout(40ms); }) << keeping().first(20)
        << QByteArray();
    QTest::newRow("requestTimeout, with the next request")
        << Change([](Server *server) { server->setRequestTimeout(40ms); }) << keeping().first(20)
        << QByteArray();
}

/// Recorded on the reference, whose text says of keepAliveTimeout that only new connections take it.
void ServerTimeoutsTest::liveConnection_takesNewTimeouts()
{
    QFETCH(std::function<void(Server *)>, change);
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, answer);
    Server server([](IncomingMessage *, ServerResponse *res) {
        res->setSendDate(false);
        res->end("ok");
    });
    server.setKeepAliveTimeout(60s);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    const qsizetype before = client.received().size();
    change(&server);
    client.send(octets);
    QTRY_VERIFY(client.isClosed());
    QVERIFY2(client.received().sliced(before).endsWith(answer), client.received());
    QCOMPARE(client.received().sliced(before).isEmpty(), answer.isEmpty());
}

// conformance: server/keep-alive-timeout-zero
void ServerTimeoutsTest::keepAliveTimeout_zero_isNone()
{
    QIODevice *socket = nullptr;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        socket = req->socket();
        res->setSendDate(false);
        res->end("ok");
    });
    server.setKeepAliveTimeout(0ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_COMPARE(client.received(),
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
    QCOMPARE(Transport::of(socket)->timeout(), 0ms);
    QVERIFY(!client.isClosed());
}

void ServerTimeoutsTest::keepAliveTimeout_belowASecond_hintIsZero()
{
    Server server([](auto *, auto *res) { res->end("ok"); });
    server.setKeepAliveTimeout(90ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QVERIFY(talk(server.serverPort(), keeping()).contains("\r\nKeep-Alive: timeout=0\r\n"));
}

// conformance: server/connection-set-timeout-replaced
void ServerTimeoutsTest::ownSocketTimeout_isReplacedAfterARequest()
{
    for (const auto &[own, keepAlive, expected] : { std::tuple(60'000ms, 90ms, 90ms),
             std::tuple(90ms, 0ms, 90ms), std::tuple(70ms, 110ms, 110ms) }) {
        Server server([](auto *, auto *res) { res->end("ok"); });
        server.setKeepAliveTimeout(keepAlive);
        std::chrono::milliseconds atExpiry {};
        connect(&server, &Server::connection, this, [&, own = own](QIODevice *socket) {
            Transport *transport = Transport::of(socket);
            transport->setTimeout(own);
            connect(transport, &Transport::timedOut, this,
                [&, transport] { atExpiry = transport->timeout(); });
        });
        QVERIFY(!server.listen(0, QHostAddress::LocalHost));
        QVERIFY(talk(server.serverPort(), keeping()).endsWith("ok"));
        QCOMPARE(atExpiry, expected);
    }
}

// conformance: server/request-timeout-408
void ServerTimeoutsTest::requestTimeout_unfinishedHead()
{
    Server server([this](auto *, auto *) { m_journal.add(u"request"_s); });
    server.setRequestTimeout(60ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), "GET / HTTP/1.1\r\nHost: a\r\nX-Unfinished: "), timedOut408);
    QCOMPARE(m_journal.text(), QString());
}

void ServerTimeoutsTest::requestTimeout_silentConnection()
{
    Server server;
    server.setRequestTimeout(60ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), {}), timedOut408);
}

// conformance: server/request-timeout-covers-unread-request (one that is read: the next test)
void ServerTimeoutsTest::requestTimeout_unreadRequest()
{
    Server server([this](auto *, auto *res) { m_journal.followResponse(res); });
    server.setRequestTimeout(60ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping()), timedOut408);
    QTRY_COMPARE(m_journal.text(), u"res close"_s);
}

void ServerTimeoutsTest::requestTimeout_readRequest_isNotCut()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        res->setTimeout(250ms, [res] { res->end("answer"); });
        connect(req, &IncomingMessage::ended, this, [this] { m_journal.add(u"end"_s); });
    });
    server.setRequestTimeout(80ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QVERIFY(talk(server.serverPort(), closing()).endsWith("answer"));
    QCOMPARE(m_journal.text(), u"end"_s);
}

void ServerTimeoutsTest::requestTimeout_secondRequestOfAConnection()
{
    Server server([](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        res->end("ok");
    });
    server.setRequestTimeout(150ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    client.send("GET / HTTP/1.1\r\nX-Unfinished: "); // an answer went out before: no 408 now
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received().endsWith("\r\n\r\nok"));
}

// conformance: server/headers-timeout-slow-head (with a listener: headersTimeout_listenerGetsTheSocket)
void ServerTimeoutsTest::headersTimeout_destroysWhenLateOctetsCome()
{
    Server server([this](auto *, auto *) { m_journal.add(u"request"_s); });
    connect(&server, &Server::clientError, this, [this] { m_journal.add(u"clientError"_s); });
    server.setHeadersTimeout(30ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    int sent = 0;
    while (!client.isClosed() && ++sent < 100) { // late octets, until they are too late
        client.send("X-A: 1\r\n");
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 20);
    }
    QVERIFY(client.isClosed());
    QCOMPARE(client.received(), "");
    QCOMPARE(m_journal.text(), QString());
}

void ServerTimeoutsTest::headersTimeout_listenerGetsTheSocket()
{
    Server server([this](auto *, auto *) { m_journal.add(u"request"_s); });
    server.setHeadersTimeout(30ms);
    connect(&server, &Server::timedOut, this, [this](QIODevice *socket) {
        QVERIFY(!Transport::of(socket)->isDestroyed());
        if (!m_journal.contains(u"timeout"_s)) {
            m_journal.add(u"timeout"_s);
            Transport::of(socket)->write("mine");
            Transport::of(socket)->destroySoon();
        }
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    int sent = 0;
    while (!client.isClosed() && ++sent < 100) {
        client.send("X-A: 1\r\n");
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 20);
    }
    QCOMPARE(client.received(), "mine");
    QCOMPARE(m_journal.text(), u"timeout"_s);
}

QTEST_GUILESS_MAIN(ServerTimeoutsTest)
#include "tst_servertimeouts.moc"
