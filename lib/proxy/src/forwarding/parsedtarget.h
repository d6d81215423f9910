#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace headrace::proxy {

/// A host and a port, as a URL or CONNECT names them.
struct Authority
{
    QString host; ///< IPv6 without brackets.
    quint16 port = 0; ///< 0: none was given.

    /// Nothing: no such host can be. User information is none of it. Source: RFC 3986 section 3.2.
    static std::optional<Authority> fromText(QByteArrayView text);

    /// As a Host field has it: without the port when it is \a defaultPort.
    QByteArray toHost(quint16 defaultPort) const;

    friend bool operator==(const Authority &, const Authority &) = default;
};

/// The target of a request, taken apart. Source: RFC 9112 section 3.2.
struct ParsedTarget
{
    enum class Form
    {
        Origin,
        Absolute,
        Authority, ///< CONNECT
        Asterisk
    };

    Form form = Form::Origin;
    bool isSecure = false; ///< Absolute: https
    proxy::Authority authority; ///< Absolute, Authority; its port is set.
    QByteArray path; ///< Absolute: in origin-form, or "*" for OPTIONS.

    /// Nothing and *why, for people: a proxy cannot do anything with it.
    static std::optional<ParsedTarget> parse(
        QByteArrayView method, QByteArrayView target, QString *why);
};

} // namespace headrace::proxy
