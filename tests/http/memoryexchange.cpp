#include "memoryexchange.h"

#include "talk.h"
#include "wirerows.h"

namespace headrace::http::test {

using headrace::test::MemorySocket;
using headrace::test::settle;

MemoryServer::MemoryServer(const Listen &listen, ServerOptions options)
    : m_server(std::move(options))
{
    if (listen)
        listen(&m_server, &m_log);
    const auto [near, far] = MemorySocket::makePair();
    m_peer.reset(far);
    m_server.injectConnection(near);
    settle();
}

MemoryServer::~MemoryServer()
{
    close();
    settle();
}

void MemoryServer::send(const QByteArray &octets)
{
    m_peer->write(octets);
    settle();
}

void MemoryServer::finish()
{
    m_peer->finish();
    settle();
}

void MemoryServer::close()
{
    m_peer->close();
    settle();
}

QByteArray MemoryServer::received()
{
    m_received += m_peer->takeAll();
    return withoutDate(m_received);
}

bool MemoryServer::isClosed() const { return m_peer->isPeerClosed(); }

QByteArray MemoryServer::journal()
{
    QByteArrayList lines = m_log;
    lines.append("wire " + abbreviated(quoted(received())));
    if (!isClosed())
        lines.append("open");
    return lines.join('\n');
}

MemoryAgent::~MemoryAgent()
{
    destroy();
    qDeleteAll(m_peers);
}

QIODevice *MemoryAgent::createConnection(const ConnectOptions &, RequestOptions::ConnectionCallback)
{
    const auto [near, far] = MemorySocket::makePair();
    m_peers.append(far);
    return near;
}

} // namespace headrace::http::test
