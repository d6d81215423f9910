#include "proxy/requesttarget.h"

#include <QHostAddress>

#include <algorithm>

namespace headrace::proxy {

namespace {

constexpr qsizetype longestHost = 255; // RFC 1035 section 2.3.4, dots counted
constexpr quint16 httpPort = 80;
constexpr quint16 httpsPort = 443;

bool isRegisteredName(QByteArrayView host)
{
    return !host.isEmpty() && host.size() <= longestHost
        && std::all_of(host.begin(), host.end(), [](char c) {
               const auto octet = uchar(c);
               return octet >= 0x80 || std::isalnum(octet) || QByteArrayView("-._~").contains(c);
           });
}

struct Scheme
{
    QByteArrayView prefix;
    bool isSecure;
};

constexpr Scheme schemes[] { { "http://", false }, { "https://", true }, { "ws://", false },
    { "wss://", true } };

/// Where the first of \a marks is, from \a begin on; else the end.
qsizetype endOf(QByteArrayView text, qsizetype begin, QByteArrayView marks)
{
    const auto *const end = std::find_if(
        text.begin() + begin, text.end(), [marks](char c) { return marks.contains(c); });
    return end - text.begin();
}

} // namespace

std::optional<Authority> Authority::fromText(QByteArrayView text)
{
    Authority result;
    QByteArrayView rest;
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0)
            return std::nullopt;
        const QHostAddress address(QString::fromLatin1(text.sliced(1, end - 1)));
        if (address.protocol() != QAbstractSocket::IPv6Protocol)
            return std::nullopt;
        result.host = address.toString();
        rest = text.sliced(end + 1);
    } else {
        const qsizetype colon = text.indexOf(':');
        const QByteArrayView host = colon < 0 ? text : text.first(colon);
        if (!isRegisteredName(host))
            return std::nullopt;
        result.host = QString::fromUtf8(host).toLower();
        rest = colon < 0 ? QByteArrayView() : text.sliced(colon);
    }
    if (rest.isEmpty() || rest == ":")
        return result;
    bool isNumber = rest.startsWith(':')
        && std::all_of(rest.begin() + 1, rest.end(), [](char c) { return c >= '0' && c <= '9'; });
    const uint port = isNumber ? rest.sliced(1).toUInt(&isNumber) : 0;
    if (!isNumber || port == 0 || port > 65535)
        return std::nullopt;
    result.port = quint16(port);
    return result;
}

QByteArray Authority::of(const Route &route)
{
    return Authority { route.host, route.port }.toHost(route.defaultPort());
}

QByteArray Authority::toHost(quint16 defaultPort) const
{
    QByteArray text = host.toUtf8();
    if (text.contains(':'))
        text = '[' + text + ']';
    if (port != 0 && port != defaultPort)
        text += ':' + QByteArray::number(port);
    return text;
}

QByteArray originOf(const Route &route)
{
    return (route.isSecure ? "https://" : "http://") + Authority::of(route);
}

std::optional<RequestTarget> RequestTarget::parse(
    QByteArrayView method, QByteArrayView target, QString *why)
{
    const auto refuse = [why](const char *text) {
        if (why)
            *why = QString::fromLatin1(text);
        return std::nullopt;
    };
    RequestTarget result;
    if (method == "CONNECT") {
        const std::optional<proxy::Authority> authority = proxy::Authority::fromText(target);
        if (!authority || authority->port == 0)
            return refuse("The target of CONNECT is no host with a port.");
        result.form = Form::Authority;
        result.authority = *authority;
        return result;
    }
    if (target == "*") {
        result.form = Form::Asterisk;
        return result;
    }
    QByteArrayView rest = target; // from the path on
    if (!target.startsWith('/')) {
        const auto *const scheme
            = std::find_if(std::begin(schemes), std::end(schemes), [target](const Scheme &known) {
                  const qsizetype length = known.prefix.size();
                  return target.size() > length
                      && target.first(length).compare(known.prefix, Qt::CaseInsensitive) == 0;
              });
        if (scheme == std::end(schemes))
            return refuse("The target is neither a path nor a URL of http or https.");
        const qsizetype begin = scheme->prefix.size();
        const qsizetype end = endOf(target, begin, "/?#");
        const auto authority = proxy::Authority::fromText(target.sliced(begin, end - begin));
        if (!authority)
            return refuse("The URL of the target has no host that can be.");
        result.form = Form::Absolute;
        result.isSecure = scheme->isSecure;
        result.authority = *authority;
        if (result.authority.port == 0)
            result.authority.port = result.isSecure ? httpsPort : httpPort;
        result.origin = target.first(end).toByteArray();
        rest = target.sliced(end);
    }
    const qsizetype pathEnd = endOf(rest, 0, "?#");
    result.path = rest.first(pathEnd).toByteArray();
    result.query = rest.sliced(pathEnd).toByteArray();
    if (result.path.isEmpty()) // RFC 9112 section 3.2.4
        result.path = method == "OPTIONS" && result.query.isEmpty() ? "*" : "/";
    return result;
}

std::optional<Route> RequestTarget::route() const
{
    if (form != Form::Absolute)
        return std::nullopt;
    return Route { isSecure, authority.host, authority.port };
}

std::optional<Route> routeOfTarget(QByteArrayView method, QByteArrayView target)
{
    const auto parsed = RequestTarget::parse(method, target);
    return parsed ? parsed->route() : std::nullopt;
}

} // namespace headrace::proxy
