#include "client/admission.h"

#include "engine/core.h"
#include "engine/failure.h"
#include "proxy/certificatepage.h"

#include <wire/messageparser.h>

#include <algorithm>

namespace headrace::proxy {

namespace {

using wire::ErrorCode;

constexpr quint16 httpPort = 80;
constexpr quint16 httpsPort = 443;

Admission refuse(int statusCode, ErrorCode code, const QString &why)
{
    Admission result;
    result.kind = Admission::Kind::Refuse;
    result.statusCode = statusCode;
    result.error = failure(code, why);
    return result;
}

/// Takes as long for a wrong guess as for a better one.
bool isSameSecret(QByteArrayView one, QByteArrayView other)
{
    int difference = one.size() == other.size() ? 0 : 1;
    for (qsizetype i = 0; i < qMin(one.size(), other.size()); ++i)
        difference |= one.at(i) ^ other.at(i);
    return difference == 0;
}

/// RFC 9110 section 11.7.1.
std::optional<Admission> checkCredentials(const Core &core, const MessageHead &head)
{
    const std::optional<Credentials> &wanted = core.settings.clientCredentials;
    if (!wanted)
        return std::nullopt;
    const QByteArray given = head.first("Proxy-Authorization").value_or(QByteArray());
    const QByteArray pair = (wanted->user + u':' + wanted->password).toUtf8();
    if (given.size() > 6 && given.first(6).compare("Basic ", Qt::CaseInsensitive) == 0
        && isSameSecret(QByteArray::fromBase64(given.sliced(6).trimmed()), pair))
        return std::nullopt;
    Admission result = refuse(407, ErrorCode::AccessDenied,
        QStringLiteral("This proxy wants a user name and a password."));
    result.fields.append({ QByteArrayLiteral("Proxy-Authenticate"),
        QByteArrayLiteral("Basic realm=\"Headrace\", charset=\"UTF-8\"") });
    return result;
}

/// What the parser takes and two readers could still read differently.
std::optional<Admission> checkAmbiguity(const MessageHead &head)
{
    if (head.startLine().count(' ') != 2)
        return refuse(400, ErrorCode::ParserInvalidConstant,
            QStringLiteral("The request line has other blanks than two, or no version."));
    const qsizetype host = head.indexOf("Host");
    if (host >= 0 && head.indexOf("Host", host + 1) >= 0)
        return refuse(400, ErrorCode::ParserInvalidHeaderToken,
            QStringLiteral("The request has more than one Host."));
    if (host < 0 && head.version() == "1.1")
        return refuse(400, ErrorCode::ParserInvalidHeaderToken,
            QStringLiteral("The request has no Host, which HTTP/1.1 demands."));
    if (host >= 0 && !head.value(host).isEmpty() && !Authority::fromText(head.value(host)))
        return refuse(400, ErrorCode::ParserInvalidHeaderToken,
            QStringLiteral("The request's Host is no host."));
    const qsizetype coding = head.indexOf("Transfer-Encoding");
    if (coding < 0)
        return std::nullopt;
    if (head.version() == "1.0")
        return refuse(400, ErrorCode::ParserInvalidTransferEncoding,
            QStringLiteral("HTTP/1.0 has no transfer codings: origins read this in two ways."));
    if (head.indexOf("Content-Length") >= 0)
        return refuse(400, ErrorCode::ParserUnexpectedContentLength,
            QStringLiteral("The request has Content-Length and Transfer-Encoding."));
    if (head.indexOf("Transfer-Encoding", coding + 1) >= 0
        || head.value(coding).compare("chunked", Qt::CaseInsensitive) != 0)
        return refuse(501, ErrorCode::ParserInvalidTransferEncoding,
            QStringLiteral("Of the transfer codings only a single \"chunked\" is passed on."));
    return std::nullopt;
}

/// What a strict parser says of a head; empty: it takes it.
QString strictFault(const QByteArray &octets)
{
    using Event = wire::MessageParser::Event;
    wire::MessageParser parser(wire::MessageKind::Request, { octets.size() });
    parser.feed(octets);
    while (true) {
        switch (parser.next()) {
        case Event::Fault:
            return parser.error().message;
        case Event::Head:
        case Event::NeedMore:
            return {};
        default:
            break;
        }
    }
}

/// RFC 9110 section 7.6.2.
std::optional<Admission> checkForwards(MessageHead &head)
{
    const qsizetype at = head.indexOf("Max-Forwards");
    if (at < 0 || (head.method() != "TRACE" && head.method() != "OPTIONS"))
        return std::nullopt;
    bool isNumber = false;
    const int left = head.value(at).toInt(&isNumber);
    if (!isNumber || left < 0)
        return std::nullopt;
    if (left > 0) {
        head.setAt(at, QByteArray::number(left - 1));
        return std::nullopt;
    }
    Admission result;
    result.kind = Admission::Kind::Answer;
    result.answer.head = MessageHead::makeResponse(200, {});
    if (head.method() == "TRACE") {
        result.answer.body = head.octets();
        result.answer.head.append(
            QByteArrayLiteral("Content-Type"), QByteArrayLiteral("message/http"));
    }
    result.answer.head.append(
        QByteArrayLiteral("Content-Length"), QByteArray::number(result.answer.body.size()));
    return result;
}

Route routeOf(const QUrl &origin)
{
    const bool isSecure = origin.scheme() == u"https";
    return { isSecure, origin.host(), quint16(origin.port(isSecure ? httpsPort : httpPort)) };
}

/// The URL that a reverse proxy stands for.
Admission admitReverse(const QUrl &origin, MessageHead &head, Admission result)
{
    result.route = routeOf(origin);
    const QByteArray host = Authority { result.route.host, result.route.port }.toHost(
        result.route.isSecure ? httpsPort : httpPort);
    if (head.indexOf("Host") >= 0)
        head.set(QByteArrayLiteral("Host"), host);
    QByteArray prefix = origin.path(QUrl::FullyEncoded).toLatin1();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    if (!prefix.isEmpty() && head.target().startsWith('/'))
        head.setTarget(QByteArray(prefix).append(head.target()));
    return result;
}

Admission page(const Core &core, QByteArrayView method, QByteArrayView target)
{
    Admission result;
    result.kind = Admission::Kind::Answer;
    result.answer = core.ownPage(method.toByteArray(), target.toByteArray());
    return result;
}

/// The Host names one of the addresses at which this proxy listens.
bool isAskedItself(const Core &core, const MessageHead &head)
{
    const std::optional<Authority> host
        = Authority::fromText(head.first("Host").value_or(QByteArray()));
    if (!host)
        return false;
    const quint16 port = host->port == 0 ? httpPort : host->port;
    const bool isAddress = host->host == u"localhost" || !QHostAddress(host->host).isNull();
    return isAddress
        && std::any_of(core.listening.begin(), core.listening.end(),
            [port](const auto &listening) { return listening.second == port; });
}

bool goesToLenient(const Core &core, const Standpoint &from, const RequestTarget &target)
{
    using Form = RequestTarget::Form;
    if (from.tunnel)
        return core.isLenient(*from.tunnel);
    if (target.form == Form::Authority)
        return false;
    if (const std::optional<Route> route = target.route())
        return core.isLenient(*route);
    return core.settings.reverse && core.isLenient(routeOf(*core.settings.reverse));
}

} // namespace

bool isReadLeniently(const Core &core, const Standpoint &from, QByteArrayView line)
{
    const qsizetype method = line.indexOf(' ');
    const qsizetype end = line.indexOf(' ', method + 1);
    if (method <= 0 || end < 0)
        return false;
    const auto target
        = RequestTarget::parse(line.first(method), line.sliced(method + 1, end - method - 1));
    return target && goesToLenient(core, from, *target);
}

Admission admit(
    const Core &core, const Standpoint &from, MessageHead &head, const RequestTarget &target)
{
    using Form = RequestTarget::Form;
    if (!from.tunnel) {
        if (const auto refused = checkCredentials(core, head))
            return *refused;
    }
    Admission result;
    if (from.isLenient && !goesToLenient(core, from, target))
        return refuse(400, ErrorCode::ParserInvalidUrl,
            QStringLiteral("Where the request goes can be read in two ways."));
    if (const auto refused = checkAmbiguity(head)) {
        if (!from.isLenient)
            return *refused;
        result.ambiguity = refused->error.message;
    } else if (from.isLenient) {
        result.ambiguity = strictFault(head.octets());
    }
    if (const auto answered = checkForwards(head))
        return *answered;
    if (target.form == Form::Absolute || target.form == Form::Authority) {
        result.route = { target.isSecure, target.authority.host, target.authority.port };
        if (target.form == Form::Absolute && target.authority.host == CertificateHost)
            return page(core, head.method(), target.inOriginForm());
        if (from.tunnel && target.form == Form::Absolute)
            result.route = *from.tunnel; // RFC 9112 section 3.2.2: the origin takes it, too
        return result;
    }
    if (from.tunnel) {
        if (from.tunnel->host == CertificateHost)
            return page(core, head.method(), head.target());
        result.route = *from.tunnel;
        return result;
    }
    if (core.settings.reverse)
        return admitReverse(*core.settings.reverse, head, result);
    if (isAskedItself(core, head)
        || head.first("Host")
               .value_or(QByteArray())
               .startsWith(QByteArray(CertificateHost.data(), CertificateHost.size())))
        return page(core, head.method(), head.target());
    return refuse(400, ErrorCode::ParserInvalidUrl,
        QStringLiteral("This is a proxy: it is asked with a whole URL, or by CONNECT."));
}

} // namespace headrace::proxy
