#include "native/netnatives.h"

#include "native/agents.h"
#include "native/errors.h"
#include "native/options.h"
#include "native/sockets.h"
#include "native/streamdevice.h"
#include "program/program.h"

#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <http/tlsagent.h>

#include <QHostInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRegularExpression>

namespace headrace::script {

/// Accepts TCP connections as TcpSockets.
class NetServer::Acceptor final : public QTcpServer
{
public:
    explicit Acceptor(NetServer &server)
        : m_server(server)
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        const http::IoScope scope(http::IoScope::Caller::EventLoop);
        auto *socket = new http::TcpSocket;
        if (!socket->setSocketDescriptor(descriptor)) {
            delete socket;
            return;
        }
        m_server.accept(socket);
    }

private:
    NetServer &m_server;
};

NetServer::NetServer(Program &program)
    : Handle(HandleKind)
    , m_program(program)
{
}

NetServer::~NetServer()
{
    if (isListening())
        m_program.removeListening(this);
}

void NetServer::accept(QIODevice *socket)
{
    m_program.context->callExposed(
        "netConnection", { m_target, m_program.sockets().value(socket) });
}

http::Error NetServer::listen(quint16 port, const QHostAddress &address)
{
    m_tcp = std::make_unique<Acceptor>(*this);
    if (!m_tcp->listen(address, port)) {
        // What http::Server says of the same port, in the same words.
        http::Server probe;
        const http::Error error = probe.listen(port, address);
        m_tcp.reset();
        return error;
    }
    begin();
    return {};
}

http::Error NetServer::listenLocal(const QString &path)
{
    m_local = std::make_unique<QLocalServer>();
    QObject::connect(m_local.get(), &QLocalServer::newConnection, m_local.get(), [this] {
        const http::IoScope scope(http::IoScope::Caller::EventLoop);
        while (QLocalSocket *socket = m_local->nextPendingConnection()) {
            socket->setParent(nullptr);
            accept(socket);
        }
    });
    if (!m_local->listen(path)) {
        http::Server probe;
        const http::Error error = probe.listenLocal(path);
        m_local.reset();
        return error;
    }
    begin();
    return {};
}

void NetServer::begin()
{
    m_pending.begin();
    m_program.addListening(this);
    m_kept = Persistent(m_program.context->ref(), m_target);
}

void NetServer::close()
{
    if (isListening())
        m_program.removeListening(this);
    m_tcp.reset();
    m_local.reset();
    m_pending.end();
    m_kept.reset();
}

bool NetServer::isListening() const { return m_tcp || m_local; }

JSValueRef NetServer::address(JSContextRef context) const
{
    if (m_local)
        return textValue(context, m_local->fullServerName());
    if (!m_tcp)
        return JSValueMakeNull(context);
    const QHostAddress bound = m_tcp->serverAddress();
    const QString text
        = bound == QHostAddress(QHostAddress::Any) ? QStringLiteral("::") : bound.toString();
    const std::array<JSValueRef, 2> items { textValue(context, text),
        JSValueMakeNumber(context, m_tcp->serverPort()) };
    return arrayValue(context, items);
}

