#include "connectionclocks.h"

#include "http/server.h"
#include "http/transport.h"

#include <utility>

namespace headrace::http {

ConnectionClocks::ConnectionClocks(
    Server *server, Transport *transport, std::function<void()> onRequestTimeout)
    : m_server(server)
    , m_transport(transport)
    , m_onRequestTimeout(std::move(onRequestTimeout))
    , m_headersTimeout(server->headersTimeout())
    , m_messageStart(monotonicNow())
{
    if (server->timeout().count() > 0)
        transport->setTimeout(server->timeout());
    startRequestTimer(); // a peer that sends nothing at all is not waited for either
}

void ConnectionClocks::messageBegins()
{
    m_messageStart = monotonicNow();
    startRequestTimer();
}

void ConnectionClocks::startRequestTimer()
{
    if (m_requestTimer || m_server->requestTimeout().count() <= 0)
        return;
    m_requestTimer = std::make_shared<QTimer>();
    m_requestTimer->setSingleShot(true);
    QObject::connect(
        m_requestTimer.get(), &QTimer::timeout, m_requestTimer.get(), m_onRequestTimeout);
    m_requestTimer->start(m_server->requestTimeout());
}

std::shared_ptr<QTimer> ConnectionClocks::takeRequestTimer()
{
    return std::exchange(m_requestTimer, nullptr);
}

bool ConnectionClocks::headTookTooLong() const
{
    return m_headersTimeout.count() > 0
        && std::chrono::nanoseconds(monotonicNow() - m_messageStart) > m_headersTimeout;
}

void ConnectionClocks::waitForNextRequest()
{
    if (!m_transport || m_server->keepAliveTimeout().count() <= 0)
        return;
    m_transport->setTimeout(m_server->keepAliveTimeout());
    m_waitsForNext = true;
}

void ConnectionClocks::nextRequestCame()
{
    if (std::exchange(m_waitsForNext, false) && m_transport)
        m_transport->setTimeout(m_server->timeout());
}

void ConnectionClocks::stop() { m_requestTimer.reset(); }

} // namespace headrace::http
