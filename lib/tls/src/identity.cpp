#include "tls/identity.h"

namespace headrace::tls {

namespace {

constexpr qsizetype lineLength = 64; // RFC 7468 section 2

QByteArray toPem(const QByteArray &der, const QByteArray &label)
{
    const QByteArray text = der.toBase64();
    QByteArray pem = "-----BEGIN " + label + "-----\n";
    for (qsizetype at = 0; at < text.size(); at += lineLength)
        pem += text.mid(at, lineLength) + '\n';
    return pem + "-----END " + label + "-----\n";
}

} // namespace

QByteArray Identity::certificatePem() const { return toPem(certificate, "CERTIFICATE"); }

QByteArray Identity::keyPem() const { return toPem(key, "PRIVATE KEY"); }

} // namespace headrace::tls
