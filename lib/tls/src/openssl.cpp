#include "openssl_p.h"

#include <QTimeZone>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace headrace::tls {

TlsError opensslError(const QString &what)
{
    QString reason;
    while (const unsigned long code = ERR_get_error()) {
        const char *text = ERR_reason_error_string(code);
        if (reason.isEmpty() && text)
            reason = QString::fromLatin1(text);
    }
    return { TlsError::Code::Failed,
        reason.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, reason) };
}

KeyPointer makeKey() { return KeyPointer(EVP_EC_gen("P-256")); }

QByteArray toDer(X509 *certificate)
{
    unsigned char *octets = nullptr;
    const int size = i2d_X509(certificate, &octets);
    const std::unique_ptr<unsigned char, Freed<[](void *p) { OPENSSL_free(p); }>> owner(octets);
    return size < 0 ? QByteArray() : QByteArray(reinterpret_cast<const char *>(octets), size);
}

QByteArray toDer(EVP_PKEY *key)
{
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO_free>> packed(
        EVP_PKEY2PKCS8(key));
    unsigned char *octets = nullptr;
    const int size = packed ? i2d_PKCS8_PRIV_KEY_INFO(packed.get(), &octets) : -1;
    const std::unique_ptr<unsigned char, Freed<[](void *p) { OPENSSL_free(p); }>> owner(octets);
    return size < 0 ? QByteArray() : QByteArray(reinterpret_cast<const char *>(octets), size);
}

QDateTime timeOf(const ASN1_TIME *time)
{
    tm parts {};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return { QDate(1900 + parts.tm_year, parts.tm_mon + 1, parts.tm_mday),
        QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc() };
}

CertificatePointer startCertificate(
    EVP_PKEY *key, const QDateTime &validFrom, const QDateTime &validUntil)
{
    unsigned char serial[16];
    CertificatePointer certificate(X509_new());
    if (!certificate || RAND_bytes(serial, sizeof serial) != 1)
        return {};
    serial[0] = (serial[0] & 0x7f) | 0x40; // positive, and as long as the others
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    const bool isSet = number && X509_set_version(certificate.get(), X509_VERSION_3) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()))
        && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), validFrom.toSecsSinceEpoch())
        && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), validUntil.toSecsSinceEpoch())
        && X509_set_pubkey(certificate.get(), key) == 1;
    return isSet ? std::move(certificate) : CertificatePointer();
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

} // namespace headrace::tls
