#pragma once

#include "engine/tlsends.h"
#include "origin/upstreamchoice.h"
#include "proxy/hostlist.h"
#include "proxy/interceptionpolicy.h"
#include "proxy/settings.h"
#include "proxy/transit.h"

#include <exchange/store.h>
#include <http/agent.h>
#include <tls/tlsfailure.h>

#include <QHostAddress>

#include <functional>
#include <memory>
#include <vector>

namespace headrace::proxy {

/// What all connections of a proxy share. Thread: the proxy's.
class Core
{
public:
    Core(exchange::Sink &sink, qint64 messageLimit);

    exchange::Sink &sink;
    const qint64 messageLimit; ///< Raw octets kept of one message.
    Settings settings;
    UpstreamChoice upstream;
    /// In the order in which they are asked. An exchange keeps those with which it began.
    std::shared_ptr<const std::vector<Interceptor *>> interceptors;
    std::vector<std::pair<QHostAddress, quint16>> listening;
    Counters counters;
    std::function<void()> countersChanged = [] {};
    std::function<void()> passedHostsChanged = [] {};
    std::unique_ptr<TlsEnds> tls; ///< Never null.
    http::Agent connector; ///< Makes TCP connections.

    InterceptionPolicy policy;
    QStringList problems; ///< Of the settings, for people.

    void settle(); ///< The settings or the authority are others.

    bool isLenient(const Route &route) const;

    /// Tunnels to there are looked into, as far as their octets can be read.
    bool mayEnter(const Route &route, const QString &client) const;

    /// What the proxy answers when it is asked itself: how its authority comes to be trusted.
    TransitMessage ownPage(const QByteArray &method, const QByteArray &target) const;

    /// Whether a connection to there comes back to this proxy.
    bool isOwnAddress(const QHostAddress &local, const QHostAddress &peer, quint16 port) const;

private:
    HostList m_lenient;
};

} // namespace headrace::proxy
