#pragma once

#include <http/http.h>

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <functional>
#include <memory>

namespace headrace::http::test {

/// Options of an agent that keeps connections, with \a change applied.
AgentOptions kept(const std::function<void(AgentOptions &)> &change = {});
AgentOptions limited(int maxSockets, int maxTotalSockets = AgentOptions::Unlimited);

/// Makes no connection; remembers what it was asked for.
class IdleAgent : public Agent
{
    Q_OBJECT

public:
    using Agent::Agent;

    QIODevice *createConnection(
        const ConnectOptions &options, RequestOptions::ConnectionCallback callback) override;

    ConnectOptions asked;
};

/// A server that answers each request with its target, but holds those of /held…, and an agent.
class AgentFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

protected:
    /// A GET whose events are logged with its path; its response is read.
    ClientRequest *start(const QByteArray &path, Agent *agent = nullptr, quint16 port = 0);
    Agent *make(AgentOptions options);
    static qsizetype total(const QHash<QByteArray, QList<QIODevice *>> &sockets);

    std::unique_ptr<Server> m_server;
    std::unique_ptr<Agent> m_agent;
    QList<QPointer<ServerResponse>> m_held;
    QStringList m_seen; ///< Targets as they arrived.
    QStringList m_log;
    int m_connections = 0;
};

} // namespace headrace::http::test
