#include "client/clientconnection.h"

#include "client/tunnelentry.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "engine/resetonclose.h"
#include "passage/passage.h"
#include "proxy/requesttarget.h"

#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <tls/tlsfailure.h>

#include <algorithm>
#include <utility>

namespace headrace::proxy {

namespace {

using namespace std::chrono_literals;

constexpr auto farewell = 2s; // for a client that still sends when it has its answer
constexpr auto patience = 30s; // for one that does not read the rest of it
constexpr auto longestIdle = 10min;
constexpr size_t mostKept = 6; // connections to origins, of one client's
constexpr qsizetype mostWaiting = 64 * 1024; // octets behind a request that is not answered
constexpr wire::ParserLimits limits { 256 * 1024, 16 * 1024 };

} // namespace

ClientConnection::Cork::Cork(ClientConnection &client)
    : m_transport(client.transport())
{
    if (m_transport)
        m_transport->cork();
}

ClientConnection::Cork::~Cork()
{
    if (m_transport && !m_transport->isDestroyed())
        m_transport->uncork();
}

ClientConnection::ClientConnection(Core &core, http::TcpSocket *socket)
    : m_core(core)
    , m_socketTransport(http::Transport::of(socket))
    , m_transport(m_socketTransport)
    , m_reader(wire::MessageParser(wire::MessageKind::Request, limits))
{
    socket->setParent(this);
    const http::ConnectionInfo info = m_transport->connectionInfo();
    m_facts.id = info.connection;
    m_facts.localAddress = info.localAddress;
    m_facts.localPort = info.localPort;
    m_facts.peerAddress = info.peerAddress;
    m_facts.peerPort = info.peerPort;
    ++m_core.counters.clientConnections;
    m_core.countersChanged();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const http::IoScope scope;
        if (m_state == State::Closing)
            abort();
        else if (!m_passage)
            cut(false);
    });
    if (!core.settings.lenient.isEmpty()) {
        m_reader.setLenienceChooser([this](QByteArrayView line) {
            m_standpoint.isLenient = isReadLeniently(m_core, m_standpoint, line);
            return m_standpoint.isLenient ? wire::Lenience::Insecure : wire::Lenience::Strict;
        });
    }
    m_transport->setNoDelay(true);
    m_transport->setReferenced(false);
    watch(m_transport);
    m_transport->resume();
    m_timer.start(longestIdle);
}

ClientConnection::~ClientConnection()
{
    if (m_state != State::Over)
        --m_core.counters.clientConnections;
}

QString ClientConnection::hostText() const
{
    if (!m_standpoint.tunnel)
        return {};
    const Route &route = *m_standpoint.tunnel;
    return QString::fromUtf8(Authority::of(route));
}

void ClientConnection::watch(http::Transport *transport)
{
    transport->setAllowHalfOpen(true);
    connect(transport, &http::Transport::received, this, &ClientConnection::onReceived);
    connect(transport, &http::Transport::ended, this, &ClientConnection::onEnded);
    connect(transport, &http::Transport::errorOccurred, this, &ClientConnection::onGone);
    connect(transport, &http::Transport::closed, this, [this] { onGone({}); });
}

// --- reading

void ClientConnection::onReceived(const QByteArray &octets)
{
    switch (m_state) {
    case State::Requests:
        m_reader.feed(octets);
        pump();
        break;
    case State::Entering:
        m_entry->clientReceived(octets);
        break;
    case State::Tunnel: // its own affair
    case State::Closing: // read so that the answer is not lost to a reset
    case State::Over:
        break;
    }
}

void ClientConnection::onEnded()
{
    switch (m_state) {
    case State::Requests:
        m_reader.feedEof();
        if (m_passage)
            m_passage->clientEnded();
        pump();
        if (m_state == State::Requests && !m_passage)
            cut(false);
        break;
    case State::Entering:
        m_entry->clientEnded();
        break;
    case State::Closing:
        cut(false);
        break;
    case State::Tunnel:
    case State::Over:
        break;
    }
}

void ClientConnection::pump()
{
    if (m_isPumping || m_state != State::Requests)
        return;
    const QPointer<ClientConnection> guard(this);
    m_isPumping = true;
    while (m_state == State::Requests && (!m_passage || m_passage->takesRequest())) {
        const MessageReader::Event event = m_reader.next();
        if (event == MessageReader::Event::NeedMore)
            break;
        takeEvent(event);
        if (!guard)
            return;
    }
    m_isPumping = false;
    if (m_passage && !m_passage->isRequestComplete())
        m_passage->record().flush();
    updateReading();
}

