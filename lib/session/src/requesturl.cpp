#include "session/requesturl.h"

#include <QUrl>

#include <algorithm>

namespace headrace::session {

namespace {

RequestUrlResult fault(const QString &code, const QString &message)
{
    return { std::nullopt, code, message };
}

RequestUrlResult invalid(const QString &message)
{
    return fault(QStringLiteral("ERR_INVALID_URL"), message);
}

qsizetype indexOfAny(const QString &text, QStringView characters, qsizetype from)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        if (characters.contains(text[i]))
            return i;
    }
    return text.size();
}

bool isDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// host [ ":" port ], RFC 3986 section 3.2. Empty: fine.
QString readAuthority(const QString &text, RequestUrl &url)
{
    const qsizetype bracket = text.lastIndexOf(u']');
    const qsizetype colon = text.indexOf(u':', qMax<qsizetype>(bracket, 0));
    const QString host = colon < 0 ? text : text.first(colon);
    const QString port = colon < 0 ? QString() : text.sliced(colon + 1);
    if (host.isEmpty())
        return QStringLiteral("Name the host behind the scheme: http://host/path.");

    QUrl checked;
    checked.setHost(host, QUrl::StrictMode);
    url.host = checked.host(QUrl::FullyEncoded);
    if (url.host.startsWith(u'['))
        url.host = url.host.sliced(1, url.host.size() - 2);
    if (url.host.isEmpty())
        return QStringLiteral("\"%1\" is no host name and no address.").arg(host);

    if (!port.isEmpty()) {
        const uint number = isDigits(port) && port.size() <= 5 ? port.toUInt() : 0;
        if (number == 0 || number > 65535)
            return QStringLiteral("Choose a port from 1 to 65535; \"%1\" is none.").arg(port);
        url.isDefaultPort = number == url.port;
        url.port = quint16(number);
    }
    return {};
}

} // namespace

QByteArray RequestUrl::authority() const
{
    const QByteArray name = host.contains(u':') ? '[' + host.toLatin1() + ']' : host.toLatin1();
    return isDefaultPort ? name : name + ':' + QByteArray::number(port);
}

RequestUrlResult parseRequestUrl(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return invalid(QStringLiteral("Type a URL: http://host/path."));
    const qsizetype schemeEnd = text.indexOf(QLatin1String("://"));
    if (schemeEnd < 0)
        return invalid(QStringLiteral("Start the URL with http:// or https://."));
    const QString scheme = text.first(schemeEnd).toLower();
    RequestUrl url;
    url.isSecure = scheme == QLatin1String("https");
    if (!url.isSecure && scheme != QLatin1String("http")) {
        return fault(QStringLiteral("ERR_INVALID_PROTOCOL"),
            QStringLiteral("Start the URL with http:// or https://; \"%1\" cannot be sent.")
                .arg(scheme));
    }
    url.port = url.isSecure ? 443 : 80;

    const qsizetype authorityBegin = schemeEnd + 3;
    const qsizetype authorityEnd = indexOfAny(text, u"/?#", authorityBegin);
    QString authority = text.sliced(authorityBegin, authorityEnd - authorityBegin);
    const qsizetype at = authority.lastIndexOf(u'@');
    if (at >= 0) {
        url.credentials = QByteArray::fromPercentEncoding(authority.first(at).toUtf8());
        if (!url.credentials.contains(':'))
            url.credentials += ':';
        authority = authority.sliced(at + 1);
    }
    const QString message = readAuthority(authority, url);
    if (!message.isEmpty())
        return invalid(message);

    const qsizetype targetEnd = indexOfAny(text, u"#", authorityEnd);
    url.target = text.sliced(authorityEnd, targetEnd - authorityEnd).toUtf8();
    if (!url.target.startsWith('/'))
        url.target.prepend('/');
    const auto bad = std::find_if(url.target.cbegin(), url.target.cend(),
        [](char octet) { return uchar(octet) <= 0x20 || octet == 0x7f; });
    if (bad != url.target.cend()) {
        const QString escape
            = QStringLiteral("%%1").arg(uint(uchar(*bad)), 2, 16, QLatin1Char('0')).toUpper();
        return fault(QStringLiteral("ERR_UNESCAPED_CHARACTERS"),
            *bad == ' ' ? QStringLiteral("Write %20 instead of the blank in the path.")
                        : QStringLiteral("Write %1 instead of the control character in the path.")
                              .arg(escape));
    }
    return { url, {}, {} };
}

} // namespace headrace::session
