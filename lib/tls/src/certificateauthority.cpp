#include "tls/certificateauthority.h"

#include "hostname_p.h"
#include "openssl_p.h"

#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

namespace headrace::tls {

namespace {

constexpr int authorityYears = 10;
constexpr qsizetype mostOctetsOfCommonName = 64; // RFC 5280, ub-common-name

bool setName(X509_NAME *name, const char *kind, const QByteArray &value)
{
    return X509_NAME_add_entry_by_txt(name, kind, MBSTRING_UTF8,
               reinterpret_cast<const unsigned char *>(value.constData()), int(value.size()), -1, 0)
        == 1;
}

/// At most what a common name holds, not cut within a character.
QByteArray commonName(QString text)
{
    while (text.toUtf8().size() > mostOctetsOfCommonName)
        text.chop(1);
    return text.toUtf8();
}

BioPointer readerOf(const QByteArray &octets)
{
    return BioPointer(BIO_new_mem_buf(octets.constData(), int(octets.size())));
}

bool addNames(X509 *certificate, const QList<HostName> &names)
{
    const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>> all(GENERAL_NAMES_new());
    for (const HostName &name : names) {
        GENERAL_NAME *entry = GENERAL_NAME_new();
        ASN1_STRING *text = name.isAddress ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new();
        if (!all || !entry || !text
            || ASN1_STRING_set(text, name.octets.constData(), int(name.octets.size())) != 1) {
            GENERAL_NAME_free(entry);
            ASN1_STRING_free(text);
            return false;
        }
        GENERAL_NAME_set0_value(entry, name.isAddress ? GEN_IPADD : GEN_DNS, text);
        sk_GENERAL_NAME_push(all.get(), entry);
    }
    // Critical when it stands for an empty subject: RFC 5280 section 4.2.1.6.
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, all.get(), 1, X509V3_ADD_DEFAULT)
        == 1;
}

Identity identityOf(X509 *certificate, EVP_PKEY *key)
{
    return { toDer(certificate), toDer(key), {}, timeOf(X509_get0_notAfter(certificate)) };
}

using Pkcs12Pointer = std::unique_ptr<PKCS12, Freed<PKCS12_free>>;

constexpr const char *friendlyName = "Headrace CA";

QByteArray derOf(const Pkcs12Pointer &packed, TlsError *error)
{
    unsigned char *octets = nullptr;
    const int size = packed ? i2d_PKCS12(packed.get(), &octets) : -1;
    const std::unique_ptr<unsigned char, Freed<[](void *p) { OPENSSL_free(p); }>> owner(octets);
    if (size < 0) {
        *error = opensslError(QStringLiteral("The authority could not be packed"));
        return {};
    }
    return { reinterpret_cast<const char *>(octets), size };
}

} // namespace

struct CertificateAuthority::Private
{
    KeyPointer key;
    CertificatePointer certificate;
    KeyPointer leafKey;
    Identity identity;
};

CertificateAuthority::CertificateAuthority(std::unique_ptr<Private> d)
    : d(std::move(d))
{
}

CertificateAuthority::~CertificateAuthority() = default;

std::unique_ptr<CertificateAuthority> CertificateAuthority::create(
    const QString &place, TlsError *error)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    auto made = std::make_unique<Private>();
    made->key = makeKey();
    made->leafKey = makeKey();
    if (made->key) {
        made->certificate = startCertificate(made->key.get(),
            now.addSecs(-std::chrono::seconds(SlowClock).count()), now.addYears(authorityYears));
    }
    X509 *certificate = made->certificate.get();
    const QString name
        = QStringLiteral("Headrace CA (%1, %2)").arg(place, now.date().toString(Qt::ISODate));
    const bool isDone = certificate && made->leafKey
        && setName(X509_get_subject_name(certificate), "O", "Headrace")
        && setName(X509_get_subject_name(certificate), "CN", commonName(name))
        && X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1
        && addExtension(
            certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(certificate, certificate, NID_subject_key_identifier, "hash")
        && X509_sign(certificate, made->key.get(), EVP_sha256()) > 0;
    if (!isDone) {
        *error = opensslError(QStringLiteral("The certificate authority could not be made"));
        return {};
    }
    made->identity = identityOf(certificate, made->key.get());
    return std::unique_ptr<CertificateAuthority>(new CertificateAuthority(std::move(made)));
}

