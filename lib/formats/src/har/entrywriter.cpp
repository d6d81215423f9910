#include "har/entrywriter.h"

#include "formats/harwriter.h"
#include "har/extensionwriter.h"
#include "har/hartimings.h"
#include "har/jsonwriter.h"
#include "har/websocketmessages.h"
#include "har/words.h"

#include <exchange/bodydecoder.h>
#include <exchange/bodyformat.h>
#include <exchange/summarytext.h>

#include <QHostAddress>
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

struct Decoded
{
    QByteArray octets;
    qint64 size = 0; // also of what is beyond the limit
};

/// Without its codings, as far as it was kept, up to HarWriter::OctetLimit.
Decoded decoded(const Message &message)
{
    Decoded result;
    result.octets = decodedBody(message, HarWriter::OctetLimit);
    result.size = result.octets.size();
    const bool isCoded = !codingsOf(message.fields).isEmpty();
    if (!isCoded)
        result.size = std::max(result.size, message.bodyOctets);
    if (!isCoded || result.size < HarWriter::OctetLimit)
        return result;
    BodyDecoder decoder(codingsOf(message.fields));
    decoder.feed(message.joined(Part::Body));
    decoder.finish();
    while (!decoder.take().isEmpty())
        continue;
    result.size = std::max(result.size, decoder.decodedOctets());
    return result;
}

/// UTF-8 if the body is text as far as that can be told.
bool isText(BodyKind kind)
{
    return kind != BodyKind::Empty && kind != BodyKind::Image && kind != BodyKind::Binary;
}

void writePostData(JsonWriter &json, const Message &request)
{
    const QByteArray body = decoded(request).octets;
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

/// As an absolute URI: what must not stand in one (RFC 3986 section 2) is percent-encoded, and what is not known of a
/// request that says too little is named so (RFC 2606 section 2).
QByteArray uriOf(const Summary &summary)
{
    Summary known = summary;
    if (known.scheme.isEmpty())
        known.scheme = QStringLiteral("http");
    if (known.host.isEmpty())
        known.host = QStringLiteral("unknown.invalid");
    QByteArray uri;
    for (const char octet : urlOf(known).toUtf8()) {
        const bool isAllowed = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z')
            || (octet >= '0' && octet <= '9')
            || QByteArrayView("-._~:/?#[]@!$&'()*+,;=%").contains(octet);
        uri += isAllowed ? QByteArray(1, octet) : '%' + QByteArray(1, octet).toHex().toUpper();
    }
    return uri;
}

void writeRequest(JsonWriter &json, const Exchange &exchange)
{
    const Message &request = exchange.request;
    const QByteArray url = uriOf(exchange.summary);
    const qsizetype query = url.indexOf('?');
    json.key("request");
    json.beginObject();
    json.text("method", exchange.summary.method);
    json.text("url", QByteArrayView(url));
    json.text("httpVersion", httpVersion(request));
    writeRequestCookies(json, request.fields);
    writeFields(json, "headers", request.fields);
    writePairs(json, "queryString", query < 0 ? QByteArray() : url.sliced(query + 1), false);
    writePostData(json, request);
    json.number("headersSize", headersSize(request));
    json.number("bodySize", request.bodyOctets);
    writeMessageExtensions(json, request);
    json.endObject();
}

void writeContent(JsonWriter &json, const Message &response)
{
    const QByteArray type = response.field("Content-Type");
    const Decoded content = decoded(response);
    const QByteArray &body = content.octets;
    json.key("content");
    json.beginObject();
    json.number("size", content.size);
    if (!codingsOf(response.fields).isEmpty() && !response.isTruncated && !response.isPartial)
        json.number("compression", content.size - response.bodyOctets);
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

void writeTimings(JsonWriter &json, const HarTimings &timings, qint64 held)
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
    if (held > 0)
        json.number("_held", milliseconds(held));
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
    writeTimings(json, timings, exchange.timings.held);
    if (!QHostAddress(exchange.connection.peerAddress).isNull()) // else a path
        json.text("serverIPAddress", exchange.connection.peerAddress);
    if (exchange.connection.id != 0)
        json.text("connection", QString::number(exchange.connection.id));
    if (!summary.note.isEmpty())
        json.text("comment", summary.note);
    writeWebSocketMessages(json, exchange);
    writeExtensions(json, exchange);
    json.endObject();
}

} // namespace headrace::formats
