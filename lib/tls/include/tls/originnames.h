#pragma once

#include "tls/certificateauthority.h"

namespace headrace::tls {

/// Names of one certificate; more are left out. Real ones have at most some hundred, and clients look for one.
constexpr qsizetype MostLeafNames = 100;

/** What a leaf needs to look as the origin's: \a host, which was asked for, then the names and addresses of
    \a certificate (DER), each once; those that no certificate of ours can be for are left out. Without alternative
    names: its common name. A certificate that cannot be read has none. Thread: any.
    Source: RFC 5280 section 4.2.1.6. */
LeafRequest leafRequestFor(const QByteArray &certificate, const QString &host);

} // namespace headrace::tls
