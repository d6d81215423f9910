#pragma once

#include "http/clock.h"
#include "http/observer.h"

#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::http {

/** One connection as observers see it: which one it is, between which addresses, and the phases that it goes
    through. Part of a Transport. */
class ConnectionReport
{
public:
    explicit ConnectionReport(const QIODevice *device)
        : m_device(device)
    {
    }

    ConnectionId id() const { return m_id; }

    bool isReused() const { return m_reused; }

    void setReused() { m_reused = true; }

    ConnectionInfo info() const;

    /// Null: nobody. An observer hears first of the phases that were kept for it.
    void setObserver(Observer *observer, ExchangeId exchange);

    /// While \a isConnecting, kept for an observer who comes later.
    void reached(SocketPhase phase, bool isConnecting);
    void tlsEstablished() const;
    void connected() const; ///< The exchange has a socket.

private:
    const QIODevice *m_device;
    Observer *m_observer = nullptr;
    ExchangeId m_exchange = 0;
    std::vector<std::pair<SocketPhase, MonotonicTime>>
        m_earlyPhases; ///< Reached before anybody watched.
    const ConnectionId m_id = nextConnectionId();
    bool m_reused = false;
};

} // namespace headrace::http
