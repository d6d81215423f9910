#pragma once

#include "proxy/interceptionpolicy.h"
#include "proxy/settings.h"
#include "proxy/transit.h"

#include <exchange/store.h>
#include <http/error.h>

#include <QObject>
#include <QStringList>

#include <memory>

namespace headrace::tls {
class CertificateAuthority;
class TrustStore;
} // namespace headrace::tls

namespace headrace::proxy {

/** A proxy for HTTP/1: forward, with CONNECT and TLS that it looks into, or reverse. What it forwards is what it received,
    octet for octet, but for what lib/proxy/README.md lists and what its interceptors change. Everything is recorded:
    requests as received of clients, responses as received of origins, and all changes beside them.

    Needs an event loop. Thread: its own; all interceptors are called in it. */
class ProxyServer : public QObject
{
    Q_OBJECT

public:
    /// Borrowed: \a sink, used in this thread. \a messageLimit: raw octets kept of one message.
    ProxyServer(exchange::Sink &sink, qint64 messageLimit, QObject *parent = nullptr);
    ~ProxyServer() override; ///< stop()

    /// Before start(): without an authority no TLS is looked into. \a trust: whom origins' certificates are verified
    /// by; null: the system's.
    void setAuthority(std::unique_ptr<tls::CertificateAuthority> authority,
        std::shared_ptr<const tls::TrustStore> trust = nullptr);

    /// Borrowed, in the order in which they are asked; for exchanges that begin from now on.
    void setInterceptors(std::vector<Interceptor *> interceptors);

    /// For connections that are made from now on; listeners, the upstream proxy, and TLS with the next start().
    void setSettings(const Settings &settings);

    /// Listens. An Error (EADDRINUSE, EACCES, …): nothing was opened. \a notices: for people.
    [[nodiscard]] http::Error start(QStringList *notices = nullptr);
    void stop(); ///< Closes all connections; what goes on ends as Canceled.
    bool isRunning() const;

    QStringList addresses() const; ///< "127.0.0.1:8080", "[::1]:8080"
    quint16 port() const; ///< Of the first listener; 0: it does not run.

    /// Hosts whose tunnels pass through because their clients did not take our certificates.
    QList<InterceptionPolicy::Passed> passedHosts() const;

    void forgetRefusals(); ///< All of them are looked into again.
    void forgetRefusals(const QString &host, quint16 port); ///< That one is, for all clients.

    Counters counters() const;

Q_SIGNALS:
    void countersChanged(); ///< Often: gather.
    void passedHostsChanged(); ///< Not when the time of one runs out.

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::proxy
