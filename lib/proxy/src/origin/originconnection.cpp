#include "origin/originconnection.h"

#include "engine/core.h"
#include "engine/failure.h"
#include "engine/resetonclose.h"
#include "engine/tlsends.h"
#include "origin/transportdevice.h"
#include "proxy/requesttarget.h"

#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <tls/tlssocket.h>

#include <utility>

namespace headrace::proxy {

namespace {

using namespace std::chrono_literals;
using wire::ErrorCode;

constexpr auto connectLimit = 30s; // the system's own can be minutes
constexpr wire::ParserLimits limits { 256 * 1024, 16 * 1024 };

} // namespace

OriginConnection::OriginConnection(Core &core, Hop hop)
    : m_core(core)
    , m_hop(std::move(hop))
    , m_reader(wire::MessageParser(wire::MessageKind::Response, limits,
          core.isLenient(m_hop.route) ? wire::Lenience::Insecure : wire::Lenience::Strict))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const http::IoScope scope;
        fail(failure(ErrorCode::TimedOut,
            QStringLiteral("%1 did not answer within %2 s.")
                .arg(m_hop.route.host)
                .arg(std::chrono::seconds(connectLimit).count())));
    });
}

OriginConnection::~OriginConnection()
{
    m_user = nullptr;
    close();
}

void OriginConnection::setUser(User *user)
{
    m_user = user;
    if (!user) {
        m_idleSince = http::monotonicNow();
        return;
    }
    const auto phases = std::exchange(m_phases, {});
    for (const auto &[phase, time] : phases)
        user->originPhase(phase, time);
}

// --- making it

void OriginConnection::open()
{
    m_state = State::Connecting;
    m_timer.start(connectLimit);
    ++m_core.counters.originConnections;
    m_core.countersChanged();
    http::ConnectOptions options;
    options.host = m_hop.proxy ? m_hop.proxy->host : m_hop.route.host;
    options.port = m_hop.proxy ? m_hop.proxy->port : m_hop.route.port;
    auto *socket = qobject_cast<http::TcpSocket *>(m_core.connector.createConnection(options, {}));
    m_transport = http::Transport::of(socket);
    m_socketTransport = m_transport;
    m_transport->setObserver(this, 0);
    m_transport->setNoDelay(true);
    watch(m_transport);
    connect(m_transport, &http::Transport::connected, this, &OriginConnection::onConnected);
}

void OriginConnection::watch(http::Transport *transport)
{
    transport->setAllowHalfOpen(true);
    transport->setReferenced(false);
    connect(transport, &http::Transport::received, this, &OriginConnection::onReceived);
    connect(transport, &http::Transport::ended, this, &OriginConnection::onEnded);
    connect(transport, &http::Transport::errorOccurred, this, &OriginConnection::fail);
    connect(transport, &http::Transport::closing, this, [this, transport] {
        if (transport != m_transport || m_state == State::Over)
            return;
        // An error is told on a tick, behind this one.
        http::nextTick(this, [this] {
            fail(failure(ErrorCode::ConnectionReset, QStringLiteral("socket hang up")));
        });
    });
}

void OriginConnection::socketPhase(
    http::ExchangeId, http::ConnectionId, http::SocketPhase phase, http::MonotonicTime time)
{
    if (m_user)
        m_user->originPhase(phase, time);
    else if (m_state != State::Ready && m_state != State::Over)
        m_phases.append({ phase, time });
}

void OriginConnection::tell(http::SocketPhase phase)
{
    socketPhase(0, 0, phase, http::monotonicNow());
}

void OriginConnection::onConnected()
{
    const auto *socket = qobject_cast<QTcpSocket *>(m_transport->device());
    if (socket
        && m_core.isOwnAddress(socket->localAddress(), socket->peerAddress(), socket->peerPort())) {
        fail(failure(ErrorCode::ProtocolFailure,
            QStringLiteral(
                "This address is the proxy's own: the request would go round for ever.")));
        return;
    }
    m_transport->resume();
    if (m_hop.proxy && m_hop.proxy->isSecure) {
        m_state = State::ConnectingProxyTls;
        const NextProxy &proxy = *m_hop.proxy;
        startTls(m_core.tls->clientOptions({ true, proxy.host, proxy.port }, proxy.host));
    } else {
        proxyIsReached();
    }
}

