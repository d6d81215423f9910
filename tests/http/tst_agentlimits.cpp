// Source: reference agent.maxSockets, maxTotalSockets, maxFreeSockets, agent.requests; conformance client/agent-max-*,
// agent-queue-*, destroy-queued-request, agent-remove-event, upgraded-socket-frees-agent-slot.
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

class AgentLimitsTest : public AgentFixture
{
    Q_OBJECT

private Q_SLOTS:
    void maxSockets_isPerOrigin_queueIsFifo();
    void maxTotalSockets_countsAllOrigins();
    void maxFreeSockets_keepsTheFirstFreed();
    void queueWithoutKeepAlive_reusesTheSocket();
    void destroyedQueuedRequest_hearsWhenItsTurnComes();
    void abortedQueuedRequest_hearsWhenItsTurnComes();
    void agentRemove_freesTheSlot();
    void upgraded_freesTheSlot();
    void requestDeleted_freesItsPlace_data();
    void requestDeleted_freesItsPlace();
    void manyRequests_oneSocket();
};

// conformance: client/agent-max-sockets-concurrency
void AgentLimitsTest::maxSockets_isPerOrigin_queueIsFifo()
{
    Agent *agent = make(limited(2));
    RawServer other("HTTP/1.1 204 No Content\r\n\r\n");
    for (const char *path : { "/held1", "/held2", "/3", "/4", "/5" })
        start(path);
    start("/a", nullptr, other.port());
    start("/b", nullptr, other.port());
    const auto name = [](quint16 port) { return "127.0.0.1:" + QByteArray::number(port) + ':'; };
    QCOMPARE(agent->sockets().value(name(m_server->serverPort())).size(), 2);
    QCOMPARE(agent->sockets().value(name(other.port())).size(), 2);
    QCOMPARE(agent->requests().value(name(m_server->serverPort())).size(), 3);
    QCOMPARE(total(agent->sockets()), 4);
    QCOMPARE(agent->requests().size(), 1);
    QCOMPARE(agent->requests().begin()->size(), 3);
    QTRY_COMPARE(m_held.size(), 2);
    QTRY_VERIFY(m_log.contains(u"/b close"_s));
    QCOMPARE(m_seen.size(), 2);
    m_held.first()->end();
    QTRY_VERIFY(m_log.contains(u"/5 close"_s));
    QCOMPARE(m_seen.mid(2).join(u' '), u"/3 /4 /5"_s);
    m_held.last()->end();
    QTRY_VERIFY(m_log.contains(u"/held1 close"_s) && m_log.contains(u"/held2 close"_s));
    QTRY_VERIFY(agent->sockets().isEmpty());
    QCOMPARE(m_connections, 2);
}

// conformance: client/agent-max-total-sockets
void AgentLimitsTest::maxTotalSockets_countsAllOrigins()
{
    Agent *agent = make(limited(AgentOptions::Unlimited, 1));
    Server second([this](IncomingMessage *req, ServerResponse *res) {
        m_seen.append(u"two"_s + QString::fromLatin1(req->url()));
        res->end();
    });
    QVERIFY(!second.listen(0, QHostAddress::LocalHost));
    start("/1");
    start("/2", nullptr, second.serverPort());
    start("/3");
    start("/4", nullptr, second.serverPort());
    start("/5");
    QCOMPARE(total(agent->sockets()), 1);
    QCOMPARE(agent->requests().size(), 2);
    QTRY_VERIFY(m_log.count(u"/4 close"_s) == 1);
    QCOMPARE(m_seen.join(u' '), u"/1 /3 /5 two/2 two/4"_s);
    QTRY_VERIFY(agent->sockets().isEmpty() && agent->requests().isEmpty());
}

// conformance: client/agent-max-free-sockets
void AgentLimitsTest::maxFreeSockets_keepsTheFirstFreed()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxFreeSockets = 2; }));
    QList<QPointer<QIODevice>> freed;
    for (int i = 0; i < 4; ++i) {
        ClientRequest *req = start("/held");
        connect(req, &ClientRequest::closed, this, [&freed, req] { freed.append(req->socket()); });
    }
    QTRY_COMPARE(m_held.size(), 4);
    for (const QPointer<ServerResponse> &res : m_held)
        res->end();
    QTRY_COMPARE(freed.size(), 4);
    QTRY_VERIFY(!freed.at(2) && !freed.at(3));
    QCOMPARE(
        agent->freeSockets().begin()->toList(), (QList<QIODevice *> { freed.at(0), freed.at(1) }));
    QTRY_COMPARE(m_server->connectionCount(), 2);
}

// conformance: client/agent-queue-reuses-socket-without-keep-alive
void AgentLimitsTest::queueWithoutKeepAlive_reusesTheSocket()
{
    Agent *agent = make(limited(1));
    for (const char *path : { "/1", "/2", "/3", "/4" }) {
        ClientRequest *req = start(path);
        connect(
            req, &ClientRequest::socketAssigned, this, [req] { QVERIFY(!req->reusedSocket()); });
        connect(req, &ClientRequest::closed, this,
            [req] { QVERIFY(!Transport::of(req->socket())->isDestroyed()); });
    }
    QTRY_VERIFY(m_log.contains(u"/4 close"_s));
    QTRY_VERIFY(agent->sockets().isEmpty() && agent->freeSockets().isEmpty());
    QCOMPARE(m_seen.join(u' '), u"/1 /2 /3 /4"_s);
    QCOMPARE(m_connections, 1);
}

