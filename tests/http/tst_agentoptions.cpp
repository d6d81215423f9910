// Source: reference `new Agent([options])`, agent.getName(), option `agent`.
#include "agentfixture.h"
#include "rawpeer.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Of another scheme.
class OddAgent : public IdleAgent
{
public:
    quint16 defaultPort() const override { return 8000; }

    QByteArray protocol() const override { return "odd:"; }
};

QString members(const Agent &agent)
{
    const auto number = [](int count) {
        return count == AgentOptions::Unlimited ? u"unlimited"_s : QString::number(count);
    };
    return u"%1 %2 %3 %4 %5 %6 %7 %8"_s.arg(number(agent.maxSockets()),
        number(agent.maxFreeSockets()), number(agent.maxTotalSockets()),
        agent.keepAlive() ? u"keeps"_s : u"closes"_s,
        QString::number(agent.keepAliveMsecs().count()),
        agent.scheduling() == AgentOptions::Scheduling::Fifo ? u"fifo"_s : u"lifo"_s,
        QString::number(agent.defaultPort()), QString::fromLatin1(agent.protocol()));
}

} // namespace

class AgentOptionsTest : public AgentFixture
{
    Q_OBJECT

private Q_SLOTS:
    void members_areGivenOrDefault_data();
    void members_areGivenOrDefault();
    void members_canBeChanged();
    void connectOptions_winOverTheRequests_data();
    void connectOptions_winOverTheRequests();
    void hostOfTheAgent_isConnectedTo_headerStaysTheRequests();
    void name_data();
    void name();
    void defaultPort_data();
    void defaultPort();
    void defaultPort_isConnectedTo();
    void ownAgents_areNewEachTime();
    void limitChanged_countsForLaterRequests();
};

// conformance: client/agent-defaults-and-global-agent
void AgentOptionsTest::members_areGivenOrDefault_data()
{
    QTest::addColumn<std::function<void(AgentOptions &)>>("change");
    QTest::addColumn<QString>("expected");
    const QString defaults = u"unlimited 256 unlimited closes 1000 lifo 80 http:"_s;
    const auto row = [](const char *name, std::function<void(AgentOptions &)> change,
                         const QString &expected) { QTest::newRow(name) << change << expected; };
    row(
        "default", [](AgentOptions &) {}, defaults);
    row(
        "given",
        [](AgentOptions &o) {
            o.keepAlive = true;
            o.keepAliveMsecs = 5ms;
            o.maxSockets = 2;
            o.maxFreeSockets = 3;
            o.maxTotalSockets = 4;
            o.scheduling = AgentOptions::Scheduling::Fifo;
        },
        u"2 3 4 keeps 5 fifo 80 http:"_s);
    row(
        "zero",
        [](AgentOptions &o) {
            o.maxSockets = 0;
            o.maxFreeSockets = 0;
            o.keepAliveMsecs = 0ms;
        },
        defaults);
}

void AgentOptionsTest::members_areGivenOrDefault()
{
    QFETCH(std::function<void(AgentOptions &)>, change);
    QFETCH(QString, expected);
    AgentOptions options;
    change(options);
    Agent agent(options);
    QCOMPARE(members(agent), expected);
    QVERIFY(
        agent.sockets().isEmpty() && agent.freeSockets().isEmpty() && agent.requests().isEmpty());
    agent.destroy();
    QCOMPARE(members(*globalAgent()), u"unlimited 256 unlimited closes 1000 lifo 80 http:"_s);
}

void AgentOptionsTest::members_canBeChanged()
{
    Agent agent;
    agent.setKeepAlive(true);
    agent.setKeepAliveMsecs(7ms);
    agent.setMaxSockets(1);
    agent.setMaxTotalSockets(2);
    agent.setMaxFreeSockets(3);
    agent.setScheduling(AgentOptions::Scheduling::Fifo);
    QCOMPARE(members(agent), u"1 3 2 keeps 7 fifo 80 http:"_s);
    QCOMPARE(agent.options().maxSockets, 1);
}

