#include "native/sockets.h"

#include "native/errors.h"
#include "native/streamdevice.h"
#include "program/program.h"

#include <http/server.h>
#include <http/ticks.h>

#include <QAbstractSocket>
#include <QHostAddress>
#include <QLocalSocket>
#include <QSslCipher>
#include <QSslSocket>

namespace headrace::script {

using http::Transport;

SocketHandle::SocketHandle(Program &program, QIODevice *device)
    : Handle(HandleKind)
    , m_program(program)
    , m_device(device)
    , m_transport(Transport::of(device))
{
    QObject *const context = &m_context;
    QObject::connect(
        m_transport, &Transport::connected, context, [this] { tell("socketConnected", {}); });
    QObject::connect(
        m_transport, &Transport::closing, context, [this] { tell("socketClosing", {}); });
    QObject::connect(
        m_transport, &Transport::errorOccurred, context, [this](const http::Error &error) {
            tell("socketError", { errorValue(*m_program.context, error) });
        });
    QObject::connect(m_transport, &Transport::closed, context, [this](bool hadError) {
        tell("socketClosed", { JSValueMakeBoolean(m_program.context->ref(), hadError) });
    });
}

SocketHandle::~SocketHandle() = default;

void SocketHandle::detach()
{
    m_target = nullptr;
    if (m_transport)
        QObject::disconnect(m_transport, nullptr, &m_context, nullptr);
}

void SocketHandle::tell(const char *what, std::initializer_list<JSValueRef> arguments)
{
    if (!m_target)
        return;
    ValueList all(m_program.context->ref());
    all.push_back(m_target);
    for (const JSValueRef argument : arguments)
        all.push_back(argument);
    m_program.context->callExposed(what, all.values());
}

void SocketHandle::read()
{
    if (m_reads || !m_transport)
        return;
    m_reads = true;
    QObject::connect(
        m_transport, &Transport::received, &m_context, [this](const QByteArray &octets) {
            tell("socketData", { octetsValue(m_program.context->ref(), octets) });
        });
    QObject::connect(m_transport, &Transport::ended, &m_context, [this] { tell("socketEnd", {}); });
}

void SocketHandle::listenToTimeout()
{
    if (!m_timeout && m_transport) {
        m_timeout = QObject::connect(
            m_transport, &Transport::timedOut, &m_context, [this] { tell("socketTimeout", {}); });
    }
}

// --- the sockets of a program

namespace {

/// By a server, whose sockets may end one direction and go on with the other.
bool isAccepted(const QIODevice *device)
{
    return !device->parent() || qobject_cast<http::Server *>(device->parent());
}

} // namespace

Sockets::Sockets(Program &program)
    : m_program(program)
{
}

Sockets::~Sockets() = default;

JSObjectRef Sockets::adopt(QIODevice *device, JSObjectRef target)
{
    const JSContextRef context = m_program.context->ref();
    auto handle = std::make_unique<SocketHandle>(m_program, device);
    handle->setTarget(target);
    m_entries.insert(
        device, std::make_shared<Entry>(Entry { Persistent(context, target), handle.get() }));
    QObject::connect(
        device, &QObject::destroyed, &m_context, [this, device] { m_entries.remove(device); });
    return Handle::wrap(context, std::move(handle));
}

JSValueRef Sockets::value(QIODevice *device)
{
    const JSContextRef context = m_program.context->ref();
    if (!device)
        return JSValueMakeNull(context);
    if (const auto known = m_entries.constFind(device); known != m_entries.cend())
        return (*known)->target.value();
    if (auto *adapted = qobject_cast<StreamDevice *>(device))
        return adapted->stream();
    const JSValueRef made = m_program.context->callExposed("makeSocket",
        { JSValueMakeBoolean(context, qobject_cast<QSslSocket *>(device) != nullptr),
            JSValueMakeBoolean(context, isAccepted(device)) });
    if (!made || !JSValueIsObject(context, made))
        return JSValueMakeNull(context);
    const JSObjectRef target = const_cast<JSObjectRef>(made);
    const JSObjectRef handle = adopt(device, target);
    m_program.context->callExposed("attachSocket", { target, handle });
    return target;
}

QIODevice *Sockets::device(JSValueRef stream)
{
    const JSContextRef context = m_program.context->ref();
    if (!stream || !JSValueIsObject(context, stream))
        return nullptr;
    const JSValueRef found = m_program.context->callExposed("deviceOf", { stream });
    if (const auto *handle = Handle::from<SocketHandle>(context, found))
        return handle->device();
    if (const auto *handle = Handle::from<StreamHandle>(context, found))
        return handle->device();
    return nullptr;
}

void Sockets::closeAll()
{
    const QList<QIODevice *> devices = m_entries.keys();
    for (const auto &entry : std::as_const(m_entries))
        entry->handle->detach();
    m_entries.clear();
    for (QIODevice *device : devices)
        device->deleteLater();
}

// --- native functions

namespace {

Transport *transportOf(const Call &call)
{
    const auto *handle = call.handle<SocketHandle>(0);
    return handle ? handle->transport() : nullptr;
}

/// server(handle): the http.Server that accepted it, or undefined
JSValueRef server(Call &call)
{
    const auto *handle = call.handle<SocketHandle>(0);
    const QIODevice *device = handle ? handle->device() : nullptr;
    const auto *owner = device ? qobject_cast<http::Server *>(device->parent()) : nullptr;
    const JSObjectRef target = Program::of(call).serverOf(owner);
    return target ? JSValueRef(target) : call.undefined();
}

JSValueRef startReading(Call &call)
{
    if (auto *handle = call.handle<SocketHandle>(0); handle && handle->transport()) {
        handle->read();
        handle->transport()->resume();
    }
    return call.undefined();
}

/// watchReading(handle): tells what somebody else reads.
JSValueRef watchReading(Call &call)
{
    if (auto *handle = call.handle<SocketHandle>(0))
        handle->read();
    return call.undefined();
}

JSValueRef stopReading(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->pause();
    return call.undefined();
}

/// write(handle, octets or text, isLatin1, callback): true: below the high-water mark.
JSValueRef write(Call &call)
{
    Transport *transport = transportOf(call);
    if (!transport)
        return call.answer(false);
    const QByteArray octets = !call.isString(1) ? call.octets(1)
        : call.boolean(2)                       ? call.latin1(1)
                                                : call.utf8(1);
    const JSObjectRef function = call.function(3);
    if (!function)
        return call.answer(transport->write(octets));
    return call.answer(transport->write(octets,
        [&context = call.context(), kept = std::make_shared<Persistent>(call.ref(), function)](
            const http::Error &error) {
            context.call(kept->object(), nullptr, { errorValue(context, error) });
        }));
}

JSValueRef end(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->end();
    return call.undefined();
}

/// destroy(handle, error)
JSValueRef destroy(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->destroy(errorFrom(call.ref(), call.value(1)));
    return call.undefined();
}

JSValueRef setTimeout(Call &call)
{
    if (auto *handle = call.handle<SocketHandle>(0); handle && handle->transport()) {
        handle->listenToTimeout();
        handle->transport()->setTimeout(std::chrono::milliseconds(qint64(call.number(1))));
    }
    return call.undefined();
}

JSValueRef listenToTimeout(Call &call)
{
    if (auto *handle = call.handle<SocketHandle>(0))
        handle->listenToTimeout();
    return call.undefined();
}

/// removeFromAgent(handle): its agent forgets it.
JSValueRef removeFromAgent(Call &call)
{
    const auto *handle = call.handle<SocketHandle>(0);
    if (handle && handle->device())
        Program::of(call).removeFromAgents(handle->device());
    return call.undefined();
}

JSValueRef setNoDelay(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->setNoDelay(call.boolean(1));
    return call.undefined();
}

/// setKeepAlive(handle, enable, initialDelay)
JSValueRef setKeepAlive(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->setKeepAlive(call.boolean(1), std::chrono::milliseconds(qint64(call.number(2))));
    return call.undefined();
}

JSValueRef setReferenced(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->setReferenced(call.boolean(1));
    return call.undefined();
}

JSValueRef setAllowHalfOpen(Call &call)
{
    if (Transport *transport = transportOf(call))
        transport->setAllowHalfOpen(call.boolean(1));
    return call.undefined();
}

template <auto member>
JSValueRef flag(Call &call)
{
    const Transport *transport = transportOf(call);
    return call.answer(transport && (transport->*member)());
}

JSValueRef timeout(Call &call)
{
    const Transport *transport = transportOf(call);
    return call.answer(transport ? qint64(transport->timeout().count()) : 0);
}

JSValueRef bytesWritten(Call &call)
{
    const Transport *transport = transportOf(call);
    return call.answer(transport ? transport->bytesWritten() : 0);
}

JSValueRef addressList(const Call &call, const QHostAddress &local, quint16 localPort,
    const QHostAddress &peer, quint16 peerPort)
{
    const JSContextRef context = call.ref();
    const auto family = [context](const QHostAddress &address) {
        return latin1Value(
            context, address.protocol() == QAbstractSocket::IPv6Protocol ? "IPv6" : "IPv4");
    };
    const std::array<JSValueRef, 6> items { textValue(context, local.toString()),
        call.answer(int(localPort)), family(local), textValue(context, peer.toString()),
        call.answer(int(peerPort)), family(peer) };
    return arrayValue(context, items);
}

/// addresses(handle): [local, port, family, peer, port, family], or null
JSValueRef addresses(Call &call)
{
    const auto *handle = call.handle<SocketHandle>(0);
    const auto *socket = handle ? qobject_cast<QAbstractSocket *>(handle->device()) : nullptr;
    if (!socket || socket->localPort() == 0)
        return call.null();
    return addressList(call, socket->localAddress(), socket->localPort(), socket->peerAddress(),
        socket->peerPort());
}

/// tls(handle): { authorized, protocol, cipher } of a TLS connection, or null
JSValueRef tls(Call &call)
{
    const auto *handle = call.handle<SocketHandle>(0);
    const auto *socket = handle ? qobject_cast<QSslSocket *>(handle->device()) : nullptr;
    if (!socket)
        return call.null();
    const JSContextRef context = call.ref();
    const JSObjectRef facts = JSObjectMake(context, nullptr, nullptr);
    setProperty(context, facts, "authorized",
        call.answer(socket->isEncrypted() && socket->sslHandshakeErrors().isEmpty()));
    setProperty(context, facts, "protocol",
        latin1Value(context,
            socket->sessionProtocol() == QSsl::TlsV1_3       ? "TLSv1.3"
                : socket->sessionProtocol() == QSsl::TlsV1_2 ? "TLSv1.2"
                                                             : "unknown"));
    setProperty(context, facts, "cipher", textValue(context, socket->sessionCipher().name()));
    return facts;
}

constexpr NativeModule::Function functions[] = {
    { "server", nativeFunction<server> },
    { "startReading", nativeFunction<startReading> },
    { "watchReading", nativeFunction<watchReading> },
    { "stopReading", nativeFunction<stopReading> },
    { "write", nativeFunction<write> },
    { "end", nativeFunction<end> },
    { "destroy", nativeFunction<destroy> },
    { "setTimeout", nativeFunction<setTimeout> },
    { "listenToTimeout", nativeFunction<listenToTimeout> },
    { "removeFromAgent", nativeFunction<removeFromAgent> },
    { "setNoDelay", nativeFunction<setNoDelay> },
    { "setKeepAlive", nativeFunction<setKeepAlive> },
    { "setReferenced", nativeFunction<setReferenced> },
    { "setAllowHalfOpen", nativeFunction<setAllowHalfOpen> },
    { "isConnecting", nativeFunction<flag<&Transport::isConnecting>> },
    { "isDestroyed", nativeFunction<flag<&Transport::isDestroyed>> },
    { "isReadable", nativeFunction<flag<&Transport::isReadable>> },
    { "timeout", nativeFunction<timeout> },
    { "bytesWritten", nativeFunction<bytesWritten> },
    { "addresses", nativeFunction<addresses> },
    { "tls", nativeFunction<tls> },
};

} // namespace

const NativeModule socketNatives { "socket", functions };

} // namespace headrace::script
