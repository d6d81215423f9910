#include "tls/originnames.h"

#include "hostname_p.h"
#include "openssl_p.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace headrace::tls {

namespace {

QByteArray octetsOf(const ASN1_STRING *text)
{
    return { reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
        ASN1_STRING_length(text) };
}

QString textOf(const QByteArray &address)
{
    char text[INET6_ADDRSTRLEN] = {};
    const int family = address.size() == 4 ? AF_INET : AF_INET6;
    if ((address.size() != 4 && address.size() != 16)
        || !inet_ntop(family, address.constData(), text, sizeof text))
        return {};
    return QString::fromLatin1(text);
}

/// The names that a certificate shows, as they stand there; empty ones are none.
QStringList namesOf(X509 *certificate)
{
    QStringList names;
    const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>> all(
        static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        int kind = 0;
        const void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all.get(), i), &kind);
        if (kind == GEN_DNS)
            names += QString::fromLatin1(octetsOf(static_cast<const ASN1_IA5STRING *>(value)));
        else if (kind == GEN_IPADD)
            names += textOf(octetsOf(static_cast<const ASN1_OCTET_STRING *>(value)));
    }
    if (all)
        return names;
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = nullptr;
    const int size = at < 0
        ? -1
        : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    const std::unique_ptr<unsigned char, Freed<[](void *p) { OPENSSL_free(p); }>> owner(text);
    if (size >= 0)
        names += QString::fromUtf8(reinterpret_cast<const char *>(text), size);
    return names;
}

} // namespace

LeafRequest leafRequestFor(const QByteArray &certificate, const QString &host)
{
    LeafRequest request;
    QList<HostName> known;
    if (!host.isEmpty()) {
        request.names += host; // even if it is no name: who asks for the leaf hears of it
        if (const auto name = readHostName(host))
            known += *name;
    }
    const auto *octets = reinterpret_cast<const unsigned char *>(certificate.constData());
    const CertificatePointer origin(d2i_X509(nullptr, &octets, long(certificate.size())));
    const QStringList shown = origin ? namesOf(origin.get()) : QStringList();
    ERR_clear_error();
    for (const QString &text : shown) {
        if (request.names.size() >= MostLeafNames)
            break;
        const auto name = readHostName(text);
        if (!name || known.contains(*name))
            continue;
        known += *name;
        request.names += name->isAddress ? text : QString::fromLatin1(name->octets);
    }
    return request;
}

} // namespace headrace::tls
