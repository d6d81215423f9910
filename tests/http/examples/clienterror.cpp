#include "examples.h"

#include <http/transport.h>

namespace examples {

// Event 'clientError': an answer of one's own to what is no request.
std::unique_ptr<http::Server> serverAnsweringBadRequests(quint16 port)
{
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) { response->end(); });
    QObject::connect(server.get(), &http::Server::clientError, server.get(),
        [](const http::Error &, QIODevice *socket) {
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->close();
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

// Event 'clientError': no answer where nobody can get it.
std::unique_ptr<http::Server> serverAnsweringIfItCan(quint16 port)
{
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) { response->end(); });
    QObject::connect(server.get(), &http::Server::clientError, server.get(),
        [](const http::Error &error, QIODevice *socket) {
            const bool isWritable = http::Transport::of(socket)->isWritable();
            qInfo().noquote() << "clientError" << wire::name(error.code) << "writable"
                              << isWritable;
            if (error.code == http::ErrorCode::ConnectionReset || !isWritable)
                return;

            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->close();
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

} // namespace examples
