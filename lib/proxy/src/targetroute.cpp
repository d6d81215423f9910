#include "proxy/targetroute.h"

#include <QUrl>

namespace headrace::proxy {

std::optional<Route> routeOfTarget(const QByteArray &target)
{
    if (target.startsWith('/') || target.indexOf("://") <= 0)
        return std::nullopt;
    const QUrl url = QUrl::fromEncoded(target, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool isSecure = scheme == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!isSecure && scheme != QLatin1String("http")))
        return std::nullopt;
    return Route { isSecure, url.host(QUrl::EncodeUnicode),
        quint16(url.port(isSecure ? 443 : 80)) };
}

void followTarget(Transit &transit, const QByteArray &before)
{
    const QByteArray target = transit.request().head.target().toByteArray();
    if (target == before)
        return;
    const auto route = routeOfTarget(target);
    if (route && route != routeOfTarget(before))
        transit.route() = *route;
}

} // namespace headrace::proxy
