#include "http/server.h"

#include "http/tcpsocket.h"
#include "http/ticks.h"
#include "http/transport.h"
#include "serverconnection.h"
#include "serverprivate.h"
#include "systemerror.h"

#include <QLocalSocket>
#include <QSslSocket>
#include <QTcpSocket>

#include <cerrno>

namespace headrace::http {

using namespace Qt::StringLiterals;

namespace {

/// Hands over descriptors instead of sockets: the server decides which kind of socket it makes.
class DescriptorServer : public QTcpServer
{
public:
    explicit DescriptorServer(std::function<void(qintptr)> accept)
        : m_accept(std::move(accept))
    {
        setListenBacklogSize(511);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        const IoScope scope;
        m_accept(descriptor);
    }

private:
    std::function<void(qintptr)> m_accept;
};

Error listenError(QAbstractSocket::SocketError cause, const QString &text, const QString &where)
{
    switch (cause) {
    case QAbstractSocket::AddressInUseError:
        return makeError(
            ErrorCode::AddressInUse, u"listen EADDRINUSE: address already in use "_s + where);
    case QAbstractSocket::SocketAccessError:
        return makeError(ErrorCode::AccessDenied, u"listen EACCES: permission denied "_s + where);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return makeError(ErrorCode::AddressNotAvailable,
            u"listen EADDRNOTAVAIL: address not available "_s + where);
    default:
        return makeError(ErrorCode::IoFailure, u"listen "_s + where + u": "_s + text);
    }
}

} // namespace

Server::Server(QObject *parent)
    : Server(ServerOptions(), {}, parent)
{
}

Server::Server(Listener requestListener, QObject *parent)
    : Server(ServerOptions(), std::move(requestListener), parent)
{
}

Server::Server(ServerOptions options, Listener requestListener, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->options = std::move(options);
    if (requestListener)
        connect(this, &Server::request, this, std::move(requestListener));
}

Server::~Server()
{
    d->tcp.reset();
    d->local.reset();
    const QSet<ServerConnection *> connections = d->connections + d->left;
    for (ServerConnection *connection : connections)
        delete connection;
}

void Server::setObserver(Observer *observer) { d->observer = observer; }

void Server::setSslConfiguration(const QSslConfiguration &configuration) { d->ssl = configuration; }

// --- listening

Error Server::listen(quint16 port, const QHostAddress &address)
{
    if (isListening())
        return makeError(ErrorCode::ServerAlreadyListen,
            u"Listen method has been called more than once without closing."_s);
    d->tcp = std::make_unique<DescriptorServer>([this](qintptr descriptor) { accept(descriptor); });
    if (d->tcp->listen(address, port)) {
        emitListening();
        return {};
    }
    const Error error = listenError(d->tcp->serverError(), d->tcp->errorString(),
        address.toString() + u':' + QString::number(port));
    d->tcp.reset();
    return emitListenError(error);
}

Error Server::listenLocal(const QString &path)
{
    if (isListening())
        return makeError(ErrorCode::ServerAlreadyListen,
            u"Listen method has been called more than once without closing."_s);
    d->local = std::make_unique<QLocalServer>();
    connect(d->local.get(), &QLocalServer::newConnection, this, [this] {
        const IoScope scope;
        while (QLocalSocket *socket = d->local->nextPendingConnection()) {
            socket->setParent(this);
            serve(socket);
        }
    });
    if (d->local->listen(path)) {
        emitListening();
        return {};
    }
    const Error error = listenError(d->local->serverError(), d->local->errorString(), path);
    d->local.reset();
    return emitListenError(error);
}

void Server::emitListening()
{
    d->pending.begin();
    nextTick(this, [this] {
        if (isListening())
            Q_EMIT listening();
    });
}

Error Server::emitListenError(const Error &error)
{
    nextTick(this, [this, error] { Q_EMIT errorOccurred(error); });
    return error;
}

bool Server::isListening() const
{
    return (d->tcp && d->tcp->isListening()) || (d->local && d->local->isListening());
}

quint16 Server::serverPort() const { return d->tcp ? d->tcp->serverPort() : 0; }

QHostAddress Server::serverAddress() const
{
    return d->tcp ? d->tcp->serverAddress() : QHostAddress();
}

QString Server::localPath() const { return d->local ? d->local->fullServerName() : QString(); }

qsizetype Server::connectionCount() const { return d->connections.size() + d->handedOver.size(); }

// --- connections

void Server::accept(qintptr descriptor)
{
    if (!d->isSecure()) {
        auto *socket = new TcpSocket(this);
        if (!socket->setSocketDescriptor(descriptor)) {
            delete socket;
            return;
        }
        socket->setSocketOption(
            QAbstractSocket::LowDelayOption, 1); // one small write per answer: do not wait
        serve(socket);
        return;
    }
    auto *socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    socket->setSslConfiguration(*d->ssl);
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QSslSocket::encrypted, this, [this, socket] {
        const IoScope scope;
        disconnect(socket, nullptr, this, nullptr);
        disconnect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        serve(socket);
    });
    socket->startServerEncryption();
}

