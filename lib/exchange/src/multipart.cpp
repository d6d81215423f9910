#include "exchange/multipart.h"

#include "exchange/formfields.h"
#include "exchange/matchscan.h"

#include <QCoreApplication>

#include <algorithm>

namespace headrace::exchange {

namespace {

constexpr qint64 pieceOctets = 256 * 1024;
constexpr qint64 mostHeadOctets = 64 * 1024;
constexpr qsizetype mostParts = 10'000;
constexpr qsizetype mostBoundary = 200; // 70 are allowed

QString sentence(const char *text) { return QCoreApplication::translate("Multipart", text); }

bool isBlank(char octet) { return octet == ' ' || octet == '\t'; }

/// The value of a parameter of a field, without quotes and their escapes; null if it is not there.
QByteArray parameterOf(QByteArrayView field, QByteArrayView wanted)
{
    qsizetype at = field.indexOf(';');
    while (at >= 0 && at < field.size()) {
        ++at;
        while (at < field.size() && isBlank(field[at]))
            ++at;
        const qsizetype nameBegin = at;
        while (at < field.size() && field[at] != '=' && field[at] != ';')
            ++at;
        const QByteArrayView name = field.sliced(nameBegin, at - nameBegin).trimmed();
        QByteArray value("");
        if (at < field.size() && field[at] == '=') {
            ++at;
            while (at < field.size() && isBlank(field[at]))
                ++at;
            if (at < field.size() && field[at] == '"') {
                for (++at; at < field.size() && field[at] != '"'; ++at) {
                    // Browsers escape quotes only; a backslash of a Windows path stays.
                    if (field[at] == '\\' && at + 1 < field.size()
                        && (field[at + 1] == '"' || field[at + 1] == '\\'))
                        ++at;
                    value += field[at];
                }
                at = std::max(at, field.indexOf(';', at));
                if (at < field.size() && field[at] != ';')
                    at = field.size();
            } else {
                const qsizetype end = field.indexOf(';', at);
                value
                    = field.sliced(at, (end < 0 ? field.size() : end) - at).trimmed().toByteArray();
                if (value.isNull())
                    value = "";
                at = end < 0 ? field.size() : end;
            }
        }
        if (name.compare(wanted, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

/// RFC 8187: charset'language'escaped; the charset is UTF-8 or taken for it.
QByteArray extendedValue(const QByteArray &value)
{
    const qsizetype second = value.indexOf('\'', value.indexOf('\'') + 1);
    QByteArray escaped = value.mid(second + 1);
    escaped.replace('+', "%2B"); // no form
    return formDecoded(escaped);
}

/// A line with a boundary, and what begins behind it.
struct Delimiter
{
    qint64 begin = 0; ///< Of the line end before it, which belongs to it.
    qint64 end = 0; ///< Behind its own line end.
    bool isLast = false;
};

/// All lines of \a body that begin with the boundary.
QList<Delimiter> delimitersOf(
    const OctetSource &body, const QByteArray &boundary, const std::atomic_bool *isCanceled)
{
    MatchScan scan({ "--" + boundary, false, true });
    QList<Delimiter> result;
    for (qint64 at = 0; at < body.size() && !(isCanceled && *isCanceled);) {
        const QByteArray piece = body.read(at, pieceOctets);
        if (piece.isEmpty())
            break;
        QList<OctetSpan> found;
        scan.feed(piece, &found);
        at += piece.size();
        for (const OctetSpan &match : found) {
            const QByteArray before
                = body.read(std::max<qint64>(0, match.begin - 2), std::min<qint64>(2, match.begin));
            if (match.begin > 0 && !before.endsWith('\n'))
                continue; // within a line
            // RFC 2046: blanks may follow.
            const QByteArray after = body.read(match.end, 256);
            const bool isLast = after.startsWith("--");
            qsizetype end = isLast ? 2 : 0;
            while (end < after.size() && isBlank(after[end]))
                ++end;
            const QByteArrayView rest = QByteArrayView(after).sliced(end);
            const int lineEnd = rest.startsWith("\r\n") ? 2 : rest.startsWith('\n') ? 1 : 0;
            if (lineEnd == 0 && !rest.isEmpty() && !isLast)
                continue; // it is the begin of a longer line
            const qint64 back = match.begin == 0 ? 0 : before == "\r\n" ? 2 : 1;
            result.append({ match.begin - back, match.end + end + lineEnd, isLast });
            if (isLast || result.size() > mostParts)
                return result;
        }
    }
    return result;
}

void readHead(const QByteArray &head, BodyPart *part)
{
    for (QByteArray line : head.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.isEmpty())
            continue;
        if (isBlank(line.front()) && !part->fields.isEmpty()) { // folded
            part->fields.last().second += ' ' + line.trimmed();
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        part->fields.emplaceBack((colon < 0 ? line : line.left(colon)).trimmed(),
            colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed());
    }
    const QByteArray disposition = part->field("Content-Disposition");
    part->name = parameterOf(disposition, "name");
    const QByteArray extended = parameterOf(disposition, "filename*");
    part->fileName
        = extended.isNull() ? parameterOf(disposition, "filename") : extendedValue(extended);
    part->contentType = part->field("Content-Type");
}

/// Where the head of a part ends; as far as the part goes if it does not.
BodyPart partOf(const OctetSource &body, qint64 begin, qint64 end, QString *error)
{
    BodyPart part;
    const QByteArray start = body.read(begin, std::min(end - begin, mostHeadOctets));
    qsizetype headEnd = -1;
    qsizetype bodyBegin = 0;
    if (start.startsWith("\r\n") || start.startsWith('\n')) {
        headEnd = 0;
        bodyBegin = start.startsWith('\n') ? 1 : 2;
    } else {
        const qsizetype crlf = start.indexOf("\r\n\r\n");
        const qsizetype lf = start.indexOf("\n\n");
        const bool isLf = lf >= 0 && (crlf < 0 || lf < crlf);
        headEnd = isLf ? lf : crlf;
        bodyBegin = headEnd + (isLf ? 2 : 4);
    }
    if (headEnd < 0) {
        if (error->isEmpty())
            *error = sentence("A part has no empty line behind its head.");
        headEnd = start.size();
        bodyBegin = start.size();
    }
    readHead(start.first(headEnd), &part);
    part.body = { std::min(begin + bodyBegin, end), end };
    return part;
}

} // namespace

QByteArray BodyPart::field(QByteArrayView name) const
{
    for (const auto &[key, value] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value.isNull() ? QByteArray("") : value;
    }
    return {};
}

QByteArray multipartBoundary(QByteArrayView contentType)
{
    return parameterOf(contentType, "boundary");
}

Multipart multipartOf(
    const OctetSource &body, QByteArrayView contentType, const std::atomic_bool *isCanceled)
{
    Multipart result;
    result.boundary = multipartBoundary(contentType);
    if (result.boundary.isEmpty()) {
        const QByteArray start = body.read(0, mostBoundary);
        const qsizetype lineEnd = start.indexOf('\n');
        if (!start.startsWith("--") || lineEnd < 0) {
            result.error = sentence("The type names no boundary, and the body begins with none.");
            return result;
        }
        result.boundary = start.mid(2, lineEnd - 2).trimmed();
        result.error
            = sentence("The type names no boundary; it is taken from the first line of the body.");
    }
    const QList<Delimiter> delimiters = delimitersOf(body, result.boundary, isCanceled);
    if (delimiters.isEmpty()) {
        result.error = sentence("The boundary that the type names is not in the body.");
        return result;
    }
    result.preamble = { 0, delimiters.constFirst().begin };
    for (qsizetype i = 0; i < delimiters.size() && !delimiters.at(i).isLast; ++i) {
        if (result.parts.size() == mostParts) {
            result.error = sentence("There are more than 10,000 parts; the others are left out.");
            break;
        }
        const bool isOpen = i + 1 == delimiters.size();
        if (isOpen && result.error.isEmpty())
            result.error = sentence("The body ends without its last boundary.");
        const qint64 begin = delimiters.at(i).end;
        const qint64 end = isOpen ? body.size() : delimiters.at(i + 1).begin;
        result.parts.append(partOf(body, begin, std::max(begin, end), &result.error));
    }
    return result;
}

} // namespace headrace::exchange
