#pragma once

#include "origin/hop.h"
#include "passage/messagereader.h"

#include <exchange/exchange.h>
#include <http/observer.h>
#include <http/transport.h>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace headrace::tls {
class TlsSocket;
struct ClientOptions;
} // namespace headrace::tls

namespace headrace::proxy {

class Core;

/** One connection to an origin, by itself or through another proxy: it is made, carries exchanges one by one, and is kept
    between them. Owner: whoever has it. Thread: the proxy's. */
class OriginConnection : public QObject, private http::Observer
{
    Q_OBJECT

public:
    /// Who has it now. Every call may be the end of the connection's life, but not of its object before it returns.
    class User
    {
    public:
        virtual void originPhase(http::SocketPhase phase, http::MonotonicTime time) = 0;
        virtual void originReady() = 0; ///< Requests can be written.
        virtual void originReadable() = 0; ///< reader() has something new, or its end.

        /// It is over: it could not be made, or broke.
        virtual void originFailed(const http::Error &error) = 0;

    protected:
        ~User() = default;
    };

    OriginConnection(Core &core, Hop hop);
    ~OriginConnection() override; ///< Closes it.

    const Hop &hop() const { return m_hop; }

    /// What is known already is told at once: phases that were reached while nobody listened.
    void setUser(User *user);

    User *user() const { return m_user; }

    void open(); ///< originReady() or originFailed() follows, never from within.

    bool isReady() const { return m_state == State::Ready; }

    bool isOver() const { return m_state == State::Over; }

    /// It carried an exchange before.
    bool isUsed() const { return m_isUsed; }

    void setUsed() { m_isUsed = true; }

    http::MonotonicTime idleSince() const { return m_idleSince; }

    http::Transport *transport() const { return m_transport; } ///< Once it is ready.

    MessageReader &reader() { return m_reader; }

    void updateReading(bool wanted); ///< Holds the peer back while nobody takes what it says.

    exchange::Connection facts() const;

    /// DER, leaf first; also of an origin that was refused.
    const QList<QByteArray> &certificates() const { return m_certificates; }

    /// The protocol that it agreed to in TLS, if any.
    QList<QByteArray> agreed() const;

    /// A tunnel that is ready turns out to be for TLS: originReady() or originFailed() follows.
    void secure(const Greeting &greeting);

    /// The transport is a tunnel's from now on: this one neither reads nor watches it, but closes it in the end.
    http::Transport *lend();

    void close(); ///< When all is written. Nobody is told.
    void cut(bool reset); ///< At once.

private:
    enum class State
    {
        New,
        Connecting,
        ConnectingProxyTls,
        AskingProxy, // CONNECT
        ConnectingTls,
        Ready,
        Over
    };

    void socketPhase(http::ExchangeId, http::ConnectionId, http::SocketPhase phase,
        http::MonotonicTime time) override;

    void onConnected();
    void watch(http::Transport *transport);
    void startTls(const tls::ClientOptions &options);
    void startTlsWithOrigin();
    void onEncrypted(tls::TlsSocket *socket);
    void proxyIsReached(); ///< Or the origin, without one.
    void askProxy();
    void readProxyAnswer(const QByteArray &octets);
    void becomeReady();
    exchange::Connection readFacts() const;
    void onReceived(const QByteArray &octets);
    void onEnded();
    void fail(const http::Error &error);
    void tell(http::SocketPhase phase);

    Core &m_core;
    Hop m_hop;
    User *m_user = nullptr;
    QPointer<http::Transport> m_transport; // of the uppermost device
    QPointer<http::Transport> m_socketTransport; // of the socket below
    MessageReader m_reader;
    std::optional<wire::MessageParser> m_proxyAnswer;
    QList<std::pair<http::SocketPhase, http::MonotonicTime>> m_phases; // that nobody was told of
    QPointer<tls::TlsSocket> m_tlsSocket;
    exchange::Connection m_facts; // once it is ready
    std::optional<exchange::Tls> m_tls;
    QList<QByteArray> m_certificates;
    QTimer m_timer;
    QByteArray m_front;
    http::MonotonicTime m_idleSince = 0;
    State m_state = State::New;
    bool m_isUsed = false;
};

} // namespace headrace::proxy
