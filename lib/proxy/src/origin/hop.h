#pragma once

#include "proxy/transit.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::proxy {

/// The proxy behind this one, for one request.
struct NextProxy
{
    bool isSecure = false;
    QString host;
    quint16 port = 0;
    QByteArray authorization; ///< Value of Proxy-Authorization; empty: none.

    friend bool operator==(const NextProxy &, const NextProxy &) = default;
};

/// How a client began TLS in its tunnel: the origin is greeted the same way, as often as a connection to it is made.
struct Greeting
{
    QString serverName; ///< SNI; empty: none was sent.
    QList<QByteArray> alpn; ///< Those of HTTP/1, best first; empty: there are none.

    friend bool operator==(const Greeting &, const Greeting &) = default;
};

/// A connection that is to be had: requests with the same hop can share one.
struct Hop
{
    Route route;
    std::optional<NextProxy> proxy; ///< Nothing: the origin is asked directly.
    bool isTunnel
        = false; ///< Its octets are the client's own: by CONNECT through a proxy, no TLS of ours.
    std::optional<Greeting> greeting; ///< For TLS; nothing: it is ours, and no client's.

    /// The next one is a proxy that gets requests with a URL.
    bool asksProxy() const { return proxy && !route.isSecure && !isTunnel; }

    /// The name by which the origin is asked for its certificate.
    QString serverName() const
    {
        return greeting && !greeting->serverName.isEmpty() ? greeting->serverName : route.host;
    }

    friend bool operator==(const Hop &, const Hop &) = default;
};

} // namespace headrace::proxy
