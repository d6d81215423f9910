#pragma once

#include "session/proxytrust.h"

#include <proxy/settings.h>

#include <QProcessEnvironment>
#include <QUrl>

#include <optional>

namespace headrace::session {

/// What a program needs to come through the proxy, and to trust it.
struct ProxyAccess
{
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    std::optional<proxy::Credentials> credentials; ///< What the proxy asks clients for.
    TrustFiles trust;

    QUrl url() const; ///< "http://user:password@127.0.0.1:8080"
};

/** \a base with the variables by which programs find the proxy and trust its authority: curl, git, Node, Python, Ruby,
    Perl, PHP, Go, Rust, Cargo, npm, Yarn, Deno, Java, the cloud tools, and all that are built on OpenSSL. Those that
    exempt hosts (NO_PROXY) are taken away, so that what is asked of this machine comes by as well. Thread: any.

    Java gets its options through JAVA_TOOL_OPTIONS, behind those that are there, and says so on its standard error. Node
    gets a script through NODE_OPTIONS, by which http, https and fetch of versions before 24 come through the proxy.
    What asks the desktop for its proxy, or has its roots built in, does not come by this way. */
QProcessEnvironment environmentThrough(const ProxyAccess &access, const QProcessEnvironment &base);

/// Its own addresses that others in the network can reach, IPv4 first: "192.168.1.20". Thread: any.
QStringList networkAddresses();

} // namespace headrace::session
