#pragma once

#include "http/clock.h"

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace headrace::http {

class Server;
class Transport;

/** What one connection of a server measures: how long a head takes, how long a request takes to arrive, and
    how long the next request is waited for. It never closes anything itself.
    Source: reference server.headersTimeout, server.requestTimeout, server.keepAliveTimeout, server.timeout. */
class ConnectionClocks
{
public:
    /// \a onRequestTimeout is called from the event loop, outside any IoScope.
    ConnectionClocks(Server *server, Transport *transport, std::function<void()> onRequestTimeout);

    /// The first octet of a request came: its head and the whole of it are on the clock.
    void messageBegins();

    MonotonicTime messageStart() const { return m_messageStart; }

    /// The clock of the request whose head is complete: it runs until the request is read, or answered.
    std::shared_ptr<QTimer> takeRequestTimer();

    /// Looked at when octets came and the head is still not complete: nothing wakes up for it.
    bool headTookTooLong() const;

    /// All requests are answered: the next may take the server's keepAliveTimeout().
    void waitForNextRequest();

    /// Octets came, the wait is over: the server's timeout() holds again.
    void nextRequestCame();

    void stop();

private:
    void startRequestTimer();

    Server *m_server;
    QPointer<Transport> m_transport;
    std::function<void()> m_onRequestTimeout;
    std::shared_ptr<QTimer>
        m_requestTimer; ///< Of the request whose head is being read, or waited for.
    const std::chrono::milliseconds m_headersTimeout; ///< As it was when the connection was made.
    MonotonicTime m_messageStart;
    bool m_waitsForNext = false;
};

} // namespace headrace::http
