#include "http/clientrequest.h"

#include "clientconnection.h"
#include "connecting.h"
#include "exchangeguard.h"
#include "http/cancellationtoken.h"
#include "http/ticks.h"
#include "http/tlsagent.h"
#include "http/transport.h"
#include "retire.h"
#include "systemerror.h"

#include <wire/fieldrules.h>

#include <QHostAddress>
#include <QMetaMethod>
#include <QTcpSocket>

#include <algorithm>

namespace headrace::http {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct ClientRequest::Private
{
    QByteArray method;
    QByteArray path;
    QByteArray protocol;
    QString host;
    QPointer<Agent> agent;
    std::unique_ptr<Agent> ownAgent;
    QPointer<IncomingMessage> response;
    QPointer<ClientConnection> connection;
    QPointer<QIODevice> offered; ///< A socket on its way to this request.
    QPointer<QIODevice> socket; ///< The one that was assigned.
    std::shared_ptr<ExchangeGuard> guard;
    QMetaObject::Connection tokenConnection;
    QMetaObject::Connection socketTimeout;
    wire::ParserLimits limits;
    wire::Lenience lenience = wire::Lenience::Strict;
    std::optional<std::chrono::milliseconds> timeoutOption;
    int maxHeadersCount = -1;
    bool useHttp10 = false;
    bool reusedSocket = false;
    bool aborted = false;
    bool isOver = false; ///< The request's own part is over.
    bool waitsForTimeout = false;
    bool timeoutEmitted = false;
};

namespace {

/// Methods whose requests have no body unless they say so. Source: reference http.request, framing.
bool isBodiless(const QByteArray &method)
{
    static const QList<QByteArray> methods { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE",
        "CONNECT" };
    return methods.contains(method);
}

/// Octets U+0021 to U+00FF: the reference refuses all others in a path.
Error checkPath(QByteArrayView path)
{
    if (std::none_of(path.begin(), path.end(), [](char c) { return uchar(c) <= 0x20; }))
        return {};
    return makeError(
        ErrorCode::UnescapedCharacters, u"Request path contains unescaped characters"_s);
}

QByteArray hostHeader(const QString &host, quint16 port, quint16 defaultPort)
{
    QByteArray header = host.toUtf8();
    if (header.count(':') > 1 && !header.startsWith('['))
        header = '[' + header + ']'; // RFC 3986 section 3.2.2
    if (port != 0 && port != defaultPort)
        header += ':' + QByteArray::number(port);
    return header;
}

} // namespace

ClientRequest::ClientRequest()
    : OutgoingMessage(nullptr)
    , d(std::make_unique<Private>())
{
}

ClientRequest::~ClientRequest()
{
    if (d->offered)
        Transport::of(d->offered)->destroy();
}

// --- making one

Error ClientRequest::initialize(RequestOptions options)
{
    TlsAgent *tlsAgent = options.protocol == "https:" ? globalTlsAgent() : nullptr;
    if (options.ownAgent) {
        d->ownAgent = tlsAgent ? std::make_unique<TlsAgent>() : std::make_unique<Agent>();
        d->agent = d->ownAgent.get();
    } else if (options.agent) {
        d->agent = options.agent;
    } else if (!options.createConnection) {
        d->agent = tlsAgent ? tlsAgent : globalAgent();
    }
    const QByteArray expected = d->agent ? d->agent->protocol() : QByteArrayLiteral("http:");
    if (Error error = checkPath(options.path))
        return error;
    d->protocol = options.protocol.isEmpty() ? expected : options.protocol;
    if (d->protocol != expected)
        return makeError(ErrorCode::InvalidProtocol,
            u"Protocol \"%1\" not supported. Expected \"%2\""_s.arg(
                QString::fromLatin1(d->protocol), QString::fromLatin1(expected)));
    const quint16 defaultPort = options.defaultPort != 0 ? options.defaultPort
        : d->agent                                       ? d->agent->defaultPort()
                                                         : 0;
    options.port = options.port != 0 ? options.port : defaultPort != 0 ? defaultPort : 80;
    options.host = !options.hostname.isEmpty() ? options.hostname
        : !options.host.isEmpty()              ? options.host
                                               : u"localhost"_s;
    d->host = options.host;
    d->method = options.method.isEmpty() ? QByteArrayLiteral("GET")
        : options.keepMethodCase         ? options.method
                                         : options.method.toUpper();
    if (Error error = checkTimeout(options))
        return error;
    if (!wire::isToken(d->method))
        return wire::validateHeaderName(options.method, "Method"_L1);
    if (options.maxHeaderSize < 0)
        return makeError(ErrorCode::OutOfRange,
            u"The value of \"maxHeaderSize\" is out of range. It must be >= 0. Received %1"_s.arg(
                options.maxHeaderSize));
    d->path = options.path.isEmpty() ? QByteArrayLiteral("/") : options.path;
    d->timeoutOption = options.timeout;
    d->lenience = options.insecureHTTPParser ? wire::Lenience::Insecure : wire::Lenience::Strict;
    if (options.maxHeaderSize > 0)
        d->limits.maxHeaderSize = options.maxHeaderSize;
    d->useHttp10 = options.useHttp10;
    m_transferEncodingRemoved = options.useHttp10 || !options.sendTransferEncoding;
    m_connectionRemoved = !options.sendConnection;
    m_contentLengthRemoved = !options.sendContentLength;
    m_chunkedByDefault = !isBodiless(d->method);
    m_hasAgent = d->agent;
    // Without an agent the connection is of this request alone, but a head that is rendered here and now
    // (Expect, rawHeaders) does not say so yet; see connectWithout().
    m_shouldKeepAlive = !d->agent || d->agent->options().keepAlive
        || d->agent->options().maxSockets != AgentOptions::Unlimited;
    m_last = !m_shouldKeepAlive;
    observeStart(options);
    if (Error error = applyHeaders(options, options.host, options.port, defaultPort))
        return error;
    watchToken(options.signal);
    if (d->agent)
        return d->agent->addRequest(this, options);
    connectWithout(options);
    return {};
}

void ClientRequest::observeStart(const RequestOptions &options)
{
    m_observer = options.observer ? options.observer : d->agent ? d->agent->observer() : nullptr;
    m_exchange = nextExchangeId();
    if (!m_observer)
        return;
    ExchangeStart start;
    start.exchange = m_exchange;
    start.isSecure = d->protocol == "https:";
    start.method = d->method;
    start.target = d->path;
    start.host = options.host;
    start.port = options.port;
    start.time = monotonicNow();
    m_observer->exchangeBegan(start);
    d->guard = ExchangeGuard::make(m_observer, m_exchange);
}

Error ClientRequest::applyHeaders(
    const RequestOptions &options, const QString &host, quint16 port, quint16 defaultPort)
{
    if (options.rawHeaders)
        return renderHead(startLine(), *options.rawHeaders);
    for (const auto &[name, value] : options.headers) {
        if (Error error = setHeader(name, value))
            return error;
    }
    const auto isGiven = [this](QByteArrayView name) { // an empty one does not count: the reference
        const std::optional<HeaderValue> value = getHeader(name);
        return value && !(value->toByteArray().isEmpty() && !value->isList());
    };
    if (options.setHost && !isGiven("host")) {
        if (Error error = setHeader(QByteArrayLiteral("Host"), hostHeader(host, port, defaultPort)))
            return error;
    }
    if (!options.auth.isEmpty() && !isGiven("authorization")) {
        if (Error error
            = setHeader(QByteArrayLiteral("Authorization"), "Basic " + options.auth.toBase64()))
            return error;
    }
    return hasHeader("expect") ? renderHead(startLine()) : Error();
}

QByteArray ClientRequest::startLine() const
{
    return d->method + ' ' + d->path + (d->useHttp10 ? " HTTP/1.0" : " HTTP/1.1");
}

void ClientRequest::watchToken(const CancellationToken *token)
{
    if (!token)
        return;
    const auto cancel
        = [this] { destroy(makeError(ErrorCode::Aborted, u"The operation was aborted"_s)); };
    if (token->isCanceled())
        cancel();
    else
        d->tokenConnection = connect(token, &CancellationToken::canceled, this, cancel);
}

void ClientRequest::connectWithout(const RequestOptions &options)
{
    m_last = true;
    m_shouldKeepAlive = false;
    const auto created = std::make_shared<bool>(false);
    const auto oncreate = [guard = QPointer(this), created](const Error &error, QIODevice *socket) {
        if (!guard || std::exchange(*created, true))
            return;
        if (error)
            nextTick(guard, [guard, error] { // 'error' without 'close', as in the reference
                guard->releaseGuards();
                guard->emitError(error);
                if (guard)
                    retireMessage(guard.data());
            });
        else
            guard->onSocket(socket, {});
    };
    if (QIODevice *socket = options.createConnection(options, oncreate))
        oncreate({}, socket);
}

// --- the socket

void ClientRequest::onSocket(QIODevice *socket, const Error &error)
{
    d->offered = socket;
    nextTick(this, [this, socket = QPointer(socket), error] {
        d->offered = nullptr;
        takeSocket(socket, error);
    });
}

void ClientRequest::takeSocket(QIODevice *socket, const Error &error)
{
    Transport *transport = socket ? Transport::of(socket) : nullptr;
    if (!m_destroyed && !error && transport) {
        d->socket = socket;
        d->connection = new ClientConnection(this, transport, d->limits, d->lenience);
        if (d->timeoutOption || (d->agent && d->agent->options().timeout.value_or(0ms).count() > 0))
            listenForTimeout();
        const Lifeline::Watch guard(m_lifeline);
        attach(transport);
        if (guard && d->waitsForTimeout)
            listenForTimeout();
        if (guard)
            flushToSocket();
        return;
    }
    m_destroyed = true;
    const Error cause = error ? error : m_destroyError;
    if (!transport) {
        failWithoutSocket(cause);
    } else if (!error && d->agent && !transport->isDestroyed()) {
        d->agent->release(socket, nullptr);
        failWithoutSocket(cause);
    } else if (transport->isDestroyed()) {
        failWithoutSocket(cause);
    } else {
        connect(transport, &Transport::closed, this, [this, cause] { failWithoutSocket(cause); });
        transport->destroy(cause);
    }
}

/// The request ends without ever having had a socket.
void ClientRequest::failWithoutSocket(const Error &cause)
{
    const Lifeline::Watch guard(m_lifeline);
    if (cause)
        emitError(cause);
    else if (!d->aborted)
        emitError(connectionReset(u"socket hang up"_s));
    if (!guard)
        return;
    emitRequestClosed();
    if (!guard)
        return;
    releaseGuards();
    deleteWhenOver();
}

void ClientRequest::whenConnected(std::function<void(Transport *)> run)
{
    const auto onTransport = [this, run = std::move(run)] {
        Transport *transport = m_transport;
        if (transport->isConnecting())
            connect(transport, &Transport::connected, this, [run, transport] { run(transport); });
        else
            run(transport);
    };
    if (m_transport)
        onTransport();
    else
        connect(
            this, &OutgoingMessage::socketAssigned, this, onTransport, Qt::SingleShotConnection);
}

void ClientRequest::setNoDelay(bool noDelay)
{
    whenConnected([noDelay](Transport *transport) { transport->setNoDelay(noDelay); });
}

void ClientRequest::setSocketKeepAlive(bool enable, std::chrono::milliseconds initialDelay)
{
    whenConnected([enable, initialDelay](
                      Transport *transport) { transport->setKeepAlive(enable, initialDelay); });
}

// --- timeout

std::optional<std::chrono::milliseconds> ClientRequest::timeoutOption() const
{
    return d->timeoutOption;
}

void ClientRequest::setTimeout(std::chrono::milliseconds timeout, std::function<void()> listener)
{
    if (d->response && d->response->isReadableEnded())
        return;
    if (listener)
        connect(
            this, &OutgoingMessage::timedOut, this, std::move(listener), Qt::SingleShotConnection);
    listenForTimeout();
    whenConnected([timeout](Transport *transport) { transport->setTimeout(timeout); });
}

void ClientRequest::listenForTimeout()
{
    if (!d->connection) {
        d->waitsForTimeout = true;
        return;
    }
    if (d->socketTimeout)
        return;
    Transport *transport = d->connection->transport();
    d->socketTimeout
        = connect(transport, &Transport::timedOut, this, &ClientRequest::onSocketTimeout);
}

void ClientRequest::onSocketTimeout()
{
    const Lifeline::Watch guard(m_lifeline);
    if (!std::exchange(d->timeoutEmitted, true)) {
        observe(EventKind::Timeout);
        Q_EMIT timedOut();
    }
    if (guard && d->response) {
        d->response->observe(EventKind::Timeout);
        Q_EMIT d->response->timedOut();
    }
}

void ClientRequest::stopTimeouts()
{
    if (d->socketTimeout) {
        disconnect(d->socketTimeout);
        d->socketTimeout = {};
    }
}

// --- destroying

void ClientRequest::abort()
{
    if (d->aborted)
        return;
    d->aborted = true;
    nextTick(this, [this] {
        observe(EventKind::Abort);
        Q_EMIT abortOccurred();
    });
    destroy();
}

void ClientRequest::destroy(const Error &error)
{
    if (m_destroyed) {
        if (m_closed && d->response) // nobody read the response: it can end now, and both can go
            d->response->discardAll();
        return;
    }
    m_destroyed = true;
    m_destroyError = error;
    if (d->response)
        d->response->discardAll();
    if (m_transport)
        m_transport->destroy(error);
}

void ClientRequest::emitRequestClosed()
{
    disconnect(d->tokenConnection);
    d->isOver = true;
    m_destroyed = true;
    emitClosedOnce();
}

void ClientRequest::releaseGuards() { d->guard.reset(); }

void ClientRequest::deleteWhenOver()
{
    if (d->isOver && (!d->response || d->response->m_closed))
        retireMessage(this);
}

// --- state

Error ClientRequest::implicitHeader()
{
    if (headersSent())
        return makeError(ErrorCode::HttpHeadersSent,
            u"Cannot render headers after they are sent to the client"_s);
    return renderHead(startLine());
}

Emitter ClientRequest::emitter() const { return Emitter::ClientRequest; }

void ClientRequest::onSent(const Error &error)
{
    disconnect(d->tokenConnection); // a canceled token ends a request only until it is sent
    if (d->connection && d->connection->hadError())
        return;
    OutgoingMessage::onSent(error);
}

void ClientRequest::onPrefinish()
{
    if (d->connection)
        d->connection->onRequestPrefinish();
}

void ClientRequest::setResponse(IncomingMessage *response) { d->response = response; }

std::shared_ptr<ExchangeGuard> ClientRequest::guard() const { return d->guard; }

QByteArray ClientRequest::method() const { return d->method; }

Error ClientRequest::setMethod(const QByteArray &method)
{
    if (headersSent())
        return makeError(ErrorCode::HttpHeadersSent,
            u"Cannot set the method after headers are sent to the server"_s);
    if (!wire::isToken(method))
        return wire::validateHeaderName(method, "Method"_L1);
    d->method = method;
    return {};
}

QByteArray ClientRequest::path() const { return d->path; }

Error ClientRequest::setPath(const QByteArray &path)
{
    if (headersSent())
        return makeError(ErrorCode::HttpHeadersSent,
            u"Cannot set the path after headers are sent to the server"_s);
    if (Error error = checkPath(path))
        return error;
    d->path = path.isEmpty() ? QByteArrayLiteral("/") : path;
    return {};
}

QString ClientRequest::host() const { return d->host; }

QIODevice *ClientRequest::socket() const { return d->socket; }

QByteArray ClientRequest::protocol() const { return d->protocol; }

Agent *ClientRequest::agent() const { return d->agent; }

IncomingMessage *ClientRequest::res() const { return d->response; }

bool ClientRequest::reusedSocket() const { return d->reusedSocket; }

void ClientRequest::setReusedSocket(bool reused) { d->reusedSocket = reused; }

bool ClientRequest::shouldKeepAlive() const { return m_shouldKeepAlive; }

Observer *ClientRequest::observer() const { return m_observer; }

int ClientRequest::maxHeadersCount() const { return d->maxHeadersCount; }

void ClientRequest::setMaxHeadersCount(int count) { d->maxHeadersCount = count; }

bool ClientRequest::isAborted() const { return d->aborted; }

} // namespace headrace::http
