#include "client/sniff.h"

#include <tls/clienthello.h>

#include <algorithm>

namespace headrace::proxy {

namespace {

constexpr qsizetype longestMethod = 32;
constexpr qsizetype longestLine = 16 * 1024;

bool isMethodOctet(char octet)
{
    return (octet >= 'A' && octet <= 'Z') || octet == '-' || octet == '_';
}

/// A request line of HTTP/1. RFC 9112 section 3.
Spoken sniffHttp(QByteArrayView octets)
{
    const auto *const end = std::find_if_not(octets.begin(), octets.end(), isMethodOctet);
    const qsizetype length = end - octets.begin();
    if (length > longestMethod)
        return Spoken::Other;
    if (end == octets.end())
        return Spoken::NeedMore;
    if (length == 0 || *end != ' ')
        return Spoken::Other;
    const qsizetype lineEnd = octets.indexOf('\n');
    if (lineEnd < 0)
        return octets.size() < longestLine ? Spoken::NeedMore : Spoken::Other;
    const QByteArrayView line = octets.first(lineEnd).trimmed();
    return line.size() > 9 && line.last(9).first(8) == QByteArrayView(" HTTP/1.") ? Spoken::Http
                                                                                  : Spoken::Other;
}

} // namespace

Spoken sniff(QByteArrayView octets)
{
    tls::ClientHello hello;
    switch (tls::ClientHello::parse(octets, &hello)) {
    case tls::ClientHello::Result::NeedMore:
        return Spoken::NeedMore;
    case tls::ClientHello::Result::Hello:
        return Spoken::Tls;
    case tls::ClientHello::Result::NotTls:
        break;
    }
    return sniffHttp(octets);
}

} // namespace headrace::proxy
