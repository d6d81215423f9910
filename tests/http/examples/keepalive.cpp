#include "examples.h"

namespace examples {

// "request.reusedSocket": the server, which closes idle connections after 5 s by default.
std::unique_ptr<http::Server> helloServer(quint16 port)
{
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            response->write("hello\n");
            response->end();
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

// "request.reusedSocket": a client that calls this every 5 s hits the idle timeout.
http::ClientRequest *getAndDiscard(quint16 port, http::Agent *agent)
{
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    // Adapting a keep-alive agent
    options.agent = agent;
    http::ClientRequest *request = http::get(options);
    QObject::connect(request, &http::ClientRequest::response, request,
        [request](http::IncomingMessage *response) {
            QObject::connect(response, &http::IncomingMessage::data, request, [] {
                // Do nothing
            });
            QObject::connect(response, &http::IncomingMessage::ended, request,
                [request] { qInfo() << "reused" << request->reusedSocket(); });
        });
    return request;
}

// "request.reusedSocket": automatic error retry based on it.
void retriableRequest(quint16 port, http::Agent *agent)
{
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    options.agent = agent;
    http::ClientRequest *request = http::get(options);
    QObject::connect(request, &http::ClientRequest::response, request,
        [request](http::IncomingMessage *response) {
            QObject::connect(response, &http::IncomingMessage::data, request,
                [request](const QByteArray &octets) {
                    qInfo().noquote() << "answered by connection" << octets << "reused"
                                      << request->reusedSocket();
                });
        });
    QObject::connect(request, &http::ClientRequest::errorOccurred, request,
        [request, port, agent](const http::Error &error) {
            qInfo().noquote() << "error" << wire::name(error.code) << "reused"
                              << request->reusedSocket();
            // Check if retry is needed
            if (request->reusedSocket() && error.code == http::ErrorCode::ConnectionReset)
                retriableRequest(port, agent);
        });
}

} // namespace examples
