#include "native/agents.h"

#include "native/errors.h"
#include "native/options.h"
#include "native/outgoinghandle.h"
#include "native/sockets.h"
#include "program/program.h"

#include <http/clientrequest.h>
#include <http/transport.h>

#include <algorithm>
#include <cmath>

namespace headrace::script {

QIODevice *createConnectionBy(Program &program, JSObjectRef function, JSObjectRef self,
    JSValueRef options, const http::RequestOptions::ConnectionCallback &done)
{
    Context &context = *program.context;
    const JSValueRef none = JSValueMakeUndefined(context.ref());
    const JSValueRef stream = context.callExposed("createConnection",
        { function, self ? JSValueRef(self) : none, options,
            Handle::wrap(context.ref(), std::make_unique<ConnectionHandle>(done)) });
    return program.sockets().device(stream);
}

namespace {

/// An agent of lib/http whose overridable functions may be JavaScript's.
template <typename Base>
class ScriptAgent final : public Base
{
public:
    ScriptAgent(AgentHandle &handle, const http::AgentOptions &options)
        : Base(options)
        , m_handle(handle)
        , m_protocol(Base::protocol())
        , m_defaultPort(Base::defaultPort())
    {
    }

    QIODevice *createConnection(const http::ConnectOptions &options,
        http::RequestOptions::ConnectionCallback callback) override
    {
        if (const JSObjectRef function = m_handle.overriding("createConnection")) {
            Program &program = m_handle.program();
            return createConnectionBy(
                program, function, m_handle.target(), originOf(program, options), callback);
        }
        return Base::createConnection(options, std::move(callback));
    }

    bool keepSocketAlive(QIODevice *socket) override
    {
        const JSObjectRef function = m_handle.overriding("keepSocketAlive");
        if (!function)
            return Base::keepSocketAlive(socket);
        Program &program = m_handle.program();
        const JSValueRef kept = program.context->call(
            function, m_handle.target(), { program.sockets().value(socket) });
        return kept && JSValueToBoolean(program.context->ref(), kept);
    }

    void reuseSocket(QIODevice *socket, http::ClientRequest *request) override
    {
        const JSObjectRef function = m_handle.overriding("reuseSocket");
        if (!function) {
            Base::reuseSocket(socket, request);
            return;
        }
        Program &program = m_handle.program();
        program.context->call(function, m_handle.target(),
            { program.sockets().value(socket), program.targetOf(request) });
    }

    QByteArray getName(const http::ConnectOptions &options) const override
    {
        const JSObjectRef function = m_handle.overriding("getName");
        if (!function)
            return Base::getName(options);
        Program &program = m_handle.program();
        const JSValueRef name
            = program.context->call(function, m_handle.target(), { originOf(program, options) });
        return name ? toUtf8(program.context->ref(), name) : QByteArray();
    }

    QByteArray protocol() const override { return m_protocol; }

    quint16 defaultPort() const override { return m_defaultPort; }

    void setIdentity(const QByteArray &protocol, quint16 defaultPort)
    {
        m_protocol = protocol;
        m_defaultPort = defaultPort;
    }