// conformance: client/destroy-queued-request
void AgentLimitsTest::destroyedQueuedRequest_hearsWhenItsTurnComes()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    start("/a");
    ClientRequest *b = start("/b");
    start("/c");
    b->destroy();
    QVERIFY(b->isDestroyed());
    QCOMPARE(agent->requests().begin()->size(), 2);
    QTRY_VERIFY(m_log.contains(u"/c close"_s));
    QCOMPARE(m_log.join(u','),
        u"/a socket,/a response,/a close,/b ECONNRESET,/b close,/c socket,/c response,/c close"_s);
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    QCOMPARE(m_seen.join(u' '), u"/a /c"_s);
}

// conformance: client/abort-queued-request
void AgentLimitsTest::abortedQueuedRequest_hearsWhenItsTurnComes()
{
    make(limited(1));
    start("/a");
    ClientRequest *b = start("/b");
    start("/c");
    b->abort();
    QVERIFY(b->isAborted() && b->isDestroyed());
    QTRY_VERIFY(m_log.contains(u"/c close"_s));
    QCOMPARE(m_log.join(u','),
        u"/a socket,/b abort,/a response,/a close,/b close,/c socket,/c response,/c close"_s);
    QCOMPARE(m_seen.join(u' '), u"/a /c"_s);
}

// conformance: client/agent-remove-event
void AgentLimitsTest::agentRemove_freesTheSlot()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    QPointer<QIODevice> socket;
    ClientRequest *req = start("/held");
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *assigned) {
        socket = assigned;
        QCOMPARE(total(agent->sockets()), 1);
        agent->removeSocketFromAgent(socket);
        QCOMPARE(total(agent->sockets()), 0);
        start("/short");
    });
    QTRY_VERIFY(m_log.contains(u"/short close"_s));
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    m_held.first()->end("done");
    QTRY_VERIFY(m_log.contains(u"/held close"_s));
    QCOMPARE(total(agent->freeSockets()), 1);
    QCOMPARE(agent->freeSockets().size(), 1);
    QVERIFY(socket && !Transport::of(socket)->isDestroyed());
    Transport::of(socket)->destroy();
    QTRY_VERIFY(!socket);
}

// conformance: client/upgraded-socket-frees-agent-slot
void AgentLimitsTest::upgraded_freesTheSlot()
{
    Agent *agent = make(limited(1));
    connect(m_server.get(), &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            socket->write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
        });
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.agent = agent;
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    QPointer<QIODevice> upgraded;
    connect(get(options), &ClientRequest::upgrade, this,
        [&](IncomingMessage *, QIODevice *socket) { upgraded = socket; });
    start("/second");
    QCOMPARE(total(agent->sockets()), 1);
    QTRY_VERIFY(m_log.contains(u"/second close"_s));
    QVERIFY(upgraded && upgraded->isOpen());
    QCOMPARE(m_connections, 2);
    QTRY_VERIFY(agent->sockets().isEmpty());
    delete upgraded;
}

void AgentLimitsTest::requestDeleted_freesItsPlace_data()
{
    QTest::addColumn<int>("when");
    QTest::newRow("at once") << 0;
    QTest::newRow("on socket") << 1;
    QTest::newRow("on response") << 2;
    QTest::newRow("on close") << 3;
    QTest::newRow("while it waits") << 4;
}

void AgentLimitsTest::requestDeleted_freesItsPlace()
{
    QFETCH(int, when);
    make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    if (when == 4)
        start("/first");
    ClientRequest *req = start("/deleted");
    start("/waiting");
    if (when == 0 || when == 4)
        delete req;
    else if (when == 1)
        connect(req, &ClientRequest::socketAssigned, this, [req] { delete req; });
    else if (when == 2)
        connect(req, &ClientRequest::response, this, [req] { delete req; });
    else
        connect(req, &ClientRequest::closed, this, [req] { delete req; });
    QTRY_VERIFY(m_log.contains(u"/waiting close"_s));
    QTRY_COMPARE(total(m_agent->freeSockets()), 1);
    QVERIFY(m_agent->sockets().isEmpty() && m_agent->requests().isEmpty());
}

void AgentLimitsTest::manyRequests_oneSocket()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    constexpr int all = 5'000;
    int closed = 0;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.agent = agent;
    for (int i = 0; i < all; ++i)
        connect(get(options), &ClientRequest::closed, this, [&] { ++closed; });
    QTRY_COMPARE_WITH_TIMEOUT(closed, all, 60'000);
    QCOMPARE(m_connections, 1);
    QTRY_COMPARE(total(agent->freeSockets()), 1);
}

QTEST_GUILESS_MAIN(AgentLimitsTest)
#include "tst_agentlimits.moc"
