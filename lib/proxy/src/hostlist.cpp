#include "proxy/hostlist.h"

#include <QUrl>

#include <algorithm>

namespace headrace::proxy {

namespace {

constexpr int bitsOfIPv4 = 32;
constexpr int bitsOfIPv6 = 128;

/// An address as all sockets that come from it write it.
QHostAddress readAddress(const QString &text)
{
    // Qt takes "1" and "127.1" for addresses, too; in a list of hosts they are names.
    const bool isIPv4 = text.count(u'.') == 3 && text.back().isDigit();
    if (!isIPv4 && !text.contains(u':'))
        return {};
    QHostAddress address(text);
    address.setScopeId({});
    bool isMapped = false;
    const quint32 mapped = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(mapped) : address;
}

/// In ASCII and lower case, without the root's dot.
QByteArray nameOf(QString text)
{
    if (text.endsWith(u'.'))
        text.chop(1);
    const QByteArray name = QUrl::toAce(text);
    return (name.isEmpty() ? text.toUtf8() : name).toLower();
}

bool isName(const QByteArray &name)
{
    const auto isGood = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    return !name.isEmpty() && !name.startsWith('.') && !name.contains("..")
        && std::all_of(name.begin(), name.end(), isGood);
}

/// Takes ":8443" off the end of \a text. False: what stands there is no port.
bool takePort(QString *text, quint16 *port)
{
    const qsizetype colon = text->lastIndexOf(u':');
    const bool isIPv6 = !text->startsWith(u'[') && text->count(u':') > 1;
    if (colon < 0 || isIPv6 || text->endsWith(u']'))
        return true;
    bool isNumber = false;
    const uint number = QStringView(*text).sliced(colon + 1).toUInt(&isNumber);
    if (!isNumber || number == 0 || number > 65535)
        return false;
    *port = quint16(number);
    text->truncate(colon);
    return true;
}

QString withoutBrackets(const QString &text)
{
    return text.startsWith(u'[') && text.endsWith(u']') ? text.sliced(1, text.size() - 2) : text;
}

} // namespace

HostList::HostList(const QStringList &patterns)
{
    for (const QString &pattern : patterns) {
        if (auto entry = read(pattern))
            m_entries += *std::move(entry);
    }
}

QString HostList::problemOf(const QString &pattern)
{
    if (read(pattern))
        return {};
    return QStringLiteral("\"%1\" is no host: it has to be a name, *.name, an address, a network "
                          "(10.0.0.0/8) or *, with :port if only that one is meant.")
        .arg(pattern.left(300));
}

std::optional<HostList::Entry> HostList::read(const QString &pattern)
{
    Entry entry;
    entry.text = pattern.trimmed();
    QString host = entry.text;
    if (host.isEmpty() || !takePort(&host, &entry.port))
        return {};
    if (host == u"*")
        return entry;
    host = withoutBrackets(host);
    const qsizetype slash = host.indexOf(u'/');
    entry.address = readAddress(host.left(slash < 0 ? host.size() : slash));
    if (!entry.address.isNull()) {
        const bool isIPv4 = entry.address.protocol() == QAbstractSocket::IPv4Protocol;
        const int bits = isIPv4 ? bitsOfIPv4 : bitsOfIPv6;
        bool isNumber = true;
        entry.kind = Kind::Subnet;
        entry.prefix = slash < 0 ? bits : host.sliced(slash + 1).toInt(&isNumber);
        const bool isRight = isNumber && entry.prefix >= 0 && entry.prefix <= bits;
        return isRight ? std::optional(entry) : std::nullopt;
    }
    entry.kind = Kind::Name;
    if (host.startsWith(u"*."))
        entry.kind = Kind::Below;
    else if (host.startsWith(u'.'))
        entry.kind = Kind::NameAndBelow;
    const qsizetype begin = host.indexOf(u'.') + 1;
    const QByteArray name = nameOf(entry.kind == Kind::Name ? host : host.sliced(begin));
    if (!isName(name))
        return {};
    entry.name = entry.kind == Kind::Name ? name : '.' + name;
    return entry;
}

QString HostList::match(const QString &host, quint16 port) const
{
    if (m_entries.isEmpty() || host.isEmpty())
        return {};
    const QHostAddress address = readAddress(withoutBrackets(host));
    const QByteArray name = address.isNull() ? nameOf(host) : QByteArray();
    const auto takes = [&](const Entry &entry) {
        if (entry.port != 0 && entry.port != port)
            return false;
        switch (entry.kind) {
        case Kind::All:
            return true;
        case Kind::Name:
            return name == entry.name;
        case Kind::Below:
            return name.size() > entry.name.size() && name.endsWith(entry.name);
        case Kind::NameAndBelow:
            return name.endsWith(entry.name) || QByteArrayView(entry.name).sliced(1) == name;
        case Kind::Subnet:
            return !address.isNull() && address.protocol() == entry.address.protocol()
                && address.isInSubnet(entry.address, entry.prefix);
        }
        return false;
    };
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), takes);
    return found == m_entries.end() ? QString() : found->text;
}

} // namespace headrace::proxy
