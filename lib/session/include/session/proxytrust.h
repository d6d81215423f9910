#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace headrace::session {

/// What there is to tell of the authority that signs the proxy's certificates.
struct AuthorityFacts
{
    QString certificateFile; ///< PEM.
    QByteArray certificate; ///< DER.
    QString name; ///< Common name.
    QDateTime validUntil;
    QByteArray sha256; ///< Of the certificate: what devices show as its fingerprint.
    QByteArray publicKeySha256; ///< Of the SubjectPublicKeyInfo.
};

/// The authority in \a folder, see ProxyControl::authorityFolder(); made if there is none. Nothing: *problem says why.
/// Thread: any. Time: some milliseconds for a new one.
std::optional<AuthorityFacts> authorityFacts(const QString &folder, QString *problem);

/// Whether it is there already.
bool hasAuthority(const QString &folder);

enum class AuthorityFormat
{
    Pem, ///< The certificate, as text.
    Der, ///< The certificate, as phones and Windows take it.
    Pkcs12 ///< Certificate and private key, encrypted: whoever has it can sign for any host.
};

/// Writes it to \a file; PKCS#12 for its owner only, encrypted with \a password. Empty, or one sentence on what is wrong.
QString exportAuthority(const QString &folder, AuthorityFormat format, const QString &file,
    const QString &password = {});

/// Files by which programs come to trust the authority, and to find the proxy. Beside it; written anew each time.
struct TrustFiles
{
    QString certificate; ///< PEM, the authority alone: for programs that take one more.
    QString
        bundle; ///< PEM, the system's and the authority: for programs that take a file in place of the system's.
    QString javaStore; ///< The same as a JKS trust store.
    QString
        nodeScript; ///< For `node --require`: by it, Node finds the proxy, which it does not before version 24.
    QByteArray publicKeySha256; ///< See AuthorityFacts.
};

/// The password of TrustFiles::javaStore. It guards nothing: Java wants one.
inline constexpr const char *JavaStorePassword = "changeit";

/** \a systemRoots: a PEM file that stands for the system's roots, such as `$SSL_CERT_FILE`; empty, or not there: those
    that Qt finds. Nothing: *problem says why. Thread: any; two processes may write at the same moment. */
std::optional<TrustFiles> makeTrustFiles(
    const QString &folder, const QString &systemRoots, QString *problem);

} // namespace headrace::session
