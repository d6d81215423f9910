#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::tls {

/// Whether octets wait in \a device that close() would still send.
bool isSending(const QIODevice *device);

/** Closes \a device when all that was written is sent, or TlsSocket::FarewellTime has passed; aborts it then. It is
    deleted once it is closed, unless its parent does so earlier. */
void sayFarewell(QIODevice *device);

} // namespace headrace::tls
