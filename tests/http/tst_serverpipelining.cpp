// Source: reference Event 'request' ("multiple requests per connection"), response.socket, checkContinue,
// checkExpectation, keep-alive; conformance server/pipelined-*, check-*, unread-request-body-is-dumped.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {
const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
const QByteArray last = "Connection: close\r\n";
} // namespace

class ServerPipeliningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answers_keepTheOrderOfRequests();
    void queuedResponse_hasNoSocketUntilItsTurn();
    void unreadBody_isDumped();
    void unreadBody_arrivingLater_isDumped();
    void keepAlive_everyKindOfBody();
    void events_ofAKeepAliveExchange();
    void sameSocket_forAllRequests();
    void everyMethod_isDispatched();
    void pausedRequest_holdsBackTheNext();
    void floodOfRequests_isHeldBackWhileNobodyReads();
    void thousandsOfRequests_onOneConnection();
    void closedServer_finishesWhatRuns();
    void closedServer_waitsForIdleConnections();

private:
    Journal m_journal;
};

void ServerPipeliningTest::init() { m_journal.clear(); }

// conformance: server/pipelined-responses-keep-order
void ServerPipeliningTest::answers_keepTheOrderOfRequests()
{
    QPointer<ServerResponse> first;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        const QString url = QString::fromLatin1(req->url());
        m_journal.add(u"request "_s + url);
        res->setSendDate(false);
        connect(
            res, &ServerResponse::finish, this, [this, url] { m_journal.add(u"finish "_s + url); });
        if (url == u"/1") {
            first = res;
        } else if (url == u"/2") {
            res->write("tw");
            res->end("o");
            QVERIFY(!res->writableFinished());
        } else {
            QVERIFY(!res->writeHead(201, "Third", { { "Connection", "close" } }));
            res->end("three");
            first->end("one");
        }
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answer = talk(server.serverPort(),
        keeping("/1") + keeping("/2") + keeping("/3", "Content-Length: 4\r\n", "POST") + "body");
    QCOMPARE(answer,
        ok + kept + "Content-Length: 3\r\n\r\none" + ok + kept
            + "Transfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n1\r\no\r\n0\r\n\r\n"
              "HTTP/1.1 201 Third\r\nConnection: close\r\nTransfer-Encoding: "
              "chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n");
    QCOMPARE(m_journal.text(),
        u"request /1 | request /2 | request /3 | finish /1 | finish /2 | finish /3"_s);
}

// conformance: server/pipelined-response-socket-assignment
void ServerPipeliningTest::queuedResponse_hasNoSocketUntilItsTurn()
{
    QPointer<ServerResponse> first;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        if (req->url() == "/1") {
            QVERIFY(res->socket() && res->socket() == req->socket());
            first = res;
            return;
        }
        QVERIFY(!res->socket() && req->socket());
        QVERIFY(res->write("B"));
        QVERIFY(res->headersSent());
        connect(res, &ServerResponse::socketAssigned, res, [res] { res->end("C"); });
        connect(first, &ServerResponse::finish, this, [&] { QVERIFY(!first->socket()); });
        first->end("A");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping("/1") + closing("/2")),
        ok + kept + "Content-Length: 1\r\n\r\nA" + ok + last
            + "Transfer-Encoding: chunked\r\n\r\n1\r\nB\r\n1\r\nC\r\n0\r\n\r\n");
}

// conformance: server/unread-request-body-is-dumped
void ServerPipeliningTest::unreadBody_isDumped()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        const QString url = QString::fromLatin1(req->url());
        m_journal.add(url);
        connect(
            res, &ServerResponse::finish, this, [this, url] { m_journal.add(u"finish "_s + url); });
        res->end("done");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(),
                 keeping("/big", "Content-Length: 300000\r\n", "POST") + QByteArray(300'000, 'x')
                     + closing("/last")),
        ok + kept + "Content-Length: 4\r\n\r\ndone" + ok + last + "Content-Length: 4\r\n\r\ndone");
    QCOMPARE(m_journal.text(), u"/big | finish /big | /last | finish /last"_s);
}

