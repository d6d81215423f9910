#pragma once

#include "tls/tlserror.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace headrace::tls {

/// A certificate with its private key, and those that signed it. A value; copies share. Thread: any.
struct Identity
{
    QByteArray certificate; ///< DER.
    QByteArray key; ///< DER, PKCS#8, not encrypted.
    QList<QByteArray> issuers; ///< DER; who signed the one before. Without the certificate itself.
    QDateTime validUntil; ///< UTC.

    bool isNull() const { return certificate.isEmpty(); }

    QByteArray certificatePem() const; ///< Of the certificate alone.
    QByteArray keyPem() const;
};

/** The identity in PEM files: \a certificates has its certificate first, then those that signed it, if any; \a key is
    its private key, without a password. Both may be the same text. A null identity and *error: NotReadable says what
    is wrong. Thread: any. */
Identity identityFromPem(const QByteArray &certificates, const QByteArray &key, TlsError *error);

} // namespace headrace::tls
