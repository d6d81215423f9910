#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace headrace::tls {

/// A name as certificates have it.
struct HostName
{
    bool isAddress = false;
    QByteArray octets; ///< A name in ASCII, lower case; or the 4 or 16 octets of an address.

    bool operator==(const HostName &) const = default;
};

/** Reads "Example.test", "*.example.test", "münchen.test" (as IDNA has it), "127.0.0.1", "::1", "[::1]". Nothing:
    no certificate can be for it. Source: RFC 5280 section 4.2.1.6, RFC 5890. */
std::optional<HostName> readHostName(const QString &text);

} // namespace headrace::tls
