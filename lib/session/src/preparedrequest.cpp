#include "session/preparedrequest.h"

#include "session/requesturl.h"

#include <wire/fieldrules.h>

#include <QFileInfo>

#include <algorithm>

namespace headrace::session {

namespace {

using Version = RequestDraft::Version;
using BodyKind = RequestDraft::BodyKind;

bool contains(const http::HeaderList &fields, QByteArrayView name)
{
    return std::any_of(fields.cbegin(), fields.cend(),
        [name](const auto &field) { return wire::equalsIgnoringCase(field.first, name); });
}

// Rows that are wholly empty are those of an editor, not fields.
http::HeaderList enabledFields(const QList<DraftField> &fields)
{
    http::HeaderList result;
    for (const DraftField &field : fields) {
        if (field.isEnabled && !(field.name.isEmpty() && field.value.isEmpty()))
            result.emplaceBack(field.name, http::HeaderValue(field.value));
    }
    return result;
}

// Methods whose requests say nothing of a body that is not there. RFC 9110 section 8.6.
bool isBodiless(const QByteArray &method)
{
    static const QList<QByteArray> methods { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE",
        "CONNECT" };
    return methods.contains(method.toUpper());
}

bool expectsContinue(const http::HeaderList &fields)
{
    return std::any_of(fields.cbegin(), fields.cend(), [](const auto &field) {
        return wire::equalsIgnoringCase(field.first, "Expect")
            && wire::equalsIgnoringCase(field.second.toByteArray(), "100-continue");
    });
}

/// The parameter of a Content-Type; null without. RFC 2046 section 5.1.1.
QByteArray boundaryOf(const QByteArray &contentType)
{
    for (const QByteArray &piece : contentType.split(';')) {
        const QByteArray parameter = piece.trimmed();
        if (!parameter.toLower().startsWith("boundary="))
            continue;
        QByteArray value = parameter.sliced(9);
        if (value.size() > 1 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value;
    }
    return {};
}

/// Of the Content-Type; \a proposed, which then goes there, when it names none.
QByteArray settledBoundary(http::HeaderList &fields, const QByteArray &proposed)
{
    for (auto &[name, value] : fields) {
        if (!wire::equalsIgnoringCase(name, "Content-Type"))
            continue;
        const QByteArray type = value.toByteArray();
        const QByteArray given = boundaryOf(type);
        if (!given.isEmpty())
            return given;
        value = http::HeaderValue(type + "; boundary=" + proposed);
        return proposed;
    }
    fields.emplaceBack(
        "Content-Type", http::HeaderValue("multipart/form-data; boundary=" + proposed));
    return proposed;
}

void setParts(const RequestDraft &draft, PreparedRequest &request)
{
    for (const formats::BodyPiece &piece : formats::encodeForm(draft.parts, request.boundary)) {
        BodyPart part { piece.octets, piece.filePath, piece.octets.size() };
        if (!piece.filePath.isEmpty()) {
            const QFileInfo file(piece.filePath);
            part.size = file.isFile() ? file.size() : -1;
        }
        request.parts.append(part);
        request.bodyOctets
            = request.bodyOctets < 0 || part.size < 0 ? -1 : request.bodyOctets + part.size;
    }
}

void setBody(const RequestDraft &draft, PreparedRequest &request)
{
    switch (draft.bodyKind) {
    case BodyKind::None:
    case BodyKind::Form: // see setParts()
        break;
    case BodyKind::Octets:
        request.body = draft.octets;
        request.bodyOctets = request.body.size();
        break;
    case BodyKind::Text:
    case BodyKind::Json:
        request.body = draft.text.toUtf8();
        request.bodyOctets = request.body.size();
        break;
    case BodyKind::File: {
        const QFileInfo file(draft.filePath);
        request.filePath = draft.filePath;
        request.bodyOctets = file.isFile() ? file.size() : -1;
        break;
    }
    }
}

// Content-Length, or chunked where that is wanted or the length is not known. RFC 9112 section 6.
void frameBody(const RequestDraft &draft, PreparedRequest &request, http::HeaderList &fields)
{
    if (!request.trailers.isEmpty() && !contains(fields, "Trailer")) {
        QList<QByteArray> names;
        for (const auto &[name, value] : std::as_const(request.trailers))
            names.append(name);
        fields.emplaceBack("Trailer", http::HeaderValue(names.join(", ")));
    }
    if (contains(fields, "Content-Length") || contains(fields, "Transfer-Encoding"))
        return;
    const bool hasBody = draft.bodyKind != BodyKind::None;
    const bool isChunkable = draft.version == Version::Http11;
    const bool isChunked = !request.trailers.isEmpty()
        || (hasBody && (request.bodyOctets < 0 || !draft.sendContentLength));
    if (isChunked && isChunkable)
        fields.emplaceBack("Transfer-Encoding", http::HeaderValue("chunked"));
    else if (draft.sendContentLength && request.bodyOctets >= 0
        && (hasBody || !isBodiless(draft.method)))
        fields.emplaceBack("Content-Length", http::HeaderValue(request.bodyOctets));
}

} // namespace

PreparedRequest prepare(const RequestDraft &draft, const QByteArray &boundary)
{
    PreparedRequest request;
    const auto parsed = parseRequestUrl(draft.url).url;
    if (!parsed)
        return request;
    const RequestUrl &url = *parsed;
    const bool isTunnel = draft.method == "CONNECT"; // RFC 9112 section 3.2.3
    request.isSecure = url.isSecure;
    http::RequestOptions &options = request.options;
    options.protocol = url.isSecure ? "https:" : "http:";
    options.host = url.host;
    options.port = url.port;
    options.method = draft.method;
    options.path = isTunnel
        ? url.authority() + (url.isDefaultPort ? ':' + QByteArray::number(url.port) : QByteArray())
        : url.target;
    if (!draft.target.isEmpty())
        options.path = draft.target;
    if (const auto place = parseRequestUrl(QStringLiteral("http://") + draft.connectTo).url;
        place && !draft.connectTo.isEmpty()) {
        options.host = place->host;
        options.port = !place->isDefaultPort || draft.connectTo.endsWith(QStringLiteral(":80"))
            ? place->port
            : url.port;
    }
    options.rejectUnauthorized = draft.verifyCertificates;
    options.serverName = url.host;
    options.useHttp10 = draft.version == Version::Http10;
    options.sendConnection = draft.sendConnection;
    options.sendContentLength = draft.sendContentLength;
    options.sendTransferEncoding = draft.bodyKind != BodyKind::None; // or it is framed for trailers
    options.keepMethodCase = true;
    if (draft.timeout.count() > 0)
        options.timeout = draft.timeout;

    setBody(draft, request);
    http::HeaderList fields = enabledFields(draft.fields);
    if (draft.bodyKind == BodyKind::Form) {
        request.boundary
            = settledBoundary(fields, boundary.isEmpty() ? formats::makeBoundary() : boundary);
        setParts(draft, request);
    }
    if (draft.version == Version::Http11)
        request.trailers = enabledFields(draft.trailers);
    if (draft.sendHost && !contains(fields, "Host"))
        fields.emplaceFront("Host", http::HeaderValue(url.authority()));
    if (!url.credentials.isEmpty() && !contains(fields, "Authorization"))
        fields.emplaceBack(
            "Authorization", http::HeaderValue("Basic " + url.credentials.toBase64()));
    frameBody(draft, request, fields);
    request.waitsForContinue = draft.bodyKind != BodyKind::None && expectsContinue(fields);
    options.rawHeaders = fields;
    return request;
}

} // namespace headrace::session
