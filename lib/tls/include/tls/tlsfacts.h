#pragma once

#include "tls/tlsfailure.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace headrace::tls {

/// What came of a handshake. Of a refused one: the name and the certificates, as far as it went. A value.
struct TlsFacts
{
    QString protocol; ///< "TLSv1.3"
    QString cipher; ///< "TLS_AES_256_GCM_SHA384"
    QByteArray alpn; ///< The protocol that was agreed; empty: none.
    QString serverName; ///< SNI; empty: none was sent.
    QList<QByteArray> peerCertificates; ///< DER, leaf first, as the peer sent them.
    TlsFailure verification; ///< Clients: what is wrong with them, taken or not.
    bool isCertificateAsked = false; ///< Clients: the server asked for a certificate.
    bool isResumed = false; ///< Of an earlier session; the certificates are those of its beginning.
};

} // namespace headrace::tls
