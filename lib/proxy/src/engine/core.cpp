#include "engine/core.h"

#include "proxy/certificatepage.h"
#include "proxy/requesttarget.h"

#include <algorithm>

namespace headrace::proxy {

Core::Core(exchange::Sink &sinkOfAll, qint64 limit)
    : sink(sinkOfAll)
    , messageLimit(limit)
    , interceptors(std::make_shared<std::vector<Interceptor *>>())
    , tls(std::make_unique<TlsEnds>())
{
    settle();
}

void Core::settle()
{
    upstream = UpstreamChoice(settings.upstream);
    policy.setSettings(settings);
    m_lenient = HostList(settings.lenient);
    problems = tls->setSettings(settings);
    if (!upstream.problem().isEmpty())
        problems += upstream.problem();
}

bool Core::isLenient(const Route &route) const
{
    return m_lenient.contains(route.host, route.port);
}

bool Core::mayEnter(const Route &route, const QString &client) const
{
    return policy.whyNotIntercept(route.host, route.port, QHostAddress(client)).isEmpty();
}

TransitMessage Core::ownPage(const QByteArray &method, const QByteArray &target) const
{
    const QString address = listening.empty()
        ? QString()
        : QString::fromUtf8(
            Authority { listening.front().first.toString(), listening.front().second }.toHost(0));
    return certificatePage(
        method, target, tls->authority() ? tls->authority()->identity() : tls::Identity(), address);
}

bool Core::isOwnAddress(const QHostAddress &local, const QHostAddress &peer, quint16 port) const
{
    const bool isOwnMachine = peer == local || peer.isLoopback();
    return isOwnMachine
        && std::any_of(listening.begin(), listening.end(),
            [port](const auto &address) { return address.second == port; });
}

} // namespace headrace::proxy
