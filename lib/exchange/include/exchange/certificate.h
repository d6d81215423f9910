#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace headrace::exchange {

/// What a certificate says, made ready to be read by people. Source: RFC 5280 section 4.
struct Certificate
{
    QString subject; ///< "CN=api.example.test, O=Example"
    QString issuer;
    QString
        commonName; ///< Of the subject; where it has none its first name of another kind, else subject.
    QStringList alternativeNames; ///< "api.example.test", "192.0.2.7": the names it is good for.
    QDateTime validFrom; ///< UTC.
    QDateTime validUntil; ///< UTC.
    QString serialNumber; ///< Hexadecimal, with colons.
    QString key; ///< "RSA, 2,048 bits"
    QString signature; ///< "ecdsa-with-SHA256"; empty if it is not known.
    QStringList usages; ///< "Digital Signature", "TLS Web Server Authentication"
    bool isAuthority = false; ///< May sign others.
    bool isSelfSigned = false;
    QByteArray sha256; ///< Of its DER form. Shape: 32 octets.
    QByteArray der;

    QByteArray toPem() const;
};

/// Nothing: \a der is no certificate. Thread: any.
std::optional<Certificate> readCertificate(const QByteArray &der);

/** Whether a certificate with these names is good for \a host, a name or an address without brackets.
    Source: RFC 9525 section 6.3: a wildcard is the whole leftmost label, and stands for one label. */
bool isGoodFor(const Certificate &certificate, const QString &host);

} // namespace headrace::exchange