std::unique_ptr<CertificateAuthority> CertificateAuthority::fromPem(
    const QByteArray &certificate, const QByteArray &key, TlsError *error)
{
    auto read = std::make_unique<Private>();
    const BioPointer certificateReader = readerOf(certificate);
    const BioPointer keyReader = readerOf(key);
    // No password is asked for at the terminal.
    const auto noPassword = [](char *, int, int, void *) { return -1; };
    read->certificate.reset(PEM_read_bio_X509(certificateReader.get(), nullptr, nullptr, nullptr));
    read->key.reset(PEM_read_bio_PrivateKey(keyReader.get(), nullptr, noPassword, nullptr));
    read->leafKey = makeKey();
    const auto refuse = [error](const QString &why) {
        ERR_clear_error();
        *error = { TlsError::Code::NotReadable, why };
        return std::unique_ptr<CertificateAuthority>();
    };
    if (!read->certificate)
        return refuse(QStringLiteral("There is no certificate in PEM form."));
    if (!read->key)
        return refuse(QStringLiteral("There is no private key in PEM form without a password."));
    if (X509_check_private_key(read->certificate.get(), read->key.get()) != 1)
        return refuse(QStringLiteral("The key is not that of the certificate."));
    if (X509_check_ca(read->certificate.get()) != 1)
        return refuse(QStringLiteral("The certificate is not that of an authority."));
    if (!read->leafKey) {
        *error = opensslError(QStringLiteral("A key could not be made"));
        return {};
    }
    read->identity = identityOf(read->certificate.get(), read->key.get());
    return std::unique_ptr<CertificateAuthority>(new CertificateAuthority(std::move(read)));
}

Identity CertificateAuthority::issue(const LeafRequest &request, TlsError *error) const
{
    QList<HostName> names;
    for (const QString &text : request.names) {
        const auto name = readHostName(text);
        if (!name) {
            *error = { TlsError::Code::BadName,
                QStringLiteral("No certificate can be for the name \"%1\".").arg(text.left(300)) };
            return {};
        }
        if (!names.contains(*name))
            names += *name;
    }
    if (names.isEmpty()) {
        *error = { TlsError::Code::BadName, QStringLiteral("A certificate needs a name.") };
        return {};
    }
    const QDateTime from
        = QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(SlowClock).count());
    const QDateTime until = std::min(
        d->identity.validUntil, from.addSecs(std::chrono::seconds(LeafValidity).count()));
    const CertificatePointer leaf = startCertificate(d->leafKey.get(), from, until);
    X509 *issuer = d->certificate.get();
    const HostName &first = names.constFirst();
    const bool hasSubject = !first.isAddress && first.octets.size() <= mostOctetsOfCommonName;
    const bool isDone = leaf
        && (!hasSubject || setName(X509_get_subject_name(leaf.get()), "CN", first.octets))
        && X509_set_issuer_name(leaf.get(), X509_get_subject_name(issuer)) == 1
        && addExtension(leaf.get(), issuer, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(leaf.get(), issuer, NID_key_usage, "critical,digitalSignature")
        && addExtension(leaf.get(), issuer, NID_ext_key_usage, "serverAuth")
        && addExtension(leaf.get(), issuer, NID_subject_key_identifier, "hash")
        && addExtension(leaf.get(), issuer, NID_authority_key_identifier, "keyid")
        && addNames(leaf.get(), names) && X509_sign(leaf.get(), d->key.get(), EVP_sha256()) > 0;
    if (!isDone) {
        *error = opensslError(QStringLiteral("A certificate for %1 could not be made")
                                  .arg(request.names.constFirst()));
        return {};
    }
    Identity identity = identityOf(leaf.get(), d->leafKey.get());
    identity.issuers = { d->identity.certificate };
    return identity;
}

const Identity &CertificateAuthority::identity() const { return d->identity; }

QByteArray CertificateAuthority::sha256() const
{
    return QCryptographicHash::hash(d->identity.certificate, QCryptographicHash::Sha256);
}

QByteArray CertificateAuthority::toPkcs12(const QString &password, TlsError *error) const
{
    return derOf(Pkcs12Pointer(PKCS12_create(password.toUtf8().constData(), friendlyName,
                     d->key.get(), d->certificate.get(), nullptr, 0, 0, 0, 0, 0)),
        error);
}

QByteArray CertificateAuthority::certificateToPkcs12(const QString &password, TlsError *error) const
{
    const std::unique_ptr<STACK_OF(X509), Freed<[](STACK_OF(X509) * all) { sk_X509_free(all); }>>
        certificates(sk_X509_new_null());
    if (!certificates || sk_X509_push(certificates.get(), d->certificate.get()) == 0) {
        *error = opensslError(QStringLiteral("The authority could not be packed"));
        return {};
    }
    return derOf(Pkcs12Pointer(PKCS12_create(password.toUtf8().constData(), friendlyName, nullptr,
                     nullptr, certificates.get(), 0, 0, 0, 0, 0)),
        error);
}

} // namespace headrace::tls
