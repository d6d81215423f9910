#include "socketoptions.h"

#include <QAbstractSocket>
#include <QVariant>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace headrace::http {

void setNoDelay(QAbstractSocket *socket, bool noDelay)
{
    socket->setSocketOption(QAbstractSocket::LowDelayOption, noDelay ? 1 : 0);
}

void setKeepAlive(
    const QAbstractSocket *socket, bool enable, std::chrono::milliseconds initialDelay)
{
    if (socket->state() != QAbstractSocket::ConnectedState)
        return;
    const int descriptor = int(socket->socketDescriptor());
    const int on = enable ? 1 : 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    const int seconds = int(initialDelay.count() / 1000);
    if (enable && seconds > 0)
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
}

} // namespace headrace::http
