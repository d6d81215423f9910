#include "session/clients.h"

#include <QDir>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <optional>

namespace headrace::session {

namespace {

http::AgentOptions optionsFor(Clients::Persistence persistence)
{
    http::AgentOptions options;
    options.keepAlive = persistence == Clients::Persistence::KeepAlive;
    return options;
}

// Nothing when the system's own are to be used. Source: openssl-env(7).
std::optional<QList<QSslCertificate>> namedCertificates()
{
    const QString file = qEnvironmentVariable("SSL_CERT_FILE");
    const QString folder = qEnvironmentVariable("SSL_CERT_DIR");
    if (file.isEmpty() && folder.isEmpty())
        return std::nullopt;
    QList<QSslCertificate> certificates;
    if (!file.isEmpty())
        certificates += QSslCertificate::fromPath(file);
    for (const QString &path : folder.split(QDir::listSeparator(), Qt::SkipEmptyParts))
        certificates += QSslCertificate::fromPath(
            path + QStringLiteral("/*"), QSsl::Pem, QSslCertificate::PatternSyntax::Wildcard);
    return certificates;
}

} // namespace

Clients::Clients(Persistence persistence)
    : m_plain(optionsFor(persistence))
    , m_verified(optionsFor(persistence))
    , m_unverified(optionsFor(persistence))
{
    if (const auto certificates = namedCertificates()) {
        QSslConfiguration configuration = m_verified.sslConfiguration();
        configuration.setCaCertificates(*certificates);
        m_verified.setSslConfiguration(configuration);
    }
}

void Clients::setObserver(http::Observer *observer)
{
    m_plain.setObserver(observer);
    m_verified.setObserver(observer);
    m_unverified.setObserver(observer);
}

http::Agent *Clients::agent(bool isSecure, bool verifiesCertificates)
{
    if (!isSecure)
        return &m_plain;
    return verifiesCertificates ? &m_verified : &m_unverified;
}

void Clients::destroy()
{
    m_plain.destroy();
    m_verified.destroy();
    m_unverified.destroy();
}

} // namespace headrace::session