void Server::injectConnection(QIODevice *socket)
{
    socket->setParent(this);
    const IoScope scope;
    serve(socket);
}

void Server::serve(QIODevice *socket)
{
    d->open.insert(socket);
    const auto closing = [this, socket] {
        if (d->open.remove(socket))
            emitCloseIfDrained();
    };
    connect(Transport::of(socket), &Transport::closing, this, closing);
    connect(socket, &QObject::destroyed, this, closing);
    d->connections.insert(new ServerConnection(this, socket));
    Q_EMIT connection(socket);
}

void Server::connectionGone(ServerConnection *connection)
{
    d->connections.remove(connection);
    d->left.remove(connection);
}

void Server::connectionHandedOver(ServerConnection *connection, QIODevice *socket)
{
    d->connections.remove(connection);
    d->left.insert(connection);
    d->handedOver.insert(socket);
    connect(
        socket, &QObject::destroyed, this, [this](QObject *gone) { d->handedOver.remove(gone); });
    if (qobject_cast<TcpSocket *>(socket))
        return; // goes away by itself
    if (auto *tcp = qobject_cast<QAbstractSocket *>(socket))
        connect(tcp, &QAbstractSocket::disconnected, tcp, &QObject::deleteLater);
    else if (auto *local = qobject_cast<QLocalSocket *>(socket))
        connect(local, &QLocalSocket::disconnected, local, &QObject::deleteLater);
}

void Server::closeAllConnections()
{
    const QSet<ServerConnection *> connections = d->connections;
    for (ServerConnection *connection : connections)
        connection->destroy();
    const QSet<QObject *> sockets = d->handedOver;
    for (QObject *socket : sockets)
        socket->deleteLater();
}

void Server::close(std::function<void(const Error &)> callback)
{
    const Error error = isListening()
        ? Error()
        : makeError(ErrorCode::ServerNotRunning, u"Server is not running."_s);
    if (callback) {
        connect(
            this, &Server::closed, this,
            [callback = std::move(callback), error] { callback(error); }, Qt::SingleShotConnection);
    }
    d->tcp.reset();
    d->local.reset();
    d->pending.end();
    d->closeRequested = true;
    emitCloseIfDrained();
}

void Server::setReferenced(bool referenced) { d->pending.setReferenced(referenced); }

void Server::emitCloseIfDrained()
{
    if (!d->closeRequested || isListening() || !d->open.isEmpty())
        return;
    d->closeRequested = false;
    nextTick(this, [this] { Q_EMIT closed(); });
}

// --- settings

std::chrono::milliseconds Server::headersTimeout() const { return d->headersTimeout; }

void Server::setHeadersTimeout(std::chrono::milliseconds timeout) { d->headersTimeout = timeout; }

std::chrono::milliseconds Server::keepAliveTimeout() const { return d->keepAliveTimeout; }

void Server::setKeepAliveTimeout(std::chrono::milliseconds timeout)
{
    d->keepAliveTimeout = timeout;
}

std::chrono::milliseconds Server::requestTimeout() const { return d->requestTimeout; }

void Server::setRequestTimeout(std::chrono::milliseconds timeout) { d->requestTimeout = timeout; }

std::chrono::milliseconds Server::timeout() const { return d->timeout; }

void Server::setTimeout(
    std::chrono::milliseconds timeout, std::function<void(QIODevice *)> listener)
{
    d->timeout = timeout;
    if (listener)
        connect(this, &Server::timedOut, this, std::move(listener));
}

int Server::maxHeadersCount() const { return d->maxHeadersCount; }

void Server::setMaxHeadersCount(int count) { d->maxHeadersCount = count; }

} // namespace headrace::http