void ServerPipeliningTest::unreadBody_arrivingLater_isDumped()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(req->url()));
        connect(req, &IncomingMessage::closed, this, [this] { m_journal.add(u"close"_s); });
        res->end("done");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/big", "Content-Length: 200000\r\n", "POST") + "x");
    QTRY_VERIFY(client.received().endsWith("done"));
    client.send(QByteArray(199'999, 'x'));
    QTRY_COMPARE(m_journal.text(), u"/big | close"_s);
    client.send(closing("/last"));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received().count("200 OK"), 2);
    QTRY_COMPARE(m_journal.text(), u"/big | close | /last | close"_s);
}

// conformance: server/keep-alive-reuses-connection
void ServerPipeliningTest::keepAlive_everyKindOfBody()
{
    int connections = 0;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        auto count = std::make_shared<qsizetype>(0);
        connect(req, &IncomingMessage::data, res,
            [count](const QByteArray &octets) { *count += octets.size(); });
        connect(req, &IncomingMessage::ended, res, [req, res, count] {
            const QByteArray body = req->method() + QByteArray::number(*count);
            if (req->httpVersion() == "1.0")
                QVERIFY(!res->setHeader("Content-Length", body.size()));
            res->end(body);
        });
    });
    connect(&server, &Server::connection, this, [&] { ++connections; });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answers = talk(server.serverPort(),
        keeping("/a") + keeping("/b", "Content-Length: 3\r\n", "POST") + "abc"
            + keeping("/c", "Transfer-Encoding: chunked\r\n", "POST")
            + "2\r\nab\r\n0\r\n\r\nDELETE /d HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            + keeping("/e", "Content-Length: 0\r\nConnection: Keep-Alive\r\n", "PUT")
            + keeping("/f", "Connection: Close\r\n"));
    QCOMPARE(answers,
        ok + kept + "Content-Length: 4\r\n\r\nGET0" + ok + kept + "Content-Length: 5\r\n\r\nPOST3"
            + ok + kept + "Content-Length: 5\r\n\r\nPOST2" + ok + "Content-Length: 7\r\n" + kept
            + "\r\nDELETE0" + ok + kept + "Content-Length: 4\r\n\r\nPUT0" + ok + last
            + "Content-Length: 4\r\n\r\nGET0");
    QCOMPARE(connections, 1);
}

void ServerPipeliningTest::events_ofAKeepAliveExchange()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        m_journal.followMessage(req, u"req "_s);
        connect(
            res, &ServerResponse::prefinish, this, [this] { m_journal.add(u"res prefinish"_s); });
        m_journal.followResponse(res);
        connect(req, &IncomingMessage::ended, res, [res] { res->end("ok"); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/", "Content-Length: 4\r\n", "POST") + "body");
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"req data body | req end | res prefinish | req close | res finish | res close"_s);
    QCOMPARE(server.connectionCount(), 1);
}

void ServerPipeliningTest::sameSocket_forAllRequests()
{
    QIODevice *current = nullptr;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        QCOMPARE(req->socket(), current);
        res->end();
    });
    connect(&server, &Server::connection, this, [&](QIODevice *socket) { current = socket; });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping() + keeping() + closing()).count("200 OK"), 3);
}

// conformance: server/methods-are-dispatched
void ServerPipeliningTest::everyMethod_isDispatched()
{
    QList<QByteArray> seen;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        seen.append(req->method());
        QVERIFY(!res->setHeader("X-Method", req->method()));
        res->end();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QByteArray requests;
    QList<QByteArray> sent;
    for (const QByteArrayView method : methods()) {
        if (method != "CONNECT" && method != "PRI") {
            sent.append(method.toByteArray());
            requests += keeping("/", {}, sent.last());
        }
    }
    const QByteArray answers = talk(server.serverPort(), requests + closing());
    QList<QByteArray> answered;
    for (const QByteArray &line : answers.split('\n')) {
        if (line.startsWith("X-Method: "))
            answered.append(line.sliced(10).trimmed());
    }
    QCOMPARE(answered, sent + QList<QByteArray> { "GET" });
    QVERIFY(sent.size() > 30);
    QCOMPARE(seen.first(sent.size()), sent);
}