void AgentOptionsTest::connectOptions_winOverTheRequests_data()
{
    QTest::addColumn<std::function<void(AgentOptions &)>>("change");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *row, std::function<void(AgentOptions &)> change,
                         const QByteArray &name) { QTest::newRow(row) << change << name; };
    row(
        "none", [](AgentOptions &) {}, "request.example:81:127.0.0.1:4");
    row(
        "host", [](AgentOptions &o) { o.host = u"agent.example"_s; },
        "agent.example:81:127.0.0.1:4");
    row(
        "port", [](AgentOptions &o) { o.port = 99; }, "request.example:99:127.0.0.1:4");
    row(
        "localAddress", [](AgentOptions &o) { o.localAddress = u"127.0.0.9"_s; },
        "request.example:81:127.0.0.9:4");
    row(
        "family", [](AgentOptions &o) { o.family = 6; }, "request.example:81:127.0.0.1:6");
    row(
        "socketPath", [](AgentOptions &o) { o.socketPath = u"/s"_s; },
        "request.example:81:127.0.0.1:4:/s");
    row(
        "localPort, timeout, hints, lookup",
        [](AgentOptions &o) {
            o.localPort = 7;
            o.timeout = 8ms;
            o.hints = 9;
            o.lookup = [](auto &&...) {};
        },
        "request.example:81:127.0.0.1:4");
}

void AgentOptionsTest::connectOptions_winOverTheRequests()
{
    QFETCH(std::function<void(AgentOptions &)>, change);
    QFETCH(QByteArray, name);
    AgentOptions own;
    own.maxSockets = 1;
    change(own);
    IdleAgent agent(own);
    RequestOptions options;
    options.host = u"request.example"_s;
    options.port = 81;
    options.localAddress = u"127.0.0.1"_s;
    options.localPort = 70;
    options.family = 4;
    options.hints = 90;
    options.timeout = 80ms;
    options.agent = &agent;
    const std::unique_ptr<ClientRequest> req(request(options));
    QCOMPARE(agent.getName(agent.asked), name);
    QCOMPARE(agent.asked.localPort, own.localPort ? own.localPort : options.localPort);
    QCOMPARE(agent.asked.hints, own.hints ? own.hints : options.hints);
    QCOMPARE(agent.asked.timeout, own.timeout ? own.timeout : options.timeout);
    QCOMPARE(bool(agent.asked.lookup), bool(own.lookup));
    QCOMPARE(req->host(), u"request.example"_s); // the message stays the request's
    QCOMPARE(req->getHeader("host")->toByteArray(), "request.example:81");
}

void AgentOptionsTest::hostOfTheAgent_isConnectedTo_headerStaysTheRequests()
{
    AgentOptions own = kept();
    own.host = u"127.0.0.1"_s;
    own.port = m_server->serverPort();
    Agent *agent = make(own);
    const QByteArray name = "127.0.0.1:" + QByteArray::number(own.port) + ':';
    for (const QString &host : { u"a.example"_s, u"b.example"_s }) { // one connection for both
        RequestOptions options;
        options.host = host;
        options.agent = agent;
        QByteArray received;
        connect(m_server.get(), &Server::request, this,
            [&](IncomingMessage *req) { received = req->headers().value("host"); });
        QPointer<ClientRequest> req = get(options);
        QTRY_VERIFY(!req);
        QCOMPARE(received, host.toLatin1());
        QTRY_COMPARE(agent->freeSockets().value(name).size(), 1);
    }
    QCOMPARE(m_connections, 1);
}

void AgentOptionsTest::name_data()
{
    QTest::addColumn<ConnectOptions>("options");
    QTest::addColumn<QByteArray>("name");
    ConnectOptions options;
    QTest::newRow("nothing") << options << QByteArray("localhost::");
    options.host = u"h"_s;
    QTest::newRow("host") << options << QByteArray("h::");
    options.port = 80;
    QTest::newRow("port") << options << QByteArray("h:80:");
    options.localAddress = u"127.0.0.1"_s;
    QTest::newRow("local address") << options << QByteArray("h:80:127.0.0.1");
    options.family = 5;
    QTest::newRow("no family") << options << QByteArray("h:80:127.0.0.1");
    options.family = 6;
    QTest::newRow("family") << options << QByteArray("h:80:127.0.0.1:6");
    options.socketPath = u"/p"_s;
    QTest::newRow("path") << options << QByteArray("h:80:127.0.0.1:6:/p");
}

void AgentOptionsTest::name()
{
    QFETCH(ConnectOptions, options);
    QFETCH(QByteArray, name);
    QCOMPARE(Agent().getName(options), name);
}

// conformance: client/default-port
void AgentOptionsTest::defaultPort_data()
{
    QTest::addColumn<bool>("odd");
    QTest::addColumn<int>("defaultPort");
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("asked");
    QTest::addColumn<QByteArray>("host");
    const auto row = [](const char *name, bool odd, int defaultPort, int port, int asked,
                         const QByteArray &host) {
        QTest::newRow(name) << odd << defaultPort << port << asked << host;
    };
    row("nothing", false, 0, 0, 80, "h");
    row("agent's", true, 0, 0, 8000, "h");
    row("agent's, 80", true, 0, 80, 80, "h:80");
    row("request's wins", true, 9000, 0, 9000, "h");
    row("request's wins, agent's port", true, 9000, 8000, 8000, "h:8000");
    row("the default itself", false, 9000, 9000, 9000, "h");
}

