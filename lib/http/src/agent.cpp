#include "http/agent.h"

#include "agentpool.h"
#include "connecting.h"
#include "http/clientrequest.h"
#include "http/tcpsocket.h"
#include "http/ticks.h"
#include "http/transport.h"
#include "systemerror.h"
#include "threadglobal.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QTcpSocket>

#include <algorithm>

namespace headrace::http {

using namespace Qt::StringLiterals;

struct Agent::Private
{
    AgentOptions options;
    AgentPool pool;
    Observer *observer = nullptr;
};

namespace {

AgentOptions withDefaults(AgentOptions options)
{
    const AgentOptions defaults;
    if (options.maxSockets <= 0)
        options.maxSockets = defaults.maxSockets;
    if (options.maxFreeSockets <= 0)
        options.maxFreeSockets = defaults.maxFreeSockets;
    if (options.maxTotalSockets <= 0)
        options.maxTotalSockets = defaults.maxTotalSockets;
    if (options.keepAliveMsecs.count() <= 0)
        options.keepAliveMsecs = defaults.keepAliveMsecs;
    return options;
}

/// The name of the Host header, or the host; none for an address. Source: reference https `servername`.
QString serverNameOf(const ConnectOptions &options, const ClientRequest &request)
{
    QString name = options.host;
    if (const std::optional<HeaderValue> header = request.getHeader("host")) {
        const QString text = QString::fromUtf8(header->toByteArray());
        const qsizetype bracket = text.indexOf(u']');
        if (!text.isEmpty())
            name = text.startsWith(u'[') && bracket > 0 ? text.mid(1, bracket - 1)
                                                        : text.section(u':', 0, 0);
    }
    return QHostAddress(name).isNull() ? name : QString();
}

/// Two timeouts are the same when none is given or it is 0.
std::chrono::milliseconds orNone(const std::optional<std::chrono::milliseconds> &timeout)
{
    return timeout.value_or(std::chrono::milliseconds(0));
}

} // namespace

Agent::Agent(QObject *parent)
    : Agent(AgentOptions(), parent)
{
}

Agent::Agent(AgentOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->options = withDefaults(std::move(options));
}

Agent::~Agent()
{
    const QHash<QByteArray, QList<ClientRequest *>> waiting = d->pool.waiting();
    for (const QList<ClientRequest *> &requests : waiting) {
        for (ClientRequest *request : requests) {
            if (request)
                request->onSocket(nullptr, connectionReset(u"socket hang up"_s));
        }
    }
    const QList<QIODevice *> devices = d->pool.devices();
    for (QIODevice *device : devices) {
        Transport *transport = Transport::of(device);
        disconnect(transport, nullptr, this, nullptr);
        // A socket in use lives on until its request has heard of the end; it deletes itself then.
        if (!d->pool.isFree(device) && device->parent() == this)
            device->setParent(nullptr);
        transport->destroy();
    }
}

// --- what subclasses change

QIODevice *Agent::createConnection(
    const ConnectOptions &options, RequestOptions::ConnectionCallback)
{
    return connectDevice(options, new TcpSocket(this));
}

QIODevice *Agent::connectDevice(const ConnectOptions &options, QTcpSocket *socket)
{
    if (!options.socketPath.isEmpty()) {
        delete socket;
        return connectLocalSocket(options.socketPath, this);
    }
    const QString from = options.localAddress.isEmpty() || options.localPort == 0
        ? QString()
        : options.localAddress + u':' + QString::number(options.localPort);
    Transport::of(socket)->setPeerName(options.host, options.port, from);
    lookUpHost(socket, options, [guard = QPointer(this), socket](const ConnectOptions &resolved) {
        if (guard && bindLocally(socket, resolved))
            Transport::of(socket)->connectBy([&] { guard->startConnecting(socket, resolved); });
    });
    return socket;
}

void Agent::startConnecting(QTcpSocket *socket, const ConnectOptions &options)
{
    socket->connectToHost(options.host, options.port, QIODevice::ReadWrite, protocolOf(options));
}

bool Agent::keepSocketAlive(QIODevice *socket)
{
    Transport *transport = Transport::of(socket);
    transport->setKeepAlive(true, d->options.keepAliveMsecs);
    if (transport->timeout() != orNone(d->options.timeout))
        transport->setTimeout(orNone(d->options.timeout));
    transport->setReferenced(false); // nobody waits for an idle connection
    return true;
}

void Agent::reuseSocket(QIODevice *socket, ClientRequest *request)
{
    request->setReusedSocket(true);
    Transport::of(socket)->setReferenced(true);
}

QByteArray Agent::getName(const ConnectOptions &options) const
{
    QByteArray name
        = options.host.isEmpty() ? QByteArrayLiteral("localhost") : options.host.toUtf8();
    name += ':';
    if (options.port != 0)
        name += QByteArray::number(options.port);
    name += ':' + options.localAddress.toUtf8();
    if (options.family == 4 || options.family == 6)
        name += ':' + QByteArray::number(options.family);
    if (!options.socketPath.isEmpty())
        name += ':' + options.socketPath.toUtf8();
    return name;
}

quint16 Agent::defaultPort() const { return 80; }

QByteArray Agent::protocol() const { return QByteArrayLiteral("http:"); }

// --- lending

ConnectOptions Agent::effectiveOptions(
    const ClientRequest &request, const ConnectOptions &requested) const
{
    ConnectOptions options = requested.overlaid(d->options);
    if (options.serverName.isEmpty() && protocol() == "https:") // it decides what may be reused
        options.serverName = serverNameOf(options, request);
    return options;
}

Error Agent::addRequest(ClientRequest *request, const ConnectOptions &requested)
{
    const ConnectOptions options = effectiveOptions(*request, requested);
    if (Error error = checkConnectOptions(options))
        return error;
    const QByteArray name = getName(options);
    if (QIODevice *socket = d->pool.takeFree(name, d->options.scheduling)) {
        reuseSocket(socket, request);
        lend(request, socket);
        d->pool.add(name, socket);
    } else if (d->pool.count(name) < d->options.maxSockets
        && d->pool.totalCount() < d->options.maxTotalSockets) {
        createSocket(request, options,
            [this, request = QPointer(request)](const Error &error, QIODevice *socket) {
                if (!request)
                    return;
                if (error)
                    request->onSocket(socket, error);
                else
                    lend(request, socket);
            });
    } else {
        d->pool.enqueue(name, request, options);
    }
    return {};
}

void Agent::createSocket(
    ClientRequest *request, ConnectOptions options, RequestOptions::ConnectionCallback done)
{
    const QByteArray name = getName(options);
    if (options.serverName.isEmpty()) // a request on a kept connection never needs it
        options.serverName = serverNameOf(options, *request);
    const auto created = std::make_shared<bool>(false);
    const RequestOptions::ConnectionCallback oncreate =
        [this, guard = QPointer(this), created, name, timeout = orNone(options.timeout), done,
            request = QPointer(request)](const Error &error, QIODevice *socket) {
            if (!guard || std::exchange(*created, true))
                return;
            if (error || !socket) {
                done(error ? error : connectionReset(u"socket hang up"_s), nullptr);
                return;
            }
            Transport *transport = Transport::of(socket);
            if (request && request->observer())
                transport->setObserver(request->observer(), request->exchange(), request->guard());
            if (timeout.count() > 0)
                transport->setTimeout(timeout);
            adopt(socket, transport, name);
            done({}, socket);
        };
    if (QIODevice *socket = createConnection(options, oncreate))
        oncreate({}, socket);
}

void Agent::adopt(QIODevice *socket, Transport *transport, const QByteArray &name)
{
    d->pool.add(name, socket);
    connect(transport, &Transport::closed, this, [this, socket] { removeSocket(socket); });
    connect(transport, &QObject::destroyed, this, [this, socket] { removeSocket(socket); });
    connect(transport, &Transport::timedOut, this, [this, socket, transport] {
        if (d->pool.isFree(socket))
            transport->destroy();
    });
}

void Agent::lend(ClientRequest *request, QIODevice *socket)
{
    request->onSocket(socket, {});
    const std::optional<std::chrono::milliseconds> wanted = request->timeoutOption();
    if (wanted && *wanted != orNone(d->options.timeout))
        Transport::of(socket)->setTimeout(*wanted);
}

void Agent::release(QIODevice *socket, ClientRequest *user)
{
    if (d->pool.nameOf(socket).isNull())
        return; // 'agentRemove' was told: the socket stays as it is
    const QPointer<Agent> guard(this);
    const QPointer<QIODevice> released(socket);
    settle(socket, user);
    if (guard && released)
        Q_EMIT socketFree(socket);
}

/// Decides what becomes of a socket whose request is done with it.
void Agent::settle(QIODevice *socket, ClientRequest *user)
{
    Transport *transport = Transport::of(socket);
    if (!transport->isWritable()) {
        transport->destroy();
        return;
    }
    const QByteArray name = d->pool.nameOf(socket);
    if (ClientRequest *next = d->pool.dequeue(name)) {
        if (user)
            transport->setReused();
        lend(next, socket);
        return;
    }
    if (!user || !user->shouldKeepAlive() || !d->options.keepAlive) {
        transport->destroy();
        return;
    }
    if (d->pool.totalCount() > d->options.maxTotalSockets
        || d->pool.count(name) > d->options.maxSockets
        || d->pool.freeCount(name) >= d->options.maxFreeSockets || !keepSocketAlive(socket)) {
        transport->destroy();
        return;
    }
    transport->setObserver(d->observer, 0);
    transport->setReused();
    d->pool.setFree(socket);
    makeSocketForWaiting(name);
}

void Agent::removeSocket(QIODevice *socket)
{
    const QByteArray name = d->pool.nameOf(socket);
    if (name.isNull())
        return;
    d->pool.remove(socket);
    makeSocketForWaiting(name);
}

/// A place became free: a waiting request gets a new connection, of the same origin first.
void Agent::makeSocketForWaiting(const QByteArray &name)
{
    const std::optional<AgentPool::Waiting> waiting = d->pool.firstWaiting(name);
    if (!waiting)
        return;
    createSocket(waiting->request, waiting->options,
        [this, request = waiting->request](const Error &error, QIODevice *socket) {
            if (!error)
                release(socket, nullptr);
            else if (request)
                request->onSocket(socket, error);
        });
}

void Agent::removeSocketFromAgent(QIODevice *socket)
{
    if (Transport *transport = Transport::find(socket))
        disconnect(transport, nullptr, this, nullptr);
    removeSocket(socket);
    socket->setParent(nullptr);
}

void Agent::destroy()
{
    const QList<QIODevice *> devices = d->pool.devices();
    for (QIODevice *device : devices)
        Transport::of(device)->destroy();
}

// --- state

QHash<QByteArray, QList<QIODevice *>> Agent::freeSockets() const { return d->pool.free(); }

QHash<QByteArray, QList<QIODevice *>> Agent::sockets() const { return d->pool.used(); }

QHash<QByteArray, QList<ClientRequest *>> Agent::requests() const { return d->pool.waiting(); }

const AgentOptions &Agent::options() const { return d->options; }

bool Agent::keepAlive() const { return d->options.keepAlive; }

void Agent::setKeepAlive(bool keepAlive) { d->options.keepAlive = keepAlive; }

std::chrono::milliseconds Agent::keepAliveMsecs() const { return d->options.keepAliveMsecs; }

void Agent::setKeepAliveMsecs(std::chrono::milliseconds initialDelay)
{
    d->options.keepAliveMsecs = initialDelay;
}

int Agent::maxSockets() const { return d->options.maxSockets; }

void Agent::setMaxSockets(int count) { d->options.maxSockets = count; }

int Agent::maxTotalSockets() const { return d->options.maxTotalSockets; }

void Agent::setMaxTotalSockets(int count) { d->options.maxTotalSockets = count; }

int Agent::maxFreeSockets() const { return d->options.maxFreeSockets; }

void Agent::setMaxFreeSockets(int count) { d->options.maxFreeSockets = count; }

AgentOptions::Scheduling Agent::scheduling() const { return d->options.scheduling; }

void Agent::setScheduling(AgentOptions::Scheduling scheduling)
{
    d->options.scheduling = scheduling;
}

void Agent::setObserver(Observer *observer) { d->observer = observer; }

Observer *Agent::observer() const { return d->observer; }

Agent *globalAgent() { return ThreadGlobal<Agent>::get(); }

void setGlobalAgent(Agent *agent) { ThreadGlobal<Agent>::replace(agent); }

} // namespace headrace::http
