#include "exchange/certificate.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslKey>

#include <algorithm>

namespace headrace::exchange {

namespace {

QString nameOf(const QList<QByteArray> &kinds, auto valuesOf)
{
    QStringList parts;
    for (const QByteArray &kind : kinds) {
        const QStringList values = valuesOf(kind);
        for (const QString &value : values)
            parts += QString::fromLatin1(kind) + u'=' + value;
    }
    return parts.join(QStringLiteral(", "));
}

QString keyOf(const QSslCertificate &certificate)
{
    const QSslKey key = certificate.publicKey();
    QString kind;
    switch (key.algorithm()) {
    case QSsl::Rsa:
        kind = QStringLiteral("RSA");
        break;
    case QSsl::Ec:
        kind = QStringLiteral("EC");
        break;
    case QSsl::Dsa:
        kind = QStringLiteral("DSA");
        break;
    default:
        break;
    }
    if (kind.isEmpty() || key.length() <= 0)
        return kind;
    return QStringLiteral("%1, %2 bits").arg(kind).arg(key.length());
}

/// What stands behind \a label in the text form of a certificate; Qt has no member for it.
QString lineOf(const QString &text, const QString &label)
{
    const QRegularExpression line(
        QStringLiteral("^\\s*%1:\\s*(\\S.*?)\\s*$").arg(QRegularExpression::escape(label)),
        QRegularExpression::MultilineOption);
    return line.match(text).captured(1);
}

/// The line behind the one of an extension: "X509v3 Key Usage: critical\n  Digital Signature".
QStringList extensionOf(const QString &text, const QString &label)
{
    const QRegularExpression lines(QStringLiteral("^\\s*%1:[^\\n]*\\n\\s*(\\S.*?)\\s*$")
                                       .arg(QRegularExpression::escape(label)),
        QRegularExpression::MultilineOption);
    return lines.match(text).captured(1).split(QStringLiteral(", "), Qt::SkipEmptyParts);
}

bool isSameName(QStringView pattern, QStringView host)
{
    if (!pattern.startsWith(u"*."))
        return pattern.compare(host, Qt::CaseInsensitive) == 0;
    const qsizetype dot = host.indexOf(u'.');
    return dot > 0 && pattern.sliced(1).compare(host.sliced(dot), Qt::CaseInsensitive) == 0;
}

} // namespace

std::optional<Certificate> readCertificate(const QByteArray &der)
{
    const QSslCertificate read(der, QSsl::Der);
    if (read.isNull())
        return {};
    Certificate result;
    result.der = der;
    result.subject = nameOf(read.subjectInfoAttributes(),
        [&](const QByteArray &kind) { return read.subjectInfo(kind); });
    result.issuer = nameOf(
        read.issuerInfoAttributes(), [&](const QByteArray &kind) { return read.issuerInfo(kind); });
    const auto names = read.subjectAlternativeNames();
    for (auto name = names.cbegin(); name != names.cend(); ++name)
        result.alternativeNames += name.value();
    result.alternativeNames.sort();
    result.commonName = read.subjectInfo(QSslCertificate::CommonName).value(0);
    if (result.commonName.isEmpty())
        result.commonName = result.alternativeNames.value(0, result.subject);
    result.validFrom = read.effectiveDate().toUTC();
    result.validUntil = read.expiryDate().toUTC();
    result.serialNumber = QString::fromLatin1(read.serialNumber());
    result.key = keyOf(read);
    const QString text = read.toText();
    result.signature = lineOf(text, QStringLiteral("Signature Algorithm"));
    result.usages = extensionOf(text, QStringLiteral("X509v3 Key Usage"))
        + extensionOf(text, QStringLiteral("X509v3 Extended Key Usage"));
    result.isAuthority = extensionOf(text, QStringLiteral("X509v3 Basic Constraints"))
                             .contains(QStringLiteral("CA:TRUE"));
    result.isSelfSigned = read.isSelfSigned();
    result.sha256 = read.digest(QCryptographicHash::Sha256);
    return result;
}

QByteArray Certificate::toPem() const { return QSslCertificate(der, QSsl::Der).toPem(); }

bool isGoodFor(const Certificate &certificate, const QString &host)
{
    const QHostAddress address(host);
    const QStringList &names = certificate.alternativeNames;
    return std::any_of(names.cbegin(), names.cend(), [&](const QString &name) {
        return address.isNull() ? isSameName(name, host) : QHostAddress(name) == address;
    });
}

} // namespace headrace::exchange
