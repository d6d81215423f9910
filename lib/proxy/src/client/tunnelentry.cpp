#include "client/tunnelentry.h"

#include "client/clientconnection.h"
#include "client/sniff.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "engine/tlsends.h"
#include "origin/transportdevice.h"
#include "passage/passage.h"

#include <http/ticks.h>
#include <tls/tlssocket.h>

#include <utility>

namespace headrace::proxy {

namespace {

/// Without the protocols that are not spoken here.
Greeting greetingOf(const tls::ClientHello &hello)
{
    Greeting greeting { hello.serverName, {} };
    for (const QByteArray &protocol : hello.alpn) {
        if (protocol == "http/1.1" || protocol == "http/1.0")
            greeting.alpn.append(protocol);
    }
    return greeting;
}

} // namespace

TunnelEntry::TunnelEntry(
    ClientConnection &client, std::unique_ptr<OriginConnection> origin, Route route)
    : m_client(client)
    , m_origin(std::move(origin))
    , m_route(std::move(route))
{
}

TunnelEntry::~TunnelEntry()
{
    if (m_origin)
        m_origin->setUser(nullptr);
}

void TunnelEntry::start(const QByteArray &front)
{
    m_origin->setUser(this);
    const QString why
        = m_client.core().policy.whyNotIntercept(m_route.host, m_route.port, client());
    if (!why.isEmpty()) {
        m_fromClient = front;
        passThrough(why);
        return;
    }
    m_origin->updateReading(true);
    if (!front.isEmpty())
        clientReceived(front);
}

InterceptionPolicy::Client TunnelEntry::client() const
{
    return { QHostAddress(m_client.facts().peerAddress), m_program };
}

void TunnelEntry::clientReceived(const QByteArray &octets)
{
    if (m_isDecided)
        return; // the TLS socket reads by itself
    m_fromClient += octets;
    decide();
}

void TunnelEntry::clientEnded()
{
    constexpr char handshakeRecord = 0x16; // RFC 8446 section 5.1
    if (m_isDecided)
        return; // the TLS socket hears of it
    if (m_fromClient.startsWith(handshakeRecord)) {
        m_client.passage()->record().fail(failure(wire::ErrorCode::ConnectionReset,
            QStringLiteral("The client broke off in its handshake.")));
        m_client.cut(false);
    } else {
        passThrough({});
    }
}

void TunnelEntry::decide()
{
    switch (sniff(m_fromClient)) {
    case Spoken::NeedMore:
        break;
    case Spoken::Other:
        passThrough(QStringLiteral("What is in it is neither TLS nor HTTP."));
        break;
    case Spoken::Http:
        m_isDecided = true;
        m_route.isSecure = false;
        m_origin->setUser(nullptr);
        m_client.passage()->addEvent(QStringLiteral("entered"), QStringLiteral("HTTP"));
        if (m_origin->isOver())
            m_origin.reset();
        m_client.goOn(
            m_client.transport(), { m_route, {} }, {}, std::move(m_origin), m_fromClient, {});
        break;
    case Spoken::Tls:
        tls::ClientHello::parse(m_fromClient, &m_hello);
        m_program = m_hello.fingerprint();
        if (const QString why
            = m_client.core().policy.whyNotIntercept(m_route.host, m_route.port, client(), m_hello);
            !why.isEmpty()) {
            passThrough(why);
            break;
        }
        if (!m_client.core().tls->hasAuthority()) {
            passThrough(QStringLiteral("There is no authority to look into it with."));
            break;
        }
        m_isDecided = true;
        m_route.isSecure = true;
        m_greeting = greetingOf(m_hello);
        m_client.transport()->holdReading(true);
        if (m_origin->isOver())
            acceptClient();
        else
            m_origin->secure(m_greeting);
        break;
    }
}

void TunnelEntry::passThrough(const QString &why)
{
    m_isDecided = true;
    if (m_origin->isOver()) { // it was let in for the sake of rules
        m_client.passage()->record().fail(failure(wire::ErrorCode::ConnectionReset,
            QStringLiteral(
                "The origin cannot be reached, and what is in the tunnel cannot be read.")));
        m_client.cut(false);
        return;
    }
    if (!why.isEmpty())
        m_client.passage()->addEvent(QStringLiteral("passed through"), why);
    QByteArray fromOrigin;
    m_origin->setUser(nullptr);
    MessageReader &reader = m_origin->reader();
    reader.parser().enterTunnel();
    while (reader.next() == MessageReader::Event::Tunnel)
        fromOrigin += reader.parser().octets();
    m_client.passThrough(std::move(m_origin), m_fromClient, fromOrigin);
}

// --- the origin

void TunnelEntry::originPhase(http::SocketPhase phase, http::MonotonicTime time)
{
    if (m_client.passage())
        m_client.passage()->record().phase(phase, time);
}

void TunnelEntry::originReady() { acceptClient(); }

void TunnelEntry::originReadable()
{
    if (!m_isDecided) // a protocol in which the server speaks first, or none at all
        passThrough(QStringLiteral("The origin spoke first in it."));
}

/// The client is let in all the same: what it asks for is answered with the reason.
void TunnelEntry::originFailed(const http::Error &error)
{
    if (!m_isDecided) {
        m_client.passage()->record().fail(error);
        m_client.cut(false);
        return;
    }
    if (m_socket)
        return; // it will be missed when it is needed
    m_client.passage()->addEvent(QStringLiteral("origin failed"), error.message);
    acceptClient();
}

// --- the client

void TunnelEntry::acceptClient()
{
    const QString name = m_hello.serverName.isEmpty() ? m_route.host : m_hello.serverName;
    http::Transport *below = m_client.transport();
    m_socket = new tls::TlsSocket(new TransportDevice(below, m_fromClient), &m_client);
    connect(m_socket, &tls::TlsSocket::encrypted, this, [this] {
        const http::IoScope scope;
        onEncrypted();
    });
    connect(m_socket, &tls::TlsSocket::refused, this, [this](const tls::TlsFailure &why) {
        const http::IoScope scope;
        Passage *passage = m_client.passage();
        if (!passage)
            return; // the proxy stops
        const bool passesNext
            = m_client.core().policy.noteRefusal(m_route.host, m_route.port, client(), why);
        passage->record().event(
            QStringLiteral("Server"), QStringLiteral("clientError"), why.message);
        QString message = why.message;
        if (passesNext) {
            passage->addEvent(QStringLiteral("passes through next time"),
                m_client.core().policy.whyNotIntercept(m_route.host, m_route.port, client()));
            message
                += QStringLiteral(" Its next tunnels to %1 pass through unseen.").arg(m_route.host);
            m_client.core().passedHostsChanged();
        }
        passage->record().fail(failure(why.code, message));
        m_client.cut(false);
    });
    // What the origin agreed to is agreed to here; of one that cannot be reached nobody knows.
    const QList<QByteArray> alpn = m_origin->isReady() ? m_origin->agreed() : m_greeting.alpn;
    m_socket->startServer(m_client.core().tls->serverOptions(name, m_origin->certificates(), alpn));
}

void TunnelEntry::onEncrypted()
{
    const tls::TlsFacts &facts = m_socket->facts();
    exchange::Tls shown;
    shown.protocol = facts.protocol;
    shown.cipher = facts.cipher;
    shown.alpn = facts.alpn;
    shown.serverName = facts.serverName;
    m_client.passage()->addEvent(QStringLiteral("entered"), QStringLiteral("TLS"));
    m_origin->setUser(nullptr);
    std::unique_ptr<OriginConnection> origin = std::move(m_origin);
    if (!origin->isReady())
        origin.reset();
    http::Transport *transport = http::Transport::of(m_socket);
    connect(m_socket, &tls::TlsSocket::errorOccurred, transport,
        [transport](const tls::TlsFailure &why) {
            const http::IoScope scope;
            transport->destroy(failure(why.code, why.message));
        });
    m_client.goOn(transport, { m_route, m_greeting }, shown, std::move(origin), {}, m_program);
}

} // namespace headrace::proxy
