#include "exchange/bodyformat.h"

#include <QList>

#include <algorithm>
#include <array>
#include <optional>

namespace headrace::exchange {

namespace {

constexpr qsizetype sniffedOctets = 1024;

struct KnownType
{
    QByteArrayView type;
    BodyKind kind;
};

constexpr std::array<KnownType, 21> knownTypes { {
    { "application/ecmascript", BodyKind::JavaScript },
    { "application/graphql", BodyKind::Text },
    { "application/javascript", BodyKind::JavaScript },
    { "application/json", BodyKind::Json },
    { "application/jsonl", BodyKind::Text },
    { "application/manifest+json", BodyKind::Json },
    { "application/sql", BodyKind::Text },
    { "application/toml", BodyKind::Text },
    { "application/x-javascript", BodyKind::JavaScript },
    { "application/x-ndjson", BodyKind::Text },
    { "application/x-sh", BodyKind::Text },
    { "application/x-www-form-urlencoded", BodyKind::Text },
    { "application/xml", BodyKind::Xml },
    { "application/yaml", BodyKind::Text },
    { "image/svg+xml", BodyKind::Xml },
    { "text/css", BodyKind::Css },
    { "text/ecmascript", BodyKind::JavaScript },
    { "text/html", BodyKind::Html },
    { "text/javascript", BodyKind::JavaScript },
    { "text/json", BodyKind::Json },
    { "text/xml", BodyKind::Xml },
} };

std::optional<BodyKind> declaredKind(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    const QByteArray type
        = (end < 0 ? contentType : contentType.first(end)).trimmed().toByteArray().toLower();
    for (const KnownType &known : knownTypes) {
        if (type == known.type)
            return known.kind;
    }
    if (type.endsWith("+json"))
        return BodyKind::Json;
    if (type.endsWith("+xml"))
        return BodyKind::Xml;
    if (type.startsWith("image/"))
        return BodyKind::Image;
    if (type.startsWith("text/"))
        return BodyKind::Text;
    return std::nullopt;
}

bool isImage(QByteArrayView body)
{
    const bool isRiff = body.startsWith(QByteArrayView("RIFF")) && body.size() >= 12
        && body.sliced(8, 4) == QByteArrayView("WEBP");
    return isRiff || body.startsWith(QByteArrayView("\x89PNG\r\n\x1a\n"))
        || body.startsWith(QByteArrayView("GIF87a")) || body.startsWith(QByteArrayView("GIF89a"))
        || body.startsWith(QByteArrayView("\xff\xd8\xff"))
        || (body.startsWith(QByteArrayView("BM")) && body.size() >= 14
            && body.sliced(6, 4) == QByteArrayView("\0\0\0\0", 4))
        || body.startsWith(QByteArrayView("\0\0\1\0", 4));
}

bool hasWideMark(QByteArrayView body)
{
    return body.startsWith(QByteArrayView("\xff\xfe"))
        || body.startsWith(QByteArrayView("\xfe\xff"));
}

bool isText(QByteArrayView octets)
{
    return std::none_of(octets.begin(), octets.end(), [](char octet) {
        return uchar(octet) < 0x20 && !QByteArrayView("\t\n\r\f\x1b").contains(octet);
    });
}

bool startsWithWord(QByteArrayView text, QByteArrayView word)
{
    return text.size() >= word.size()
        && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

BodyKind markupKind(QByteArrayView text)
{
    for (const QByteArrayView word : { QByteArrayView("<!doctype html"), QByteArrayView("<html"),
             QByteArrayView("<head"), QByteArrayView("<body"), QByteArrayView("<div"),
             QByteArrayView("<p>"), QByteArrayView("<h1"), QByteArrayView("<table"),
             QByteArrayView("<script"), QByteArrayView("<style"), QByteArrayView("<title") }) {
        if (startsWithWord(text, word))
            return BodyKind::Html;
    }
    const char second = text.size() > 1 ? text[1] : '\0';
    const bool isName
        = (second >= 'a' && second <= 'z') || (second >= 'A' && second <= 'Z') || second == '_';
    return isName || second == '?' || second == '!' ? BodyKind::Xml : BodyKind::Text;
}

// An object or array whose next character may follow it.
bool looksLikeJson(QByteArrayView text)
{
    const char first = text.front();
    if (first != '{' && first != '[')
        return false;
    const QByteArrayView rest = text.sliced(1).trimmed();
    if (rest.isEmpty())
        return true;
    return first == '{' ? QByteArrayView("\"}").contains(rest.front())
                        : QByteArrayView("\"{[]-0123456789tfn").contains(rest.front());
}

BodyKind sniffedKind(QByteArrayView body)
{
    if (isImage(body))
        return BodyKind::Image;
    if (hasWideMark(body))
        return BodyKind::Text;
    QByteArrayView start = body.first(qMin(body.size(), sniffedOctets));
    if (!isText(start))
        return BodyKind::Binary;
    if (start.startsWith(QByteArrayView("\xef\xbb\xbf")))
        start = start.sliced(3);
    start = start.trimmed();
    if (start.isEmpty())
        return BodyKind::Text;
    if (looksLikeJson(start))
        return BodyKind::Json;
    return start.front() == '<' ? markupKind(start) : BodyKind::Text;
}

} // namespace

BodyKind bodyKindOf(QByteArrayView contentType, QByteArrayView body)
{
    if (body.isEmpty())
        return BodyKind::Empty;
    const auto declared = declaredKind(contentType);
    if (!declared)
        return sniffedKind(body);
    const bool isTextual = *declared != BodyKind::Image;
    const bool isWide = hasWideMark(body) || contentType.toByteArray().toLower().contains("utf-16")
        || contentType.toByteArray().toLower().contains("utf-32");
    if (isTextual && !isWide && body.contains('\0'))
        return BodyKind::Binary;
    return *declared;
}

} // namespace headrace::exchange