namespace {

NetServer *serverOf(const Call &call) { return call.handle<NetServer>(0); }

/// server(target)
JSValueRef server(Call &call)
{
    auto made = std::make_unique<NetServer>(Program::of(call));
    made->setTarget(call.object(0));
    return Handle::wrap(call.ref(), std::move(made));
}

/// The error or null; that of an address in use comes as a value, to be emitted.
JSValueRef outcome(const Call &call, const http::Error &error, quint16 port)
{
    if (!error)
        Q_EMIT Program::of(call).q->serverListening(port);
    return errorValue(call.context(), error);
}

/// listen(handle, port, address or undefined)
JSValueRef listen(Call &call)
{
    NetServer *made = serverOf(call);
    if (!made)
        return call.undefined();
    const QString host = call.isNullish(2) ? QString() : call.text(2);
    const QHostAddress address = host.isEmpty() ? QHostAddress(QHostAddress::Any)
        : host == u"localhost"                  ? QHostAddress(QHostAddress::LocalHost)
                                                : QHostAddress(host);
    const http::Error error = made->listen(quint16(call.integer(1)), address);
    return outcome(call, error, made->port());
}

JSValueRef listenLocal(Call &call)
{
    NetServer *made = serverOf(call);
    return made ? outcome(call, made->listenLocal(call.text(1)), 0) : call.undefined();
}

JSValueRef close(Call &call)
{
    if (NetServer *made = serverOf(call))
        made->close();
    return call.undefined();
}

JSValueRef isListening(Call &call)
{
    const NetServer *made = serverOf(call);
    return call.answer(made && made->isListening());
}

JSValueRef address(Call &call)
{
    const NetServer *made = serverOf(call);
    return made ? made->address(call.ref()) : call.null();
}

JSValueRef setReferenced(Call &call)
{
    if (NetServer *made = serverOf(call))
        made->setReferenced(call.boolean(1));
    return call.undefined();
}

/// connect(target, options, isSecure): the handle of the connection that \a target stands for; the error, if none
/// could be begun.
JSValueRef connect(Call &call)
{
    Program &program = Program::of(call);
    const http::ConnectOptions options = connectOptionsFrom(program, call.value(1));
    http::Agent &connector = call.boolean(2) ? program.secureConnector() : program.connector();
    http::Error failure;
    QIODevice *device = connector.createConnection(
        options, [&failure](const http::Error &error, QIODevice *) { failure = error; });
    if (!device)
        return errorValue(call.context(), failure);
    const JSObjectRef handle = program.sockets().adopt(device, call.object(0));
    if (options.timeout)
        http::Transport::of(device)->setTimeout(*options.timeout);
    return handle;
}

/// lookup(host, family, callback(error, [address, family, address, family…]))
JSValueRef lookup(Call &call)
{
    const JSObjectRef function = call.function(2);
    if (!function)
        return call.undefined();
    Program &program = Program::of(call);
    const int family = call.integer(1);
    const QString host = call.text(0);
    ++program.pendingWork;
    QHostInfo::lookupHost(host, program.q,
        [&program, family, host, kept = std::make_shared<Persistent>(call.ref(), function)](
            const QHostInfo &info) {
            const http::IoScope scope(http::IoScope::Caller::EventLoop);
            --program.pendingWork;
            const JSContextRef ref = program.context->ref();
            ValueList items(ref);
            for (const QHostAddress &found : info.addresses()) {
                const bool isV6 = found.protocol() == QAbstractSocket::IPv6Protocol;
                if (family != 0 && family != (isV6 ? 6 : 4))
                    continue;
                items.push_back(textValue(ref, found.toString()));
                items.push_back(JSValueMakeNumber(ref, isV6 ? 6 : 4));
            }
            JSValueRef error = JSValueMakeNull(ref);
            if (items.values().empty()) {
                http::Error notFound;
                notFound.code = http::ErrorCode::HostNotFound;
                notFound.message = QStringLiteral("getaddrinfo ENOTFOUND %1").arg(host);
                error = errorValue(*program.context, notFound);
            }
            program.context->call(kept->object(), nullptr, { error, arrayValue(ref, items) });
        });
    return call.undefined();
}

/// isIP(text): 4, 6 or 0
JSValueRef isIP(Call &call)
{
    const QString text = call.text(0);
    const QHostAddress parsed(text);
    if (parsed.protocol() == QAbstractSocket::IPv6Protocol)
        return call.answer(6);
    // QHostAddress also takes "1", "1.2" and numbers with leading zeros.
    static const QRegularExpression dotted(
        QStringLiteral("^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}$"));
    return call.answer(dotted.match(text).hasMatch() ? 4 : 0);
}

constexpr NativeModule::Function functions[] = {
    { "server", nativeFunction<server> },
    { "listen", nativeFunction<listen> },
    { "listenLocal", nativeFunction<listenLocal> },
    { "close", nativeFunction<close> },
    { "isListening", nativeFunction<isListening> },
    { "address", nativeFunction<address> },
    { "setReferenced", nativeFunction<setReferenced> },
    { "connect", nativeFunction<connect> },
    { "lookup", nativeFunction<lookup> },
    { "isIP", nativeFunction<isIP> },
};

} // namespace

const NativeModule netNatives { "net", functions };

} // namespace headrace::script
