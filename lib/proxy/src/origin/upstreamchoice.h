#pragma once

#include "origin/hop.h"
#include "proxy/settings.h"

#include <QProcessEnvironment>

namespace headrace::proxy {

/** Which proxy a request goes through, as settings or the environment say. `no_proxy` has names ("example.test" and all
    below it, ".example.test" the same), addresses, networks ("10.0.0.0/8") and "*", with a port if it matters; spaces or
    commas between. A value type. Source: what curl and Go's net/http make of these variables. */
class UpstreamChoice
{
public:
    UpstreamChoice() = default;
    explicit UpstreamChoice(const Upstream &upstream,
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    /// Nothing: directly. By the environment, loopback hosts always are.
    std::optional<NextProxy> proxyFor(const Route &route) const;

    /// For people: what of the settings or the environment cannot be used; empty: nothing.
    const QString &problem() const { return m_problem; }

private:
    std::optional<NextProxy> proxyOf(const QUrl &url);
    std::optional<NextProxy> proxyOf(
        const QProcessEnvironment &environment, std::initializer_list<const char *> names);
    bool isExcepted(const Route &route) const;

    std::optional<NextProxy> m_plain;
    std::optional<NextProxy> m_secure;
    QStringList m_except;
    QString m_problem;
    bool m_exceptsLoopback = false;
};

} // namespace headrace::proxy
