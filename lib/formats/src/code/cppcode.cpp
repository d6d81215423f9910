#include "code/literals.h"
#include "code/writers.h"

namespace headrace::formats {

namespace {

QByteArray octetsOf(const QByteArray &octets)
{
    const QByteArray literal = cppLiteral(octets);
    return octets.contains('\0')
        ? "QByteArray(" + literal + ", " + QByteArray::number(octets.size()) + ')'
        : literal;
}

QByteArray headersOf(const exchange::FieldList &fields, const QByteArray &indent)
{
    QByteArray list = "{\n";
    for (const auto &[name, value] : fields)
        list += indent + "    { " + cppLiteral(name) + ", " + cppLiteral(value) + " },\n";
    return list + indent + '}';
}

bool hasFile(const Request &request)
{
    if (request.bodyKind == Request::BodyKind::File)
        return true;
    for (const BodyPiece &piece : piecesOf(request)) {
        if (!piece.filePath.isEmpty())
            return true;
    }
    return false;
}

QByteArray optionsOf(const Request &request)
{
    QByteArray code = "    http::RequestOptions options;\n";
    if (request.isSecure())
        code += "    http::TlsAgent agent;\n    options.agent = &agent;\n";
    code += "    options.protocol = " + QByteArray(request.isSecure() ? "\"https:\"" : "\"http:\"")
        + ";\n    options.host = QString::fromUtf8(" + cppLiteral(connectHost(request).toUtf8())
        + ");\n    options.port = " + QByteArray::number(connectPort(request)) + ";\n";
    if (request.isSecure() && !request.connectTo.isEmpty())
        code += "    options.serverName = QString::fromUtf8(" + cppLiteral(request.host().toUtf8())
            + ");\n";
    if (!request.verifiesCertificates)
        code += "    options.rejectUnauthorized = false;\n";
    code += "    options.method = " + cppLiteral(request.method) + ";\n";
    if (request.method != request.method.toUpper())
        code += "    options.keepMethodCase = true;\n";
    code += "    options.path = " + cppLiteral(request.wireTarget()) + ";\n"
        + "    options.rawHeaders = http::HeaderList " + headersOf(request.fields, "    ") + ";\n";
    if (request.isHttp10)
        code += "    options.useHttp10 = true;\n";
    if (request.field("Connection").isNull())
        code += "    options.sendConnection = false;\n";
    if (request.field("Content-Length").isNull() && !request.isChunked())
        code += "    options.sendContentLength = false;\n    options.sendTransferEncoding = "
                "false;\n";
    if (request.timeout && request.timeout->count() > 0)
        code += "    options.timeout = std::chrono::milliseconds("
            + QByteArray::number(qint64(request.timeout->count())) + ");\n";
    return code;
}

// A file that is all of the body is streamed; those within a form are read.
QByteArray endOf(const Request &request)
{
    switch (request.bodyKind) {
    case Request::BodyKind::None:
        return "    request->end();\n";
    case Request::BodyKind::Octets:
        return "    request->end(" + octetsOf(request.body) + ");\n";
    case Request::BodyKind::File:
        return "    auto *file = new QFile(QString::fromUtf8("
            + cppLiteral(request.filePath.toUtf8())
            + "), request);\n    if (!file->open(QIODevice::ReadOnly))\n        return "
              "fail(file->errorString());\n"
              "    request->sendFrom(file);\n";
    case Request::BodyKind::Form:
        break;
    }
    QByteArray code = "    QByteArray body;\n";
    for (const BodyPiece &piece : piecesOf(request)) {
        code += piece.filePath.isEmpty() ? "    body += " + octetsOf(piece.octets) + ";\n"
                                         : "    body += contentOf(QString::fromUtf8("
                + cppLiteral(piece.filePath.toUtf8()) + "));\n";
    }
    return code + "    request->end(body);\n";
}

} // namespace

QByteArray writeCpp(const Request &request)
{
    const bool readsFiles = request.bodyKind == Request::BodyKind::Form && hasFile(request);
    QByteArray code = "// Headrace::Http; the fields are sent as they stand.\n"
                      "#include <http/http.h>\n\n#include <QCoreApplication>\n";
    if (hasFile(request))
        code += "#include <QFile>\n";
    code += "\n#include <cstdio>\n\nusing namespace headrace;\n\n"
            "static int fail(const QString &why)\n{\n"
            "    std::fprintf(stderr, \"%s\\n\", qPrintable(why));\n    return 1;\n}\n\n";
    if (readsFiles)
        code += "static QByteArray contentOf(const QString &path)\n{\n    QFile file(path);\n"
                "    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();\n}\n\n";
    code += "int main(int argc, char **argv)\n{\n    QCoreApplication application(argc, argv);\n"
        + optionsOf(request)
        + "    http::Error error;\n"
          "    http::ClientRequest *request = http::request(options, &error);\n"
          "    if (!request)\n        return fail(error.message);\n\n"
          "    using http::ClientRequest;\n    using http::IncomingMessage;\n"
          "    QObject::connect(request, &ClientRequest::response, [](IncomingMessage *response) "
          "{\n"
          "        std::printf(\"%d %s\\n\", response->statusCode(), "
          "response->statusMessage().constData());\n"
          "        QObject::connect(response, &IncomingMessage::data, [](const QByteArray &octets) "
          "{\n"
          "            std::fwrite(octets.constData(), 1, size_t(octets.size()), stdout);\n        "
          "});\n"
          "        QObject::connect(response, &IncomingMessage::ended, [] { "
          "QCoreApplication::quit(); });\n"
          "    });\n"
          "    QObject::connect(request, &ClientRequest::errorOccurred, [](const http::Error "
          "&error) {\n"
          "        QCoreApplication::exit(fail(error.message));\n    });\n\n";
    if (!request.trailers.isEmpty())
        code += "    if (const http::Error wrong = request->addTrailers("
            + headersOf(request.trailers, "    ") + "))\n        return fail(wrong.message);\n";
    return code + endOf(request) + "    return QCoreApplication::exec();\n}\n";
}

} // namespace headrace::formats
