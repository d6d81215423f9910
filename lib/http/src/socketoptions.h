#pragma once

#include <QtGlobal>

#include <chrono>

QT_BEGIN_NAMESPACE
class QAbstractSocket;
QT_END_NAMESPACE

namespace headrace::http {

/// Source: reference `socket.setNoDelay`.
void setNoDelay(QAbstractSocket *socket, bool noDelay);

/// Does nothing while it is not connected. \a initialDelay below a second: the system's.
/// Source: reference `socket.setKeepAlive`.
void setKeepAlive(
    const QAbstractSocket *socket, bool enable, std::chrono::milliseconds initialDelay);

} // namespace headrace::http
