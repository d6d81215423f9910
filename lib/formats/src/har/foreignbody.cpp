#include "har/foreignbody.h"

#include "har/jsonvalue.h"
#include "har/words.h"

namespace headrace::formats {

namespace {

QByteArray notNull(const QByteArray &octets) { return octets.isNull() ? QByteArray("") : octets; }

/// The `text` of `content` or of `postData`.
QByteArray textOf(const JsonValue &content, QStringList &notes)
{
    const JsonValue &text = content["text"];
    if (text.isNull())
        return {};
    const QByteArray octets = text.toOctets();
    const QByteArray encoding = content["encoding"].toOctets().trimmed().toLower();
    if (encoding == "base64") {
        if (const auto body = fromBase64(octets))
            return notNull(*body);
        notes.append(QStringLiteral("a body is no base64, taken as text"));
    } else if (!encoding.isEmpty() && encoding != "utf-8" && encoding != "utf8") {
        notes.append(QStringLiteral("a body is in an unknown encoding, taken as text: %1")
                         .arg(QString::fromUtf8(encoding)));
    }
    return notNull(octets);
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

QByteArray quoted(QByteArray text)
{
    // As the HTML standard writes names into multipart/form-data.
    return '"' + text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + '"';
}

/// Pairs as multipart/form-data has them (RFC 7578).
QByteArray multipartOf(const JsonValue &params, const QByteArray &boundary)
{
    QByteArray body;
    for (const JsonValue &pair : params.items()) {
        body += "--" + boundary
            + "\r\nContent-Disposition: form-data; name=" + quoted(pair["name"].toOctets());
        if (pair["fileName"].isText())
            body += "; filename=" + quoted(pair["fileName"].toOctets());
        if (pair["contentType"].isText())
            body += "\r\nContent-Type: " + pair["contentType"].toOctets();
        body += "\r\n\r\n" + pair["value"].toOctets() + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

/// The parameter of a media type; empty without one.
QByteArray boundaryOf(const QByteArray &mediaType)
{
    const qsizetype at = mediaType.toLower().indexOf("boundary=");
    if (at < 0)
        return {};
    QByteArray rest = mediaType.sliced(at + 9);
    if (rest.startsWith('"'))
        return rest.sliced(1, std::max<qsizetype>(rest.indexOf('"', 1), 1) - 1);
    const qsizetype end = rest.indexOf(';');
    return rest.first(end < 0 ? rest.size() : end).trimmed();
}

} // namespace

QByteArray responseBodyOf(const JsonValue &content, QStringList &notes)
{
    return textOf(content, notes);
}

QByteArray requestBodyOf(const JsonValue &request, QStringList &notes)
{
    const JsonValue &content = request["_content"];
    if (content.isObject())
        return textOf(content, notes);
    if (content.isText()) {
        if (auto body = fromBase64(content.toOctets()))
            return *body;
        notes.append(QStringLiteral("a body is no base64, left out"));
    }
    const JsonValue &post = request["postData"];
    QByteArray body = textOf(post, notes);
    const JsonValue &params = post["params"];
    if (!body.isEmpty() || params.items().empty())
        return body;
    const QByteArray type = post["mimeType"].toOctets();
    const QByteArray boundary
        = mediaType(type) == u"multipart/form-data" ? boundaryOf(type) : QByteArray();
    return boundary.isEmpty() ? formOf(params) : multipartOf(params, boundary);
}

} // namespace headrace::formats
