#include "examples.h"

#include <QTcpSocket>

namespace examples {

// "request.socket"
void tellOwnAddress(quint16 port)
{
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    http::ClientRequest *request = http::get(options);
    QObject::connect(request, &http::ClientRequest::response, request,
        [request](http::IncomingMessage *response) {
            const auto *socket = qobject_cast<QTcpSocket *>(request->socket());
            qInfo().noquote() << QStringLiteral("Your IP address is %1 and your source port is %2.")
                                     .arg(socket->localAddress().toString())
                                     .arg(socket->localPort());
            // Consume response object
            response->resume();
        });
}

// "response.socket"
std::unique_ptr<http::Server> addressServer(quint16 port)
{
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            const auto *socket = qobject_cast<QTcpSocket *>(response->socket());
            response->end(QStringLiteral("Your IP address is %1 and your source port is %2.")
                              .arg(QHostAddress(socket->peerAddress().toIPv4Address()).toString())
                              .arg(socket->peerPort())
                              .toUtf8());
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

} // namespace examples
