#include "curl/curlurl.h"

#include <QUrl>

#include <algorithm>

namespace headrace::formats::curl {

namespace {

QString shown(const QByteArray &octets)
{
    constexpr qsizetype longest = 200;
    const QString text = QString::fromUtf8(octets.first(qMin(octets.size(), longest)));
    return octets.size() > longest ? text + QChar(0x2026) : text;
}

bool isSchemeCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+'
        || c == '-' || c == '.';
}

bool isBadInUrl(char c) { return uchar(c) <= 0x20 || c == 0x7f; }

/// Where "scheme:/" ends, one to three slashes counted; 0 without.
qsizetype schemeLength(const QByteArray &text, QByteArray *scheme)
{
    qsizetype end = 0;
    while (end < text.size() && isSchemeCharacter(text[end]))
        ++end;
    if (end == 0 || text.mid(end, 2) != ":/")
        return 0;
    *scheme = text.first(end).toLower();
    ++end;
    for (int slashes = 0; slashes < 3 && end < text.size() && text[end] == '/'; ++slashes)
        ++end;
    return end;
}

/// What curl takes a URL without scheme for, by the host's first label.
QByteArray guessedScheme(const QByteArray &text)
{
    const QByteArray lower = text.left(8).toLower();
    for (const char *scheme : { "ftp", "dict", "ldap", "imap", "smtp", "pop3" }) {
        if (lower.startsWith(QByteArray(scheme) + '.'))
            return scheme;
    }
    return "http";
}

// RFC 3986 section 5.2.4.
QByteArray withoutDotSegments(const QByteArray &path)
{
    QList<QByteArray> kept;
    const QList<QByteArray> segments = path.split('/');
    for (qsizetype i = 1; i < segments.size(); ++i) {
        const QByteArray &segment = segments[i];
        const bool isLast = i == segments.size() - 1;
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
        } else if (segment != ".") {
            kept.append(segment);
            continue;
        }
        if (isLast)
            kept.append(QByteArray());
    }
    return '/' + kept.join('/');
}

QByteArray encodedAboveAscii(const QByteArray &path)
{
    QByteArray encoded;
    for (const char c : path) {
        if (uchar(c) >= 0x80)
            encoded += '%' + QByteArray::number(uchar(c), 16);
        else
            encoded += c;
    }
    return encoded;
}

/// An address in brackets, or a name without what curl refuses in one.
bool isHost(const QByteArray &host)
{
    if (host.startsWith('['))
        return host.size() > 2 && host.indexOf(']') == host.size() - 1
            && host.lastIndexOf('[') == 0;
    return !host.isEmpty() && std::none_of(host.cbegin(), host.cend(), [](char c) {
        return QByteArrayView(":#?!@{}[]\\$'\"^`*<>=;,+&()").contains(c);
    });
}

/// Host and port. False: they are none.
bool takeAuthority(const QByteArray &text, CurlUrl &url)
{
    const qsizetype colon = text.lastIndexOf(':');
    const bool hasPort = colon >= 0 && colon > text.lastIndexOf(']');
    url.host = hasPort ? text.first(colon) : text;
    QByteArray port = hasPort ? text.sliced(colon + 1) : QByteArray();
    while (port.size() > 1 && port.startsWith('0'))
        port.remove(0, 1);
    bool isNumber = true;
    const int number = port.isEmpty() ? 1 : port.toInt(&isNumber);
    if (!isNumber || number < 1 || number > 65535 || !isHost(url.host))
        return false;
    url.port = port == (url.scheme == "https" ? "443" : "80") ? QByteArray() : port;
    const bool isAscii
        = std::all_of(url.host.cbegin(), url.host.cend(), [](char c) { return uchar(c) < 0x80; });
    if (!isAscii)
        url.host = QUrl::toAce(QString::fromUtf8(url.host));
    return !url.host.isEmpty();
}

} // namespace

QByteArray CurlUrl::authority() const { return port.isEmpty() ? host : host + ':' + port; }

QByteArray CurlUrl::url() const
{
    return scheme + "://" + authority() + path + (hasQuery ? '?' + query : QByteArray());
}

bool CurlUrl::appendQuery(const QByteArray &data)
{
    const QByteArray more = data.first(data.indexOf('#') < 0 ? data.size() : data.indexOf('#'));
    if (std::any_of(more.cbegin(), more.cend(), isBadInUrl))
        return false;
    if (more.isEmpty())
        return true;
    if (!query.isEmpty() && !query.endsWith('&'))
        query += '&';
    query += more;
    hasQuery = true;
    return true;
}

std::optional<CurlUrl> parseCurlUrl(
    const QByteArray &text, const QByteArray &defaultScheme, bool isPathAsIs, QString *problem)
{
    const auto refuse = [problem](const QString &why) {
        *problem = why;
        return std::nullopt;
    };
    if (std::any_of(text.cbegin(), text.cend(), isBadInUrl))
        return refuse(QStringLiteral(
            "The URL \"%1\" has a blank or a control character; write it as %20 or its like.")
                          .arg(shown(text)));
    CurlUrl url;
    const qsizetype begin = schemeLength(text, &url.scheme);
    if (url.scheme.isEmpty())
        url.scheme = defaultScheme.isEmpty() ? guessedScheme(text) : defaultScheme.toLower();
    if (url.scheme != "http" && url.scheme != "https")
        return refuse(QStringLiteral("\"%1\" is no http or https URL.").arg(shown(text)));

    QByteArray rest = text.sliced(begin);
    rest.truncate(rest.indexOf('#') < 0 ? rest.size() : rest.indexOf('#'));
    const auto authorityEnd
        = std::find_if(rest.cbegin(), rest.cend(), [](char c) { return c == '/' || c == '?'; });
    QByteArray authority = rest.first(authorityEnd - rest.cbegin());
    const QByteArray target = rest.sliced(authority.size());
    if (const qsizetype at = authority.lastIndexOf('@'); at >= 0) {
        url.credentials = QByteArray::fromPercentEncoding(authority.first(at));
        if (!url.credentials->contains(':'))
            *url.credentials += ':';
        authority = authority.sliced(at + 1);
    }
    if (!takeAuthority(authority, url))
        return refuse(QStringLiteral("The URL \"%1\" names no host, or no port from 1 to 65535.")
                          .arg(shown(text)));

    const qsizetype mark = target.indexOf('?');
    url.hasQuery = mark >= 0;
    url.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    url.path = encodedAboveAscii(mark < 0 ? target : target.first(mark));
    if (url.path.isEmpty())
        url.path = "/";
    if (!isPathAsIs)
        url.path = withoutDotSegments(url.path);
    return url;
}

} // namespace headrace::formats::curl
