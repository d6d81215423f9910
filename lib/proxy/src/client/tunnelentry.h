#pragma once

#include "origin/originconnection.h"
#include "proxy/interceptionpolicy.h"
#include "proxy/transit.h"

#include <tls/clienthello.h>

#include <QByteArray>
#include <QObject>

#include <memory>

namespace headrace::tls {
class TlsSocket;
} // namespace headrace::tls

namespace headrace::proxy {

class ClientConnection;

/** What becomes of a tunnel that a client has opened: it waits for what the client says first. TLS is ended here and begun
    anew to the origin, whose certificate is seen before one is made for the client; HTTP is read as it is; anything
    else, and whatever must not be looked into, passes through. Owner: the client's connection.
    Thread: the proxy's. */
class TunnelEntry : public QObject, private OriginConnection::User
{
    Q_OBJECT

public:
    TunnelEntry(ClientConnection &client, std::unique_ptr<OriginConnection> origin, Route route);
    ~TunnelEntry() override;

    void start(const QByteArray &front); ///< What was read already.
    void clientReceived(const QByteArray &octets);
    void clientEnded();

private:
    void originPhase(http::SocketPhase phase, http::MonotonicTime time) override;
    void originReady() override;
    void originReadable() override;
    void originFailed(const http::Error &error) override;

    InterceptionPolicy::Client client() const;
    void decide();
    void passThrough(const QString &why);
    void acceptClient();
    void onEncrypted();

    ClientConnection &m_client;
    std::unique_ptr<OriginConnection> m_origin;
    Route m_route;
    QByteArray m_fromClient;
    tls::ClientHello m_hello;
    QByteArray m_program; ///< What m_hello is of.
    Greeting m_greeting;
    tls::TlsSocket *m_socket = nullptr; // towards the client; of the client's connection
    bool m_isDecided = false;
};

} // namespace headrace::proxy
