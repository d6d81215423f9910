#include "agentfixture.h"

#include <QTest>

namespace headrace::http::test {

using namespace Qt::StringLiterals;

AgentOptions kept(const std::function<void(AgentOptions &)> &change)
{
    AgentOptions options;
    options.keepAlive = true;
    if (change)
        change(options);
    return options;
}

AgentOptions limited(int maxSockets, int maxTotalSockets)
{
    AgentOptions options;
    options.maxSockets = maxSockets;
    options.maxTotalSockets = maxTotalSockets;
    return options;
}

QIODevice *IdleAgent::createConnection(
    const ConnectOptions &options, RequestOptions::ConnectionCallback)
{
    asked = options;
    return nullptr;
}

void AgentFixture::init()
{
    m_log.clear();
    m_seen.clear();
    m_held.clear();
    m_connections = 0;
    m_server = std::make_unique<Server>([this](IncomingMessage *req, ServerResponse *res) {
        m_seen.append(QString::fromLatin1(req->url()));
        if (req->url().startsWith("/held"))
            m_held.append(res);
        else
            res->end(req->url());
    });
    connect(m_server.get(), &Server::connection, this, [this] { ++m_connections; });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
}

void AgentFixture::cleanup()
{
    m_agent.reset();
    m_server.reset();
}

Agent *AgentFixture::make(AgentOptions options)
{
    m_agent = std::make_unique<Agent>(options);
    return m_agent.get();
}

qsizetype AgentFixture::total(const QHash<QByteArray, QList<QIODevice *>> &sockets)
{
    qsizetype count = 0;
    for (const QList<QIODevice *> &list : sockets)
        count += list.size();
    return count;
}

ClientRequest *AgentFixture::start(const QByteArray &path, Agent *agent, quint16 port)
{
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = port ? port : m_server->serverPort();
    options.path = path;
    options.agent = agent ? agent : m_agent.get();
    ClientRequest *req = get(options);
    const QString name = QString::fromLatin1(path);
    const auto note = [this, name](const char *what) {
        return [this, name, what] { m_log.append(name + u' ' + QString::fromLatin1(what)); };
    };
    connect(req, &ClientRequest::socketAssigned, this, note("socket"));
    connect(req, &ClientRequest::abortOccurred, this, note("abort"));
    connect(req, &ClientRequest::closed, this, note("close"));
    connect(req, &ClientRequest::timedOut, this, note("timeout"));
    connect(req, &ClientRequest::errorOccurred, this,
        [this, name](const Error &error) { m_log.append(name + u' ' + wire::name(error.code)); });
    connect(req, &ClientRequest::response, this, [note](IncomingMessage *res) {
        note("response")();
        res->resume();
    });
    return req;
}

} // namespace headrace::http::test
