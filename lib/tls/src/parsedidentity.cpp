#include "parsedidentity_p.h"

#include <QHash>

namespace headrace::tls {

namespace {

constexpr qsizetype mostRemembered = 1000; // as many as LeafCache has

using ChainPointer = std::unique_ptr<STACK_OF(X509),
    Freed<[](STACK_OF(X509) * chain) { sk_X509_pop_free(chain, X509_free); }>>;

struct ParsedIdentity
{
    CertificatePointer certificate;
    KeyPointer key;
    ChainPointer issuers;
};

CertificatePointer readCertificate(const QByteArray &der)
{
    const auto *octets = reinterpret_cast<const unsigned char *>(der.constData());
    return CertificatePointer(d2i_X509(nullptr, &octets, long(der.size())));
}

std::shared_ptr<const ParsedIdentity> parse(const Identity &identity)
{
    auto parsed = std::make_shared<ParsedIdentity>();
    const auto *key = reinterpret_cast<const unsigned char *>(identity.key.constData());
    parsed->certificate = readCertificate(identity.certificate);
    parsed->key.reset(d2i_AutoPrivateKey(nullptr, &key, long(identity.key.size())));
    parsed->issuers.reset(sk_X509_new_null());
    for (const QByteArray &der : identity.issuers) {
        CertificatePointer issuer = readCertificate(der);
        if (!issuer || sk_X509_push(parsed->issuers.get(), issuer.get()) == 0)
            return {};
        issuer.release(); // the stack has it
    }
    if (!parsed->certificate || !parsed->key
        || X509_check_private_key(parsed->certificate.get(), parsed->key.get()) != 1)
        return {};
    return parsed;
}

} // namespace

bool useIdentity(SSL *ssl, const Identity &identity)
{
    thread_local QHash<QByteArray, std::shared_ptr<const ParsedIdentity>> remembered;
    const QByteArray name = identity.certificate + identity.key;
    std::shared_ptr<const ParsedIdentity> parsed = remembered.value(name);
    if (!parsed) {
        parsed = parse(identity);
        if (!parsed)
            return false;
        if (remembered.size() >= mostRemembered)
            remembered.clear();
        remembered.insert(name, parsed);
    }
    return SSL_use_cert_and_key(
               ssl, parsed->certificate.get(), parsed->key.get(), parsed->issuers.get(), 1)
        == 1;
}

} // namespace headrace::tls
