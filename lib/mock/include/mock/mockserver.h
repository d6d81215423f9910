#pragma once

#include "mock/routetable.h"

#include <http/error.h>
#include <http/observer.h>

#include <QObject>

#include <memory>

namespace headrace::http {
class IncomingMessage;
class Server;
class ServerResponse;
} // namespace headrace::http

namespace headrace::mock {

struct Answer;

/// Answers the requests of scripted routes. This layer runs no scripts: who can, brings one.
class RouteHandler
{
public:
    virtual ~RouteHandler() = default;

    /** Takes an exchange that \a route matches; called before any of the request's body has come. Both objects
        belong to their server as ever. Empty: taken. Else why it is not, in words for people: the server
        answers 500 with them. */
    virtual QString handle(
        const Route &route, http::IncomingMessage *request, http::ServerResponse *response)
        = 0;

    /// Makes the responses of the server, of which any may be given to handle(). The default: plain ones.
    virtual http::ServerResponse *makeResponse(http::IncomingMessage *request, QObject *parent);
};

/// Answers 500 with \a text, if nothing was answered yet; a response that has begun is cut off.
void answerFailure(http::ServerResponse *response, const QString &text);

/** Serves a definition through http::Server. Interim responses leave at once; the answer when the request
    was read to its end and the route's delay is over. A request no route takes gets 404 with a text that
    lists the routes; a path that a route takes with another method gets 405 with Allow; a route with
    problems() gets 500 with them. Scripted routes are given to the handler; without one they get 500.
    Thread: lives and serves in the thread of its event loop. */
class MockServer : public QObject
{
    Q_OBJECT

public:
    explicit MockServer(QObject *parent = nullptr);
    ~MockServer() override;

    /// Watches all exchanges; borrowed. Takes effect on listen().
    void setObserver(http::Observer *observer);

    /// For scripted routes; borrowed. Before listen().
    void setHandler(RouteHandler *handler);

    /// Takes effect on the next request, also while serving. A program in it is not run.
    void setDefinition(const Definition &definition);

    /// Listens on loopback (or \a host). Emits started() or failed(). Port 0: any free port.
    void listen(quint16 port, const QString &host = QStringLiteral("127.0.0.1"));

    /// Stops listening and closes idle and active connections. Emits stopped() when none is left.
    void stop();

    bool isListening() const;
    quint16 port() const; ///< While listening; else 0.

Q_SIGNALS:
    void started(quint16 port);
    void stopped();
    void failed(const headrace::http::Error &error); ///< Could not listen: EADDRINUSE, EACCES…

private:
    void take(http::IncomingMessage *request, http::ServerResponse *response);
    void delegate(
        const Route &route, http::IncomingMessage *request, http::ServerResponse *response);
    void answer(const Answer &answer, http::ServerResponse *response);

    RouteTable m_routes;
    http::Observer *m_observer = nullptr;
    RouteHandler *m_handler = nullptr;
    std::unique_ptr<http::Server> m_server; ///< While listening or closing.
};

} // namespace headrace::mock
