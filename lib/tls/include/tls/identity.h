#pragma once

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

} // namespace headrace::tls