void AgentOptionsTest::defaultPort()
{
    QFETCH(bool, odd);
    QFETCH(int, defaultPort);
    QFETCH(int, port);
    QFETCH(int, asked);
    QFETCH(QByteArray, host);
    IdleAgent plain;
    OddAgent other;
    IdleAgent &agent = odd ? static_cast<IdleAgent &>(other) : plain;
    RequestOptions options;
    options.host = u"h"_s;
    options.agent = &agent;
    options.protocol = agent.protocol();
    options.defaultPort = quint16(defaultPort);
    options.port = quint16(port);
    const std::unique_ptr<ClientRequest> req(request(options));
    QCOMPARE(agent.asked.port, asked);
    QCOMPARE(req->getHeader("host")->toByteArray(), host);
    QCOMPARE(req->protocol(), agent.protocol());
}

void AgentOptionsTest::defaultPort_isConnectedTo()
{
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.defaultPort = m_server->serverPort();
    options.ownAgent = true;
    QByteArray host;
    connect(m_server.get(), &Server::request, this,
        [&](IncomingMessage *req) { host = req->headers().value("host"); });
    QPointer<ClientRequest> req = get(options);
    QTRY_VERIFY(!req);
    QCOMPARE(host, "127.0.0.1");
}

// conformance: client/agent-false
void AgentOptionsTest::ownAgents_areNewEachTime()
{
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.ownAgent = true;
    QByteArrayList connection;
    connect(m_server.get(), &Server::request, this,
        [&](IncomingMessage *req) { connection += req->headers().value("connection"); });
    QList<QPointer<Agent>> agents;
    QList<QPointer<ClientRequest>> requests;
    for (int i = 0; i < 2; ++i) {
        requests += get(options);
        agents += requests.last()->agent();
        QVERIFY(agents.last() && agents.last() != globalAgent() && !agents.last()->keepAlive());
        QCOMPARE(total(agents.last()->sockets()), 1);
        QVERIFY(globalAgent()->sockets().isEmpty());
    }
    QVERIFY(agents.first() != agents.last());
    QTRY_VERIFY(!requests.first() && !requests.last());
    QVERIFY(!agents.first() && !agents.last());
    QCOMPARE(connection.join(','), "close,close");
    QCOMPARE(m_connections, 2);

    options.ownAgent = false;
    const std::unique_ptr<ClientRequest> req(request(options));
    QCOMPARE(req->agent(), globalAgent());
}

// conformance: client/agent-max-sockets-changed-at-run-time
void AgentOptionsTest::limitChanged_countsForLaterRequests()
{
    Agent *agent = make(kept([](AgentOptions &o) { o.maxSockets = 1; }));
    const auto state = [agent] {
        qsizetype waiting = 0;
        const auto requests = agent->requests();
        for (const auto &queue : requests)
            waiting += queue.size();
        return u"%1/%2/%3"_s.arg(total(agent->sockets()))
            .arg(waiting)
            .arg(total(agent->freeSockets()));
    };
    const auto answerAll = [this] {
        for (const QPointer<ServerResponse> &res : std::exchange(m_held, {}))
            res->end();
    };
    start("/held1");
    start("/held2");
    QCOMPARE(state(), u"1/1/0"_s);
    agent->setMaxSockets(3);
    QCOMPARE(state(), u"1/1/0"_s);
    start("/held3");
    start("/held4");
    QCOMPARE(state(), u"3/1/0"_s);
    start("/held5");
    QCOMPARE(state(), u"3/2/0"_s);
    while (m_log.filter(u" close"_s).size() < 5) {
        QTRY_VERIFY(!m_held.isEmpty() || m_log.filter(u" close"_s).size() == 5);
        answerAll();
    }
    QTRY_COMPARE(state(), u"0/0/3"_s);
    agent->setMaxFreeSockets(1);
    start("/held6");
    start("/held7");
    QCOMPARE(state(), u"2/0/1"_s);
    QTRY_COMPARE(m_held.size(), 2);
    answerAll();
    QTRY_COMPARE(state(), u"0/0/1"_s);
}

QTEST_GUILESS_MAIN(AgentOptionsTest)
#include "tst_agentoptions.moc"
