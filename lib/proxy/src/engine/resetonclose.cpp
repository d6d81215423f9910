#include "engine/resetonclose.h"

#include <QTcpSocket>

#include <sys/socket.h>

namespace headrace::proxy {

void resetOnClose(QIODevice *device)
{
    const auto *socket = qobject_cast<QTcpSocket *>(device);
    if (!socket || socket->socketDescriptor() < 0)
        return;
    const linger atOnce { 1, 0 };
    setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

} // namespace headrace::proxy
