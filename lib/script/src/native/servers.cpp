#include "native/servers.h"

#include "native/errors.h"
#include "native/incominghandle.h"
#include "native/options.h"
#include "native/outgoinghandle.h"
#include "native/sockets.h"
#include "program/program.h"

#include <QHostInfo>
#include <QSslConfiguration>

#include <cmath>

namespace headrace::script {

namespace {

http::Server *makeServer(Program &program, http::ServerOptions options)
{
    options.makeServerResponse
        = [](http::IncomingMessage *request, QObject *) { return new ScriptResponse(request); };
    auto *server = new http::Server(std::move(options));
    server->setObserver(program.options.observer);
    program.addOpen(server);
    return server;
}

} // namespace

MessagePair messagesFor(Program &program, JSValueRef server, http::IncomingMessage *request,
    http::ServerResponse *response)
{
    Context &context = *program.context;
    const JSContextRef ref = context.ref();
    auto incoming = std::make_unique<IncomingHandle>(program, request);
    IncomingHandle *incomingHandle = incoming.get();
    const JSObjectRef incomingObject = Handle::wrap(ref, std::move(incoming));
    OutgoingHandle *outgoingHandle = nullptr;
    JSValueRef outgoingObject = JSValueMakeUndefined(ref);
    if (response) {
        auto outgoing = std::make_unique<OutgoingHandle>(program, response);
        outgoingHandle = outgoing.get();
        outgoingObject = Handle::wrap(ref, std::move(outgoing));
    }
    const JSValueRef made = context.callExposed("makeMessages",
        { server, incomingObject, outgoingObject, latin1Value(ref, request->method()),
            latin1Value(ref, request->url()), JSValueMakeNumber(ref, request->httpVersionMajor()),
            JSValueMakeNumber(ref, request->httpVersionMinor()),
            JSValueMakeBoolean(ref, response && !dynamic_cast<ScriptResponse *>(response)) });
    const JSValueRef null = JSValueMakeNull(ref);
    if (!made || !JSValueIsObject(ref, made))
        return { null, null };
    const JSObjectRef pair = const_cast<JSObjectRef>(made);
    const MessagePair messages { JSObjectGetPropertyAtIndex(ref, pair, 0, nullptr),
        JSObjectGetPropertyAtIndex(ref, pair, 1, nullptr) };
    incomingHandle->setTarget(context, const_cast<JSObjectRef>(messages.request));
    if (outgoingHandle)
        outgoingHandle->setTarget(context, const_cast<JSObjectRef>(messages.response));
    return messages;
}

ServerHandle::ServerHandle(Program &program, http::ServerOptions options)
    : EmitterHandle(HandleKind)
    , m_program(program)
    , m_server(makeServer(program, std::move(options)))
{
}

ServerHandle::~ServerHandle()
{
    if (!m_server)
        return;
    m_program.removeOpen(m_server);
    m_program.setServer(m_server, nullptr);
    delete m_server;
}

QMetaObject::Connection ServerHandle::connectTo(Event event)
{
    using http::Server;
    if (!m_server)
        return {};
    const auto plain = [&](auto signal) {
        return QObject::connect(m_server, signal, m_server, [this, event] { emitEvent(event); });
    };
    const auto exchange = [&](auto signal) {
        return QObject::connect(m_server, signal, m_server,
            [this, event](http::IncomingMessage *request, http::ServerResponse *response) {
                const MessagePair pair = messagesFor(m_program, target(), request, response);
                emitEvent(event, { pair.request, pair.response });
            });
    };
    const auto handedOver = [&](auto signal) {
        return QObject::connect(m_server, signal, m_server,
            [this, event](
                http::IncomingMessage *request, QIODevice *socket, const QByteArray &head) {
                const MessagePair pair = messagesFor(m_program, target(), request, nullptr);
                emitEvent(event,
                    { pair.request, m_program.sockets().value(socket), octetsValue(ref(), head) });
            });
    };
    const auto socket = [&](auto signal) {
        return QObject::connect(m_server, signal, m_server, [this, event](QIODevice *device) {
            emitEvent(event, { m_program.sockets().value(device) });
        });
    };
    switch (event) {
    case Event::Request:
        return exchange(&Server::request);
    case Event::CheckContinue:
        return exchange(&Server::checkContinue);
    case Event::CheckExpectation:
        return exchange(&Server::checkExpectation);
    case Event::Connect:
        return handedOver(&Server::connectRequested);
    case Event::Upgrade:
        return handedOver(&Server::upgrade);
    case Event::Connection:
        return socket(&Server::connection);
    case Event::Timeout:
        return socket(&Server::timedOut);
    case Event::Listening:
        return plain(&Server::listening);
    case Event::Close:
        return plain(&Server::closed);
    case Event::ClientError:
        return QObject::connect(m_server, &Server::clientError, m_server,
            [this](const http::Error &error, QIODevice *device) {
                emitEvent(Event::ClientError,
                    { errorValue(context(), error), m_program.sockets().value(device) });
            });
    case Event::Error:
        return QObject::connect(
            m_server, &Server::errorOccurred, m_server, [this](const http::Error &error) {
                emitEvent(Event::Error, { errorValue(context(), error) });
            });
    default:
        return {};
    }
}

namespace {

using std::chrono::milliseconds;

http::Server *serverOf(const Call &call)
{
    const auto *handle = call.handle<ServerHandle>(0);
    return handle ? handle->server() : nullptr;
}

/// make(target, insecureHTTPParser, maxHeaderSize, tls options or undefined)
JSValueRef make(Call &call)
{
    Program &program = Program::of(call);
    http::ServerOptions options;
    options.insecureHTTPParser = call.boolean(1);
    options.maxHeaderSize = call.integer(2) > 0 ? call.integer(2) : options.maxHeaderSize;
    auto handle = std::make_unique<ServerHandle>(program, std::move(options));
    handle->setTarget(call.context(), call.object(0));
    program.setServer(handle->server(), call.object(0));
    if (call.object(3)) {
        handle->server()->setSslConfiguration(
            tlsFrom(program, call.value(3)).value_or(QSslConfiguration::defaultConfiguration()));
    }
    return Handle::wrap(call.ref(), std::move(handle));
}

/// listen(handle, port, address): whether it listens; errors are emitted.
JSValueRef listen(Call &call)
{
    http::Server *server = serverOf(call);
    if (!server)
        return call.undefined();
    const QString host = call.isNullish(2) ? QString() : call.text(2);
    const QHostAddress address = host.isEmpty() ? QHostAddress(QHostAddress::Any)
        : host == u"localhost"                  ? QHostAddress(QHostAddress::LocalHost)
                                                : QHostAddress(host);
    const http::Error error = server->listen(quint16(call.integer(1)), address);
    if (error.code == http::ErrorCode::ServerAlreadyListen)
        return call.fail(error);
    if (!error)
        Q_EMIT Program::of(call).q->serverListening(server->serverPort());
    return call.answer(!error);
}

JSValueRef listenLocal(Call &call)
{
    http::Server *server = serverOf(call);
    if (!server)
        return call.undefined();
    const http::Error error = server->listenLocal(call.text(1));
    if (error.code == http::ErrorCode::ServerAlreadyListen)
        return call.fail(error);
    if (!error)
        Q_EMIT Program::of(call).q->serverListening(0);
    return call.answer(!error);
}

/// close(handle, callback)
JSValueRef close(Call &call)
{
    http::Server *server = serverOf(call);
    if (!server)
        return call.undefined();
    const JSObjectRef function = call.function(1);
    if (!function) {
        server->close();
        return call.undefined();
    }
    server->close(
        [&context = call.context(), kept = std::make_shared<Persistent>(call.ref(), function)](
            const http::Error &error) {
            if (error)
                context.call(kept->object(), nullptr, { errorValue(context, error) });
            else
                context.call(kept->object(), nullptr, {});
        });
    return call.undefined();
}

JSValueRef closeAllConnections(Call &call)
{
    if (http::Server *server = serverOf(call))
        server->closeAllConnections();
    return call.undefined();
}

JSValueRef inject(Call &call)
{
    QIODevice *device = Program::of(call).sockets().device(call.value(1));
    if (http::Server *server = serverOf(call); server && device)
        server->injectConnection(device);
    return call.undefined();
}

JSValueRef isListening(Call &call)
{
    const http::Server *server = serverOf(call);
    return call.answer(server && server->isListening());
}

/// address(handle): [address, port], a path, or null
JSValueRef address(Call &call)
{
    const http::Server *server = serverOf(call);
    if (!server || !server->isListening())
        return call.null();
    if (server->serverPort() == 0)
        return textValue(call.ref(), server->localPath());
    const QHostAddress bound = server->serverAddress();
    const QString text
        = bound == QHostAddress(QHostAddress::Any) ? QStringLiteral("::") : bound.toString();
    const std::array<JSValueRef, 2> items { textValue(call.ref(), text),
        call.answer(int(server->serverPort())) };
    return arrayValue(call.ref(), items);
}

JSValueRef connectionCount(Call &call)
{
    const http::Server *server = serverOf(call);
    return call.answer(server ? qint64(server->connectionCount()) : 0);
}

/// setLimits(handle, headersTimeout, keepAliveTimeout, requestTimeout, timeout, maxHeadersCount): as the
/// properties are now.
JSValueRef setLimits(Call &call)
{
    http::Server *server = serverOf(call);
    if (!server)
        return call.undefined();
    server->setHeadersTimeout(milliseconds(qint64(call.number(1))));
    server->setKeepAliveTimeout(milliseconds(qint64(call.number(2))));
    server->setRequestTimeout(milliseconds(qint64(call.number(3))));
    server->setTimeout(milliseconds(qint64(call.number(4))));
    server->setMaxHeadersCount(call.integer(5));
    return call.undefined();
}

JSValueRef setReferenced(Call &call)
{
    if (http::Server *server = serverOf(call))
        server->setReferenced(call.boolean(1));
    return call.undefined();
}

/// makeResponse(target, request handle, method, major, minor): a response of the script's own, without a connection.
JSValueRef makeResponse(Call &call)
{
    Program &program = Program::of(call);
    const auto *request = call.handle<IncomingHandle>(1);
    auto *response = new ScriptResponse(request ? request->message() : nullptr);
    auto handle
        = std::make_unique<OutgoingHandle>(program, static_cast<http::ServerResponse *>(response));
    handle->setTarget(call.context(), call.object(0));
    if (!request && call.isString(2)) {
        response->describeRequest(call.latin1(2), std::isnan(call.number(3)) ? 1 : call.integer(3),
            std::isnan(call.number(4)) ? 1 : call.integer(4));
    }
    response->release();
    return Handle::wrap(call.ref(), std::move(handle));
}

constexpr NativeModule::Function functions[] = {
    { "make", nativeFunction<make> },
    { "makeResponse", nativeFunction<makeResponse> },
    { "listen", nativeFunction<listen> },
    { "listenLocal", nativeFunction<listenLocal> },
    { "close", nativeFunction<close> },
    { "closeAllConnections", nativeFunction<closeAllConnections> },
    { "inject", nativeFunction<inject> },
    { "isListening", nativeFunction<isListening> },
    { "address", nativeFunction<address> },
    { "connectionCount", nativeFunction<connectionCount> },
    { "setLimits", nativeFunction<setLimits> },
    { "setReferenced", nativeFunction<setReferenced> },
};

} // namespace

const NativeModule serverNatives { "server", functions };

} // namespace headrace::script
