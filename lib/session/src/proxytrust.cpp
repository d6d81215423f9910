#include "session/proxytrust.h"

#include "javastore_p.h"

#include <tls/authorityfile.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <memory>

// A function of the global namespace, as the macro wants it: in a static library somebody has to ask for them.
static void initializeResources() { Q_INIT_RESOURCE(proxyaccess); }

namespace headrace::session {

using tls::AuthorityFile;
using tls::CertificateAuthority;
using tls::TlsError;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("session::ProxyTrust", text); }

QByteArray sha256(const QByteArray &octets)
{
    return QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
}

/// Empty, or what is wrong. Nobody but the owner can read it at any moment, if \a isSecret.
QString write(const QString &path, const QByteArray &octets, bool isSecret = false)
{
    QSaveFile file(path);
    const bool isOpen = file.open(QIODevice::WriteOnly)
        && (!isSecret || file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    if (isOpen && file.write(octets) == octets.size() && file.commit())
        return {};
    return tr("%1 cannot be written: %2").arg(path, file.errorString());
}

std::unique_ptr<CertificateAuthority> open(const QString &folder, QString *problem)
{
    TlsError error;
    auto authority = AuthorityFile(folder).open(&error);
    if (!authority)
        *problem = error.message;
    return authority;
}

QByteArray nodeScript()
{
    initializeResources();
    QFile file(QStringLiteral(":/session/proxyaccess/throughproxy.cjs"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QSslCertificate> rootsOf(const QString &file)
{
    const QList<QSslCertificate> own = file.isEmpty()
        ? QList<QSslCertificate>()
        : QSslCertificate::fromPath(file, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    return own.isEmpty() ? QSslConfiguration::systemCaCertificates() : own;
}

} // namespace

std::optional<AuthorityFacts> authorityFacts(const QString &folder, QString *problem)
{
    const auto authority = open(folder, problem);
    if (!authority)
        return std::nullopt;
    const QSslCertificate certificate(authority->identity().certificate, QSsl::Der);
    AuthorityFacts facts;
    facts.certificateFile = AuthorityFile(folder).certificatePath();
    facts.certificate = authority->identity().certificate;
    facts.name = certificate.subjectInfo(QSslCertificate::CommonName).value(0);
    facts.validUntil = authority->identity().validUntil;
    facts.sha256 = authority->sha256();
    facts.publicKeySha256 = sha256(certificate.publicKey().toDer());
    return facts;
}

bool hasAuthority(const QString &folder) { return AuthorityFile(folder).exists(); }

QString exportAuthority(
    const QString &folder, AuthorityFormat format, const QString &file, const QString &password)
{
    QString problem;
    const auto authority = open(folder, &problem);
    if (!authority)
        return problem;
    switch (format) {
    case AuthorityFormat::Pem:
        return write(file, authority->identity().certificatePem());
    case AuthorityFormat::Der:
        return write(file, authority->identity().certificate);
    case AuthorityFormat::Pkcs12:
        break;
    }
    if (password.isEmpty())
        return tr("The private key goes into this file: give it a password.");
    TlsError error;
    const QByteArray octets = authority->toPkcs12(password, &error);
    return error ? error.message : write(file, octets, true);
}

std::optional<TrustFiles> makeTrustFiles(
    const QString &folder, const QString &systemRoots, QString *problem)
{
    const auto authority = open(folder, problem);
    if (!authority)
        return std::nullopt;
    const QDir place(folder);
    const QSslCertificate own(authority->identity().certificate, QSsl::Der);
    TrustFiles files { AuthorityFile(folder).certificatePath(),
        place.absoluteFilePath(QStringLiteral("bundle.pem")),
        place.absoluteFilePath(QStringLiteral("java.jks")),
        place.absoluteFilePath(QStringLiteral("throughproxy.cjs")),
        sha256(own.publicKey().toDer()) };

    QByteArray bundle;
    QList<QByteArray> trusted { own.toDer() };
    for (const QSslCertificate &root : rootsOf(systemRoots)) {
        bundle += root.toPem();
        trusted += root.toDer();
    }
    bundle += own.toPem();
    *problem = write(files.bundle, bundle);
    if (problem->isEmpty())
        *problem = write(files.javaStore, javaTrustStore(trusted, JavaStorePassword));
    if (problem->isEmpty())
        *problem = write(files.nodeScript, nodeScript());
    return problem->isEmpty() ? std::optional(files) : std::nullopt;
}

} // namespace headrace::session
