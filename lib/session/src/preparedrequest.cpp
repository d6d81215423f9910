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

void setBody(const RequestDraft &draft, PreparedRequest &request)
{
    switch (draft.bodyKind) {
    case BodyKind::None:
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

PreparedRequest prepare(const RequestDraft &draft)
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
    options.rejectUnauthorized = draft.verifyCertificates;
    options.serverName = url.host;
    options.useHttp10 = draft.version == Version::Http10;
    options.sendConnection = draft.sendConnection;
    options.sendContentLength = draft.sendContentLength;
    if (draft.timeout.count() > 0)
        options.timeout = draft.timeout;

    setBody(draft, request);
    http::HeaderList fields = enabledFields(draft.fields);
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
