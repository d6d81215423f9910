#include "madecertificates.h"

#include <QtGlobal>

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace headrace::test {

namespace {

template <class T, void (*Free)(T *)>
struct Freed
{
    void operator()(T *object) const { Free(object); }
};

using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;

void check(bool isGood)
{
    if (!isGood)
        qFatal("OpenSSL cannot make the certificate");
}

void add(X509 *certificate, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    check(extension && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

template <class T, class Write>
QByteArray toDer(T *object, Write write)
{
    unsigned char *octets = nullptr;
    const int size = write(object, &octets);
    check(size > 0);
    const QByteArray der(reinterpret_cast<const char *>(octets), size);
    OPENSSL_free(octets);
    return der;
}

const unsigned char *begin(const QByteArray &octets)
{
    return reinterpret_cast<const unsigned char *>(octets.constData());
}

} // namespace

tls::Identity make(const MadeCertificate &request, const std::optional<tls::Identity> &issuer)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509 *made = certificate.get();
    check(key && made);
    quint32 serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), long(serial >> 1));
    ASN1_TIME_set(X509_getm_notBefore(made), request.from.toSecsSinceEpoch());
    ASN1_TIME_set(X509_getm_notAfter(made), request.until.toSecsSinceEpoch());
    X509_set_pubkey(made, key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
        begin(request.commonName.toUtf8()), -1, -1, 0);
    if (request.isAuthority)
        add(made, NID_basic_constraints, "critical,CA:TRUE");
    add(made, NID_subject_key_identifier, "hash");
    if (!request.names.isEmpty())
        add(made, NID_subject_alt_name, request.names.join(u',').toUtf8());
    if (issuer) {
        const unsigned char *at = begin(issuer->certificate);
        const Certificate parent(d2i_X509(nullptr, &at, long(issuer->certificate.size())));
        at = begin(issuer->key);
        const Key parentKey(d2i_AutoPrivateKey(nullptr, &at, long(issuer->key.size())));
        check(parent && parentKey);
        X509_set_issuer_name(made, X509_get_subject_name(parent.get()));
        check(X509_sign(made, parentKey.get(), EVP_sha256()) > 0);
    } else {
        X509_set_issuer_name(made, X509_get_subject_name(made));
        check(X509_sign(made, key.get(), EVP_sha256()) > 0);
    }
    PKCS8_PRIV_KEY_INFO *packed = EVP_PKEY2PKCS8(key.get());
    check(packed);
    tls::Identity identity;
    identity.certificate = toDer(made, i2d_X509);
    identity.key = toDer(packed, i2d_PKCS8_PRIV_KEY_INFO);
    identity.validUntil = request.until;
    PKCS8_PRIV_KEY_INFO_free(packed);
    return identity;
}

} // namespace headrace::test