void ClientConnection::takeEvent(MessageReader::Event event)
{
    using Event = MessageReader::Event;
    const wire::MessageParser &parser = m_reader.parser();
    const http::MonotonicTime time = m_reader.readTime();
    const std::shared_ptr<Passage> passage = m_passage; // it may end in here
    switch (event) {
    case Event::MessageBegin:
        m_timer.stop();
        noteTrust(true);
        m_passage = std::make_shared<Passage>(*this, time);
        break;
    case Event::Octets:
        if (passage) // else empty lines between requests
            passage->requestOctets(parser.part(), parser.sharedOctets(), time);
        break;
    case Event::Head:
        passage->requestHead(parser.head(), time);
        break;
    case Event::ChunkHeader:
        passage->requestChunk(parser.chunkHeader(), time);
        break;
    case Event::Trailers:
        passage->requestTrailers(parser.trailers(), time);
        break;
    case Event::MessageEnd:
        passage->requestEnded(time);
        break;
    case Event::Fault: {
        const std::shared_ptr<Passage> refused
            = passage ? passage : std::make_shared<Passage>(*this, time);
        m_passage = refused;
        refused->requestFaulted(parser.error(), parser.sharedOctets());
        break;
    }
    case Event::NeedMore:
    case Event::ChunkEnd:
    case Event::Tunnel:
        break;
    }
}

/// Reading goes on while a request is answered, so that a client that goes away is noticed.
void ClientConnection::updateReading()
{
    if (m_state != State::Requests || !m_transport || m_transport->isDestroyed())
        return;
    const bool isUpload = m_passage && !m_passage->isRequestComplete();
    const bool isWanted = isUpload ? m_passage->takesRequest() : m_reader.waiting() < mostWaiting;
    m_transport->holdReading(!isWanted);
}

// --- the passage that goes on

void ClientConnection::passageEnded(bool keepsAlive)
{
    m_passage.reset();
    if (m_state == State::Over)
        return;
    if (m_state == State::Tunnel) {
        cut(false);
        return;
    }
    if (!keepsAlive) {
        closeGently();
        return;
    }
    if (m_reader.isEnding() && m_reader.waiting() == 0 && !m_isPumping) {
        pump();
        if (m_state == State::Requests && !m_passage)
            closeGently();
        return;
    }
    m_timer.start(longestIdle);
    // Not from within the passage that has ended.
    http::nextTick(this, [this] { pump(); });
}

void ClientConnection::closeGently()
{
    m_state = State::Closing;
    m_kept.clear();
    if (!m_transport || m_transport->isDestroyed())
        return;
    if (m_reader.isEnding()) {
        m_transport->destroySoon();
        return;
    }
    m_transport->end();
    m_transport->holdReading(false);
    m_timer.start(farewell);
}

void ClientConnection::cut(bool reset)
{
    if (m_state == State::Over)
        return;
    if (reset && m_socketTransport)
        resetOnClose(m_socketTransport->device());
    m_state = State::Closing;
    if (m_transport && !m_transport->isDestroyed())
        m_transport->uncorkFully(); // what was said before is said
    if (!reset) {
        m_timer.start(patience);
        if (m_transport && !m_transport->isDestroyed())
            m_transport->destroySoon();
        return;
    }
    abort();
}

void ClientConnection::abort()
{
    const QPointer<http::Transport> below = m_socketTransport;
    if (m_transport && !m_transport->isDestroyed())
        m_transport->destroy();
    if (below && !below->isDestroyed())
        below->destroy();
}

void ClientConnection::onGone(const http::Error &error)
{
    if (m_state == State::Over)
        return;
    m_state = State::Over;
    m_timer.stop();
    noteTrust(false);
    --m_core.counters.clientConnections;
    m_core.countersChanged();
    if (const std::shared_ptr<Passage> passage = std::exchange(m_passage, nullptr))
        passage->clientGone(error);
    m_entry.reset();
    m_kept.clear();
    Q_EMIT over();
}

