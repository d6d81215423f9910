#include "connectionreport.h"

#include "connectwatch.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QSslSocket>

namespace headrace::http {

ConnectionInfo ConnectionReport::info() const
{
    ConnectionInfo info;
    info.connection = m_id;
    info.isReused = m_reused;
    if (const auto *socket = qobject_cast<const QAbstractSocket *>(m_device)) {
        info.localAddress = socket->localAddress().toString();
        info.localPort = socket->localPort();
        info.peerAddress = socket->peerAddress().toString();
        info.peerPort = socket->peerPort();
    } else if (const auto *local = qobject_cast<const QLocalSocket *>(m_device)) {
        info.peerAddress = local->fullServerName();
    }
    return info;
}

void ConnectionReport::setObserver(Observer *observer, ExchangeId exchange)
{
    m_observer = observer;
    m_exchange = exchange;
    const auto early = std::exchange(m_earlyPhases, {});
    if (observer) {
        for (const auto &[phase, time] : early)
            observer->socketPhase(exchange, m_id, phase, time);
    }
}

void ConnectionReport::reached(SocketPhase phase, bool isConnecting)
{
    if (m_observer)
        m_observer->socketPhase(m_exchange, m_id, phase, monotonicNow());
    else if (isConnecting)
        m_earlyPhases.push_back({ phase, monotonicNow() });
}

void ConnectionReport::tlsEstablished() const
{
    if (m_observer)
        m_observer->tlsEstablished(
            m_exchange, m_id, tlsInfo(qobject_cast<const QSslSocket *>(m_device)), monotonicNow());
}

void ConnectionReport::connected() const
{
    if (m_observer)
        m_observer->socketAssigned(m_exchange, info(), monotonicNow());
}

} // namespace headrace::http
