#pragma once

#include <tls/identity.h>

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace headrace::test {

/// What a certificate is to say.
struct MadeCertificate
{
    QStringList names; ///< As openssl has them: "DNS:a.test", "IP:127.0.0.1". Empty: none.
    QString commonName = QStringLiteral("made");
    QDateTime from = QDateTime::currentDateTimeUtc().addDays(-2);
    QDateTime until = QDateTime::currentDateTimeUtc().addDays(2);
    bool isAuthority = false;
};

/// Signed by \a issuer, or by itself. Its issuers are left to the caller. Ends the test when OpenSSL refuses.
tls::Identity make(
    const MadeCertificate &request, const std::optional<tls::Identity> &issuer = std::nullopt);

} // namespace headrace::test
