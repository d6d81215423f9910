#include "hostname_p.h"

#include <QUrl>

#include <arpa/inet.h>

#include <algorithm>

namespace headrace::tls {

namespace {

constexpr qsizetype mostOctets = 253;
constexpr qsizetype mostOctetsOfLabel = 63;

bool isLabel(QByteArrayView label)
{
    const auto isGood = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !label.isEmpty() && label.size() <= mostOctetsOfLabel && label.front() != '-'
        && label.back() != '-' && std::all_of(label.begin(), label.end(), isGood);
}

bool isName(const QByteArray &name)
{
    if (name.isEmpty() || name.size() > mostOctets)
        return false;
    const QList<QByteArray> labels = name.split('.');
    return std::all_of(
        labels.cbegin(), labels.cend(), [](const QByteArray &l) { return isLabel(l); });
}

std::optional<HostName> readAddress(const QByteArray &text)
{
    for (const int family : { AF_INET, AF_INET6 }) {
        QByteArray octets(family == AF_INET ? 4 : 16, '\0');
        if (inet_pton(family, text.constData(), octets.data()) == 1)
            return HostName { true, octets };
    }
    return {};
}

} // namespace

std::optional<HostName> readHostName(const QString &text)
{
    QString bare = text;
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.sliced(1, bare.size() - 2);
    if (auto address = readAddress(bare.section(u'%', 0, 0).toLatin1()))
        return address;
    if (bare.endsWith(u'.'))
        bare.chop(1); // of the root
    const bool isWildcard = bare.startsWith(u"*.");
    const QByteArray name = QUrl::toAce(isWildcard ? bare.sliced(2) : bare).toLower();
    if (!isName(name))
        return {};
    return HostName { false, isWildcard ? "*." + name : name };
}

} // namespace headrace::tls
