#include "code/literals.h"
#include "code/writers.h"

#include <algorithm>

namespace headrace::formats {

namespace {

QByteArray listOf(const exchange::FieldList &fields, const QByteArray &indent)
{
    QByteArray list = "[\n";
    for (const auto &[name, value] : fields)
        list += indent + "  " + latin1Literal(name) + ", " + latin1Literal(value) + ",\n";
    return list + indent + ']';
}

QByteArray bufferOf(const BodyPiece &piece)
{
    if (!piece.filePath.isEmpty())
        return "fs.readFileSync(" + javaScriptLiteral(piece.filePath.toUtf8()) + ')';
    if (isUtf8(piece.octets))
        return "Buffer.from(" + javaScriptLiteral(piece.octets) + ')';
    return "Buffer.from('" + piece.octets.toBase64() + "', 'base64')";
}

// What Node's http does in its own way.
QByteArray commentsOf(const Request &request)
{
    QByteArray comments;
    if (request.field("Connection").isNull())
        comments += "// Node adds a Connection header.\n";
    const bool isBodiless = request.bodyKind == Request::BodyKind::None;
    static const QList<QByteArray> bodiless { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE",
        "CONNECT" };
    if (isBodiless && !bodiless.contains(request.method.toUpper())
        && request.field("Content-Length").isNull() && !request.isChunked())
        comments += "// Node adds Transfer-Encoding: chunked to a request that says nothing of its "
                    "body.\n";
    if (request.isHttp10)
        comments += "// Node says HTTP/1.1.\n";
    if (request.method != request.method.toUpper())
        comments += "// Node sends the method in upper case.\n";
    return comments;
}

QByteArray endOf(const Request &request)
{
    QByteArray code;
    if (!request.trailers.isEmpty()) {
        code += "request.addTrailers([\n";
        for (const auto &[name, value] : request.trailers)
            code += "  [" + latin1Literal(name) + ", " + latin1Literal(value) + "],\n";
        code += "]);\n";
    }
    const QList<BodyPiece> pieces = piecesOf(request);
    if (pieces.isEmpty())
        return code + "request.end();\n";
    if (request.bodyKind == Request::BodyKind::File)
        return code + "fs.createReadStream(" + javaScriptLiteral(request.filePath.toUtf8())
            + ").pipe(request);\n";
    if (pieces.size() == 1)
        return code + "request.end(" + bufferOf(pieces.first()) + ");\n";
    for (const BodyPiece &piece : pieces)
        code += "request.write(" + bufferOf(piece) + ");\n";
    return code + "request.end();\n";
}

} // namespace

QByteArray writeNode(const Request &request)
{
    const QList<BodyPiece> pieces = piecesOf(request);
    const bool hasFile = std::any_of(pieces.cbegin(), pieces.cend(),
        [](const BodyPiece &piece) { return !piece.filePath.isEmpty(); });
    const QByteArray module = request.isSecure() ? "https" : "http";
    QByteArray code = commentsOf(request);
    code += "const " + module + " = require('node:" + module + "');\n";
    if (hasFile)
        code += "const fs = require('node:fs');\n";
    code += "\nconst request = " + module
        + ".request({\n  host: " + javaScriptLiteral(connectHost(request).toUtf8())
        + ",\n  port: " + QByteArray::number(connectPort(request)) + ",\n";
    if (request.isSecure() && !request.connectTo.isEmpty())
        code += "  servername: " + javaScriptLiteral(request.host().toUtf8()) + ",\n";
    if (!request.verifiesCertificates)
        code += "  rejectUnauthorized: false,\n";
    if (request.timeout && request.timeout->count() > 0)
        code += "  timeout: " + QByteArray::number(qint64(request.timeout->count())) + ",\n";
    code += "  method: " + latin1Literal(request.method) + ",\n  path: "
        + latin1Literal(request.wireTarget()) + ",\n  headers: " + listOf(request.fields, "  ")
        + ",\n}, (response) => {\n"
          "  console.log(response.statusCode, response.statusMessage);\n"
          "  response.pipe(process.stdout);\n});\n";
    if (request.timeout && request.timeout->count() > 0)
        code += "request.on('timeout', () => request.destroy(new Error('timeout')));\n";
    code += "request.on('error', (error) => {\n  console.error(error.message);\n  process.exitCode "
            "= 1;\n});\n";
    return code + endOf(request);
}

} // namespace headrace::formats
