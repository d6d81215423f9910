#include "connectionreport.h"

#include "connectwatch.h"
#include "exchangeguard.h"
#include "handwrittenanswer.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QSslSocket>

namespace headrace::http {

ConnectionReport::ConnectionReport(const QIODevice *device)
    : m_device(device)
{
}

ConnectionReport::~ConnectionReport() { closeTunnel(); }

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

void ConnectionReport::setObserver(
    Observer *observer, ExchangeId exchange, std::weak_ptr<const ExchangeGuard> life)
{
    m_observer = observer;
    m_exchange = exchange;
    m_life = std::move(life);
    const auto early = std::exchange(m_earlyPhases, {});
    if (observer) {
        for (const auto &[phase, time] : early)
            observer->socketPhase(exchange, m_id, phase, time);
    }
}

ExchangeId ConnectionReport::exchange() const { return m_life.expired() ? 0 : m_exchange; }

// --- phases

void ConnectionReport::reached(SocketPhase phase, bool isConnecting)
{
    if (m_observer)
        m_observer->socketPhase(exchange(), m_id, phase, monotonicNow());
    else if (isConnecting)
        m_earlyPhases.push_back({ phase, monotonicNow() });
}

void ConnectionReport::tlsEstablished() const
{
    if (m_observer)
        m_observer->tlsEstablished(
            exchange(), m_id, tlsInfo(qobject_cast<const QSslSocket *>(m_device)), monotonicNow());
}

void ConnectionReport::tlsRefused() const
{
    const auto *ssl = qobject_cast<const QSslSocket *>(m_device);
    if (!m_observer || !ssl || ssl->isEncrypted() || ssl->peerCertificateChain().isEmpty())
        return;
    TlsInfo shown;
    shown.serverName = ssl->peerVerifyName();
    for (const QSslCertificate &certificate : ssl->peerCertificateChain())
        shown.peerCertificates.append(certificate.toDer());
    m_observer->tlsRefused(exchange(), m_id, shown, monotonicNow());
}

void ConnectionReport::connected() const
{
    if (m_observer)
        m_observer->socketAssigned(exchange(), info(), monotonicNow());
}

// --- tunnels

void ConnectionReport::openTunnel(std::shared_ptr<ExchangeGuard> exchange)
{
    if (m_observer)
        m_tunnel = std::move(exchange);
}

void ConnectionReport::closeTunnel() { m_tunnel.reset(); }

void ConnectionReport::tunnelFailed(const Error &error) const
{
    if (m_tunnel)
        m_observer->failed(m_exchange, error, monotonicNow());
}

// --- octets

wire::MessagePart ConnectionReport::part() const
{
    return m_tunnel ? wire::MessagePart::Tunnel : wire::MessagePart::Unparsed;
}

void ConnectionReport::expectAnswer(bool isConnect)
{
    if (m_observer && !m_answer)
        m_answer = std::make_unique<HandWrittenAnswer>(isConnect);
}

void ConnectionReport::received(QByteArrayView octets) const
{
    if (m_observer && !octets.isEmpty())
        m_observer->octets(exchange(), m_id, Direction::Received, part(), octets, monotonicNow());
}

void ConnectionReport::sent(const QByteArray &octets)
{
    if (!m_observer || octets.isEmpty())
        return;
    if (m_answer)
        m_answer->sent(octets, { m_observer, exchange(), m_id, part() });
    else
        m_observer->octets(exchange(), m_id, Direction::Sent, part(), octets, monotonicNow());
}

void ConnectionReport::sentEnd()
{
    if (m_observer && m_answer)
        m_answer->end({ m_observer, exchange(), m_id, part() });
}

} // namespace headrace::http
