#pragma once

#include "http/requestoptions.h"

#include <QAbstractSocket>

#include <functional>

QT_BEGIN_NAMESPACE
class QLocalSocket;
class QObject;
class QTcpSocket;
QT_END_NAMESPACE

namespace headrace::http {

/// A negative timeout is refused: ERR_OUT_OF_RANGE.
Error checkTimeout(const ConnectOptions &options);

/// What can never connect is refused at once: ERR_INVALID_IP_ADDRESS, and checkTimeout().
Error checkConnectOptions(const ConnectOptions &options);

/// A local socket of \a parent that connects to \a path once everybody has heard of it.
QLocalSocket *connectLocalSocket(const QString &path, QObject *parent);

/// Calls \a found with options whose host the socket can connect to: at once, or when the lookup function
/// of \a options has answered. Its error destroys \a socket, and \a found is not called.
void lookUpHost(QTcpSocket *socket, const ConnectOptions &options,
    std::function<void(const ConnectOptions &)> found);

/// Gives \a socket the local address and port it is to connect from. False: it is being destroyed.
bool bindLocally(QTcpSocket *socket, const ConnectOptions &options);

QAbstractSocket::NetworkLayerProtocol protocolOf(const ConnectOptions &options);

} // namespace headrace::http
