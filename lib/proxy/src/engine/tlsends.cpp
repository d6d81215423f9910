#include "engine/tlsends.h"

#include <tls/originnames.h>

#include <QFile>

namespace headrace::proxy {

TlsEnds::TlsEnds(std::unique_ptr<tls::CertificateAuthority> authority,
    std::shared_ptr<const tls::TrustStore> trust)
    : m_authority(std::move(authority))
    , m_trust(std::move(trust))
{
    if (m_authority)
        m_leaves = std::make_unique<tls::LeafCache>(*m_authority);
}

QStringList TlsEnds::setSettings(const Settings &settings)
{
    QStringList problems;
    const QString path
        = settings.keyLogFile.isEmpty() ? tls::KeyLog::environmentPath() : settings.keyLogFile;
    if (path != m_keyLogPath) {
        tls::TlsError error;
        m_keyLogPath = path;
        m_keyLog = path.isEmpty() ? nullptr : tls::KeyLog::open(path, &error);
        if (error)
            problems += QStringLiteral("TLS secrets are not logged: %1").arg(error.message);
    }
    m_unverified = HostList(settings.unverified);
    m_accepted.clear();
    for (const AcceptedCertificate &accepted : settings.acceptedCertificates)
        m_accepted.push_back({ HostList({ accepted.host }), accepted.sha256 });
    m_clients.clear();
    for (const ClientCertificate &shown : settings.clientCertificates) {
        QFile certificate(shown.certificateFile);
        QFile key(shown.keyFile);
        tls::TlsError error;
        tls::Identity identity;
        if (certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly))
            identity = tls::identityFromPem(certificate.readAll(), key.readAll(), &error);
        if (identity.isNull())
            problems += QStringLiteral("The client certificate for %1 cannot be used: %2")
                            .arg(shown.host,
                                error                      ? error.message
                                    : certificate.isOpen() ? key.errorString()
                                                           : certificate.errorString());
        else
            m_clients.push_back({ HostList({ shown.host }), std::move(identity) });
    }
    return problems;
}

tls::ClientOptions TlsEnds::clientOptions(const Route &route, const QString &serverName) const
{
    tls::ClientOptions options;
    options.verifies = !m_unverified.contains(route.host, route.port);
    for (const Accepted &accepted : m_accepted) {
        // By its name, too, where the tunnel goes to an address.
        if (accepted.host.contains(route.host, route.port)
            || accepted.host.contains(serverName, route.port))
            options.acceptedLeaves += accepted.sha256;
    }
    for (const Client &client : m_clients) {
        if (client.host.contains(route.host, route.port)) {
            options.identity = client.identity;
            break;
        }
    }
    options.serverName = serverName;
    options.alpn = { QByteArrayLiteral("http/1.1") };
    options.trust = m_trust;
    options.keyLog = m_keyLog;
    return options;
}

tls::ServerOptions TlsEnds::serverOptions(
    const QString &serverName, const QList<QByteArray> &certificates, const QList<QByteArray> &alpn)
{
    tls::ServerOptions options;
    options.alpn = alpn;
    options.keyLog = m_keyLog;
    options.choose = [this, serverName, certificates](const tls::ClientHello &) {
        if (!m_leaves)
            return tls::Identity();
        tls::TlsError error;
        const tls::Identity leaf
            = m_leaves->leafFor(tls::leafRequestFor(certificates.value(0), serverName), &error);
        // With a name of the origin's that cannot be certified there is still its own.
        return leaf.isNull() ? m_leaves->leafFor({ { serverName } }, &error) : leaf;
    };
    return options;
}

} // namespace headrace::proxy