/// A client can also say no by closing when the handshake is over.
void ClientConnection::noteTrust(bool hasAsked)
{
    if (!isSecure() || std::exchange(m_isTrustNoted, true))
        return;
    const Route &route = *m_standpoint.tunnel;
    const InterceptionPolicy::Client client(QHostAddress(m_facts.peerAddress), m_program);
    if (hasAsked) {
        m_core.policy.noteSuccess(route.host, route.port, client);
        return;
    }
    tls::TlsFailure silence;
    silence.code = wire::ErrorCode::ConnectionReset;
    silence.message = QStringLiteral("The client closed without a request.");
    silence.isSilent = true;
    if (m_core.policy.noteRefusal(route.host, route.port, client, silence))
        m_core.passedHostsChanged();
}

void ClientConnection::stop()
{
    if (const std::shared_ptr<Passage> passage = std::exchange(m_passage, nullptr))
        passage->stop();
    m_state = State::Closing;
    abort();
}

// --- tunnels

void ClientConnection::becomeTunnel()
{
    m_state = State::Tunnel;
    m_entry.reset();
}

QByteArray ClientConnection::takeFront()
{
    QByteArray front;
    m_reader.parser().enterTunnel();
    while (m_reader.next() == MessageReader::Event::Tunnel)
        front += m_reader.parser().octets();
    return front;
}

void ClientConnection::enterTunnel(std::unique_ptr<OriginConnection> origin, const Route &route)
{
    m_state = State::Entering;
    m_transport->holdReading(false);
    m_entry = std::make_unique<TunnelEntry>(*this, std::move(origin), route);
    m_entry->start(takeFront());
}

void ClientConnection::goOn(http::Transport *transport, const Standpoint &standpoint,
    const std::optional<exchange::Tls> &tls, std::unique_ptr<OriginConnection> origin,
    const QByteArray &front, const QByteArray &program)
{
    if (const std::shared_ptr<Passage> passage = std::exchange(m_passage, nullptr))
        passage->entered();
    m_standpoint = standpoint;
    m_standpoint.isLenient = m_core.isLenient(*standpoint.tunnel);
    m_facts.tls = tls;
    m_program = program;
    if (transport != m_transport) {
        // What comes there are records of TLS.
        disconnect(m_transport, &http::Transport::received, this, nullptr);
        disconnect(m_transport, &http::Transport::ended, this, nullptr);
        m_transport = transport;
        watch(transport);
    }
    m_reader = MessageReader(wire::MessageParser(wire::MessageKind::Request, limits,
        m_standpoint.isLenient ? wire::Lenience::Insecure : wire::Lenience::Strict));
    if (origin)
        keep(std::move(origin));
    m_entry.release()->deleteLater(); // it calls
    m_state = State::Requests;
    m_timer.start(longestIdle);
    m_transport->holdReading(false);
    m_transport->resume();
    if (!front.isEmpty()) {
        m_reader.feed(front);
        pump();
    }
}

void ClientConnection::passThrough(std::unique_ptr<OriginConnection> origin,
    const QByteArray &fromClient, const QByteArray &fromOrigin)
{
    m_entry.release()->deleteLater();
    m_passage->passThrough(std::move(origin), fromClient, fromOrigin);
}

// --- connections to origins

std::unique_ptr<OriginConnection> ClientConnection::takeKept(const Hop &hop, qint64 mostIdle)
{
    const auto isUsable = [&](const std::unique_ptr<OriginConnection> &kept) {
        return kept->hop() == hop && kept->isReady()
            && (mostIdle == 0 || http::monotonicNow() - kept->idleSince() <= mostIdle);
    };
    const auto found = std::find_if(m_kept.rbegin(), m_kept.rend(), isUsable);
    if (found == m_kept.rend())
        return nullptr;
    std::unique_ptr<OriginConnection> result = std::move(*found);
    m_kept.erase(std::next(found).base());
    return result;
}

void ClientConnection::keep(std::unique_ptr<OriginConnection> origin)
{
    std::erase_if(m_kept, [](const auto &kept) { return kept->isOver(); });
    if (m_kept.size() >= mostKept)
        m_kept.erase(m_kept.begin());
    origin->updateReading(true); // its end is noticed
    m_kept.push_back(std::move(origin));
}

void ClientConnection::corkOrigin(http::Transport *transport)
{
    transport->cork();
    m_corkedOrigin = transport;
}

void ClientConnection::uncorkOrigin()
{
    if (m_corkedOrigin && !m_corkedOrigin->isDestroyed())
        m_corkedOrigin->uncork();
    m_corkedOrigin.clear();
}

} // namespace headrace::proxy
