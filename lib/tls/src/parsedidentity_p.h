#pragma once

#include "openssl_p.h"
#include "tls/identity.h"

#include <openssl/ssl.h>

namespace headrace::tls {

/** Gives \a ssl a certificate with its key and issuers. The thread remembers those that it has read: leaves are shown
    many times. False: it is none, or the key is of another; see opensslError(). */
bool useIdentity(SSL *ssl, const Identity &identity);

} // namespace headrace::tls
