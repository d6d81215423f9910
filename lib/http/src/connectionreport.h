#pragma once

#include "http/clock.h"
#include "http/observer.h"

#include <QByteArray>

#include <memory>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::http {

class ExchangeGuard;
class HandWrittenAnswer;

/** One connection as observers see it: which one it is, between which addresses, the phases that it goes
    through, and the octets that no message tells of: of tunnels, of nobody, and what is written to the socket
    by hand. Part of a Transport. */
class ConnectionReport
{
public:
    explicit ConnectionReport(const QIODevice *device);
    ~ConnectionReport();
    Q_DISABLE_COPY_MOVE(ConnectionReport)

    ConnectionId id() const { return m_id; }

    bool isReused() const { return m_reused; }

    void setReused() { m_reused = true; }

    ConnectionInfo info() const;

    /// Null: nobody. An observer hears first of the phases that were kept for it. \a life: as long as it is
    /// there, the exchange goes on; what is told later is told of no exchange.
    void setObserver(
        Observer *observer, ExchangeId exchange, std::weak_ptr<const ExchangeGuard> life);

    bool isWatched() const { return m_observer; }

    /// While \a isConnecting, kept for an observer who comes later.
    void reached(SocketPhase phase, bool isConnecting);
    void tlsEstablished() const;
    void tlsRefused() const; ///< Where the peer had shown certificates; else nothing.
    void connected() const; ///< The exchange has a socket.

    /// From now on the connection is a tunnel of \a exchange, which ends with it.
    void openTunnel(std::shared_ptr<ExchangeGuard> exchange);

    bool isTunnel() const { return bool(m_tunnel); }

    void closeTunnel(); ///< Nothing more passes: its exchange is over. Nothing if there is none.
    void tunnelFailed(const Error &error) const;

    /// What is written by hand is the answer to a request, \a isConnect or not, until it is complete.
    void expectAnswer(bool isConnect);

    void received(QByteArrayView octets) const;
    void sent(const QByteArray &octets);
    void sentEnd(); ///< Nothing more is sent.

private:
    ExchangeId exchange() const; ///< That goes on; 0 if there is none.
    wire::MessagePart part() const;

    const QIODevice *m_device;
    Observer *m_observer = nullptr;
    ExchangeId m_exchange = 0;
    std::weak_ptr<const ExchangeGuard> m_life;
    std::shared_ptr<ExchangeGuard> m_tunnel;
    std::unique_ptr<HandWrittenAnswer> m_answer;
    std::vector<std::pair<SocketPhase, MonotonicTime>>
        m_earlyPhases; ///< Reached before anybody watched.
    const ConnectionId m_id = nextConnectionId();
    bool m_reused = false;
};

} // namespace headrace::http
