#pragma once

#include "openssl_p.h"

#include <QByteArray>
#include <QHashFunctions>

#include <openssl/ssl.h>

#include <unordered_map>

namespace headrace::tls {

using SessionPointer = std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>;

/// Sessions of clients that can go on, one for each key. Bounded. Thread: its own.
class SessionCache
{
public:
    void put(const QByteArray &key, SessionPointer session);

    /// Null: there is none that may be used. It is gone then: tickets are used once (RFC 8446 appendix C.4).
    SessionPointer take(const QByteArray &key);

private:
    std::unordered_map<QByteArray, SessionPointer> m_sessions;
};

} // namespace headrace::tls
