#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::proxy {

/// A TCP socket that is closed next sends RST. Nothing happens to other devices.
void resetOnClose(QIODevice *device);

} // namespace headrace::proxy
