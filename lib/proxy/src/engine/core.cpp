#include "engine/core.h"

#include "proxy/messagehead.h"

#include <algorithm>

namespace headrace::proxy {

Core::Core(exchange::Sink &sinkOfAll, qint64 limit)
    : sink(sinkOfAll)
    , messageLimit(limit)
    , tls(std::make_unique<TlsEnds>())
{
    settle();
}

void Core::settle()
{
    upstream = UpstreamChoice(settings.upstream);
    policy.setSettings(settings);
    m_lenient = HostList(settings.lenient);
    tls->setSettings(settings);
}

bool Core::isLenient(const Route &route) const
{
    return m_lenient.contains(route.host, route.port);
}

bool Core::mayEnter(const Route &route, const QString &client) const
{
    return policy.whyNotIntercept(route.host, route.port, QHostAddress(client)).isEmpty();
}

TransitMessage Core::ownPage(const QByteArray &target) const
{
    Q_UNUSED(target)
    TransitMessage answer;
    answer.head = MessageHead::makeResponse(404, {});
    answer.head.append("Content-Length", "0");
    return answer;
}

bool Core::isOwnAddress(const QHostAddress &local, const QHostAddress &peer, quint16 port) const
{
    const bool isOwnMachine = peer == local || peer.isLoopback();
    return isOwnMachine
        && std::any_of(listening.begin(), listening.end(),
            [port](const auto &address) { return address.second == port; });
}

} // namespace headrace::proxy
