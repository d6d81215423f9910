#pragma once

#include <QByteArrayView>

namespace headrace::proxy {

/// What a client begins to speak in a tunnel.
enum class Spoken
{
    NeedMore,
    Tls,
    Http,
    Other
};

/// \a octets: all that came so far. Settled after 16 KiB at the latest.
Spoken sniff(QByteArrayView octets);

} // namespace headrace::proxy