void OriginConnection::proxyIsReached()
{
    if (m_hop.proxy && !m_hop.asksProxy()) {
        askProxy();
    } else if (m_hop.route.isSecure) {
        startTlsWithOrigin();
    } else {
        becomeReady();
    }
}

void OriginConnection::askProxy()
{
    m_state = State::AskingProxy;
    m_proxyAnswer.emplace(wire::MessageKind::Response, limits);
    const QByteArray target = Authority { m_hop.route.host, m_hop.route.port }.toHost(0);
    QByteArray head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (!m_hop.proxy->authorization.isEmpty())
        head += "Proxy-Authorization: " + m_hop.proxy->authorization + "\r\n";
    m_transport->writeReported(head + "\r\n");
}

void OriginConnection::readProxyAnswer(const QByteArray &octets)
{
    using Event = wire::MessageParser::Event;
    m_proxyAnswer->feed(octets);
    while (true) {
        switch (m_proxyAnswer->next()) {
        case Event::NeedMore:
            return;
        case Event::Head: {
            const wire::Head &head = m_proxyAnswer->head();
            if (head.statusCode < 200)
                break;
            if (head.statusCode < 300) {
                m_proxyAnswer->enterTunnel();
                const bool hasMore = m_proxyAnswer->next() == Event::Tunnel;
                m_front = hasMore ? m_proxyAnswer->sharedOctets() : QByteArray();
                m_proxyAnswer.reset();
                if (m_hop.route.isSecure)
                    startTlsWithOrigin();
                else
                    becomeReady();
                return;
            }
            fail(failure(ErrorCode::ProtocolFailure,
                QStringLiteral("The proxy %1 answered CONNECT with %2 %3.")
                    .arg(m_hop.proxy->host)
                    .arg(head.statusCode)
                    .arg(QString::fromLatin1(head.part(head.reason)))));
            return;
        }
        case Event::Fault:
            fail(failure(ErrorCode::ProtocolFailure,
                QStringLiteral("The proxy %1 did not answer CONNECT in HTTP.")
                    .arg(m_hop.proxy->host)));
            return;
        default:
            break;
        }
    }
}

void OriginConnection::becomeReady()
{
    m_timer.stop();
    m_state = State::Ready;
    m_transport->setTimeout({});
    m_facts = readFacts();
    if (!m_front.isEmpty()) { // came behind the proxy's answer: an origin that speaks first
        m_reader.feed(std::exchange(m_front, {}));
        http::nextTick(this, [this] {
            if (m_user)
                m_user->originReadable();
        });
    }
    if (m_user)
        m_user->originReady();
}

// --- TLS

void OriginConnection::secure(const Greeting &greeting)
{
    m_hop.route.isSecure = true;
    m_hop.isTunnel = false;
    m_hop.greeting = greeting;
    m_timer.start(connectLimit);
    startTlsWithOrigin();
}

void OriginConnection::startTlsWithOrigin()
{
    m_state = State::ConnectingTls;
    tls::ClientOptions options = m_core.tls->clientOptions(m_hop.route, m_hop.serverName());
    if (m_hop.greeting)
        options.alpn = m_hop.greeting->alpn;
    startTls(options);
}

void OriginConnection::startTls(const tls::ClientOptions &options)
{
    http::Transport *below = m_transport;
    disconnect(below, nullptr, this, nullptr);
    auto *socket = new tls::TlsSocket(new TransportDevice(below, std::exchange(m_front, {})), this);
    m_tlsSocket = socket;
    tell(http::SocketPhase::TlsStarted);
    connect(below, &http::Transport::errorOccurred, this, &OriginConnection::fail);
    connect(socket, &tls::TlsSocket::refused, this, [this, socket](const tls::TlsFailure &why) {
        const http::IoScope scope;
        m_certificates = socket->facts().peerCertificates;
        fail(failure(why.code, why.message));
    });
    connect(socket, &tls::TlsSocket::encrypted, this, [this, socket] {
        const http::IoScope scope;
        onEncrypted(socket);
    });
    socket->startClient(options);
}

