#include "forwarding/parsedtarget.h"

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

QByteArray Authority::toHost(quint16 defaultPort) const
{
    QByteArray text = host.toUtf8();
    if (text.contains(':'))
        text = '[' + text + ']';
    if (port != 0 && port != defaultPort)
        text += ':' + QByteArray::number(port);
    return text;
}

std::optional<ParsedTarget> ParsedTarget::parse(
    QByteArrayView method, QByteArrayView target, QString *why)
{
    const auto refuse = [why](const char *text) {
        *why = QString::fromLatin1(text);
        return std::nullopt;
    };
    ParsedTarget result;
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
    if (target.startsWith('/'))
        return result;
    const auto *const scheme
        = std::find_if(std::begin(schemes), std::end(schemes), [target](const Scheme &known) {
              return target.size() > known.prefix.size()
                  && target.first(known.prefix.size()).compare(known.prefix, Qt::CaseInsensitive)
                  == 0;
          });
    if (scheme == std::end(schemes))
        return refuse("The target is neither a path nor a URL of http or https.");
    const QByteArrayView rest = target.sliced(scheme->prefix.size());
    const auto *const end = std::find_if(
        rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    const qsizetype length = end - rest.begin();
    const std::optional<proxy::Authority> authority
        = proxy::Authority::fromText(rest.first(length));
    if (!authority)
        return refuse("The URL of the target has no host that can be.");
    result.form = Form::Absolute;
    result.isSecure = scheme->isSecure;
    result.authority = *authority;
    if (result.authority.port == 0)
        result.authority.port = result.isSecure ? httpsPort : httpPort;
    result.path = rest.sliced(length).toByteArray();
    if (result.path.isEmpty())
        result.path = method == "OPTIONS" ? "*" : "/"; // RFC 9112 section 3.2.4
    else if (!result.path.startsWith('/'))
        result.path.prepend('/');
    return result;
}

} // namespace headrace::proxy
