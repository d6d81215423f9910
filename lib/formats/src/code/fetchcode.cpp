#include "code/literals.h"
#include "code/writers.h"

#include <algorithm>

namespace headrace::formats {

namespace {

// Names that fetch() keeps for itself, here or in browsers. Source: Fetch standard, forbidden request-headers.
bool isFetchs(const QByteArray &name)
{
    static const QList<QByteArray> names { "connection", "content-length", "expect", "host",
        "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade" };
    return names.contains(name.toLower());
}

QByteArray partOf(const BodyPiece &piece)
{
    if (!piece.filePath.isEmpty())
        return "readFileSync(" + javaScriptLiteral(piece.filePath.toUtf8()) + ')';
    if (isUtf8(piece.octets))
        return javaScriptLiteral(piece.octets);
    return "Uint8Array.from(atob('" + piece.octets.toBase64() + "'), (c) => c.charCodeAt(0))";
}

QByteArray bodyOf(const QList<BodyPiece> &pieces)
{
    // A string would be given a Content-Type.
    QByteArray body = "new Blob([\n";
    for (const BodyPiece &piece : pieces)
        body += "    " + partOf(piece) + ",\n";
    return body + "  ])";
}

QByteArray commentsOf(const Request &request, bool hasBody)
{
    QByteArray comments
        = "// fetch() sends names in lower case, in an order of its own, and adds headers.\n";
    QList<QByteArray> left;
    for (const auto &[name, value] : request.fields) {
        if (isFetchs(name) && !left.contains(name))
            left.append(name);
    }
    if (!left.isEmpty())
        comments += "// Left to fetch(): " + left.join(", ") + ".\n";
    if (const QList<QByteArray> repeated = repeatedNames(request.fields); !repeated.isEmpty())
        comments += "// Joined to one line by fetch(): " + repeated.join(", ") + ".\n";
    if (!request.target.isEmpty())
        comments += "// fetch() cannot send the request target " + request.target + ".\n";
    if (!request.connectTo.isEmpty())
        comments += "// fetch() connects to the host of the URL, not to "
            + request.connectTo.toUtf8() + ".\n";
    if (hasBody && (request.method == "GET" || request.method == "HEAD"))
        comments += "// fetch() sends no body with " + request.method + ": it is left out.\n";
    if (!request.trailers.isEmpty())
        comments += "// fetch() sends no trailers: they are left out.\n";
    if (request.isHttp10)
        comments += "// fetch() does not say HTTP/1.0.\n";
    if (!request.verifiesCertificates)
        comments += "// fetch() verifies the certificate.\n";
    return comments;
}

} // namespace

QByteArray writeFetch(const Request &request)
{
    const QList<BodyPiece> pieces = piecesOf(request);
    const bool hasFile = std::any_of(pieces.cbegin(), pieces.cend(),
        [](const BodyPiece &piece) { return !piece.filePath.isEmpty(); });
    QByteArray code = commentsOf(request, !pieces.isEmpty());
    if (hasFile)
        code += "import { readFileSync } from 'node:fs';\n";
    code += "const response = await fetch(" + javaScriptLiteral(request.url.toUtf8())
        + ", {\n  method: " + latin1Literal(request.method) + ",\n  headers: [\n";
    for (const auto &[name, value] : request.fields) {
        if (!isFetchs(name))
            code += "    [" + latin1Literal(name) + ", " + latin1Literal(value) + "],\n";
    }
    code += "  ],\n";
    if (!pieces.isEmpty() && request.method != "GET" && request.method != "HEAD")
        code += "  body: " + bodyOf(pieces) + ",\n";
    if (!request.followsRedirects)
        code += "  redirect: 'manual',\n";
    if (request.timeout && request.timeout->count() > 0)
        code += "  signal: AbortSignal.timeout("
            + QByteArray::number(qint64(request.timeout->count())) + "),\n";
    return code
        + "});\nconsole.log(response.status, response.statusText);\nconsole.log(await "
          "response.text());\n";
}

} // namespace headrace::formats
