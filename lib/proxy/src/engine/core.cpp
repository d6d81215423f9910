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
    tls->setSettings(settings);
}

bool Core::isLenient(const Route &route) const
{
    Q_UNUSED(route)
    return false;
}

QString Core::whyNotEnter(const Route &route, const QString &client) const
{
    Q_UNUSED(route)
    Q_UNUSED(client)
    if (!settings.interceptsTls)
        return QStringLiteral("Tunnels are not looked into.");
    if (!tls->hasAuthority())
        return QStringLiteral("There is no authority to look into TLS with.");
    return {};
}

void Core::noteRefusal(const Route &route, const QString &client, const tls::TlsFailure &why)
{
    Q_UNUSED(route)
    Q_UNUSED(client)
    Q_UNUSED(why)
}

void Core::noteEntered(const Route &route, const QString &client)
{
    Q_UNUSED(route)
    Q_UNUSED(client)
}

void Core::forgetRefusals() { }

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
