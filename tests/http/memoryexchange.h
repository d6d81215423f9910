#pragma once

#include "support/memorysocket.h"

#include <http/http.h>

#include <QByteArray>
#include <QByteArrayList>

#include <memory>

namespace headrace::http::test {

/** One connection of a server, in memory: octets are sent, settled, and what came of them is there. The
    journal is that of the listeners and, at its end, what the peer received. */
class MemoryServer
{
public:
    /// Connects listeners that write into \a log. All of them, but the ones of the connection itself.
    using Listen = std::function<void(Server *server, QByteArrayList *log)>;

    explicit MemoryServer(const Listen &listen, ServerOptions options = {});
    ~MemoryServer();

    Server *server() { return &m_server; }

    void send(const QByteArray &octets);
    void finish(); ///< Our direction ends (FIN).
    void close(); ///< Both do, abruptly.

    QByteArray received(); ///< All so far; Date values read <date>.
    bool isClosed() const; ///< The server closed.

    /// Lines of the log, then `wire "…"` with what was received.
    QByteArray journal();

    QByteArrayList &log() { return m_log; }

private:
    QByteArrayList m_log;
    QByteArray m_received;
    Server m_server;
    std::unique_ptr<headrace::test::MemorySocket> m_peer;
};

/// An agent whose connections are in memory; the other ends are at hand in peers().
class MemoryAgent : public Agent
{
    Q_OBJECT

public:
    using Agent::Agent;
    ~MemoryAgent() override;

    QIODevice *createConnection(
        const ConnectOptions &options, RequestOptions::ConnectionCallback callback) override;

    /// In order of connecting. Owner: this.
    const QList<headrace::test::MemorySocket *> &peers() const { return m_peers; }

private:
    QList<headrace::test::MemorySocket *> m_peers;
};

} // namespace headrace::http::test
