#pragma once

#include "http/error.h"

#include <QAbstractSocket>
#include <QLocalSocket>

QT_BEGIN_NAMESPACE
class QSslSocket;
QT_END_NAMESPACE

namespace headrace::http {

/// The error of a failed system call: `read ECONNRESET`. \a what is the call, \a where an address or empty.
Error systemError(int errnoValue, const QString &what, const QString &where = {});

/// The error of a socket that could not connect, or lost its connection.
Error connectError(const QAbstractSocket *socket, QAbstractSocket::SocketError error,
    const QString &host, quint16 port, const QString &from = {});
/// The error of a socket that could not have the local address \a where.
Error bindError(QAbstractSocket::SocketError error, const QString &where);
Error localConnectError(QLocalSocket::LocalSocketError error, const QString &path);

/// Why a TLS handshake failed, with the reference's certificate codes.
Error tlsError(const QSslSocket *socket, const QString &host);

/// `socket hang up`, ECONNRESET.
Error connectionReset(const QString &message);

Error makeError(ErrorCode code, const QString &message);

} // namespace headrace::http
