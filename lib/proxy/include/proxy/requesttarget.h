#pragma once

#include "proxy/route.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace headrace::proxy {

/// A host and a port, as a URL, a Host field or CONNECT names them. A value. Thread: any.
struct Authority
{
    QString host; ///< IPv6 without brackets.
    quint16 port = 0; ///< 0: none was given.

    /// Nothing: no such host can be. User information is none of it. Source: RFC 3986 section 3.2.
    static std::optional<Authority> fromText(QByteArrayView text);

    /// Of a route: without the port when it is that of its scheme.
    static QByteArray of(const Route &route);

    /// As a Host field has it: without the port when it is \a defaultPort.
    QByteArray toHost(quint16 defaultPort) const;

    friend bool operator==(const Authority &, const Authority &) = default;
};

/// "https://host:port", the port only when it is not that of the scheme. Thread: any.
QByteArray originOf(const Route &route);

/// The target of a request, taken apart. A value. Thread: any. Source: RFC 9112 section 3.2.
struct RequestTarget
{
    enum class Form
    {
        Origin,
        Absolute,
        Authority, ///< CONNECT
        Asterisk
    };

    Form form = Form::Origin;
    bool isSecure = false; ///< Absolute: https, wss
    proxy::Authority authority; ///< Absolute, Authority; its port is set.
    QByteArray origin; ///< Absolute: "http://host:port", as written.
    QByteArray path; ///< Origin, Absolute: from its slash on; of OPTIONS to a whole server "*".
    QByteArray query; ///< Origin, Absolute: with '?', and what else follows.

    /// Nothing and, if it is given, *why, for people: a proxy cannot do anything with it.
    static std::optional<RequestTarget> parse(
        QByteArrayView method, QByteArrayView target, QString *why = nullptr);

    bool hasPath() const { return path.startsWith('/'); }

    QByteArray inOriginForm() const { return path + query; } ///< Origin, Absolute.

    QByteArray text() const { return origin + path + query; } ///< Origin, Absolute: put together.

    /// Where a URL says that it goes; nothing for other forms. RFC 9112 section 3.2.2.
    std::optional<Route> route() const;
};

/// The same of a text; nothing, too, when it is no target.
std::optional<Route> routeOfTarget(QByteArrayView method, QByteArrayView target);

} // namespace headrace::proxy
