#include "channel.h"

#include "devicechannel.h"
#include "tcpchannel.h"

#include <QSslSocket>
#include <QTcpSocket>

namespace headrace::http {

std::unique_ptr<Channel> Channel::make(QIODevice *device, ChannelListener *listener)
{
    auto *tcp = qobject_cast<QTcpSocket *>(device);
    if (tcp && !qobject_cast<QSslSocket *>(device)) {
        if (std::unique_ptr<Channel> channel = TcpChannel::make(tcp, listener))
            return channel;
    }
    return std::make_unique<DeviceChannel>(device, listener);
}

} // namespace headrace::http
