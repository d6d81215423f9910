#include "proxy/proxyserver.h"

#include "client/clientconnection.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "engine/tlsends.h"
#include "proxy/requesttarget.h"

#include <http/tcpsocket.h>

#include <QSet>
#include <QTcpServer>

#include <utility>

namespace headrace::proxy {

namespace {

constexpr int nextPorts = 100; // tried when the port is taken
constexpr int backlog = 511; // as Node's; the system bounds it

/// Gives what it accepts away as a TcpSocket.
class Listener : public QTcpServer
{
public:
    explicit Listener(std::function<void(http::TcpSocket *)> accepted)
        : m_accepted(std::move(accepted))
    {
        setMaxPendingConnections(backlog);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new http::TcpSocket;
        if (socket->setSocketDescriptor(descriptor))
            m_accepted(socket);
        else
            delete socket;
    }

private:
    std::function<void(http::TcpSocket *)> m_accepted;
};

http::Error errorOf(const QTcpServer &server, const ListenAddress &address)
{
    const QString where
        = QStringLiteral("%1 port %2").arg(address.address.toString()).arg(address.port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return failure(wire::ErrorCode::AddressInUse,
            QStringLiteral("%1 is taken by another program.").arg(where));
    case QAbstractSocket::SocketAccessError:
        return failure(wire::ErrorCode::AccessDenied,
            QStringLiteral("The system does not allow %1.").arg(where));
    case QAbstractSocket::SocketAddressNotAvailableError:
        return failure(wire::ErrorCode::AddressNotAvailable,
            QStringLiteral("This machine has no address %1.").arg(address.address.toString()));
    default:
        return failure(
            wire::ErrorCode::IoFailure, where + QLatin1String(": ") + server.errorString());
    }
}

} // namespace

struct ProxyServer::Private
{
    Private(exchange::Sink &sink, qint64 messageLimit)
        : core(sink, messageLimit)
    {
    }

    Core core;
    std::vector<std::unique_ptr<Listener>> listeners;
    QSet<ClientConnection *> clients;
    QObject
        all; ///< Parent of the clients: those that wait to be deleted must not outlive the core.
};

ProxyServer::ProxyServer(exchange::Sink &sink, qint64 messageLimit, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(sink, messageLimit))
{
    d->core.countersChanged = [this] { Q_EMIT countersChanged(); };
    d->core.passedHostsChanged = [this] { Q_EMIT passedHostsChanged(); };
}

ProxyServer::~ProxyServer()
{
    stop();
    d->core.countersChanged = [] {}; // nobody is told any more
    d->core.passedHostsChanged = [] {};
}

void ProxyServer::setAuthority(std::unique_ptr<tls::CertificateAuthority> authority,
    std::shared_ptr<const tls::TrustStore> trust)
{
    d->core.tls = std::make_unique<TlsEnds>(std::move(authority), std::move(trust));
    d->core.settle();
}

void ProxyServer::setInterceptors(std::vector<Interceptor *> interceptors)
{
    d->core.interceptors
        = std::make_shared<const std::vector<Interceptor *>>(std::move(interceptors));
}

void ProxyServer::setSettings(const Settings &settings)
{
    d->core.settings = settings;
    d->core.settle();
}

http::Error ProxyServer::start(QStringList *notices)
{
    stop();
    const auto notice = [notices](const QString &text) {
        if (notices && !text.isEmpty())
            notices->append(text);
    };
    for (const ListenAddress &wanted : std::as_const(d->core.settings.listeners)) {
        auto listener = std::make_unique<Listener>([this](http::TcpSocket *socket) {
            auto *client = new ClientConnection(d->core, socket);
            client->setParent(&d->all);
            d->clients.insert(client);
            connect(client, &ClientConnection::over, this, [this, client] {
                d->clients.remove(client);
                client->deleteLater();
                for (const auto &each : d->listeners)
                    each->resumeAccepting(); // it pauses when there are no more descriptors
            });
        });
        ListenAddress tried = wanted;
        bool listens = listener->listen(tried.address, tried.port);
        for (int i = 0; !listens && wanted.takesNextFree && wanted.port != 0 && i < nextPorts
             && tried.port < 65535 && listener->serverError() == QAbstractSocket::AddressInUseError;
             ++i) {
            ++tried.port;
            listens = listener->listen(tried.address, tried.port);
        }
        if (!listens) {
            const http::Error error = errorOf(*listener, wanted);
            d->listeners.clear();
            d->core.listening.clear();
            return error;
        }
        if (tried.port != wanted.port)
            notice(QStringLiteral("Port %1 is taken; the proxy listens at %2.")
                       .arg(wanted.port)
                       .arg(tried.port));
        if (!wanted.isLoopback())
            notice(d->core.settings.clientCredentials
                    ? QStringLiteral("The proxy is open to the network, with a password.")
                    : QStringLiteral(
                        "The proxy is open to the network: whoever reaches this machine "
                        "can use it, and is recorded."));
        d->core.listening.emplace_back(listener->serverAddress(), listener->serverPort());
        d->listeners.push_back(std::move(listener));
    }
    for (const QString &problem : std::as_const(d->core.problems))
        notice(problem);
    return {};
}

void ProxyServer::stop()
{
    d->listeners.clear();
    d->core.listening.clear();
    const QSet<ClientConnection *> clients = std::exchange(d->clients, {});
    for (ClientConnection *client : clients) {
        disconnect(client, nullptr, this, nullptr);
        client->stop();
        client->deleteLater();
    }
}

bool ProxyServer::isRunning() const { return !d->listeners.empty(); }

QStringList ProxyServer::addresses() const
{
    QStringList result;
    for (const auto &[address, port] : d->core.listening)
        result += QString::fromUtf8(Authority { address.toString(), port }.toHost(0));
    return result;
}

quint16 ProxyServer::port() const
{
    return d->core.listening.empty() ? 0 : d->core.listening.front().second;
}

QList<InterceptionPolicy::Passed> ProxyServer::passedHosts() const
{
    return d->core.policy.passed();
}

void ProxyServer::forgetRefusals()
{
    d->core.policy.forget();
    Q_EMIT passedHostsChanged();
}

void ProxyServer::forgetRefusals(const QString &host, quint16 port)
{
    d->core.policy.forget(host, port);
    Q_EMIT passedHostsChanged();
}

Counters ProxyServer::counters() const { return d->core.counters; }

} // namespace headrace::proxy
