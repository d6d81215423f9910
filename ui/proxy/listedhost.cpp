#include "proxy/listedhost.h"

#include <proxy/hostlist.h>

namespace headrace::ui {

namespace {

constexpr quint16 HttpPort = 80;
constexpr quint16 HttpsPort = 443;

/// "name:port", "[::1]:443", "::1". Source: RFC 3986 section 3.2.
ListedHost fromAuthority(const QString &authority, quint16 usualPort)
{
    ListedHost host { authority, usualPort, {} };
    const qsizetype colon = authority.lastIndexOf(u':');
    const bool isBare = authority.count(u':') > 1 && !authority.startsWith(u'[');
    if (colon > authority.lastIndexOf(u']') && !isBare) {
        host.name = authority.first(colon);
        bool isNumber = false;
        if (const uint port = authority.sliced(colon + 1).toUShort(&isNumber); isNumber)
            host.port = quint16(port);
    }
    if (host.name.startsWith(u'[') && host.name.endsWith(u']'))
        host.name = host.name.sliced(1, host.name.size() - 2);
    host.name = host.name.toLower();
    host.text = host.port == usualPort ? host.name
        : host.name.contains(u':')     ? QStringLiteral("[%1]:%2").arg(host.name).arg(host.port)
                                       : QStringLiteral("%1:%2").arg(host.name).arg(host.port);
    return host;
}

/// What stands for more than one host is none, whoever sent it as one.
bool isOne(const ListedHost &host)
{
    return !host.name.isEmpty() && !host.name.startsWith(u'.') && !host.name.contains(u'*')
        && !host.name.contains(u'/') && proxy::HostList::problemOf(host.text).isEmpty();
}

} // namespace

std::optional<ListedHost> ListedHost::of(const exchange::Summary &summary)
{
    const bool isTunnel = summary.method == u"CONNECT";
    const QString &authority = isTunnel ? summary.target : summary.host;
    const ListedHost host = fromAuthority(
        authority.trimmed(), isTunnel || summary.scheme == u"https" ? HttpsPort : HttpPort);
    return isOne(host) ? std::optional(host) : std::nullopt;
}

QString ListedHost::entryIn(const QStringList &list) const
{
    return proxy::HostList(list).match(name, port);
}

bool ListedHost::isAloneIn(const QString &entry) const
{
    const ListedHost listed = fromAuthority(entry.trimmed(), port);
    return listed.name == name && listed.port == port;
}

QStringList ListedHost::with(const QStringList &list) const
{
    return entryIn(list).isEmpty() ? list + QStringList { text } : list;
}

QStringList ListedHost::without(const QStringList &list) const
{
    QStringList left = list;
    left.removeIf([this](const QString &entry) { return isAloneIn(entry); });
    return left;
}

} // namespace headrace::ui
