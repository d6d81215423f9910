#include "inspector/tlsfacts.h"

#include "shell/format.h"

#include <wire/errorcode.h>

#include <QCoreApplication>

#include <algorithm>

namespace headrace::ui {

using exchange::Certificate;
using wire::ErrorCode;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Inspector", text); }

void addIfAny(QList<Fact> *facts, const QString &label, const QString &value, bool isWire = false)
{
    if (!value.isEmpty())
        facts->append({ label, value, isWire });
}

QString dateOf(const QDateTime &time)
{
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

/// What verification can say of a certificate; see tls::TlsFailure.
constexpr ErrorCode Codes[] { ErrorCode::CertificateHasExpired, ErrorCode::CertificateNotYetValid,
    ErrorCode::CertificateRevoked, ErrorCode::CertificateUntrusted, ErrorCode::CertificateRejected,
    ErrorCode::SelfSignedLeaf, ErrorCode::SelfSignedInChain, ErrorCode::IssuerNotFound,
    ErrorCode::IssuerNotFoundLocally, ErrorCode::LeafSignatureUnverified,
    ErrorCode::CertificateNameMismatch };

} // namespace

FactGroup handshakeFactsOf(const exchange::Tls &tls, const QString &title)
{
    FactGroup group { title.isEmpty() ? tr("TLS") : title, {} };
    if (tls.protocol.isEmpty())
        group.facts += Fact { tr("Handshake"), tr("refused") };
    addIfAny(&group.facts, tr("Protocol"), tls.protocol);
    addIfAny(&group.facts, tr("Cipher"), tls.cipher, true);
    addIfAny(&group.facts, tr("ALPN"), displayText(tls.alpn), true);
    addIfAny(&group.facts, tr("Server name"), tls.serverName, true);
    if (!tls.peerCertificates.isEmpty())
        group.facts += Fact { tr("Certificates"), formatCount(tls.peerCertificates.size()) };
    return group;
}

QList<Certificate> certificatesOf(const exchange::Tls &tls)
{
    QList<Certificate> result;
    for (const QByteArray &der : tls.peerCertificates) {
        if (auto certificate = exchange::readCertificate(der))
            result += *std::move(certificate);
    }
    return result;
}

QList<FactGroup> certificateFactsOf(const Certificate &certificate)
{
    FactGroup names { tr("Certificate"), {} };
    addIfAny(&names.facts, tr("Subject"), certificate.subject);
    addIfAny(
        &names.facts, tr("Issuer"), certificate.isSelfSigned ? tr("itself") : certificate.issuer);
    addIfAny(&names.facts, tr("Good for"), certificate.alternativeNames.join(QStringLiteral(", ")),
        true);
    addIfAny(&names.facts, tr("Valid from"), dateOf(certificate.validFrom));
    addIfAny(&names.facts, tr("Valid until"), dateOf(certificate.validUntil));
    FactGroup details { tr("Details"), {} };
    addIfAny(&details.facts, tr("Key"), certificate.key);
    addIfAny(&details.facts, tr("Signature"), certificate.signature);
    addIfAny(&details.facts, tr("Usages"), certificate.usages.join(QStringLiteral(", ")));
    details.facts += Fact { tr("Authority"),
        certificate.isAuthority ? tr("yes, may sign others") : tr("no") };
    addIfAny(&details.facts, tr("Serial number"), certificate.serialNumber, true);
    addIfAny(
        &details.facts, tr("SHA-256"), QString::fromLatin1(certificate.sha256.toHex(':')), true);
    return { names, details };
}

bool isCertificateRefused(const exchange::Summary &summary)
{
    return summary.source == exchange::Source::Proxy
        && std::any_of(std::begin(Codes), std::end(Codes),
            [&summary](ErrorCode code) { return wire::name(code) == summary.errorCode; });
}

QStringList chainProblems(
    const QList<Certificate> &chain, const QString &host, const QDateTime &time)
{
    QStringList problems;
    if (chain.isEmpty())
        return problems;
    for (const Certificate &certificate : chain) {
        if (time < certificate.validFrom)
            problems += tr("%1 was not valid yet, before %2.")
                            .arg(certificate.commonName, dateOf(certificate.validFrom));
        else if (time > certificate.validUntil)
            problems += tr("%1 had expired, on %2.")
                            .arg(certificate.commonName, dateOf(certificate.validUntil));
    }
    const Certificate &leaf = chain.constFirst();
    if (!host.isEmpty() && !exchange::isGoodFor(leaf, host))
        problems += leaf.alternativeNames.isEmpty()
            ? tr("%1 names no host that it is good for.").arg(leaf.commonName)
            : tr("%1 is not for the host %2.").arg(leaf.commonName, host);
    if (leaf.isSelfSigned)
        problems
            += tr("%1 is signed by itself: only who knows it can trust it.").arg(leaf.commonName);
    for (qsizetype i = 1; i < chain.size(); ++i) {
        if (chain.at(i - 1).issuer != chain.at(i).subject)
            problems += tr(
                "%1 did not sign the one before it, %2: the order is wrong or one is missing.")
                            .arg(chain.at(i).commonName, chain.at(i - 1).commonName);
    }
    return problems;
}

} // namespace headrace::ui
