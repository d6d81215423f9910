#pragma once

#include <QString>

namespace headrace::proxy {

/// Where a request goes.
struct Route
{
    bool isSecure = false; ///< https
    QString host; ///< Name or address; IPv6 without brackets.
    quint16 port = 80;

    quint16 defaultPort() const { return isSecure ? 443 : 80; } ///< Of its scheme.

    friend bool operator==(const Route &, const Route &) = default;
};

} // namespace headrace::proxy