    // Those of http.Agent itself, for an override that calls them.
    QByteArray nameHere(const http::ConnectOptions &options) const
    {
        return Base::getName(options);
    }

private:
    AgentHandle &m_handle;
    QByteArray m_protocol;
    quint16 m_defaultPort;
};

using PlainAgent = ScriptAgent<http::Agent>;
using SecureAgent = ScriptAgent<http::TlsAgent>;

http::Agent *makeAgent(AgentHandle &handle, bool isSecure, const http::AgentOptions &options)
{
    if (isSecure)
        return new SecureAgent(handle, options);
    return new PlainAgent(handle, options);
}

} // namespace

AgentHandle::AgentHandle(Program &program, bool isSecure, const http::AgentOptions &options)
    : EmitterHandle(HandleKind)
    , m_program(program)
    , m_agent(makeAgent(*this, isSecure, options))
    , m_isSecure(isSecure)
{
    if (isSecure && options.ssl)
        static_cast<http::TlsAgent *>(m_agent.data())->setSslConfiguration(*options.ssl);
    m_agent->setObserver(program.options.observer);
    program.addOpen(m_agent);
}

AgentHandle::~AgentHandle()
{
    if (!m_agent)
        return;
    m_program.removeOpen(m_agent);
    delete m_agent;
}

JSObjectRef AgentHandle::overriding(const char *name) const
{
    if (!target())
        return nullptr;
    const JSValueRef found = m_program.context->callExposed(
        "agentOverride", { target(), latin1Value(m_program.context->ref(), name) });
    return found && JSValueIsObject(m_program.context->ref(), found)
        ? const_cast<JSObjectRef>(found)
        : nullptr;
}

void AgentHandle::setIdentity(const QByteArray &protocol, quint16 defaultPort)
{
    if (m_isSecure)
        static_cast<SecureAgent *>(m_agent.data())->setIdentity(protocol, defaultPort);
    else
        static_cast<PlainAgent *>(m_agent.data())->setIdentity(protocol, defaultPort);
}

QByteArray AgentHandle::nameOf(const http::ConnectOptions &options) const
{
    return m_isSecure ? static_cast<SecureAgent *>(m_agent.data())->nameHere(options)
                      : static_cast<PlainAgent *>(m_agent.data())->nameHere(options);
}

QMetaObject::Connection AgentHandle::connectTo(Event event)
{
    if (event != Event::Free || !m_agent)
        return {};
    return QObject::connect(m_agent, &http::Agent::socketFree, m_agent, [this](QIODevice *socket) {
        emitEvent(Event::Free, { m_program.sockets().value(socket) });
    });
}

namespace {

using std::chrono::milliseconds;

int countOf(double number)
{
    return std::isfinite(number) ? int(std::min(number, double(http::AgentOptions::Unlimited)))
                                 : http::AgentOptions::Unlimited;
}

AgentHandle *handleOf(const Call &call)
{
    auto *handle = call.handle<AgentHandle>(0);
    return handle && handle->agent() ? handle : nullptr;
}

/// make(target, isSecure, options, keepAlive, keepAliveMsecs, isFifo)
JSValueRef make(Call &call)
{
    Program &program = Program::of(call);
    http::AgentOptions options;
    if (call.object(2)) {
        static_cast<http::ConnectOptions &>(options) = connectOptionsFrom(program, call.value(2));
        options.origin = nullptr; // each request has its own
    }
    options.keepAlive = call.boolean(3);
    options.keepAliveMsecs = milliseconds(qint64(call.number(4)));
    options.scheduling = call.boolean(5) ? http::AgentOptions::Scheduling::Fifo
                                         : http::AgentOptions::Scheduling::Lifo;
    auto handle = std::make_unique<AgentHandle>(program, call.boolean(1), options);
    handle->setTarget(call.context(), call.object(0));
    return Handle::wrap(call.ref(), std::move(handle));
}

/// setLimits(handle, maxSockets, maxTotalSockets, maxFreeSockets, keepAlive, keepAliveMsecs, protocol, defaultPort,
/// isFifo): as the agent's properties are now.
JSValueRef setLimits(Call &call)
{
    AgentHandle *handle = handleOf(call);
    if (!handle)
        return call.undefined();
    http::Agent *agent = handle->agent();
    agent->setMaxSockets(countOf(call.number(1)));
    agent->setMaxTotalSockets(countOf(call.number(2)));
    agent->setMaxFreeSockets(countOf(call.number(3)));
    agent->setKeepAlive(call.boolean(4));
    agent->setKeepAliveMsecs(milliseconds(qint64(call.number(5))));
    if (!call.isNullish(6))
        handle->setIdentity(call.latin1(6), quint16(call.integer(7)));
    agent->setScheduling(call.boolean(8) ? http::AgentOptions::Scheduling::Fifo
                                         : http::AgentOptions::Scheduling::Lifo);
    return call.undefined();
}

JSValueRef destroy(Call &call)
{
    if (AgentHandle *handle = handleOf(call))
        handle->agent()->destroy();
    return call.undefined();
}

/// name(handle, options)
JSValueRef name(Call &call)
{
    AgentHandle *handle = handleOf(call);
    if (!handle)
        return call.undefined();
    return utf8Value(
        call.ref(), handle->nameOf(connectOptionsFrom(Program::of(call), call.value(1))));
}

JSValueRef removeSocket(Call &call)
{
    AgentHandle *handle = handleOf(call);
    if (QIODevice *socket = Program::of(call).sockets().device(call.value(1)); handle && socket)
        handle->agent()->removeSocketFromAgent(socket);
    return call.undefined();
}

quint64 ageOf(const http::ClientRequest *request) { return request->exchange(); }

quint64 ageOf(const QIODevice *socket)
{
    const http::Transport *transport = http::Transport::find(socket);
    return transport ? transport->id() : 0;
}

/// In the order in which the groups began, as the properties of the reference's objects are.
template <typename Item>
JSValueRef table(const Call &call, const QHash<QByteArray, QList<Item *>> &groups, auto valueOf)
{
    QList<std::pair<QByteArray, QList<Item *>>> ordered;
    for (const auto &[name, group] : groups.asKeyValueRange()) {
        if (!group.isEmpty())
            ordered.append({ name, group });
    }
    std::ranges::sort(
        ordered, {}, [](const auto &entry) { return ageOf(entry.second.constFirst()); });
    ValueList items(call.ref());
    for (const auto &[name, group] : ordered) {
        ValueList values(call.ref());
        for (Item *item : group)
            values.push_back(valueOf(item));
        items.push_back(utf8Value(call.ref(), name));
        items.push_back(arrayValue(call.ref(), values));
    }
    return arrayValue(call.ref(), items);
}

/// sockets(handle): [name, [socket…]…]
JSValueRef sockets(Call &call)
{
    AgentHandle *handle = handleOf(call);
    Sockets &known = Program::of(call).sockets();
    return table(call,
        handle ? handle->agent()->sockets() : QHash<QByteArray, QList<QIODevice *>>(),
        [&known](QIODevice *socket) { return known.value(socket); });
}

JSValueRef freeSockets(Call &call)
{
    AgentHandle *handle = handleOf(call);
    Sockets &known = Program::of(call).sockets();
    return table(call,
        handle ? handle->agent()->freeSockets() : QHash<QByteArray, QList<QIODevice *>>(),
        [&known](QIODevice *socket) { return known.value(socket); });
}

JSValueRef requests(Call &call)
{
    AgentHandle *handle = handleOf(call);
    Program &program = Program::of(call);
    return table(call,
        handle ? handle->agent()->requests() : QHash<QByteArray, QList<http::ClientRequest *>>(),
        [&program](http::ClientRequest *request) { return program.targetOf(request); });
}

/// connectionMade(handle of the connection, error, stream)
JSValueRef connectionMade(Call &call)
{
    if (auto *connection = call.handle<ConnectionHandle>(0)) {
        connection->answer(errorFrom(call.ref(), call.value(1)),
            Program::of(call).sockets().device(call.value(2)));
    }
    return call.undefined();
}

/// lookupSocket(handle of the lookup): the socket that waits for it, or null
JSValueRef lookupSocket(Call &call)
{
    const auto *lookup = call.handle<LookupHandle>(0);
    return lookup ? Program::of(call).sockets().value(lookup->socket()) : call.null();
}

/// lookedUp(handle of the lookup, error, [address…])
JSValueRef lookedUp(Call &call)
{
    auto *lookup = call.handle<LookupHandle>(0);
    if (!lookup)
        return call.undefined();
    QList<QHostAddress> addresses;
    static const Name lengthName("length");
    if (const JSObjectRef list = call.object(2)) {
        const auto length = unsigned(
            JSValueToNumber(call.ref(), propertyOf(call.ref(), list, lengthName), nullptr));
        for (unsigned i = 0; i < length; ++i) {
            addresses += QHostAddress(
                toText(call.ref(), JSObjectGetPropertyAtIndex(call.ref(), list, i, nullptr)));
        }
    }
    lookup->answer(errorFrom(call.ref(), call.value(1)), addresses);
    return call.undefined();
}

constexpr NativeModule::Function functions[] = {
    { "make", nativeFunction<make> },
    { "setLimits", nativeFunction<setLimits> },
    { "destroy", nativeFunction<destroy> },
    { "name", nativeFunction<name> },
    { "removeSocket", nativeFunction<removeSocket> },
    { "sockets", nativeFunction<sockets> },
    { "freeSockets", nativeFunction<freeSockets> },
    { "requests", nativeFunction<requests> },
    { "connectionMade", nativeFunction<connectionMade> },
    { "lookupSocket", nativeFunction<lookupSocket> },
    { "lookedUp", nativeFunction<lookedUp> },
};

} // namespace

const NativeModule agentNatives { "agent", functions };

} // namespace headrace::script
