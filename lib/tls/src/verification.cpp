#include "verification_p.h"

#include <QStringList>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace headrace::tls {

using wire::ErrorCode;

namespace {

constexpr qsizetype mostNamesShown = 10;

ErrorCode codeOf(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return ErrorCode::CertificateHasExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return ErrorCode::CertificateNotYetValid;
    case X509_V_ERR_CERT_REVOKED:
        return ErrorCode::CertificateRevoked;
    case X509_V_ERR_CERT_UNTRUSTED:
        return ErrorCode::CertificateUntrusted;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return ErrorCode::SelfSignedLeaf;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return ErrorCode::SelfSignedInChain;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        return ErrorCode::IssuerNotFound;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        return ErrorCode::IssuerNotFoundLocally;
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return ErrorCode::LeafSignatureUnverified;
    default:
        return ErrorCode::CertificateRejected;
    }
}

/// "CN = example.test, O = Example", as openssl prints it.
QString textOf(const X509_NAME *name)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return {};
    char *octets = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &octets);
    return QString::fromUtf8(octets, size).left(300);
}

QString dateOf(const ASN1_TIME *time)
{
    return timeOf(time).toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

/// What the certificate is for: "DNS:a.test, DNS:*.b.test, IP:127.0.0.1, …".
QString namesOf(X509 *leaf)
{
    QStringList shown;
    const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>> names(
        static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr)));
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count && shown.size() < mostNamesShown; ++i) {
        const BioPointer bio(BIO_new(BIO_s_mem()));
        if (!bio || GENERAL_NAME_print(bio.get(), sk_GENERAL_NAME_value(names.get(), i)) != 1)
            continue;
        char *octets = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &octets);
        shown += QString::fromUtf8(octets, size).left(255);
    }
    if (count > mostNamesShown)
        shown += QStringLiteral("…");
    return shown.isEmpty() ? textOf(X509_get_subject_name(leaf)) : shown.join(QStringLiteral(", "));
}

/// One thing that is wrong with a chain.
struct Fault
{
    int error = X509_V_OK;
    int depth = 0;
    X509 *certificate = nullptr; // lives as long as the chain
};

QString sentenceOf(const Fault &fault, const QString &name)
{
    X509 *certificate = fault.certificate;
    const QString reason = QString::fromLatin1(X509_verify_cert_error_string(fault.error));
    if (!certificate)
        return QStringLiteral("The certificate of %1 is not taken: %2.").arg(name, reason);
    const QString which = fault.depth == 0
        ? QStringLiteral("The certificate of %1").arg(name)
        : QStringLiteral("A certificate that %1 shows (%2)")
              .arg(name, textOf(X509_get_subject_name(certificate)));
    switch (fault.error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return QStringLiteral("%1 has expired: it was valid until %2.")
            .arg(which, dateOf(X509_get0_notAfter(certificate)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return QStringLiteral("%1 is not valid yet: it will be from %2 on.")
            .arg(which, dateOf(X509_get0_notBefore(certificate)));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return QStringLiteral("%1 is signed by itself, and nobody here trusts it.").arg(which);
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return QStringLiteral("The certificate of %1 comes from an authority that is not trusted "
                              "here: %2.")
            .arg(name, textOf(X509_get_subject_name(certificate)));
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return QStringLiteral("%1 comes from an issuer that is not known here, and the server "
                              "does not show it: %2.")
            .arg(which, textOf(X509_get_issuer_name(certificate)));
    default:
        return QStringLiteral("%1 is not taken: %2.").arg(which, reason);
    }
}

/// Remembers what is wrong and goes on. The place for it is handed through the thread: one verification at a time.
thread_local Fault *currentFault = nullptr;

int noteFault(int isGood, X509_STORE_CTX *context)
{
    if (isGood == 0) {
        *currentFault = { X509_STORE_CTX_get_error(context),
            X509_STORE_CTX_get_error_depth(context), X509_STORE_CTX_get_current_cert(context) };
    }
    return 1;
}

bool isFor(X509 *leaf, const HostName &peer)
{
    if (peer.isAddress)
        return X509_check_ip(leaf, reinterpret_cast<const unsigned char *>(peer.octets.constData()),
                   size_t(peer.octets.size()), 0)
            == 1;
    return X509_check_host(leaf, peer.octets.constData(), size_t(peer.octets.size()),
               X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr)
        == 1;
}

} // namespace

TlsFailure verifyPeer(X509_STORE_CTX *context, const HostName &peer, const QString &shownName)
{
    Fault fault;
    currentFault = &fault;
    X509_STORE_CTX_set_verify_cb(context, noteFault);
    const int result = X509_verify_cert(context);
    currentFault = nullptr;
    ERR_clear_error();
    if (result <= 0 && fault.error == X509_V_OK)
        fault.error = X509_V_ERR_UNSPECIFIED;
    TlsFailure failure;
    X509 *leaf = X509_STORE_CTX_get0_cert(context);
    if (fault.error != X509_V_OK) {
        X509_STORE_CTX_set_error(context, fault.error);
        failure.code = codeOf(fault.error);
        failure.message = sentenceOf(fault, shownName);
    } else if (!isFor(leaf, peer)) {
        X509_STORE_CTX_set_error(context, X509_V_ERR_HOSTNAME_MISMATCH);
        failure.code = ErrorCode::CertificateNameMismatch;
        failure.message = QStringLiteral("The certificate that %1 shows is not for it, but for %2.")
                              .arg(shownName, namesOf(leaf));
    }
    return failure;
}

} // namespace headrace::tls
