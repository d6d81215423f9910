#include "examples.h"

#include <http/transport.h>

namespace examples {

// Event 'upgrade' of http.ClientRequest: the server of the client and server pair.
std::unique_ptr<http::Server> echoServer(quint16 port)
{
    // Create an HTTP server
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            check(response->writeHead(200, { { "Content-Type", "text/plain" } }));
            response->end("okay");
        });
    QObject::connect(server.get(), &http::Server::upgrade, server.get(),
        [](http::IncomingMessage *request, QIODevice *socket, const QByteArray &head) {
            qInfo().noquote() << "server upgrade" << request->headers().value("upgrade")
                              << head.size();
            socket->write("HTTP/1.1 101 Web Socket Protocol Handshake\r\n"
                          "Upgrade: WebSocket\r\n"
                          "Connection: Upgrade\r\n"
                          "\r\n");

            // echo back, until the client ends
            QObject::connect(socket, &QIODevice::readyRead, socket,
                [socket] { socket->write(socket->readAll()); });
            QObject::connect(
                socket, &QIODevice::readChannelFinished, socket, [socket] { socket->close(); });
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

// Event 'upgrade' of http.ClientRequest: the client.
void upgradeAndEcho(quint16 port, const QByteArray &text)
{
    // make a request
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" } };

    http::ClientRequest *request = http::request(options);
    request->end();

    QObject::connect(request, &http::ClientRequest::upgrade, request,
        [text](http::IncomingMessage *response, QIODevice *socket, const QByteArray &head) {
            qInfo().noquote() << "got upgraded!" << response->statusCode()
                              << response->statusMessage() << response->headers().value("upgrade")
                              << head.size();
            const auto echoed = std::make_shared<QByteArray>();
            QObject::connect(socket, &QIODevice::readyRead, socket,
                [socket, echoed] { echoed->append(socket->readAll()); });
            QObject::connect(socket, &QIODevice::readChannelFinished, socket,
                [echoed] { qInfo().noquote() << "echo" << *echoed; });
            socket->write(text);
            http::Transport::of(socket)->end(); // our direction only: the echo comes back
        });
}

} // namespace examples
