#include "connecting.h"

#include "http/ticks.h"
#include "http/transport.h"
#include "systemerror.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QPointer>
#include <QSignalBlocker>
#include <QTcpSocket>

#include <cerrno>

namespace headrace::http {

using namespace Qt::StringLiterals;

namespace {

/// On a tick: whoever asked for the connection has not heard of \a socket yet.
void failLater(QTcpSocket *socket, const Error &error)
{
    nextTick(socket, [socket, error] { Transport::of(socket)->destroy(error); });
}

QString localName(const QHostAddress &address, quint16 port)
{
    const QString name = address.toString();
    return port == 0 ? name : name + u':' + QString::number(port);
}

} // namespace

Error checkTimeout(const ConnectOptions &options)
{
    if (!options.timeout || options.timeout->count() >= 0)
        return {};
    return makeError(ErrorCode::OutOfRange,
        u"The value of \"timeout\" is out of range. It must be a non-negative finite number. "
        u"Received %1"_s.arg(options.timeout->count()));
}

Error checkConnectOptions(const ConnectOptions &options)
{
    if (options.socketPath.isEmpty() && !options.localAddress.isEmpty()
        && QHostAddress(options.localAddress).isNull())
        return makeError(
            ErrorCode::InvalidIpAddress, u"Invalid IP address: "_s + options.localAddress);
    return checkTimeout(options);
}

QLocalSocket *connectLocalSocket(const QString &path, QObject *parent)
{
    auto *local = new QLocalSocket(parent);
    Transport *transport = Transport::of(local);
    // Not at once: it would fail before anybody hears of the socket.
    QMetaObject::invokeMethod(
        local,
        [local, transport, path] {
            if (!transport->isDestroyed())
                local->connectToServer(path);
        },
        Qt::QueuedConnection);
    return local;
}

void lookUpHost(QTcpSocket *socket, const ConnectOptions &options,
    std::function<void(const ConnectOptions &)> found)
{
    if (!options.lookup || !QHostAddress(options.host).isNull()) {
        found(options);
        return;
    }
    Transport::of(socket)->notePhase(SocketPhase::LookupStarted);
    options.lookup(options.host, { options.family, options.hints, socket },
        [socket = QPointer(socket), options, found = std::move(found)](
            const Error &error, const QList<QHostAddress> &addresses) {
            if (!socket || Transport::of(socket)->isDestroyed())
                return;
            Transport::of(socket)->notePhase(SocketPhase::LookupEnded);
            if (error) {
                failLater(socket, error);
            } else if (addresses.isEmpty()) {
                failLater(socket,
                    makeError(ErrorCode::HostNotFound, u"getaddrinfo ENOTFOUND "_s + options.host));
            } else {
                ConnectOptions resolved = options;
                resolved.host = addresses.first().toString();
                if (resolved.serverName.isEmpty())
                    resolved.serverName = options.host;
                found(resolved);
            }
        });
}

bool bindLocally(QTcpSocket *socket, const ConnectOptions &options)
{
    if (options.localAddress.isEmpty() && options.localPort == 0)
        return true;
    const QHostAddress peer(options.host);
    const QHostAddress local(!options.localAddress.isEmpty()   ? options.localAddress
            : peer.protocol() == QAbstractSocket::IPv6Protocol ? u"::"_s
                                                               : u"0.0.0.0"_s);
    if (!peer.isNull() && peer.protocol() != local.protocol()) {
        failLater(socket, systemError(EINVAL, u"bind"_s, localName(local, options.localPort)));
        return false;
    }
    const QSignalBlocker notInsideTheRequest(
        socket); // a failure would be told before anybody listens
    if (socket->bind(local, options.localPort, QAbstractSocket::ReuseAddressHint))
        return true;
    failLater(socket, bindError(socket->error(), localName(local, options.localPort)));
    return false;
}

QAbstractSocket::NetworkLayerProtocol protocolOf(const ConnectOptions &options)
{
    if (!options.localAddress.isEmpty()) // the peer is of the same kind, or nothing gets there
        return QHostAddress(options.localAddress).protocol();
    return options.family == 4 ? QAbstractSocket::IPv4Protocol
        : options.family == 6  ? QAbstractSocket::IPv6Protocol
                               : QAbstractSocket::AnyIPProtocol;
}

} // namespace headrace::http
