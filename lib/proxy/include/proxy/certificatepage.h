#pragma once

#include "proxy/transit.h"

#include <QByteArray>
#include <QString>

namespace headrace::tls {
struct Identity;
} // namespace headrace::tls

namespace headrace::proxy {

/// The host whose requests are answered with certificatePage().
inline constexpr QLatin1StringView CertificateHost { "headrace.proxy" };

/** The answer of http://headrace.proxy/: help to trust the authority, and its certificate for download. Nothing on it
    comes from elsewhere, and the key is nowhere. `/` the page, `/ca.pem`, `/ca.cer` (DER), `/ca.mobileconfig` (a profile
    for iOS and macOS); else 404, and 405 for methods other than GET and HEAD, which gets no body.
    \a target: in any form; a query does not matter. \a proxyAddress: "192.168.1.5:8080", as devices are to enter it.
    Thread: any. */
TransitMessage certificatePage(const QByteArray &method, const QByteArray &target,
    const tls::Identity &authority, const QString &proxyAddress);

} // namespace headrace::proxy
