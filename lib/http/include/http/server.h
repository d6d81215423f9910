#pragma once

#include "http/error.h"
#include "http/observer.h"

#include <QHostAddress>
#include <QIODevice>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QSslConfiguration;
QT_END_NAMESPACE

namespace headrace::http {

class IncomingMessage;
class ServerConnection;
class ServerResponse;

/// Options of a server. Source: reference http.createServer.
struct ServerOptions
{
    bool insecureHTTPParser = false;
    qsizetype maxHeaderSize = 16 * 1024; ///< Unit: octets. 0: the default.

    /// Make own subclasses of the messages; \a parent owns what is made.
    std::function<IncomingMessage *(QIODevice *socket, QObject *parent)> makeIncomingMessage;
    std::function<ServerResponse *(IncomingMessage *request, QObject *parent)> makeServerResponse;
};

/** Serves HTTP/1 on TCP, on a local socket, or on any connection given to it.
    Source: reference "Class: http.Server". */
class Server : public QObject
{
    Q_OBJECT

public:
    using Listener = std::function<void(IncomingMessage *, ServerResponse *)>;

    explicit Server(QObject *parent = nullptr);
    explicit Server(
        ServerOptions options, Listener requestListener = {}, QObject *parent = nullptr);
    explicit Server(Listener requestListener, QObject *parent = nullptr);
    ~Server() override; ///< Destroys all connections.

    /// Watches every exchange of later connections; borrowed; null: nobody.
    void setObserver(Observer *observer);

    /// Serves https with this configuration (certificate and key): each connection starts with a handshake.
    void setSslConfiguration(const QSslConfiguration &configuration);

    /** Starts listening; the port is known when it returns, 'listening' is emitted on a tick.
        ERR_SERVER_ALREADY_LISTEN is returned; EADDRINUSE, EACCES, EADDRNOTAVAIL are emitted on a tick as
        well as returned. Port 0: any free port. */
    Error listen(quint16 port = 0, const QHostAddress &address = QHostAddress::Any);
    Error listenLocal(const QString &path); ///< A local (Unix domain) socket.

    /// Serves a connection that came from elsewhere: 'connection' is emitted. The server becomes its owner.
    void injectConnection(QIODevice *socket);

    /// Stops accepting; 'close' when all connections have ended. \a callback: then, or at once with
    /// ERR_SERVER_NOT_RUNNING.
    void close(std::function<void(const Error &)> callback = {});

    /// Destroys every connection, idle or not. Beyond the reference release (Node 18.2).
    void closeAllConnections();

    /// While it listens it counts as Pending unless this is called with false. Source: server.ref(), server.unref().
    void setReferenced(bool referenced);

    bool isListening() const;
    quint16 serverPort() const; ///< While listening; else 0.
    QHostAddress serverAddress() const;
    QString localPath() const;
    qsizetype connectionCount() const;

    std::chrono::milliseconds headersTimeout() const; ///< Default: 60 s.
    void setHeadersTimeout(std::chrono::milliseconds timeout);
    std::chrono::milliseconds keepAliveTimeout() const; ///< Default: 5 s. 0: none.
    void setKeepAliveTimeout(std::chrono::milliseconds timeout);
    std::chrono::milliseconds requestTimeout() const; ///< Default: 0, none.
    void setRequestTimeout(std::chrono::milliseconds timeout);
    std::chrono::milliseconds timeout() const; ///< Default: 0, none. For later connections.
    void setTimeout(
        std::chrono::milliseconds timeout, std::function<void(QIODevice *)> listener = {});
    int maxHeadersCount() const; ///< Default: -1, 1000 fields. 0: no limit.
    void setMaxHeadersCount(int count);

Q_SIGNALS:
    /// Event 'request'. Synchronous, when the head is read, before any body data. Both live until their closed().
    void request(
        headrace::http::IncomingMessage *request, headrace::http::ServerResponse *response);

    /// Event 'checkContinue': instead of 'request' for `Expect: 100-continue`. Without a listener 100 is sent.
    void checkContinue(
        headrace::http::IncomingMessage *request, headrace::http::ServerResponse *response);

    /// Event 'checkExpectation': for other expectations. Without a listener 417 is answered.
    void checkExpectation(
        headrace::http::IncomingMessage *request, headrace::http::ServerResponse *response);

    /// Event 'clientError'. The listener closes the socket. Without one: 400, 408 or 431, then close.
    void clientError(const headrace::http::Error &error, QIODevice *socket);

    /// Event 'connect': CONNECT was requested; the socket is the listener's now. Without one: closed.
    void connectRequested(
        headrace::http::IncomingMessage *request, QIODevice *socket, const QByteArray &head);

    /// Event 'upgrade': the socket is the listener's now. Without one: an ordinary request.
    void upgrade(
        headrace::http::IncomingMessage *request, QIODevice *socket, const QByteArray &head);

    /// Event 'connection'.
    void connection(QIODevice *socket);

    /// Event 'timeout': a connection was idle too long. Without a listener (here, on the request or on the
    /// response) it is destroyed.
    void timedOut(QIODevice *socket);

    /// Event 'listening'.
    void listening();

    /// Event 'close'. No connection is left.
    void closed();

    /// Event 'error'. Could not listen.
    void errorOccurred(const headrace::http::Error &error);

private:
    friend class ServerConnection;

    void emitListening();
    Error emitListenError(const Error &error);
    void accept(qintptr descriptor);
    void serve(QIODevice *socket);
    void connectionGone(ServerConnection *connection);
    void connectionHandedOver(ServerConnection *connection, QIODevice *socket);
    void emitCloseIfDrained();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::http
