#include "openssl_p.h"
#include "tls/identity.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace headrace::tls {

namespace {

constexpr int mostIssuers = 20; // longer chains are refused by who gets them

} // namespace

Identity identityFromPem(const QByteArray &certificates, const QByteArray &key, TlsError *error)
{
    const auto refuse = [error](const QString &why) {
        ERR_clear_error();
        *error = { TlsError::Code::NotReadable, why };
        return Identity();
    };
    const BioPointer reader(BIO_new_mem_buf(certificates.constData(), int(certificates.size())));
    const auto next = [&reader] {
        return CertificatePointer(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
    };
    const CertificatePointer leaf = next();
    if (!leaf)
        return refuse(QStringLiteral("There is no certificate in PEM form."));
    Identity identity;
    while (const CertificatePointer issuer = next()) {
        if (identity.issuers.size() == mostIssuers)
            return refuse(QStringLiteral("There are more than %1 certificates.").arg(mostIssuers));
        identity.issuers += toDer(issuer.get());
    }
    // No password is asked for at the terminal.
    bool isEncrypted = false;
    const auto noPassword = [](char *, int, int, void *asked) {
        *static_cast<bool *>(asked) = true;
        return -1;
    };
    const BioPointer keyReader(BIO_new_mem_buf(key.constData(), int(key.size())));
    const KeyPointer privateKey(
        PEM_read_bio_PrivateKey(keyReader.get(), nullptr, noPassword, &isEncrypted));
    if (isEncrypted)
        return refuse(QStringLiteral("The private key has a password; write it without one."));
    if (!privateKey)
        return refuse(QStringLiteral("There is no private key in PEM form."));
    if (X509_check_private_key(leaf.get(), privateKey.get()) != 1)
        return refuse(QStringLiteral("The key is not that of the first certificate."));
    ERR_clear_error();
    identity.certificate = toDer(leaf.get());
    identity.key = toDer(privateKey.get());
    identity.validUntil = timeOf(X509_get0_notAfter(leaf.get()));
    return identity;
}

} // namespace headrace::tls
