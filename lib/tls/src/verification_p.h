#pragma once

#include "hostname_p.h"
#include "openssl_p.h"
#include "tls/tlsfailure.h"

#include <QString>

namespace headrace::tls {

/** Verifies the chain in \a context, and then that its leaf is for \a peer. No failure: all is well.
    As the reference does, the last thing that is wrong with a chain is told, and names are looked at when nothing is.
    \a shownName: what people call the peer. Source: RFC 5280 section 6, RFC 6125. */
TlsFailure verifyPeer(X509_STORE_CTX *context, const HostName &peer, const QString &shownName);

} // namespace headrace::tls
