#pragma once

#include "hostname_p.h"
#include "sessioncache_p.h"
#include "tls/keylog.h"
#include "tls/tlsfacts.h"

#include <openssl/ssl.h>

#include <memory>

namespace headrace::tls {

/// What OpenSSL's callbacks have to know of a connection, and what they find out.
struct Handshake
{
    std::shared_ptr<KeyLog> keyLog;
    QByteArray alpn; ///< Servers: what is spoken, each behind its length.
    HostName peer; ///< Clients.
    QString shownName; ///< Clients.
    bool verifies = true; ///< Clients.
    QList<QByteArray> acceptedLeaves; ///< Clients.
    QByteArray sessionKey; ///< Clients; empty: sessions are not kept.
    TlsFacts facts;
};

/// Names as the wire has them, each behind its length; those that are empty or too long are left out.
QByteArray toWire(const QList<QByteArray> &protocols);

/** What all connections of one thread share. Everything that differs hangs at the connection: setHandshake() has to
    be called before it does anything. */
class Contexts
{
public:
    static Contexts &ofThread();

    SSL_CTX *server() const { return m_server.get(); } ///< Null: see opensslError().

    SSL_CTX *client() const { return m_client.get(); } ///< Null: see opensslError().

    SessionCache &sessions() { return m_sessions; }

    static void setHandshake(SSL *ssl, Handshake *handshake); ///< Borrowed.

private:
    using Pointer = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
    Contexts();

    Pointer m_server;
    Pointer m_client;
    SessionCache m_sessions;
};

} // namespace headrace::tls
