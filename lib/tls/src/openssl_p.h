#pragma once

#include "tls/tlserror.h"

#include <QByteArray>
#include <QDateTime>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

// OpenSSL's objects with owners, and what is asked of them more than once.

namespace headrace::tls {

template <auto Free>
struct Freed
{
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freed<X509_free>>;
using BioPointer = std::unique_ptr<BIO, Freed<BIO_free>>;

/// The error with what OpenSSL has to say; its queue is empty then.
TlsError opensslError(const QString &what);

KeyPointer makeKey(); ///< EC P-256. Null: see opensslError().

QByteArray toDer(X509 *certificate);
QByteArray toDer(EVP_PKEY *key); ///< PKCS#8.
QDateTime timeOf(const ASN1_TIME *time); ///< UTC.

/** A version 3 certificate with a random serial number of 127 bits, these times and the public part of this key.
    Null: see opensslError(). Source: RFC 5280 section 4.1. */
CertificatePointer startCertificate(
    EVP_PKEY *key, const QDateTime &validFrom, const QDateTime &validUntil);

/// Adds an extension as `openssl.cnf` has it. \a issuer: for the identifier of its key.
bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value);

} // namespace headrace::tls
