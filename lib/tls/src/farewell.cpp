#include "farewell_p.h"
#include "tls/tlssocket.h"

#include <QAbstractSocket>
#include <QLocalSocket>
#include <QTimer>

namespace headrace::tls {

namespace {

/// Of the sockets: they close themselves when all is sent.
template <class Socket>
bool isClosed(const Socket *socket)
{
    return socket->state() == Socket::UnconnectedState;
}

template <class Socket>
void awaitClose(Socket *socket)
{
    if (isClosed(socket)) {
        socket->deleteLater();
        return;
    }
    QObject::connect(socket, &Socket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(TlsSocket::FarewellTime, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
}

/// Of any other device, which may forget what waits in it.
void closeWhenSent(QIODevice *device)
{
    const auto closeNow = [device] {
        device->close();
        device->deleteLater();
    };
    if (!device->isOpen() || device->bytesToWrite() == 0) {
        closeNow();
        return;
    }
    QObject::connect(device, &QIODevice::bytesWritten, device, [device, closeNow] {
        if (device->isOpen() && device->bytesToWrite() == 0)
            closeNow();
    });
    QTimer::singleShot(TlsSocket::FarewellTime, device, closeNow);
}

} // namespace

bool isSending(const QIODevice *device)
{
    if (const auto *socket = qobject_cast<const QAbstractSocket *>(device))
        return !isClosed(socket);
    if (const auto *local = qobject_cast<const QLocalSocket *>(device))
        return !isClosed(local);
    return device->bytesToWrite() > 0;
}

void sayFarewell(QIODevice *device)
{
    if (auto *socket = qobject_cast<QAbstractSocket *>(device)) {
        socket->disconnectFromHost();
        awaitClose(socket);
    } else if (auto *local = qobject_cast<QLocalSocket *>(device)) {
        local->disconnectFromServer();
        awaitClose(local);
    } else {
        closeWhenSent(device);
    }
}

} // namespace headrace::tls
