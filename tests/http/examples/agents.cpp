#include "examples.h"

#include <http/transport.h>

namespace examples {

namespace {

qsizetype count(const QHash<QByteArray, QList<QIODevice *>> &sockets)
{
    qsizetype count = 0;
    for (const QList<QIODevice *> &list : sockets)
        count += list.size();
    return count;
}

} // namespace

// "Class: http.Agent": a long request that shall not count leaves its agent.
http::ClientRequest *getAndLeaveAgent(const http::RequestOptions &options)
{
    http::ClientRequest *request = http::get(options);
    QObject::connect(
        request, &http::ClientRequest::response, request, [](http::IncomingMessage *response) {
            // Do stuff
            response->resume();
        });
    QObject::connect(
        request, &http::ClientRequest::socketAssigned, request, [request](QIODevice *socket) {
            http::Agent *agent = request->agent();
            qInfo() << "before" << count(agent->sockets());
            agent->removeSocketFromAgent(socket);
            qInfo() << "after" << count(agent->sockets());
        });
    return request;
}

// "Class: http.Agent": a connection of its own.
http::ClientRequest *getWithOwnAgent(quint16 port)
{
    http::RequestOptions options;
    options.hostname = QStringLiteral("127.0.0.1");
    options.port = port;
    options.path = "/";
    options.ownAgent = true; // Create a new agent just for this one request
    http::ClientRequest *request = http::get(options);
    QObject::connect(
        request, &http::ClientRequest::response, request, [](http::IncomingMessage *response) {
            // Do stuff with response
            qInfo() << "status" << response->statusCode();
            response->resume();
        });
    return request;
}

// "new Agent([options])": an agent that keeps its connections; it outlives its requests.
std::unique_ptr<http::Agent> keepAliveAgent()
{
    http::AgentOptions options;
    options.keepAlive = true;
    return std::make_unique<http::Agent>(options);
}

http::ClientRequest *requestWithKeepAliveAgent(
    http::RequestOptions options, http::Agent *keepAliveAgent)
{
    options.agent = keepAliveAgent;
    http::ClientRequest *request = http::request(options);
    QObject::connect(request, &http::ClientRequest::response, request,
        [request](http::IncomingMessage *response) {
            QObject::connect(response, &http::IncomingMessage::data, request,
                [request](const QByteArray &octets) {
                    qInfo().noquote()
                        << "connection header" << octets << "reused" << request->reusedSocket();
                });
        });
    request->end();
    return request;
}

// "agent.keepSocketAlive(socket)"
bool TellingAgent::keepSocketAlive(QIODevice *socket)
{
    const std::chrono::milliseconds delay = options().keepAliveMsecs;
    http::Transport::of(socket)->setKeepAlive(true, delay);
    qInfo() << "keepSocketAlive" << delay.count() << keeps;
    return keeps;
}

// "agent.reuseSocket(socket, request)": without the default, reusedSocket() stays false.
void TellingAgent::reuseSocket(QIODevice *, http::ClientRequest *request)
{
    qInfo().noquote() << "reuseSocket" << request->path() << request->reusedSocket();
}

} // namespace examples
