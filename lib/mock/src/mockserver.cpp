#include "mock/mockserver.h"

#include "answer_p.h"

#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>
#include <http/ticks.h>

#include <QPointer>
#include <QTimer>

namespace headrace::mock {

namespace {

http::HeaderList toHeaderList(const QList<wire::FieldLine> &fields)
{
    http::HeaderList result;
    result.reserve(fields.size());
    for (const auto &[name, value] : fields)
        result.append({ name, http::HeaderValue(value) });
    return result;
}

QHostAddress toAddress(const QString &host)
{
    return host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost)
                                              : QHostAddress(host);
}

} // namespace

http::ServerResponse *RouteHandler::makeResponse(http::IncomingMessage *request, QObject *parent)
{
    return new http::ServerResponse(request, parent);
}

void answerFailure(http::ServerResponse *response, const QString &text)
{
    if (response->headersSent() || response->writableEnded()) {
        response->destroy();
        return;
    }
    const QByteArray body = text.toUtf8() + '\n';
    const http::HeaderList fields { { "Content-Type",
                                        http::HeaderValue("text/plain; charset=utf-8") },
        { "Content-Length", http::HeaderValue(QByteArray::number(body.size())) } };
    // What a script has set so far belongs to an answer that will not be given.
    for (const QByteArray &name : response->getHeaderNames())
        std::ignore = response->removeHeader(name);
    if (response->writeHead(500, fields))
        response->destroy();
    else
        response->end(body);
}

MockServer::MockServer(QObject *parent)
    : QObject(parent)
{
}

MockServer::~MockServer() = default;

void MockServer::setObserver(http::Observer *observer) { m_observer = observer; }

void MockServer::setHandler(RouteHandler *handler) { m_handler = handler; }

void MockServer::setDefinition(const Definition &definition) { m_routes = RouteTable(definition); }

void MockServer::listen(quint16 port, const QString &host)
{
    if (m_server) {
        Q_EMIT failed({ http::ErrorCode::ServerAlreadyListen,
            QStringLiteral("The mock server runs already."), -1, {} });
        return;
    }
    const QHostAddress address = toAddress(host);
    if (address.isNull()) {
        Q_EMIT failed({ http::ErrorCode::AddressNotAvailable,
            QStringLiteral("\"%1\" is no address of this machine.").arg(host), -1, {} });
        return;
    }
    http::ServerOptions options;
    if (m_handler)
        options.makeServerResponse
            = [handler = m_handler](http::IncomingMessage *request, QObject *parent) {
                  return handler->makeResponse(request, parent);
              };
    m_server = std::make_unique<http::Server>(options);
    m_server->setObserver(m_observer);
    connect(m_server.get(), &http::Server::request, this, &MockServer::take);
    // Returned below as well; without a listener it would count as unhandled.
    connect(m_server.get(), &http::Server::errorOccurred, this, [] {});
    if (const http::Error error = m_server->listen(port, address)) {
        m_server.release()->deleteLater();
        Q_EMIT failed(error);
        return;
    }
    Q_EMIT started(m_server->serverPort());
}

void MockServer::stop()
{
    if (!m_server) {
        Q_EMIT stopped();
        return;
    }
    http::Server *server = m_server.get();
    m_server->close([this, server](const http::Error &) {
        if (m_server.get() != server)
            return;
        m_server.release()->deleteLater();
        Q_EMIT stopped();
    });
    server->closeAllConnections();
}

bool MockServer::isListening() const { return m_server && m_server->isListening(); }

quint16 MockServer::port() const { return isListening() ? m_server->serverPort() : 0; }

void MockServer::take(http::IncomingMessage *request, http::ServerResponse *response)
{
    const AnswerContext context { request->method(), request->url(),
        request->httpVersionMajor() > 1 || request->httpVersionMinor() >= 1 };
    const RouteMatch match = m_routes.match(context.method, context.target);
    if (match.route && match.route->isScripted && problems(*match.route).isEmpty()) {
        delegate(*match.route, request, response);
        return;
    }
    std::chrono::milliseconds delay { 0 };
    Answer prepared;
    if (match.route) {
        prepared = answerOf(*match.route, context);
        delay = match.route->delay;
        // RFC 9110 section 15.2: no interim responses to HTTP/1.0 peers.
        for (const auto &[status, fields] : match.route->interim) {
            if (context.isChunkable)
                std::ignore = response->writeInformation(status, toHeaderList(fields));
        }
    } else {
        prepared = refusal(m_routes, match, context);
    }

    // The timer is the response's: it goes with it when the client does.
    connect(request, &http::IncomingMessage::ended, response, [this, response, delay, prepared] {
        if (delay.count() == 0) {
            answer(prepared, response);
            return;
        }
        auto *timer = new QTimer(response);
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer); // a coarse one may be early
        connect(response, &http::ServerResponse::closed, timer, &QTimer::stop);
        connect(timer, &QTimer::timeout, this, [this, response, prepared] {
            const http::IoScope scope;
            answer(prepared, response);
        });
        timer->start(delay + std::chrono::milliseconds(1)); // Qt counts whole milliseconds, begun ones too
    });
    connect(request, &http::IncomingMessage::data, this, [] {}); // each piece as it comes
}

void MockServer::delegate(
    const Route &route, http::IncomingMessage *request, http::ServerResponse *response)
{
    const QPointer<http::ServerResponse> guard(response);
    const QString problem = m_handler
        ? m_handler->handle(route, request, response)
        : QStringLiteral("This mock server runs no scripts, and a script is to answer this route.");
    if (!problem.isEmpty() && guard)
        answerFailure(response, problem);
}

void MockServer::answer(const Answer &answer, http::ServerResponse *response)
{
    const http::HeaderList fields = toHeaderList(answer.fields);
    const http::Error error = answer.reason.isNull()
        ? response->writeHead(answer.statusCode, fields)
        : response->writeHead(answer.statusCode, answer.reason, fields);
    if (error) {
        // problems() knows what a route may hold, so this is the connection's state: it is over.
        response->destroy(error);
        return;
    }
    if (!answer.trailers.isEmpty())
        std::ignore = response->addTrailers(toHeaderList(answer.trailers));
    response->end(answer.body);
}

} // namespace headrace::mock
