// Source: reference agent.keepSocketAlive(), agent.reuseSocket(), http.globalAgent, the 'free' of a socket.
#include "agentfixture.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

int optionOf(QTcpSocket *socket, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(int(socket->socketDescriptor()), level, name, &value, &size);
    return value;
}

} // namespace

class AgentHooksTest : public AgentFixture
{
    Q_OBJECT

private Q_SLOTS:
    void globalAgent_replaced();
    void globalTlsAgent_replaced();
    void freeSignal_comesWithTheDecision();
    void freeSignal_notAfterAgentRemove();
    void keepSocketAlive_false_destroysTheSocket();
    void keepSocketAlive_setsTcpKeepAlive();
    void reuseSocket_isToldBeforeSocket();
};

// conformance: client/global-agent-replaced
void AgentHooksTest::globalAgent_replaced()
{
    Agent *original = globalAgent();
    QByteArray connection;
    connect(m_server.get(), &Server::request, this,
        [&](IncomingMessage *req) { connection = req->headers().value("connection"); });
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    const auto exchange = [&](Agent *expected) {
        QPointer<ClientRequest> req = get(options);
        QCOMPARE(req->agent(), expected);
        QTRY_VERIFY(!req);
    };
    exchange(original);
    QCOMPARE(connection, "close");
    {
        Agent mine(kept());
        const std::unique_ptr<ClientRequest> earlier(request(options));
        setGlobalAgent(&mine);
        QCOMPARE(globalAgent(), &mine);
        QCOMPARE(earlier->agent(), original);
        exchange(&mine);
        QCOMPARE(connection, "keep-alive");
        QTRY_COMPARE(total(mine.freeSockets()), 1);
        QVERIFY(original->freeSockets().isEmpty());
        setGlobalAgent(nullptr);
        QCOMPARE(globalAgent(), original);
        setGlobalAgent(&mine);
    }
    QCOMPARE(globalAgent(), original); // the other one was deleted
    exchange(original);
    QCOMPARE(connection, "close");
}

void AgentHooksTest::globalTlsAgent_replaced()
{
    TlsAgent *original = globalTlsAgent();
    TlsAgent mine;
    setGlobalTlsAgent(&mine);
    const std::unique_ptr<ClientRequest> req(request(QUrl(u"https://name.invalid/"_s)));
    QCOMPARE(req->agent(), &mine);
    setGlobalTlsAgent(nullptr);
    QCOMPARE(globalTlsAgent(), original);
}

void AgentHooksTest::freeSignal_comesWithTheDecision()
{
    for (const bool keeps : { true, false }) {
        for (const bool queued : { true, false }) {
            m_log.clear();
            AgentOptions own;
            own.keepAlive = keeps;
            own.maxSockets = queued ? 1 : AgentOptions::Unlimited;
            Agent *agent = make(own);
            QStringList said;
            connect(agent, &Agent::socketFree, this, [&](QIODevice *socket) {
                const bool isFree = !agent->freeSockets().isEmpty()
                    && agent->freeSockets().begin()->contains(socket);
                said += isFree                             ? u"pooled"_s
                    : Transport::of(socket)->isDestroyed() ? u"destroyed"_s
                                                           : u"lent"_s;
            });
            QPointer<ClientRequest> last = start("/1");
            if (queued)
                last = start("/2");
            QTRY_VERIFY(!last);
            // Without keepAlive and a queue the connection ends with its exchange.
            const QString expected = keeps ? (queued ? u"lent pooled"_s : u"pooled"_s)
                                           : (queued ? u"lent destroyed"_s : QString());
            QTRY_COMPARE(said.join(u' '), expected);
        }
    }
}

void AgentHooksTest::freeSignal_notAfterAgentRemove()
{
    Agent *agent = make(kept());
    int freed = 0;
    connect(agent, &Agent::socketFree, this, [&] { ++freed; });
    QPointer<ClientRequest> req = start("/1");
    QPointer<QIODevice> socket;
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *device) {
        socket = device;
        agent->removeSocketFromAgent(device);
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_log.join(u','), u"/1 socket,/1 response,/1 close"_s);
    QCOMPARE(freed, 0);
    QVERIFY(socket && !Transport::of(socket)->isDestroyed());
    delete socket;
}

void AgentHooksTest::keepSocketAlive_false_destroysTheSocket()
{
    class Refusing : public Agent
    {
    public:
        using Agent::Agent;

        bool keepSocketAlive(QIODevice *) override { return false; }
    };

    m_agent = std::make_unique<Refusing>(kept());
    start("/1");
    QTRY_VERIFY(m_log.contains(u"/1 close"_s));
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QVERIFY(m_agent->freeSockets().isEmpty() && m_agent->sockets().isEmpty());
}

void AgentHooksTest::keepSocketAlive_setsTcpKeepAlive()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.keepAliveMsecs = 7000ms; }));
    start("/1");
    QTRY_COMPARE(total(agent->freeSockets()), 1);
    auto *socket = qobject_cast<QTcpSocket *>(agent->freeSockets().begin()->first());
    QCOMPARE(optionOf(socket, SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(optionOf(socket, IPPROTO_TCP, TCP_KEEPIDLE), 7);
}

// conformance: client/agent-reuse-socket
void AgentHooksTest::reuseSocket_isToldBeforeSocket()
{
    class Telling : public Agent
    {
    public:
        using Agent::Agent;

        void reuseSocket(QIODevice *socket, ClientRequest *request) override
        {
            log->append(QString::fromLatin1(request->path()) + u" reuse "_s
                + (socket == first && !request->socket() ? u"first"_s : u"another"_s));
            if (request->path() != "/plain")
                Agent::reuseSocket(socket, request);
        }

        QStringList *log = nullptr;
        QPointer<QIODevice> first;
    };

    auto made = std::make_unique<Telling>(kept());
    Telling *agent = made.get();
    agent->log = &m_log;
    m_agent = std::move(made);
    for (const char *path : { "/new", "/super", "/plain" }) {
        QPointer<ClientRequest> req = start(path);
        connect(req, &ClientRequest::socketAssigned, this, [&, path](QIODevice *socket) {
            if (!agent->first)
                agent->first = socket;
            QCOMPARE(req->reusedSocket(), qstrcmp(path, "/super") == 0);
        });
        QTRY_VERIFY(!req);
    }
    QCOMPARE(m_log.filter(QRegularExpression(u"reuse|socket"_s)).join(u','),
        u"/new socket,/super reuse first,/super socket,/plain reuse first,/plain socket"_s);
}

QTEST_GUILESS_MAIN(AgentHooksTest)
#include "tst_agenthooks.moc"
