#include "examples.h"

namespace examples {

// "response.addTrailers(headers)", "outgoingMessage.addTrailers(headers)"
void respondWithTrailers(http::ServerResponse *response, const QByteArray &fileData)
{
    check(response->writeHead(
        200, { { "Content-Type", "text/plain" }, { "Trailer", "Content-MD5" } }));
    response->write(fileData);
    check(response->addTrailers({ { "Content-MD5", "7895bf4b8828b55ceaf47747b4bca667" } }));
    response->end();
}

// "response.setHeader(name, value)", "response.writeHead()"
std::unique_ptr<http::Server> serverWithPrecedence(quint16 port)
{
    // Returns content-type = text/plain
    auto server = std::make_unique<http::Server>(
        [](http::IncomingMessage *, http::ServerResponse *response) {
            check(response->setHeader("Content-Type", "text/html"));
            check(response->setHeader("X-Foo", "bar"));
            check(response->writeHead(200, { { "Content-Type", "text/plain" } }));
            qInfo().noquote() << "getHeader after the merge"
                              << response->getHeader("content-type")->toByteArray();
            response->end("ok");
        });
    check(server->listen(port, QHostAddress::LocalHost));
    return server;
}

// "response.writeHead()": a length is in octets.
void respondWithLength(http::ServerResponse *response)
{
    const QByteArray body = "hello world";
    check(response->writeHead(
        200, { { "Content-Length", body.size() }, { "Content-Type", "text/plain" } }));
    response->end(body);
}

// "response.statusCode"
void respondNotFound(http::ServerResponse *response)
{
    response->setStatusCode(404);
    response->end();
}

// "response.statusMessage"
void respondNotFoundInOwnWords(http::ServerResponse *response)
{
    response->setStatusCode(404);
    response->setStatusMessage("Not found");
    response->end();
}

} // namespace examples
