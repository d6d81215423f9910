// Source: reference "Class: http.Agent"; conformance client/agent-*, destroy-*, abort-*, timeout-*.
#include "agentfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace wire = headrace::wire;

class AgentPoolTest : public AgentFixture
{
    Q_OBJECT

private Q_SLOTS:
    void keepAlive_reusesTheSocket();
    void responseDecidesPooling_data();
    void responseDecidesPooling();
    void scheduling_data();
    void scheduling();
    void serverClosesIdleSocket();
    void idleSocketTimesOut();
    void destroy_freesAllAndStaysUsable();
    void destroyBeforePooledSocketIsAttached();
    void destroyAfterEnd_leavesThePool();
    void requestTimeout_endsWithTheRequest();
    void ownAgent_isOfOneRequest();
    void agentDeleted_whileRequestsRun();
    void agentDeleted_inResponse();
    void agentDeleted_withFreeSockets();
    void requestDeleted_inEveryHandler_data();
    void requestDeleted_inEveryHandler();
};

// conformance: client/agent-keep-alive-reuses-socket
void AgentPoolTest::keepAlive_reusesTheSocket()
{
    Agent *agent = make(kept());
    const QByteArray name = "127.0.0.1:" + QByteArray::number(m_server->serverPort()) + ':';
    QIODevice *first = nullptr;
    for (int round = 0; round < 3; ++round) {
        ClientRequest *req = start("/a");
        QCOMPARE(agent->sockets().value(name).size(), 1);
        QVERIFY(agent->freeSockets().isEmpty());
        bool closed = false;
        const auto isInUse = [&] {
            QCOMPARE(agent->sockets().value(name).size(), 1);
            QVERIFY(agent->freeSockets().isEmpty() && agent->requests().isEmpty());
        };
        connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
            isInUse();
            connect(res, &IncomingMessage::ended, this, isInUse);
        });
        connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
            QCOMPARE(req->reusedSocket(), round > 0);
            QVERIFY(!first || first == socket);
            QCOMPARE(Transport::of(socket)->isConnecting(), round == 0);
            first = socket;
        });
        connect(req, &ClientRequest::closed, this, [&] {
            closed = true;
            isInUse();
        });
        QTRY_VERIFY(closed);
        QTRY_COMPARE(agent->freeSockets().value(name).size(), 1);
        QVERIFY(agent->sockets().isEmpty());
    }
    QCOMPARE(m_connections, 1);
    agent->destroy();
    QTRY_VERIFY(agent->freeSockets().isEmpty());
}

void AgentPoolTest::responseDecidesPooling_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("pooled");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("length") << ok + "Content-Length: 2\r\n\r\nok" << false << true;
    QTest::newRow("length, close")
        << ok + "Content-Length: 2\r\nConnection: close\r\n\r\nok" << false << false;
    QTest::newRow("chunked") << ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
                             << false << true;
    QTest::newRow("no length") << ok + "\r\nok" << true << false;
    QTest::newRow("1.0 length") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")
                                << false << false;
    QTest::newRow("1.0 keep-alive")
        << QByteArray("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok")
        << false << true;
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << false << true;
    QTest::newRow("304") << QByteArray("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n") << false
                         << true;
}

// conformance: client/agent-response-decides-pooling
void AgentPoolTest::responseDecidesPooling()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, closes);
    QFETCH(bool, pooled);
    RawServer server(answer, closes);
    Agent *agent = make(kept());
    QPointer<ClientRequest> req = start("/x", nullptr, server.port());
    QPointer<QIODevice> socket;
    connect(
        req, &ClientRequest::socketAssigned, this, [&](QIODevice *assigned) { socket = assigned; });
    QTRY_VERIFY(!req);
    QCOMPARE(m_log.join(u','), u"/x socket,/x response,/x close"_s);
    QCOMPARE(total(agent->freeSockets()), pooled ? 1 : 0);
    if (!pooled)
        QTRY_VERIFY(!socket);
}

void AgentPoolTest::scheduling_data()
{
    QTest::addColumn<bool>("fifo");
    QTest::addColumn<QList<int>>("picked");
    QTest::newRow("fifo") << true << QList<int> { 0, 1, 2, 0 };
    QTest::newRow("lifo") << false << QList<int> { 2, 2, 2, 2 };
}

