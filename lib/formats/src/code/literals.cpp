#include "code/literals.h"

#include <algorithm>

namespace headrace::formats {

namespace {

QByteArray hexEscape(char c)
{
    return "\\x" + QByteArray::number(uchar(c), 16).rightJustified(2, '0');
}

QByteArray octalEscape(char c) // always three digits: one may follow
{
    return '\\' + QByteArray::number(uchar(c), 8).rightJustified(3, '0');
}

/// What stands between quotes. \a escape: what is made of control characters that have no letter, and from
/// \a highFrom on.
QByteArray quoted(const QByteArray &octets, char quote, uint highFrom, QByteArray (*escape)(char))
{
    QByteArray text(1, quote);
    for (const char c : octets) {
        if (c == quote || c == '\\')
            text += QByteArray("\\") + c;
        else if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else if (c == '\t')
            text += "\\t";
        else if (uchar(c) < 0x20 || c == 0x7f || uchar(c) >= highFrom)
            text += escape(c);
        else
            text += c;
    }
    return text + quote;
}

constexpr uint High = 0x80; // above ASCII
constexpr uint Never = 0x100;

/// A request to the place that is connected to, to have its host and port.
Request placeOf(const Request &request)
{
    Request place = request;
    if (!request.connectTo.isEmpty())
        place.url
            = QLatin1String(request.isSecure() ? "https://" : "http://") + request.connectTo + u'/';
    return place;
}

} // namespace

QByteArray cppLiteral(const QByteArray &octets) { return quoted(octets, '"', High, octalEscape); }

// U+2028 and U+2029 may stand in strings since ECMAScript 2019.
QByteArray javaScriptLiteral(const QByteArray &utf8)
{
    return quoted(utf8, '\'', Never, hexEscape);
}

QByteArray latin1Literal(const QByteArray &octets) { return quoted(octets, '\'', High, hexEscape); }

QByteArray pythonBytes(const QByteArray &octets)
{
    return 'b' + quoted(octets, '\'', High, hexEscape);
}

QByteArray pythonLiteral(const QByteArray &utf8) { return quoted(utf8, '\'', Never, hexEscape); }

bool isUtf8(const QByteArray &octets) { return QString::fromUtf8(octets).toUtf8() == octets; }

QList<BodyPiece> piecesOf(const Request &request)
{
    switch (request.bodyKind) {
    case Request::BodyKind::None:
        break;
    case Request::BodyKind::Octets:
        return { { request.body, {} } };
    case Request::BodyKind::File:
        return { { {}, request.filePath } };
    case Request::BodyKind::Form:
        return encodeForm(request.parts, request.boundary);
    }
    return {};
}

QList<QByteArray> repeatedNames(const exchange::FieldList &fields)
{
    QList<QByteArray> repeated;
    for (const auto &[name, value] : fields) {
        const auto isSame
            = [&name = name](const auto &field) { return isFieldNamed(field.first, name); };
        const auto first = std::find_if(fields.cbegin(), fields.cend(), isSame);
        if (std::count_if(fields.cbegin(), fields.cend(), isSame) > 1
            && !repeated.contains(first->first))
            repeated.append(first->first);
    }
    return repeated;
}

bool isFieldNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

QString connectHost(const Request &request) { return placeOf(request).host(); }

int connectPort(const Request &request) { return placeOf(request).port(); }

} // namespace headrace::formats
