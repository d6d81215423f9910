#include "code/literals.h"
#include "code/writers.h"

#include <algorithm>

namespace headrace::formats {

namespace {

// Names that urllib3 adds by itself, unless they are skipped.
QList<QByteArray> skippedNames(const Request &request)
{
    QList<QByteArray> names;
    for (const char *name : { "Host", "Accept-Encoding", "User-Agent" }) {
        if (request.field(name).isNull())
            names.append(name);
    }
    return names;
}

// Source: urllib3, _encode_target(); RFC 3986 section 3.3.
bool isLeftAlone(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("-._~!$&'()*+,;=:@/?%").contains(c);
}

QByteArray commentsOf(const Request &request)
{
    QByteArray comments;
    if (const QList<QByteArray> repeated = repeatedNames(request.fields); !repeated.isEmpty())
        comments
            += "# requests sends a name once; joined to one line: " + repeated.join(", ") + ".\n";
    const QByteArray target = request.wireTarget();
    if (!std::all_of(target.cbegin(), target.cend(), isLeftAlone))
        comments += "# requests encodes some characters of the URL.\n";
    if (!request.target.isEmpty())
        comments += "# requests cannot send the request target " + request.target + ".\n";
    if (request.isSecure() && !request.connectTo.isEmpty())
        comments += "# requests connects to the host of the URL, not to "
            + request.connectTo.toUtf8() + ".\n";
    if (request.isHttp10)
        comments += "# requests says HTTP/1.1.\n";
    if (!request.trailers.isEmpty())
        comments += "# requests sends no trailers: they are left out.\n";
    static const QList<QByteArray> framed { "PATCH", "POST", "PUT" };
    if (request.bodyKind == Request::BodyKind::None && framed.contains(request.method)
        && request.field("Content-Length").isNull())
        comments += "# requests adds Content-Length: 0.\n";
    return comments;
}

QByteArray headersOf(const Request &request)
{
    exchange::FieldList joined;
    for (const auto &[name, value] : request.fields) {
        const auto known = std::find_if(joined.begin(), joined.end(),
            [&name = name](const auto &field) { return isFieldNamed(field.first, name); });
        if (known == joined.end())
            joined.append({ name, value });
        else
            known->second += (isFieldNamed(name, "Cookie") ? "; " : ", ") + value;
    }
    QByteArray code = "request.headers = requests.structures.CaseInsensitiveDict([\n";
    for (const auto &[name, value] : joined)
        code += "    (" + latin1Literal(name) + ", " + latin1Literal(value) + "),\n";
    for (const QByteArray &name : skippedNames(request))
        code += "    (" + latin1Literal(name) + ", SKIP_HEADER),\n";
    return code + "])\n";
}

QByteArray pieceOf(const BodyPiece &piece)
{
    return piece.filePath.isEmpty()
        ? pythonBytes(piece.octets)
        : "open(" + pythonLiteral(piece.filePath.toUtf8()) + ", 'rb').read()";
}

QByteArray bodyOf(const Request &request)
{
    const QList<BodyPiece> pieces = piecesOf(request);
    if (pieces.isEmpty())
        return {};
    if (request.bodyKind == Request::BodyKind::File && !request.isChunked())
        return "request.body = open(" + pythonLiteral(request.filePath.toUtf8()) + ", 'rb')\n";
    QByteArray code = "request.body = ";
    if (pieces.size() == 1)
        code += request.isChunked() ? '[' + pieceOf(pieces.first()) + ']' : pieceOf(pieces.first());
    else {
        code += request.isChunked() ? "[\n" : "b''.join([\n";
        for (const BodyPiece &piece : pieces)
            code += "    " + pieceOf(piece) + ",\n";
        code += request.isChunked() ? "]" : "])";
    }
    return code + "\n";
}

QByteArray urlOf(const Request &request)
{
    if (request.connectTo.isEmpty() || request.isSecure())
        return request.url.toUtf8();
    Request place = request;
    place.target.clear();
    return "http://" + request.connectTo.toUtf8() + place.wireTarget();
}

} // namespace

QByteArray writePython(const Request &request)
{
    const QByteArray url = pythonLiteral(urlOf(request));
    QByteArray code = commentsOf(request) + "import requests\n";
    if (!skippedNames(request).isEmpty())
        code += "from urllib3.util import SKIP_HEADER\n";
    code += "\nrequest = requests.PreparedRequest()\nrequest.method = "
        + latin1Literal(request.method) + "\nrequest.url = " + url + '\n' + headersOf(request)
        + bodyOf(request)
        + "\nsession = requests.Session()\nsession.trust_env = False\n"
          "response = session.send(request, allow_redirects="
        + (request.followsRedirects ? "True" : "False");
    if (!request.verifiesCertificates)
        code += ", verify=False";
    if (request.timeout && request.timeout->count() > 0)
        code += ", timeout=" + QByteArray::number(double(request.timeout->count()) / 1000.0);
    return code + ")\nprint(response.status_code, response.reason)\nprint(response.text)\n";
}

} // namespace headrace::formats