void ServerPipeliningTest::pausedRequest_holdsBackTheNext()
{
    QPointer<IncomingMessage> paused;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(req->url()));
        if (req->url() == "/next")
            return res->end();
        paused = req;
        req->pause();
        connect(req, &IncomingMessage::data, this,
            [this](const QByteArray &octets) { m_journal.add(QString::number(octets.size())); });
        connect(req, &IncomingMessage::ended, res, [res] { res->end("read"); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/paused", "Content-Length: 3\r\n", "POST") + "abc" + closing("/next"));
    QTRY_VERIFY(paused && paused->isComplete());
    QCOMPARE(client.received(), "");
    paused->resume();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received().count("200 OK"), 2);
    QCOMPARE(m_journal.text(), u"/paused | /next | 3"_s);
}

void ServerPipeliningTest::floodOfRequests_isHeldBackWhileNobodyReads()
{
    int requests = 0;
    QList<QPointer<ServerResponse>> waiting;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        ++requests;
        res->write(QByteArray(8'000, 'x'));
        waiting.append(res);
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    constexpr int all = 5'000;
    for (int i = 1; i < all; ++i)
        client.send(keeping());
    client.send(closing());
    QTRY_VERIFY(requests > 1);
    for (int turn = 0; turn < 200; ++turn)
        QCoreApplication::processEvents(); // nothing may come any more: the answers wait
    QVERIFY2(requests < all / 2, qPrintable(QString::number(requests)));
    int ended = 0;
    while (ended < all) {
        for (const QPointer<ServerResponse> &res : std::exchange(waiting, {})) {
            res->end();
            ++ended;
        }
        QTRY_VERIFY(ended == all || !waiting.isEmpty());
    }
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(requests, all);
}

void ServerPipeliningTest::thousandsOfRequests_onOneConnection()
{
    int requests = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        ++requests;
        res->end("ok");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    for (int i = 1; i < 10'000; ++i)
        client.send(keeping());
    client.send(closing());
    QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 30'000);
    QCOMPARE(requests, 10'000);
    QCOMPARE(client.received().count("\r\n\r\nok"), 10'000);
    QTRY_VERIFY(server.children().isEmpty()); // messages, connection and socket are gone
}

// conformance: server/close-does-not-cut-active-request
void ServerPipeliningTest::closedServer_finishesWhatRuns()
{
    QPointer<ServerResponse> running;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        running = res;
        res->setSendDate(false);
        server.close(
            [this](const Error &error) { m_journal.add(error ? u"not running"_s : u"closed"_s); });
        QVERIFY(!server.isListening());
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(running);
    QCOMPARE(m_journal.text(), QString());
    QVERIFY(!running->setHeader("Connection", "close"));
    running->end("still served");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(), ok + last + "Content-Length: 12\r\n\r\nstill served");
    QTRY_COMPARE(m_journal.text(), u"closed"_s);
    server.close([this](const Error &error) { m_journal.add(wire::name(error.code)); });
    QTRY_COMPARE(m_journal.text(), u"closed | ERR_SERVER_NOT_RUNNING"_s);
}

// conformance: server/close-waits-for-idle-keep-alive
void ServerPipeliningTest::closedServer_waitsForIdleConnections()
{
    Server server([](auto *, auto *res) { res->end("ok"); });
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    RawClient client(port);
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    server.close(
        [this](const Error &error) { m_journal.add(error ? u"failed"_s : u"callback"_s); });
    QTcpSocket second;
    second.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(!second.waitForConnected());
    QCOMPARE(m_journal.text(), QString());
    QVERIFY(!client.isClosed());
    client.finish();
    QTRY_COMPARE(m_journal.text(), u"close | callback"_s);
}

QTEST_GUILESS_MAIN(ServerPipeliningTest)
#include "tst_serverpipelining.moc"
