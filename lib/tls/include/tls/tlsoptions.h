#pragma once

#include "tls/clienthello.h"
#include "tls/identity.h"
#include "tls/keylog.h"
#include "tls/truststore.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace headrace::tls {

/// Of a handshake, without which it is given up (ETIMEDOUT); 0: none. Source: reference tls `handshakeTimeout`.
constexpr std::chrono::milliseconds DefaultHandshakeTimeout { 120'000 };

struct ServerOptions
{
    /// The certificate to show. Called once, when the hello is there; must not delete the socket. A null one
    /// refuses the client.
    std::function<Identity(const ClientHello &hello)> choose;

    /// What is spoken, best first. A client that offers protocols, and none of them, is refused (RFC 7301
    /// section 3.2). Empty: nothing is agreed, and nobody refused.
    QList<QByteArray> alpn;
    std::shared_ptr<KeyLog> keyLog; ///< Null: none.
    std::chrono::milliseconds handshakeTimeout = DefaultHandshakeTimeout;
};

struct ClientOptions
{
    QString serverName; ///< The name or address to verify; names are sent as SNI.
    QList<QByteArray> alpn; ///< Offered, best first; empty: the extension is not sent.
    bool verifies
        = true; ///< False: takes any certificate; TlsFacts::verification says what is wrong with it.

    /// SHA-256 of the certificates (DER) that are taken whatever is wrong with them, and only with them as the leaf.
    /// Shape: 32 octets each.
    QList<QByteArray> acceptedLeaves;
    std::shared_ptr<const TrustStore> trust; ///< Null: TrustStore::system().
    Identity identity; ///< Shown when the server asks for one.
    std::shared_ptr<KeyLog> keyLog; ///< Null: none.

    /// Sessions are resumed between connections of one thread and the same key ("host:port"). Empty: none is.
    QByteArray resumptionKey;
    std::chrono::milliseconds handshakeTimeout = DefaultHandshakeTimeout;
};

} // namespace headrace::tls