void OriginConnection::onEncrypted(tls::TlsSocket *socket)
{
    tell(http::SocketPhase::TlsEnded);
    m_transport = http::Transport::of(socket);
    connect(socket, &tls::TlsSocket::errorOccurred, m_transport,
        [transport = m_transport.data()](const tls::TlsFailure &why) {
            const http::IoScope scope;
            transport->destroy(failure(why.code, why.message));
        });
    watch(m_transport);
    m_transport->resume();
    if (m_state == State::ConnectingProxyTls) {
        proxyIsReached();
        return;
    }
    const tls::TlsFacts &facts = socket->facts();
    m_certificates = facts.peerCertificates;
    m_tls = exchange::Tls { facts.protocol, facts.cipher, facts.alpn, facts.serverName,
        facts.peerCertificates };
    becomeReady();
}

// --- using it

void OriginConnection::onReceived(const QByteArray &octets)
{
    if (m_state == State::AskingProxy) {
        readProxyAnswer(octets);
        return;
    }
    if (!m_user) { // an answer to nothing: what follows could be taken for the next one
        close();
        return;
    }
    m_reader.feed(octets);
    m_user->originReadable();
}

void OriginConnection::onEnded()
{
    if (m_state != State::Ready) {
        fail(failure(ErrorCode::ConnectionReset, QStringLiteral("socket hang up")));
        return;
    }
    m_reader.feedEof();
    if (m_user)
        m_user->originReadable();
    else
        close();
}

void OriginConnection::updateReading(bool wanted)
{
    if (m_transport && !m_transport->isDestroyed())
        m_transport->holdReading(!wanted);
}

http::Transport *OriginConnection::lend()
{
    disconnect(m_transport, nullptr, this, nullptr);
    return m_transport;
}

void OriginConnection::cut(bool reset)
{
    if (m_state == State::Over)
        return;
    if (m_socketTransport && reset)
        resetOnClose(m_socketTransport->device());
    const QPointer<http::Transport> below = m_socketTransport;
    close();
    if (below && !below->isDestroyed())
        below->destroy();
}

void OriginConnection::fail(const http::Error &error)
{
    if (m_state == State::Over)
        return;
    User *user = std::exchange(m_user, nullptr);
    close();
    if (user)
        user->originFailed(error);
}

void OriginConnection::close()
{
    if (m_state == State::Over)
        return;
    if (m_state != State::New) {
        --m_core.counters.originConnections;
        m_core.countersChanged();
    }
    m_state = State::Over;
    m_timer.stop();
    for (const QPointer<http::Transport> &transport : { m_transport, m_socketTransport }) {
        if (!transport)
            continue;
        disconnect(transport, nullptr, this, nullptr);
        transport->setObserver(nullptr, 0);
        if (!transport->isDestroyed())
            transport->destroySoon();
    }
}

QList<QByteArray> OriginConnection::agreed() const
{
    return m_tls && !m_tls->alpn.isEmpty() ? QList<QByteArray> { m_tls->alpn }
                                           : QList<QByteArray>();
}

exchange::Connection OriginConnection::facts() const
{
    exchange::Connection facts = m_state == State::Ready ? m_facts : readFacts();
    facts.isReused = m_isUsed;
    return facts;
}

exchange::Connection OriginConnection::readFacts() const
{
    exchange::Connection facts;
    if (!m_socketTransport)
        return facts;
    const http::ConnectionInfo info = m_socketTransport->connectionInfo();
    facts.id = info.connection;
    facts.localAddress = info.localAddress;
    facts.localPort = info.localPort;
    facts.peerAddress = info.peerAddress;
    facts.peerPort = info.peerPort;
    facts.tls = m_tls;
    if (!m_tls && !m_certificates.isEmpty()) {
        facts.tls.emplace();
        facts.tls->serverName = m_hop.serverName();
        facts.tls->peerCertificates = m_certificates;
    }
    return facts;
}

} // namespace headrace::proxy
