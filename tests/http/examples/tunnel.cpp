#include "examples.h"

#include <http/tcpsocket.h>

#include <QUrl>

namespace examples {

namespace {

/// All that comes from \a source goes to \a target, and so does its end.
void pipe(QIODevice *source, QIODevice *target)
{
    QObject::connect(source, &QIODevice::readyRead, target,
        [source, target] { target->write(source->readAll()); });
    QObject::connect(
        source, &QIODevice::readChannelFinished, target, [target] { target->close(); });
}

} // namespace

// Event 'connect' of http.ClientRequest: the proxy of the client and server pair.
std::unique_ptr<http::Server> tunnelingProxy(quint16 port)
{
    // Create an HTTP tunneling proxy
    auto proxy = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            check(response->writeHead(200, { { "Content-Type", "text/plain" } }));
            response->end("okay");
        });
    QObject::connect(proxy.get(), &http::Server::connectRequested, proxy.get(),
        [](http::IncomingMessage *request, QIODevice *clientSocket, const QByteArray &head) {
            // Connect to an origin server
            const QUrl origin(QStringLiteral("http://") + QString::fromLatin1(request->url()));
            auto *serverSocket = new QTcpSocket(clientSocket);
            QObject::connect(serverSocket, &QTcpSocket::connected, clientSocket,
                [clientSocket, serverSocket, head] {
                    clientSocket->write("HTTP/1.1 200 Connection Established\r\n"
                                        "Proxy-agent: Headrace-Proxy\r\n"
                                        "\r\n");
                    serverSocket->write(head);
                    pipe(serverSocket, clientSocket);
                    pipe(clientSocket, serverSocket);
                });
            serverSocket->connectToHost(origin.host(), quint16(origin.port(80)));
        });
    check(proxy->listen(port, QHostAddress::LocalHost));
    return proxy;
}

// Event 'connect' of http.ClientRequest: the client. \a origin: "host:port".
void requestOverTunnel(quint16 proxyPort, const QByteArray &origin, const QByteArray &path)
{
    // Make a request to a tunneling proxy
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = proxyPort;
    options.method = "CONNECT";
    options.path = origin;

    http::ClientRequest *request = http::request(options);
    request->end();

    QObject::connect(request, &http::ClientRequest::connectRequested, request,
        [path](http::IncomingMessage *response, QIODevice *socket, const QByteArray &head) {
            qInfo().noquote() << "got connected!" << response->statusCode()
                              << response->headers().value("proxy-agent") << head.size();

            // Make a request over an HTTP tunnel
            socket->write("GET " + path
                + " HTTP/1.1\r\n"
                  "Host: www.example.com:80\r\n"
                  "Connection: close\r\n"
                  "\r\n");
            const auto text = std::make_shared<QByteArray>();
            QObject::connect(socket, &QIODevice::readyRead, socket,
                [socket, text] { text->append(socket->readAll()); });
            QObject::connect(
                socket, &QIODevice::readChannelFinished, socket, [text] { qInfo() << *text; });
        });
}

} // namespace examples
