#pragma once

#include "formats/request.h"
#include "formats/shellcommand.h"

namespace headrace::formats {

/** The octets of \a request as they pass on the wire: request line, fields, empty line, body, in one chunk where it is
    chunked, trailers. A file of the body stands as a line "@path" in its place. */
QByteArray writeRawRequest(const Request &request);

/// A request that was read from text, or why it is none.
struct RawRequest
{
    std::optional<Request> request;
    QStringList remarks;
    TextError error;
};

/** Reads what writeRawRequest() writes, or what people paste: lines may end in LF alone, blanks around values do not count,
    a missing version is HTTP/1.1, a target in absolute form is the URL itself. Otherwise the URL is made of the Host
    field and \a scheme. A chunked body is joined if its chunks are right; else it stays as it is, and is
    remarked. Source: RFC 9112 sections 3 and 5. */
RawRequest readRawRequest(const QByteArray &text, const QString &scheme = QStringLiteral("http"));

/// The first line is a request line, and a field follows or the target is a URL.
bool looksLikeRawRequest(const QString &text);

} // namespace headrace::formats
