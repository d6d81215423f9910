#include "formats/request.h"

#include <exchange/summarytext.h>

#include <algorithm>

namespace headrace::formats {

namespace {

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

/// Where the authority of an absolute URL begins and ends.
std::pair<qsizetype, qsizetype> authorityPlace(const QString &url)
{
    const qsizetype scheme = url.indexOf(QLatin1String("://"));
    const qsizetype begin = scheme < 0 ? 0 : scheme + 3;
    const auto end = std::find_if(url.cbegin() + begin, url.cend(),
        [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    return { begin, end - url.cbegin() };
}

/// Where the port stands; -1 without.
qsizetype portColon(const QString &authority)
{
    const qsizetype colon = authority.lastIndexOf(u':');
    return colon > authority.lastIndexOf(u']') ? colon : -1;
}

} // namespace

QByteArray Request::field(QByteArrayView name) const
{
    const auto found = std::find_if(fields.cbegin(), fields.cend(),
        [name](const auto &field) { return isNamed(field.first, name); });
    if (found == fields.cend())
        return {};
    return found->second.isNull() ? QByteArray("") : found->second;
}

bool Request::isChunked() const { return isNamed(field("Transfer-Encoding").trimmed(), "chunked"); }

QByteArray Request::wireTarget() const
{
    if (!target.isEmpty())
        return target;
    QString path = url.sliced(authorityPlace(url).second);
    path.truncate(path.indexOf(u'#') < 0 ? path.size() : path.indexOf(u'#'));
    return path.startsWith(u'/') ? path.toUtf8() : '/' + path.toUtf8();
}

bool Request::isSecure() const
{
    return url.startsWith(QLatin1String("https:"), Qt::CaseInsensitive);
}

QString Request::authority() const
{
    const auto [begin, end] = authorityPlace(url);
    return url.sliced(begin, end - begin);
}

QString Request::host() const
{
    const QString whole = authority();
    const qsizetype colon = portColon(whole);
    const QString name = colon < 0 ? whole : whole.first(colon);
    return name.startsWith(u'[') && name.endsWith(u']') ? name.sliced(1, name.size() - 2) : name;
}

int Request::port() const
{
    const QString whole = authority();
    const qsizetype colon = portColon(whole);
    bool isNumber = false;
    const int port = colon < 0 ? 0 : whole.sliced(colon + 1).toInt(&isNumber);
    return isNumber && port > 0 && port < 65536 ? port : isSecure() ? 443 : 80;
}

Request requestOf(const exchange::Exchange &exchange, QString *lost)
{
    Request request;
    const exchange::Message &message = exchange.request;
    request.method = exchange.summary.method.toUtf8();
    request.url = exchange::urlOf(exchange.summary);
    const QByteArray target = exchange.summary.target.toUtf8();
    if (target != request.wireTarget())
        request.target = target;
    request.fields = message.fields;
    request.trailers = message.trailers;
    request.isHttp10 = message.httpVersion == "1.0";
    if (lost)
        lost->clear();
    if (message.bodyOctets == 0)
        return request;
    request.bodyKind = Request::BodyKind::Octets;
    request.body = message.joined(exchange::Part::Body);
    if (lost
        && (message.isTruncated || message.isPartial || request.body.size() < message.bodyOctets))
        *lost = QStringLiteral("Only a part of the request body was recorded.");
    return request;
}

} // namespace headrace::formats
