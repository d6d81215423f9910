#pragma once

#include "proxy/hostlist.h"
#include "proxy/settings.h"
#include "proxy/transit.h"

#include <tls/certificateauthority.h>
#include <tls/keylog.h>
#include <tls/leafcache.h>
#include <tls/tlsoptions.h>
#include <tls/truststore.h>

#include <memory>
#include <vector>

namespace headrace::proxy {

/** How the proxy does TLS at its two ends: as the server that its clients asked for, and as a client of that server.
    Thread: the proxy's. */
class TlsEnds
{
public:
    /// \a authority: null when there is none; then nobody can be shown a certificate. \a trust: null: the system's.
    explicit TlsEnds(std::unique_ptr<tls::CertificateAuthority> authority = nullptr,
        std::shared_ptr<const tls::TrustStore> trust = nullptr);

    /// Answers, for people, which files cannot be used.
    QStringList setSettings(const Settings &settings);

    bool hasAuthority() const { return bool(m_authority); }

    const tls::CertificateAuthority *authority() const { return m_authority.get(); }

    /// As a client of \a route, who asks for \a serverName and speaks HTTP/1.1.
    tls::ClientOptions clientOptions(const Route &route, const QString &serverName) const;

    /// As the server \a serverName, whose certificates are \a certificates (DER, leaf first; empty: unknown) and which
    /// agrees to \a alpn.
    tls::ServerOptions serverOptions(const QString &serverName,
        const QList<QByteArray> &certificates, const QList<QByteArray> &alpn);

private:
    struct Client
    {
        HostList host;
        tls::Identity identity;
    };

    struct Accepted
    {
        HostList host;
        QByteArray sha256;
    };

    HostList m_unverified;
    std::vector<Accepted> m_accepted;
    std::vector<Client> m_clients; ///< Whose certificate is shown to which hosts.
    std::unique_ptr<tls::CertificateAuthority> m_authority;
    std::unique_ptr<tls::LeafCache> m_leaves;
    std::shared_ptr<const tls::TrustStore> m_trust;
    std::shared_ptr<tls::KeyLog> m_keyLog;
    QString m_keyLogPath;
};

} // namespace headrace::proxy
