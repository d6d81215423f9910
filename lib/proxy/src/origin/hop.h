#pragma once

#include "proxy/transit.h"

#include <QByteArray>
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

/// A connection that is to be had: requests with the same hop can share one.
struct Hop
{
    Route route;
    std::optional<NextProxy> proxy; ///< Nothing: the origin is asked directly.
    bool isTunnel
        = false; ///< Its octets are the client's own: by CONNECT through a proxy, no TLS of ours.

    /// The next one is a proxy that gets requests with a URL.
    bool asksProxy() const { return proxy && !route.isSecure && !isTunnel; }

    friend bool operator==(const Hop &, const Hop &) = default;
};

} // namespace headrace::proxy
