#include "examples.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace examples {

namespace {

QByteArray helloWorld()
{
    const QJsonObject object { { QStringLiteral("data"), QStringLiteral("Hello World!") } };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

// "http.createServer()": the listener is given to the server.
std::unique_ptr<http::Server> jsonServer(quint16 port)
{
    // Create a local server to receive data from
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            check(response->writeHead(200, { { "Content-Type", "application/json" } }));
            response->end(helloWorld());
        });

    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

// "http.createServer()": the listener is connected.
std::unique_ptr<http::Server> jsonServerByEvent(quint16 port)
{
    // Create a local server to receive data from
    auto server = std::make_unique<http::Server>();

    // Listen to the request event
    QObject::connect(server.get(), &http::Server::request, server.get(),
        [](http::IncomingMessage *, http::ServerResponse *response) {
            check(response->writeHead(200, { { "Content-Type", "application/json" } }));
            response->end(helloWorld());
        });

    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

} // namespace examples
