#include "origin/upstreamchoice.h"

#include "proxy/requesttarget.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace headrace::proxy {

namespace {

bool isLoopback(const QString &host)
{
    return host == u"localhost" || host.endsWith(QLatin1String(".localhost"))
        || QHostAddress(host).isLoopback();
}

/// One entry of no_proxy.
bool excepts(const QString &entry, const Route &route)
{
    if (entry == u"*")
        return true;
    if (entry.contains(u'/')) {
        const auto network = QHostAddress::parseSubnet(entry);
        const QHostAddress address(route.host);
        return !address.isNull() && network.second >= 0 && address.isInSubnet(network);
    }
    QString text = entry.toLower();
    while (text.startsWith(u'*') || text.startsWith(u'.'))
        text.remove(0, 1);
    if (QHostAddress(text).protocol() == QAbstractSocket::IPv6Protocol)
        return QHostAddress(text) == QHostAddress(route.host);
    const std::optional<Authority> named = Authority::fromText(text.toUtf8());
    if (!named || (named->port != 0 && named->port != route.port))
        return false;
    const QString host = route.host.toLower();
    return host == named->host || host.endsWith(u'.' + named->host);
}

} // namespace

UpstreamChoice::UpstreamChoice(const Upstream &upstream, const QProcessEnvironment &environment)
{
    static const QRegularExpression between(QStringLiteral("[\\s,]+"));
    switch (upstream.choice) {
    case Upstream::Choice::None:
        return;
    case Upstream::Choice::Fixed:
        m_plain = proxyOf(upstream.url);
        m_secure = m_plain;
        m_except = upstream.except;
        return;
    case Upstream::Choice::Environment:
        // HTTP_PROXY in capitals is not read: of a CGI program it is a client's field (CVE-2016-5385).
        m_exceptsLoopback = true;
        m_plain = proxyOf(environment, { "http_proxy", "all_proxy", "ALL_PROXY" });
        m_secure = proxyOf(environment, { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" });
        m_except
            = environment
                  .value(QStringLiteral("no_proxy"), environment.value(QStringLiteral("NO_PROXY")))
                  .split(between, Qt::SkipEmptyParts);
        return;
    }
}

std::optional<NextProxy> UpstreamChoice::proxyOf(
    const QProcessEnvironment &environment, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        QString value = environment.value(QLatin1String(name)).trimmed();
        if (value.isEmpty())
            continue;
        if (!value.contains(QLatin1String("://")))
            value.prepend(QLatin1String("http://"));
        return proxyOf(QUrl(value));
    }
    return std::nullopt;
}

std::optional<NextProxy> UpstreamChoice::proxyOf(const QUrl &url)
{
    const bool isSecure = url.scheme() == u"https";
    if ((url.scheme() != u"http" && !isSecure) || url.host().isEmpty()) {
        m_problem = QStringLiteral("%1 is no proxy of http or https; requests go without it.")
                        .arg(url.toString(QUrl::RemoveUserInfo));
        return std::nullopt;
    }
    NextProxy proxy;
    proxy.isSecure = isSecure;
    proxy.host = url.host();
    proxy.port = quint16(url.port(isSecure ? 443 : 80));
    if (!url.userName().isEmpty()) {
        const QString pair
            = url.userName(QUrl::FullyDecoded) + u':' + url.password(QUrl::FullyDecoded);
        proxy.authorization = "Basic " + pair.toUtf8().toBase64();
    }
    return proxy;
}

std::optional<NextProxy> UpstreamChoice::proxyFor(const Route &route) const
{
    const std::optional<NextProxy> &proxy = route.isSecure ? m_secure : m_plain;
    if (!proxy || (m_exceptsLoopback && isLoopback(route.host)) || isExcepted(route))
        return std::nullopt;
    return proxy;
}

bool UpstreamChoice::isExcepted(const Route &route) const
{
    return std::any_of(m_except.cbegin(), m_except.cend(),
        [&](const QString &entry) { return excepts(entry, route); });
}

} // namespace headrace::proxy
