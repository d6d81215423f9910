#pragma once

#include "openssl_p.h"

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::tls {

/** OpenSSL's view of a device: reads what lies there and writes into its buffer, nothing else. That there is no more
    is not told: OpenSSL would answer with an alert. \a device is borrowed, and outlives all reads and writes.
    Null: see opensslError(). */
BioPointer makeDeviceBio(QIODevice *device);

} // namespace headrace::tls
