#pragma once

#include <http/agent.h>
#include <http/tlsagent.h>

namespace headrace::session {

/** The client agents of one thread: plain, TLS, and TLS without verification, so that a connection made
    without it is never lent to a request that asks for it.
    Thread: the one that made it. */
class Clients
{
public:
    enum class Persistence
    {
        KeepAlive,
        Close
    };

    explicit Clients(Persistence persistence);

    /// Watches every later request; borrowed.
    void setObserver(http::Observer *observer);

    http::Agent *agent(bool isSecure, bool verifiesCertificates);

    /// Destroys all sockets, in use and free.
    void destroy();

private:
    http::Agent m_plain;
    http::TlsAgent m_verified;
    http::TlsAgent m_unverified;
};

} // namespace headrace::session
