#include "session/draftconversion.h"

#include "session/preparedrequest.h"
#include "session/requesturl.h"

#include <exchange/bodyformat.h>
#include <wire/fieldrules.h>

#include <QCoreApplication>

namespace headrace::session {

namespace {

using BodyKind = RequestDraft::BodyKind;

/// What the draft would say of the host by itself.
QByteArray automaticHost(const formats::Request &request)
{
    const auto url = parseRequestUrl(request.url).url;
    return url ? url->authority() : QByteArray();
}

// Fields that are written in the same way by themselves are left to that.
void takeFields(const formats::Request &request, RequestDraft &draft)
{
    const bool hasBody = request.bodyKind != formats::Request::BodyKind::None;
    const QByteArray host = automaticHost(request);
    bool isChunked = false;
    for (const auto &[name, value] : request.fields) {
        if (name == "Host" && value == host)
            draft.sendHost = true;
        else if (name == "Connection" && (value == "keep-alive" || value == "close"))
            draft.sendConnection = true;
        else if (wire::equalsIgnoringCase(name, "Content-Length"))
            draft.sendContentLength = true;
        else if (wire::equalsIgnoringCase(name, "Transfer-Encoding") && value == "chunked")
            isChunked = true;
        else if (request.bodyKind == formats::Request::BodyKind::Form
            && value == "multipart/form-data; boundary=" + request.boundary)
            continue;
        else
            draft.fields.append({ true, name, value });
    }
    // A request without a body says nothing about how one would be framed.
    if (!isChunked && !hasBody)
        draft.sendContentLength = true;
}

void takeBody(const formats::Request &request, RequestDraft &draft)
{
    switch (request.bodyKind) {
    case formats::Request::BodyKind::None:
        return;
    case formats::Request::BodyKind::File:
        draft.bodyKind = BodyKind::File;
        draft.filePath = request.filePath;
        return;
    case formats::Request::BodyKind::Form:
        draft.bodyKind = BodyKind::Form;
        draft.parts = request.parts;
        return;
    case formats::Request::BodyKind::Octets:
        break;
    }
    const exchange::BodyKind kind
        = exchange::bodyKindOf(request.field("Content-Type"), request.body);
    const QString text = QString::fromUtf8(request.body);
    // Text is sent as UTF-8, so other octets would not come back as they were.
    if (kind == exchange::BodyKind::Binary || text.toUtf8() != request.body) {
        draft.bodyKind = BodyKind::Octets;
        draft.octets = request.body;
        return;
    }
    draft.bodyKind = kind == exchange::BodyKind::Json ? BodyKind::Json : BodyKind::Text;
    draft.text = text;
}

} // namespace

RequestDraft draftOf(const formats::Request &request, Automatic automatic)
{
    RequestDraft draft;
    draft.method = request.method;
    draft.url = request.url;
    draft.target = request.target;
    draft.connectTo = request.connectTo;
    draft.version
        = request.isHttp10 ? RequestDraft::Version::Http10 : RequestDraft::Version::Http11;
    draft.verifyCertificates = request.verifiesCertificates;
    draft.timeout = request.timeout.value_or(draft.timeout);
    draft.sendHost = false;
    draft.sendConnection = false;
    draft.sendContentLength = false;
    if (automatic == Automatic::Recognized) {
        takeFields(request, draft);
    } else {
        for (const auto &[name, value] : request.fields)
            draft.fields.append({ true, name, value });
    }
    for (const auto &[name, value] : request.trailers)
        draft.trailers.append({ true, name, value });
    takeBody(request, draft);
    return draft;
}

QStringList shortcomingsOf(const formats::Request &request)
{
    QStringList result;
    if (request.followsRedirects)
        result += QCoreApplication::translate("session", "Redirects are not followed.");
    if (request.timeout && request.timeout->count() > 0)
        result += QCoreApplication::translate(
            "session", "The time limit is one of silence, not of the whole transfer.");
    return result;
}

formats::Request requestOf(const RequestDraft &draft)
{
    static const QByteArray boundary = QByteArray(24, '-') + "7d1f0c5ea2b94638";
    const PreparedRequest prepared = prepare(draft, boundary);
    formats::Request request;
    request.method = draft.method;
    if (const auto url = parseRequestUrl(draft.url).url)
        request.url = QLatin1String(url->isSecure ? "https://" : "http://")
            + QString::fromLatin1(url->authority()) + QString::fromUtf8(url->target);
    if (prepared.options.path != request.wireTarget())
        request.target = prepared.options.path;
    request.connectTo = draft.connectTo;
    request.isHttp10 = draft.version == RequestDraft::Version::Http10;
    request.verifiesCertificates = draft.verifyCertificates;
    request.timeout = draft.timeout;
    for (const auto &[name, value] : prepared.options.rawHeaders.value_or(http::HeaderList()))
        request.fields.append({ name, value.toByteArray() });
    if (draft.sendConnection && !request.isHttp10 && request.field("Connection").isNull())
        request.fields.emplaceBack("Connection", "keep-alive");
    for (const auto &[name, value] : prepared.trailers)
        request.trailers.append({ name, value.toByteArray() });
    switch (draft.bodyKind) {
    case BodyKind::None:
        break;
    case BodyKind::Text:
    case BodyKind::Json:
    case BodyKind::Octets:
        request.bodyKind = formats::Request::BodyKind::Octets;
        request.body = prepared.body;
        break;
    case BodyKind::File:
        request.bodyKind = formats::Request::BodyKind::File;
        request.filePath = draft.filePath;
        break;
    case BodyKind::Form:
        request.bodyKind = formats::Request::BodyKind::Form;
        request.parts = draft.parts;
        request.boundary = prepared.boundary;
        break;
    }
    return request;
}

} // namespace headrace::session
