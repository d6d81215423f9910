#include "har/entrywriter.h"

#include "har/extensionwriter.h"
#include "har/hartimings.h"
#include "har/jsonwriter.h"
#include "har/words.h"

#include <exchange/bodydecoder.h>
#include <exchange/bodyformat.h>
#include <exchange/summarytext.h>

#include <QNetworkCookie>
#include <QUrl>
#include <QUtf8StringView>

namespace headrace::formats {

using namespace exchange;

namespace {

void writePair(JsonWriter &json, const QString &name, const QString &value)
{
    json.beginObject();
    json.text("name", name);
    json.text("value", value);
    json.endObject();
}

QString decoded(QByteArray text, bool isForm)
{
    if (isForm)
        text.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
}

/// The pairs of "a=1&b=2", percent-decoded; \a isForm: with '+' for blanks.
void writePairs(JsonWriter &json, const char *key, const QByteArray &text, bool isForm)
{
    json.key(key);
    json.beginArray();
    for (const QByteArray &pair : text.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        writePair(json, decoded(pair.first(equals < 0 ? pair.size() : equals), isForm),
            equals < 0 ? QString() : decoded(pair.sliced(equals + 1), isForm));
    }
    json.endArray();
}

void writeRequestCookies(JsonWriter &json, const FieldList &fields)
{
    json.key("cookies");
    json.beginArray();
    for (const auto &[name, value] : fields) {
        if (name.compare("cookie", Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray &pair : value.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals > 0)
                writePair(json, QString::fromUtf8(pair.first(equals).trimmed()),
                    QString::fromUtf8(pair.sliced(equals + 1).trimmed()));
        }
    }
    json.endArray();
}

void writeResponseCookie(JsonWriter &json, const QNetworkCookie &cookie)
{
    json.beginObject();
    json.text("name", QString::fromUtf8(cookie.name()));
    json.text("value", QString::fromUtf8(cookie.value()));
    if (!cookie.path().isEmpty())
        json.text("path", cookie.path());
    if (!cookie.domain().isEmpty())
        json.text("domain", cookie.domain());
    if (cookie.expirationDate().isValid())
        json.text("expires", cookie.expirationDate().toUTC().toString(Qt::ISODateWithMs));
    json.flag("httpOnly", cookie.isHttpOnly());
    json.flag("secure", cookie.isSecure());
    json.endObject();
}

void writeResponseCookies(JsonWriter &json, const FieldList &fields)
{
    json.key("cookies");
    json.beginArray();
    for (const auto &[name, value] : fields) {
        if (name.compare("set-cookie", Qt::CaseInsensitive) != 0)
            continue;
        const QList<QNetworkCookie> cookies = QNetworkCookie::parseCookies(value);
        for (const QNetworkCookie &cookie : cookies)
            writeResponseCookie(json, cookie);
    }
    json.endArray();
}

QString httpVersion(const Message &message)
{
    return message.httpVersion.isEmpty()
        ? QString()
        : QLatin1String("HTTP/") + QString::fromLatin1(message.httpVersion);
}

/// Of the head as it passed; -1 if it is not known to its end.
qint64 headersSize(const Message &message)
{
    const QByteArray head = message.joined(Part::Head);
    const bool isWhole = head.endsWith("\r\n\r\n") || head.endsWith("\n\n");
    return message.hasHead() && isWhole ? head.size() : -1;
}

/// UTF-8 if the body is text as far as that can be told.
bool isText(BodyKind kind)
{
    return kind != BodyKind::Empty && kind != BodyKind::Image && kind != BodyKind::Binary;
}

void writePostData(JsonWriter &json, const Message &request)
{
    const QByteArray body = decodedBody(request);
    if (body.isEmpty())
        return;
    const QByteArray type = request.field("Content-Type");
    const bool isUtf8 = QUtf8StringView(body.constData(), body.size()).isValidUtf8();
    json.key("postData");
    json.beginObject();
    json.text("mimeType", QString::fromUtf8(type));
    if (mediaType(type) == u"application/x-www-form-urlencoded")
        writePairs(json, "params", body, true);
    if (isUtf8)
        json.text("text", QByteArrayView(body));
    else
        json.text("text", decodeText(body, type));
    json.endObject();
    if (isUtf8)
        return;
    json.key("_content");
    json.beginObject();
    json.number("size", qint64(body.size()));
    json.text("encoding", QByteArrayView("base64"));
    json.base64("text", body);
    json.endObject();
}

void writeRequest(JsonWriter &json, const Exchange &exchange)
{
    const Message &request = exchange.request;
    const QString url = urlOf(exchange.summary);
    const QByteArray octets = url.toUtf8();
    const qsizetype query = octets.indexOf('?');
    json.key("request");
    json.beginObject();
    json.text("method", exchange.summary.method);
    json.text("url", url);
    json.text("httpVersion", httpVersion(request));
    writeRequestCookies(json, request.fields);
    writeFields(json, "headers", request.fields);
    writePairs(json, "queryString", query < 0 ? QByteArray() : octets.sliced(query + 1), false);
    writePostData(json, request);
    json.number("headersSize", headersSize(request));
    json.number("bodySize", request.bodyOctets);
    writeMessageExtensions(json, request);
    json.endObject();
}

void writeContent(JsonWriter &json, const Message &response)
{
    const QByteArray type = response.field("Content-Type");
    const QByteArray body = decodedBody(response);
    json.key("content");
    json.beginObject();
    json.number("size", qint64(body.size()));
    if (!codingsOf(response.fields).isEmpty() && !response.isTruncated && !response.isPartial)
        json.number("compression", qint64(body.size()) - response.bodyOctets);
    json.text("mimeType", type.isEmpty() ? QStringLiteral("x-unknown") : QString::fromUtf8(type));
    if (isText(bodyKindOf(type, body))) {
        json.text("text", decodeText(body, type));
    } else if (!body.isEmpty()) {
        json.text("encoding", QByteArrayView("base64"));
        json.base64("text", body);
    }
    json.endObject();
}

void writeResponse(JsonWriter &json, const Message &response)
{
    json.key("response");
    json.beginObject();
    json.number("status", qint64(response.statusCode));
    json.text("statusText", QString::fromUtf8(response.reason));
    json.text("httpVersion", httpVersion(response));
    writeResponseCookies(json, response.fields);
    writeFields(json, "headers", response.fields);
    writeContent(json, response);
    json.text("redirectURL", QString::fromUtf8(response.field("Location")));
    json.number("headersSize", headersSize(response));
    json.number("bodySize", response.hasHead() ? response.bodyOctets : qint64(-1));
    writeMessageExtensions(json, response);
    json.endObject();
}

/// In milliseconds; -1 stays.
double milliseconds(qint64 microseconds)
{
    return microseconds < 0 ? -1 : double(microseconds) / 1000;
}

void writeTimings(JsonWriter &json, const HarTimings &timings)
{
    json.key("timings");
    json.beginObject();
    json.number("blocked", milliseconds(timings.blocked));
    json.number("dns", milliseconds(timings.dns));
    json.number("connect", milliseconds(timings.connect));
    json.number("ssl", milliseconds(timings.ssl));
    json.number("send", milliseconds(timings.send));
    json.number("wait", milliseconds(timings.wait));
    json.number("receive", milliseconds(timings.receive));
    json.endObject();
}

QString withZone(const QDateTime &time)
{
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

} // namespace

void writeEntry(JsonWriter &json, const Exchange &exchange)
{
    const Summary &summary = exchange.summary;
    const HarTimings timings = harTimings(exchange.timings, summary.duration);
    json.beginObject();
    json.text("startedDateTime", withZone(summary.began));
    json.number("time", milliseconds(timings.total()));
    writeRequest(json, exchange);
    writeResponse(json, exchange.response);
    json.key("cache");
    json.beginObject();
    json.endObject();
    writeTimings(json, timings);
    if (!exchange.connection.peerAddress.isEmpty())
        json.text("serverIPAddress", exchange.connection.peerAddress);
    if (exchange.connection.id != 0)
        json.text("connection", QString::number(exchange.connection.id));
    if (!summary.note.isEmpty())
        json.text("comment", summary.note);
    writeExtensions(json, exchange);
    json.endObject();
}

} // namespace headrace::formats
