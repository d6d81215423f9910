#include "har/foreignreader.h"

#include "har/entryreader.h"
#include "har/foreignbody.h"
#include "har/hartimings.h"
#include "har/jsonvalue.h"
#include "har/websocketmessages.h"
#include "har/words.h"

#include <exchange/bodydecoder.h>

#include <QUrl>

#include <algorithm>
#include <cmath>

namespace headrace::formats {

using namespace exchange;

namespace {

/// "1.1" of "HTTP/1.1", "2" of "h2", "3" of "h3-29"; empty if it is none.
QByteArray versionOf(const JsonValue &value)
{
    QByteArray version = value.toOctets().trimmed().toLower();
    if (version.startsWith("http/"))
        version = version.sliced(5);
    else if (version.startsWith('h'))
        version = version.sliced(1);
    qsizetype end = 0;
    while (end < version.size() && end < 3
        && QByteArrayView(end == 1 ? "." : "0123456789").contains(version.at(end)))
        ++end;
    return version.first(end == 2 ? 1 : end);
}

QByteArray withVersion(const QByteArray &version)
{
    return version.isEmpty() ? QByteArray() : "HTTP/" + version;
}

/// A message without octets gets those that its fields make up. The codings of \a body are off already.
void compose(Message &message, const QByteArray &body, qint64 bodySize, Exchange &exchange)
{
    QString detail
        = message.statusCode == 0 ? QStringLiteral("request") : QStringLiteral("response");
    if (!body.isEmpty() && !codingsOf(message.fields).isEmpty()) {
        message.fields.removeIf([&detail](const auto &field) {
            const bool isCoding = field.first.compare("content-encoding", Qt::CaseInsensitive) == 0;
            if (isCoding)
                detail += QStringLiteral("; taken off: %1: %2")
                              .arg(QString::fromUtf8(field.first), QString::fromUtf8(field.second));
            return isCoding;
        });
    }
    QByteArray head = message.startLine + "\r\n";
    for (const auto &[name, value] : message.fields)
        head += name + ": " + value + "\r\n";
    head += "\r\n";
    message.octets.append({ std::max<qint64>(message.headTime, 0), Part::Head, head });
    if (!body.isEmpty())
        message.octets.append({ std::max<qint64>(message.endTime, 0), Part::Body, body });
    const bool isUnkept = body.isEmpty() && bodySize > 0;
    message.isTruncated = isUnkept;
    message.bodyOctets = isUnkept ? bodySize : body.size();
    message.wireOctets = head.size() + message.bodyOctets;
    exchange.events.append({ std::max<qint64>(message.headTime, 0), QStringLiteral("Import"),
        QStringLiteral("octets composed"), detail });
}

/// Where the scheme of \a url ends; -1 without one (RFC 3986 section 3.1).
qsizetype schemeEnd(const QByteArray &url)
{
    const qsizetype end = url.indexOf("://");
    const auto isSchemeCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '+' || c == '-' || c == '.';
    };
    return end > 0 && std::all_of(url.begin(), url.begin() + end, isSchemeCharacter) ? end : -1;
}

/// What of \a url stands behind the authority; "/" without a path.
QByteArray targetOf(const QByteArray &url, const QString &method)
{
    const qsizetype scheme = schemeEnd(url);
    if (scheme < 0)
        return url;
    const qsizetype begin = scheme + 3;
    qsizetype path = begin;
    while (path < url.size() && !QByteArrayView("/?#").contains(url.at(path)))
        ++path;
    if (method == u"CONNECT")
        return url.sliced(begin, path - begin);
    QByteArray target = url.sliced(path);
    const qsizetype fragment = target.indexOf('#');
    if (fragment >= 0)
        target.truncate(fragment);
    return target.startsWith('/') ? target : '/' + target;
}

/// Some write the query beside the URL only.
QByteArray queryOf(const JsonValue &pairs)
{
    QByteArray query;
    for (const JsonValue &pair : pairs.items()) {
        query += query.isEmpty() ? '?' : '&';
        query += pair["name"].toOctets().toPercentEncoding() + '='
            + pair["value"].toOctets().toPercentEncoding();
    }
    return query;
}

void readUrl(const JsonValue &request, Exchange &exchange)
{
    Summary &summary = exchange.summary;
    const QByteArray url = request["url"].toOctets();
    const QUrl parsed(QString::fromUtf8(url));
    summary.scheme = schemeEnd(url) < 0 ? QString() : parsed.scheme();
    summary.host = parsed.host(QUrl::FullyDecoded);
    if (summary.host.contains(u':'))
        summary.host = u'[' + summary.host + u']';
    const int standardPort = summary.scheme == u"https" || summary.scheme == u"wss" ? 443 : 80;
    if (parsed.port() >= 0 && parsed.port() != standardPort)
        summary.host += u':' + QString::number(parsed.port());
    if (summary.host.isEmpty())
        summary.host = QString::fromUtf8(exchange.request.field("Host"));
    QByteArray target = targetOf(url, summary.method);
    if (!target.contains('?'))
        target += queryOf(request["queryString"]);
    summary.target = QString::fromUtf8(target);
}

/// Some write cookies beside the fields only.
void readCookies(const JsonValue &request, Exchange &exchange)
{
    if (request["cookies"].items().empty() || !exchange.request.field("Cookie").isNull())
        return;
    QByteArray cookies;
    for (const JsonValue &cookie : request["cookies"].items()) {
        if (!cookies.isEmpty())
            cookies += "; ";
        cookies += cookie["name"].toOctets() + '=' + cookie["value"].toOctets();
    }
    exchange.request.fields.append({ "Cookie", cookies });
    exchange.events.append({ 0, QStringLiteral("Import"), QStringLiteral("field composed"),
        QStringLiteral("Cookie") });
}

void readRequest(const JsonValue &request, Exchange &exchange, QStringList &notes)
{
    Summary &summary = exchange.summary;
    Message &message = exchange.request;
    readUrl(request, exchange);
    if (!request.isObject())
        return;
    readCookies(request, exchange);
    message.httpVersion = versionOf(request["httpVersion"]);
    message.startLine = QByteArray(summary.method.toUtf8() + ' ' + summary.target.toUtf8() + ' '
        + withVersion(message.httpVersion))
                            .trimmed();
    message.headTime = exchange.timings.requestSent;
    message.endTime = exchange.timings.requestSent;
    summary.requestType = mediaType(message.field("Content-Type").isEmpty()
            ? request["postData"]["mimeType"].toOctets()
            : message.field("Content-Type"));
    compose(message, requestBodyOf(request, notes), request["bodySize"].toInteger(-1), exchange);
    summary.requestBodyOctets = message.bodyOctets;
}

void readResponse(const JsonValue &response, Exchange &exchange, QStringList &notes)
{
    Summary &summary = exchange.summary;
    Message &message = exchange.response;
    if (message.statusCode == 0)
        return;
    const JsonValue &content = response["content"];
    message.httpVersion = versionOf(response["httpVersion"]);
    message.startLine = QByteArray(withVersion(message.httpVersion) + ' '
        + QByteArray::number(message.statusCode) + ' ' + message.reason)
                            .trimmed();
    message.headTime = exchange.timings.firstByte;
    message.endTime = exchange.timings.ended;
    const QString type
        = mediaType(message.field("Content-Type").isEmpty() ? content["mimeType"].toOctets()
                                                            : message.field("Content-Type"));
    summary.contentType = type == u"x-unknown" ? QString() : type;
    summary.statusCode = message.statusCode;
    summary.reason = QString::fromUtf8(message.reason);
    if (!response["cookies"].items().empty() && message.field("Set-Cookie").isNull())
        notes.append(QStringLiteral("cookies of a response without Set-Cookie are left out"));
    const qint64 size = content["size"].toInteger(-1);
    const qint64 bodySize = response["bodySize"].toInteger(-1);
    const bool isEmpty
        = content["text"].isText() && size <= 0; // then Firefox counts the head in bodySize
    compose(message, responseBodyOf(content, notes), isEmpty || bodySize <= 0 ? size : bodySize,
        exchange);
    summary.responseBodyOctets = message.bodyOctets;
}

Pattern patternOf(const Summary &summary)
{
    if (summary.statusCode == 101)
        return Pattern::Upgrade;
    const bool isTunnel
        = summary.method == u"CONNECT" && summary.statusCode >= 200 && summary.statusCode < 300;
    return isTunnel ? Pattern::Connect : Pattern::Success;
}

/// How it went, as far as other programs tell.
void readOutcome(const JsonValue &entry, Exchange &exchange)
{
    Summary &summary = exchange.summary;
    const JsonValue &own = entry["_error"];
    const JsonValue &error = own.isNull() ? entry["response"]["_error"] : own;
    const bool isError = error.isObject() || !error.toOctets().isEmpty();
    if (isError) {
        const QString code = error.isObject() ? error["code"].toString() : error.toString();
        const QString message = error.isObject() ? error["message"].toString() : error.toString();
        exchange.failure = Failure { code, message };
        summary.errorCode = code;
        summary.errorMessage = message;
    }
    const bool isComplete = !isError && exchange.response.hasHead();
    summary.state = isComplete ? State::Complete : isError ? State::Failed : State::Canceled;
    summary.pattern = isComplete ? patternOf(summary) : Pattern::Other;
}

/// Some write the port of the server there, which would be one connection of all.
quint64 connectionOf(const JsonValue &entry)
{
    if (const quint64 id = entry["_connectionId"].toOctets().toULongLong())
        return id;
    const quint64 number = entry["connection"].toOctets().toULongLong();
    const QUrl url(entry["request"]["url"].toString());
    const bool isSecure = url.scheme() == u"https" || url.scheme() == u"wss";
    return number == quint64(url.port(isSecure ? 443 : 80)) ? 0 : number;
}

/// IPv6 addresses stand in brackets in files of Chrome.
QString addressOf(const JsonValue &value)
{
    const QString address = value.toString();
    return address.startsWith(u'[') && address.endsWith(u']') ? address.sliced(1).chopped(1)
                                                              : address;
}

} // namespace

void readForeign(const JsonValue &entry, Exchange &exchange, QStringList &notes)
{
    const HarTimings timings = harTimings(entry["timings"]);
    exchange.timings = timingsOf(timings);
    const double milliseconds = entry["time"].toNumber(-1);
    const bool isTime = milliseconds >= 0 && milliseconds < 1e12;
    exchange.summary.duration
        = isTime ? qint64(std::llround(milliseconds * 1000)) : timings.total();
    exchange.summary.source = Source::Proxy;
    exchange.connection.peerAddress = addressOf(entry["serverIPAddress"]);
    readRequest(entry["request"], exchange, notes);
    exchange.connection.id = connectionOf(entry);
    readResponse(entry["response"], exchange, notes);
    readWebSocketMessages(entry["_webSocketMessages"], exchange, notes);
    exchange.request.trailers = fieldsOf(entry["request"]["_trailers"]);
    exchange.response.trailers = fieldsOf(entry["response"]["_trailers"]);
    exchange.summary.hasTrailers
        = !exchange.request.trailers.isEmpty() || !exchange.response.trailers.isEmpty();
    readOutcome(entry, exchange);
}

} // namespace headrace::formats
