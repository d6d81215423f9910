#include "har/entryreader.h"

#include "har/extensionreader.h"
#include "har/hartimings.h"
#include "har/jsonvalue.h"
#include "har/words.h"

#include <exchange/bodydecoder.h>

#include <QUrl>

#include <algorithm>

namespace headrace::formats {

using namespace exchange;

namespace {

QDateTime dateOf(const JsonValue &value, QStringList &notes)
{
    if (value.kind() == JsonValue::Kind::Number)
        return QDateTime::fromMSecsSinceEpoch(value.toInteger(0), Qt::UTC);
    const QDateTime date = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (date.isValid())
        return date;
    notes.append(QStringLiteral("startedDateTime is no date: \"%1\"").arg(value.toString()));
    return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
}

/// "1.1" of "HTTP/1.1", "2" of "h2"; empty if it is none.
QByteArray versionOf(const JsonValue &value)
{
    QByteArray version = value.toOctets().trimmed().toLower();
    if (version.startsWith("http/"))
        version = version.sliced(5);
    else if (version.startsWith('h'))
        version = version.sliced(1);
    const bool isVersion = !version.isEmpty() && version.size() <= 3 && version.front() >= '0'
        && version.front() <= '9';
    return isVersion ? version : QByteArray();
}

QByteArray withVersion(const QByteArray &version)
{
    return version.isEmpty() ? QByteArray() : "HTTP/" + version;
}

/// The body of `content` or `postData`; null if the file does not have it.
QByteArray bodyOf(const JsonValue &content, QStringList &notes)
{
    const JsonValue &text = content["text"];
    if (text.isNull())
        return {};
    const QByteArray octets = text.toOctets();
    if (content["encoding"].toOctets().toLower() == "base64") {
        if (auto body = fromBase64(octets))
            return body->isNull() ? QByteArray("") : *body;
        notes.append(QStringLiteral("a body is no base64, taken as text"));
    }
    return octets.isNull() ? QByteArray("") : octets;
}

/// Pairs as a form has them.
QByteArray formOf(const JsonValue &params)
{
    QByteArray form;
    for (const JsonValue &pair : params.items()) {
        if (!form.isEmpty())
            form += '&';
        form += pair["name"].toOctets().toPercentEncoding() + '='
            + pair["value"].toOctets().toPercentEncoding();
    }
    return form;
}

QByteArray requestBodyOf(const JsonValue &request, QStringList &notes)
{
    const JsonValue &content = request["_content"];
    if (content.isObject())
        return bodyOf(content, notes);
    if (content.isText()) {
        if (auto body = fromBase64(content.toOctets()))
            return *body;
        notes.append(QStringLiteral("a body is no base64, left out"));
    }
    const JsonValue &post = request["postData"];
    const QByteArray body = bodyOf(post, notes);
    return body.isEmpty() && !post["params"].items().empty() ? formOf(post["params"]) : body;
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

/// What of \a url stands behind the authority; "/" without a path.
QByteArray targetOf(const QByteArray &url, const QString &method)
{
    const qsizetype scheme = url.indexOf("://");
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

void readUrl(const QByteArray &url, Summary &summary)
{
    const QUrl parsed(QString::fromUtf8(url));
    summary.scheme = parsed.scheme();
    summary.host = parsed.host(QUrl::FullyDecoded);
    if (summary.host.contains(u':'))
        summary.host = u'[' + summary.host + u']';
    const int standardPort = summary.scheme == u"https" || summary.scheme == u"wss" ? 443 : 80;
    if (parsed.port() >= 0 && parsed.port() != standardPort)
        summary.host += u':' + QString::number(parsed.port());
    summary.target = QString::fromUtf8(targetOf(url, summary.method));
}

void readRequest(const JsonValue &request, Exchange &exchange, QStringList &notes)
{
    Summary &summary = exchange.summary;
    Message &message = exchange.request;
    readUrl(request["url"].toOctets(), summary);
    if (!request.isObject())
        return;
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
    const qint64 bodySize = response["bodySize"].toInteger(-1);
    compose(message, bodyOf(content, notes),
        bodySize > 0 ? bodySize : content["size"].toInteger(-1), exchange);
    summary.responseBodyOctets = message.bodyOctets;
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
    summary.pattern = isComplete ? Pattern::Success : Pattern::Other;
}

void readForeign(const JsonValue &entry, Exchange &exchange, QStringList &notes)
{
    const HarTimings timings = harTimings(entry["timings"]);
    exchange.timings = timingsOf(timings);
    const double milliseconds = entry["time"].toNumber(-1);
    const bool isTime = milliseconds >= 0 && milliseconds < 1e12;
    exchange.summary.duration = isTime ? qint64(milliseconds * 1000 + 0.5) : timings.total();
    exchange.summary.source = Source::Proxy;
    exchange.connection.peerAddress = entry["serverIPAddress"].toString();
    exchange.connection.id = entry["connection"].toOctets().toULongLong();
    readRequest(entry["request"], exchange, notes);
    readResponse(entry["response"], exchange, notes);
    exchange.request.trailers = fieldsOf(entry["request"]["_trailers"]);
    exchange.response.trailers = fieldsOf(entry["response"]["_trailers"]);
    exchange.summary.hasTrailers
        = !exchange.request.trailers.isEmpty() || !exchange.response.trailers.isEmpty();
    readOutcome(entry, exchange);
    if (!entry["_webSocketMessages"].items().empty())
        notes.append(QStringLiteral("WebSocket messages are left out"));
}

} // namespace

QByteArray octetsOf(const JsonValue &object, const QByteArray &name)
{
    const JsonValue &octets = object['_' + name];
    if (octets.isText()) {
        if (auto value = fromBase64(octets.toOctets()))
            return *value;
    }
    return object[name].toOctets();
}

FieldList fieldsOf(const JsonValue &value)
{
    FieldList fields;
    for (size_t i = 0; i < value.items().size(); ++i) {
        const JsonValue &field = value.items()[i];
        if (value.isObject()) // an object of names and values, as some write
            fields.emplaceBack(value.keys()[i], field.toOctets());
        else if (field.isObject())
            fields.emplaceBack(octetsOf(field, "name"), octetsOf(field, "value"));
    }
    return fields;
}

Exchange exchangeOf(const JsonValue &entry, QStringList &notes)
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    const JsonValue &response = entry["response"];
    summary.began = dateOf(entry["startedDateTime"], notes);
    summary.note = entry["comment"].toString();
    summary.method = entry["request"]["method"].toString();
    exchange.request.fields = fieldsOf(entry["request"]["headers"]);
    exchange.response.fields = fieldsOf(response["headers"]);
    exchange.response.statusCode = int(std::clamp<qint64>(response["status"].toInteger(0), 0, 999));
    exchange.response.reason = response["statusText"].toOctets();
    if (hasExtensions(entry))
        readExtensions(entry, exchange, notes);
    else
        readForeign(entry, exchange, notes);
    return exchange;
}

} // namespace headrace::formats