// conformance: client/agent-scheduling-fifo
// conformance: client/agent-scheduling-lifo
void AgentPoolTest::scheduling()
{
    QFETCH(bool, fifo);
    QFETCH(QList<int>, picked);
    Agent *agent = make(kept([fifo](AgentOptions &o) {
        o.scheduling = fifo ? AgentOptions::Scheduling::Fifo : AgentOptions::Scheduling::Lifo;
    }));
    QList<QIODevice *> order;
    for (const char *path : { "/held1", "/held2", "/held3" })
        start(path);
    QTRY_COMPARE(m_held.size(), 3);
    for (int i = 0; i < 3; ++i) {
        m_held.at(i)->end();
        QTRY_COMPARE(total(agent->freeSockets()), i + 1);
        order.append(agent->freeSockets().begin()->last());
    }
    QList<int> used;
    for (int i = 0; i < 4; ++i) {
        ClientRequest *req = start("/now");
        connect(req, &ClientRequest::socketAssigned, this,
            [&](QIODevice *socket) { used.append(int(order.indexOf(socket))); });
        QTRY_VERIFY(used.size() == i + 1 && total(agent->freeSockets()) == 3);
    }
    QCOMPARE(used, picked);
}

// conformance: client/agent-server-closes-idle-socket
void AgentPoolTest::serverClosesIdleSocket()
{
    Agent *agent = make(kept());
    start("/1");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    m_server->closeAllConnections();
    QTRY_VERIFY(agent->freeSockets().isEmpty());
    ClientRequest *req = start("/2");
    connect(req, &ClientRequest::closed, this, [req] { QVERIFY(!req->reusedSocket()); });
    QTRY_VERIFY(m_log.contains(u"/2 close"_s));
    QCOMPARE(m_log.join(u','), u"/1 socket,/1 response,/1 close,/2 socket,/2 response,/2 close"_s);
    QCOMPARE(m_connections, 2);
}

// conformance: client/agent-free-socket-timeout
void AgentPoolTest::idleSocketTimesOut()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.timeout = 80ms; }));
    start("/1");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    QCOMPARE(Transport::of(agent->freeSockets().begin()->first())->timeout(), 80ms);
    QTRY_VERIFY(agent->freeSockets().isEmpty());
    QCOMPARE(m_log.join(u','), u"/1 socket,/1 response,/1 close"_s);
    ClientRequest *req = start("/2");
    connect(req, &ClientRequest::closed, this, [req] { QVERIFY(!req->reusedSocket()); });
    QTRY_VERIFY(m_log.contains(u"/2 close"_s));
    QCOMPARE(m_connections, 2);
}

// conformance: client/agent-destroy
void AgentPoolTest::destroy_freesAllAndStaysUsable()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    start("/first");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    agent->destroy();
    QTRY_VERIFY(agent->freeSockets().isEmpty());
    start("/held");
    start("/queued");
    QTRY_COMPARE(m_held.size(), 1);
    agent->destroy();
    QTRY_VERIFY(m_log.contains(u"/queued close"_s));
    QCOMPARE(m_log.mid(3).join(u','),
        u"/held socket,/held ECONNRESET,/held close,/queued socket,/queued response,/queued close"_s);
    QTRY_COMPARE(total(agent->freeSockets()), 1);
}

// conformance: client/destroy-before-pooled-socket-is-attached
void AgentPoolTest::destroyBeforePooledSocketIsAttached()
{
    Agent *agent = make(kept());
    start("/first");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    ClientRequest *victim = start("/victim");
    victim->destroy();
    QVERIFY(victim->reusedSocket());
    QTRY_VERIFY(m_log.contains(u"/victim close"_s));
    QTRY_VERIFY(agent->freeSockets().isEmpty() && agent->sockets().isEmpty());
    QCOMPARE(m_log.mid(3).join(u','), u"/victim ECONNRESET,/victim close"_s);
    start("/last");
    QTRY_VERIFY(m_log.contains(u"/last close"_s));
    QCOMPARE(m_connections, 2);
}

void AgentPoolTest::destroyAfterEnd_leavesThePool()
{
    Agent *agent = make(kept());
    ClientRequest *req = start("/1");
    connect(req, &ClientRequest::closed, this, [req] {
        QVERIFY(req->isDestroyed());
        req->destroy();
        req->abort();
    });
    QTRY_VERIFY(m_log.contains(u"/1 abort"_s));
    QCOMPARE(m_log.join(u','), u"/1 socket,/1 response,/1 close,/1 abort"_s);
    QCOMPARE(total(agent->freeSockets()), 1);
}

