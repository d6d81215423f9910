#include "engine/tlsends.h"

#include <QFile>

namespace headrace::proxy {

namespace {

const QByteArray http1 = QByteArrayLiteral("http/1.1");

} // namespace

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
    return problems;
}

tls::ClientOptions TlsEnds::clientOptions(const QString &serverName, const Route &route) const
{
    tls::ClientOptions options;
    options.verifies = !m_unverified.contains(route.host, route.port);
    options.serverName = serverName;
    options.alpn = { http1 };
    options.trust = m_trust;
    options.keyLog = m_keyLog;
    return options;
}

tls::ServerOptions TlsEnds::serverOptions(
    const QString &serverName, const QList<QByteArray> &certificates)
{
    Q_UNUSED(certificates)
    tls::ServerOptions options;
    options.alpn = { http1 };
    options.keyLog = m_keyLog;
    options.choose = [this, serverName](const tls::ClientHello &) {
        tls::TlsError error;
        return m_leaves ? m_leaves->leafFor({ { serverName } }, &error) : tls::Identity();
    };
    return options;
}

} // namespace headrace::proxy
