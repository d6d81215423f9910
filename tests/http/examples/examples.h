#pragma once

// The examples of the reference, as programs of this library: each function is what one would write.
// README.md beside this file lists them in the order of the reference, with their tests. They print with qInfo();
// ports are parameters, and servers listen on 127.0.0.1.

#include <http/http.h>

#include <memory>

namespace examples {

using namespace headrace;

/// What the reference throws is an Error here, and must be looked at; this ends the program, as an exception would.
inline void check(const http::Error &error)
{
    if (error)
        qFatal("%s", qPrintable(error.message));
}

// agents.cpp
http::ClientRequest *getAndLeaveAgent(const http::RequestOptions &options);
http::ClientRequest *getWithOwnAgent(quint16 port);
std::unique_ptr<http::Agent> keepAliveAgent();
http::ClientRequest *requestWithKeepAliveAgent(
    http::RequestOptions options, http::Agent *keepAliveAgent);

/// What keepSocketAlive() and reuseSocket() do by default, written down, and told.
class TellingAgent : public http::Agent
{
public:
    using http::Agent::Agent;

    bool keepSocketAlive(QIODevice *socket) override;
    void reuseSocket(QIODevice *socket, http::ClientRequest *request) override;

    bool keeps = true;
};

// tunnel.cpp
std::unique_ptr<http::Server> tunnelingProxy(quint16 port = 0);
void requestOverTunnel(quint16 proxyPort, const QByteArray &origin, const QByteArray &path = "/");

// information.cpp
http::ClientRequest *requestWithInformation(quint16 port);

// upgrade.cpp
std::unique_ptr<http::Server> echoServer(quint16 port = 0);
void upgradeAndEcho(quint16 port, const QByteArray &text);

// outgoingheaders.cpp
void getHeadersOfRequest(http::ClientRequest *request, const QByteArray &body);
void getHeadersOfResponse(http::ServerResponse *response, const QByteArray &body);
void rawHeaderNames(http::ClientRequest *request);
void headerNamesAndCopies(http::OutgoingMessage *message);
void setHeadersOfRequest(http::ClientRequest *request);
void setHeadersOfResponse(http::ServerResponse *response);

// keepalive.cpp
std::unique_ptr<http::Server> helloServer(quint16 port = 0);
http::ClientRequest *getAndDiscard(quint16 port, http::Agent *agent);
void retriableRequest(quint16 port, http::Agent *agent);

// addresses.cpp
void tellOwnAddress(quint16 port);
std::unique_ptr<http::Server> addressServer(quint16 port = 0);

// clienterror.cpp
std::unique_ptr<http::Server> serverAnsweringBadRequests(quint16 port = 0);
std::unique_ptr<http::Server> serverAnsweringIfItCan(quint16 port = 0);

// responses.cpp
void respondWithTrailers(http::ServerResponse *response, const QByteArray &fileData);
std::unique_ptr<http::Server> serverWithPrecedence(quint16 port = 0);
void respondWithLength(http::ServerResponse *response);
void respondNotFound(http::ServerResponse *response);
void respondNotFoundInOwnWords(http::ServerResponse *response);

// incoming.cpp
http::ClientRequest *checkCompleteness(quint16 port, const QByteArray &path);
void tellHeaders(const http::IncomingMessage *request);
void tellRawHeaders(const http::IncomingMessage *request);
void tellUrl(const http::IncomingMessage *request);

// servers.cpp
std::unique_ptr<http::Server> jsonServer(quint16 port = 0);
std::unique_ptr<http::Server> jsonServerByEvent(quint16 port = 0);

// requests.cpp
void fetchJson(const QUrl &url);
void postJson(quint16 port);
http::ClientRequest *requestOfUrl(const QUrl &url);

// validation.cpp
void validateNames();
void validateValues();

} // namespace examples
