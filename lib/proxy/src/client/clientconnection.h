#pragma once

#include "client/admission.h"
#include "origin/originconnection.h"
#include "passage/messagereader.h"

#include <exchange/exchange.h>
#include <http/transport.h>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <vector>

namespace headrace::http {
class TcpSocket;
} // namespace headrace::http

namespace headrace::proxy {

class Core;
class Passage;
class TunnelEntry;

/** One connection of a client: its requests one by one, each a Passage; what is in a tunnel that it opens, when that can
    be read; and the connections to origins that were made for it, which no other client gets: an origin sees as many
    connections as it would without the proxy. Owner: the server. Thread: the proxy's. */
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    ClientConnection(Core &core, http::TcpSocket *socket);
    ~ClientConnection() override;

    Core &core() { return m_core; }

    http::Transport *transport() const { return m_transport; }

    const exchange::Connection &facts() const { return m_facts; }

    const Standpoint &standpoint() const { return m_standpoint; }

    bool isSecure() const { return m_standpoint.tunnel && m_standpoint.tunnel->isSecure; }

    QString hostText() const; ///< Of the tunnel, for a record; empty outside.

    bool hasEnded() const { return m_reader.isEnding(); } ///< It sends nothing more.

    // --- for the passage that goes on
    void pump(); ///< More of the request can be taken.
    void passageEnded(bool keepsAlive);
    /// Closes it behind what was written, or at once by a reset. Its passage has seen to itself.
    void cut(bool reset);

    /// The next octets are not read here any more.
    void becomeTunnel();
    QByteArray takeFront(); ///< What was read and is of the tunnel.

    /// The other end of a tunnel was reached.
    void enterTunnel(std::unique_ptr<OriginConnection> origin, const Route &route);

    /// A connection that was kept, if there is one; with \a mostIdle (nanoseconds) not 0, only one that was in use
    /// just now.
    std::unique_ptr<OriginConnection> takeKept(const Hop &hop, qint64 mostIdle);
    void keep(std::unique_ptr<OriginConnection> origin);

    void corkOrigin(
        http::Transport *transport); ///< What is written until uncorkOrigin() goes out at once.
    void uncorkOrigin();

    /// While it lives, what is written to the client waits, and then goes out at once.
    class Cork
    {
    public:
        explicit Cork(ClientConnection &client);
        ~Cork();
        Q_DISABLE_COPY_MOVE(Cork)

    private:
        QPointer<http::Transport> m_transport;
    };

    // --- for the entry of a tunnel
    /// Requests are read from \a transport from now on, which is inside of the tunnel. \a program: as
    /// InterceptionPolicy has it.
    void goOn(http::Transport *transport, const Standpoint &standpoint,
        const std::optional<exchange::Tls> &tls, std::unique_ptr<OriginConnection> origin,
        const QByteArray &front, const QByteArray &program);
    void passThrough(std::unique_ptr<OriginConnection> origin, const QByteArray &fromClient,
        const QByteArray &fromOrigin);

    Passage *passage() const { return m_passage.get(); }

    void stop(); ///< The proxy stops.

Q_SIGNALS:
    void over(); ///< It is closed. Once, last.

private:
    enum class State
    {
        Requests,
        Entering, // a tunnel
        Tunnel,
        Closing, // the peer is given the time to read what was written
        Over
    };

    void watch(http::Transport *transport);
    void makeReader();
    void onReceived(const QByteArray &octets);
    void onEnded();
    void onGone(const http::Error &error);
    void takeEvent(MessageReader::Event event);
    void updateReading();
    void noteTrust(bool hasAsked);
    void closeGently();
    void abort();

    Core &m_core;
    QPointer<http::Transport> m_socketTransport;
    QPointer<http::Transport> m_transport; // of the uppermost device
    MessageReader m_reader;
    exchange::Connection m_facts;
    QByteArray m_program; // of the client, in its tunnel
    Standpoint m_standpoint;
    std::shared_ptr<Passage> m_passage;
    std::unique_ptr<TunnelEntry> m_entry;
    std::vector<std::unique_ptr<OriginConnection>> m_kept; // last used last
    QPointer<http::Transport> m_corkedOrigin;
    QTimer m_timer; // of Closing, and of idleness
    State m_state = State::Requests;
    bool m_isPumping = false;
    bool m_isTrustNoted = false; // of this client in what it sees of us in its tunnel
};

} // namespace headrace::proxy