void AgentPoolTest::requestTimeout_endsWithTheRequest()
{
    Agent *agent = make(kept());
    ClientRequest *req = start("/1");
    req->setTimeout(60ms);
    connect(req, &ClientRequest::response, this,
        [req] { QCOMPARE(Transport::of(req->socket())->timeout(), 60ms); });
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    QCOMPARE(Transport::of(agent->freeSockets().begin()->first())->timeout(), 0ms);
}

void AgentPoolTest::ownAgent_isOfOneRequest()
{
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.ownAgent = true;
    QPointer<Agent> agent;
    QPointer<ClientRequest> req = get(options);
    agent = req->agent();
    QVERIFY(agent && agent != globalAgent());
    QCOMPARE(total(agent->sockets()), 1);
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) {
        QCOMPARE(res->headers().value("connection"), "close");
        res->resume();
    });
    QTRY_VERIFY(!req && !agent);
}

void AgentPoolTest::agentDeleted_whileRequestsRun()
{
    make(limited(1));
    QPointer<ClientRequest> running = start("/held");
    QPointer<ClientRequest> queued = start("/queued");
    QTRY_COMPARE(m_held.size(), 1);
    m_agent.reset();
    QTRY_VERIFY(!running && !queued);
    QCOMPARE(m_log.filter(u"/held"_s).join(u','), u"/held socket,/held ECONNRESET,/held close"_s);
    QCOMPARE(m_log.filter(u"/queued"_s).join(u','), u"/queued ECONNRESET,/queued close"_s);
}

void AgentPoolTest::agentDeleted_inResponse()
{
    make(kept());
    QPointer<ClientRequest> req = start("/1");
    connect(req, &ClientRequest::response, this, [this] { m_agent.reset(); });
    QTRY_VERIFY(!req);
    QVERIFY(m_log.contains(u"/1 close"_s));
}

void AgentPoolTest::agentDeleted_withFreeSockets()
{
    Agent *agent = make(kept());
    start("/1");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    const QPointer<QIODevice> socket = agent->freeSockets().begin()->first();
    m_agent.reset();
    QTRY_VERIFY(!socket);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void AgentPoolTest::requestDeleted_inEveryHandler_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("where");
    const QByteArray answer
        = "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"
          "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\nX: 1\r\n\r\n";
    const char *const places[] = { "socket", "finish", "information", "continue", "response",
        "data", "end", "close", "res close" };
    for (int where = 0; where < 9; ++where)
        QTest::newRow(places[where]) << answer << where;
    QTest::newRow("error") << QByteArray("garbage\r\n\r\n") << 9;
    QTest::newRow("aborted") << answer.first(answer.size() - 15) << 10;
    QTest::newRow("res error") << answer.first(answer.size() - 15) << 11;
}

void AgentPoolTest::requestDeleted_inEveryHandler()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, where);
    for (const bool keepAlive : { true, false }) {
        Agent *agent = make(keepAlive ? kept() : AgentOptions());
        RawServer server(answer, where > 9);
        RequestOptions options;
        options.host = u"127.0.0.1"_s;
        options.port = server.port();
        options.agent = agent;
        QPointer<ClientRequest> req = get(options);
        bool deleted = false;
        const auto drop = [&](int here) {
            return [&, here] {
                if (here != where || !req)
                    return;
                deleted = true;
                delete req;
            };
        };
        connect(req, &ClientRequest::socketAssigned, this, drop(0));
        connect(req, &ClientRequest::finish, this, drop(1));
        connect(req, &ClientRequest::information, this, drop(2));
        connect(req, &ClientRequest::continued, this, drop(3));
        connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
            connect(res, &IncomingMessage::data, this, drop(5));
            connect(res, &IncomingMessage::ended, this, drop(6));
            connect(res, &IncomingMessage::closed, this, drop(8));
            connect(res, &IncomingMessage::aborted, this, drop(10));
            connect(res, &IncomingMessage::errorOccurred, this, drop(11));
            drop(4)();
        });
        connect(req, &ClientRequest::closed, this, drop(7));
        connect(req, &ClientRequest::errorOccurred, this, drop(9));
        QTRY_VERIFY2(!req, "not over");
        QVERIFY(deleted);
        m_agent.reset();
    }
}

QTEST_GUILESS_MAIN(AgentPoolTest)
#include "tst_agentpool.moc"
