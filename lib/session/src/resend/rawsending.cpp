#include "resend/rawsending.h"

#include "session/clients.h"

#include <http/ticks.h>

namespace headrace::session {

namespace {

using namespace std::chrono_literals;
using Event = wire::MessageParser::Event;
using http::Emitter;
using http::EventKind;

// How long a body waits for 100 before it goes out anyway; see Sending.
constexpr auto continueTimeout = 1s;
constexpr wire::ParserLimits limits { 1024 * 1024, 64 * 1024 };

QString octetsText(qsizetype count) { return QStringLiteral("%1 B").arg(count); }

QString statusText(const wire::Head &head)
{
    return QStringLiteral("%1 %2")
        .arg(head.statusCode)
        .arg(QString::fromLatin1(head.part(head.reason)))
        .trimmed();
}

} // namespace

RawSending::RawSending(const RawRequest &request, const exchange::Store &store,
    exchange::Recorder &recorder, Clients &clients, QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_recorder(recorder)
    , m_clients(clients)
    , m_source(store, request.recorded, request.rewriting)
    , m_sent(wire::MessageKind::Request, limits, wire::Lenience::Insecure)
    , m_received(wire::MessageKind::Response, limits)
{
    for (QTimer *timer : { &m_pace, &m_continue })
        timer->setSingleShot(true);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        const http::IoScope scope;
        pump();
    });
    connect(&m_continue, &QTimer::timeout, this, [this] {
        const http::IoScope scope;
        goOnAfterContinue();
    });
}

RawSending::~RawSending()
{
    const QSignalBlocker silent(this);
    cancel();
}

void RawSending::start()
{
    const http::IoScope scope;
    m_exchange = http::nextExchangeId();
    m_recorder.exchangeBegan({ m_exchange, 0, true, m_request.isSecure, m_request.method,
        m_request.target, m_request.host, m_request.port, http::monotonicNow() });
    m_storeId = m_recorder.storeId(m_exchange);
    http::ConnectOptions options;
    options.host = m_request.host;
    options.port = m_request.port;
    options.rejectUnauthorized = m_request.verifyCertificates;
    QIODevice *device = m_clients.agent(m_request.isSecure, m_request.verifyCertificates)
                            ->createConnection(options, {});
    m_transport = http::Transport::of(device);
    m_transport->setObserver(this, 0);
    m_transport->setAllowHalfOpen(true);
    m_transport->setNoDelay(true);
    m_transport->setTimeout(m_request.timeout);
    m_recorder.socketAssigned(m_exchange, m_transport->connectionInfo(), http::monotonicNow());
    tell(Emitter::ClientRequest, EventKind::Socket);
    connect(m_transport, &http::Transport::connected, this, &RawSending::onConnected);
    connect(m_transport, &http::Transport::received, this, &RawSending::onReceived);
    connect(m_transport, &http::Transport::ended, this, &RawSending::onEnded);
    connect(m_transport, &http::Transport::drained, this, &RawSending::pump);
    connect(m_transport, &http::Transport::timedOut, this, &RawSending::onTimeout);
    connect(m_transport, &http::Transport::errorOccurred, this, &RawSending::fail);
    connect(m_transport, &http::Transport::closed, this, [this] {
        fail({ wire::ErrorCode::ConnectionReset,
            m_hasResponse ? QStringLiteral("aborted") : QStringLiteral("socket hang up"), -1, {} });
    });
}

void RawSending::socketAssigned(
    http::ExchangeId, const http::ConnectionInfo &info, http::MonotonicTime time)
{
    m_recorder.socketAssigned(m_exchange, info, time);
}

void RawSending::socketPhase(http::ExchangeId, http::ConnectionId connection,
    http::SocketPhase phase, http::MonotonicTime time)
{
    m_recorder.socketPhase(m_exchange, connection, phase, time);
}

void RawSending::tlsEstablished(http::ExchangeId, http::ConnectionId connection,
    const http::TlsInfo &info, http::MonotonicTime time)
{
    m_recorder.tlsEstablished(m_exchange, connection, info, time);
}

void RawSending::tlsRefused(http::ExchangeId, http::ConnectionId connection,
    const http::TlsInfo &info, http::MonotonicTime time)
{
    m_recorder.tlsRefused(m_exchange, connection, info, time);
}

void RawSending::onConnected()
{
    m_transport->resume();
    pump();
}

// --- the request

void RawSending::pump()
{
    if (m_isOver || m_isRequestEnded || m_continue.isActive() || m_pace.isActive())
        return;
    while (!m_transport->needsDrain()) {
        if (!m_next)
            m_next = m_source.next();
        if (!m_next) {
            endRequest();
            return;
        }
        if (!m_firstTime) {
            m_firstTime = m_next->time;
            m_sinceFirst.start();
        }
        const qint64 due = (m_next->time - *m_firstTime) / 1000 - m_sinceFirst.elapsed();
        if (m_request.isPaced && due > 0) {
            m_pace.start(std::chrono::milliseconds(due));
            return;
        }
        write(std::exchange(m_next, std::nullopt)->octets);
        if (m_isOver || m_continue.isActive())
            return;
    }
}

void RawSending::write(const QByteArray &octets)
{
    // Their meaning is that of the octets, not that of the record: a head may have been changed.
    m_sent.feed(octets);
    const http::MonotonicTime time = http::monotonicNow();
    for (Event event = m_sent.next(); event != Event::NeedMore; event = m_sent.next()) {
        tellSent(event, time);
        if (event == Event::Fault || event == Event::Tunnel)
            break;
    }
    m_transport->writeReported(octets);
}

void RawSending::tellSent(Event event, http::MonotonicTime time)
{
    constexpr auto sent = http::Direction::Sent;
    const http::ConnectionId connection = m_transport->id();
    switch (event) {
    case Event::Octets:
        m_recorder.octets(m_exchange, connection, sent, m_sent.part(), m_sent.octets(), time);
        break;
    case Event::Tunnel:
    case Event::Fault: // it is sent as it was, all the same
        m_recorder.octets(
            m_exchange, connection, sent, wire::MessagePart::Unparsed, m_sent.octets(), time);
        break;
    case Event::Head: {
        m_recorder.headComplete(m_exchange, sent, m_sent.head(), time);
        const std::optional<QByteArrayView> expect = m_sent.head().fields.first("expect");
        if (!m_request.isPaced && expect
            && expect->compare("100-continue", Qt::CaseInsensitive) == 0)
            m_continue.start(continueTimeout);
        break;
    }
    case Event::ChunkHeader:
        m_recorder.chunkBegan(m_exchange, sent, m_sent.chunkHeader(), time);
        break;
    case Event::Trailers:
        m_recorder.trailersComplete(m_exchange, sent, m_sent.trailers(), time);
        break;
    case Event::MessageEnd:
        if (!std::exchange(m_isRequestComplete, true))
            m_recorder.messageComplete(m_exchange, sent, time);
        break;
    case Event::NeedMore:
    case Event::MessageBegin:
    case Event::ChunkEnd:
        break;
    }
}

void RawSending::endRequest()
{
    m_isRequestEnded = true;
    if (!std::exchange(m_isRequestComplete, true))
        m_recorder.messageComplete(m_exchange, http::Direction::Sent, http::monotonicNow());
    tell(Emitter::ClientRequest, EventKind::Finish);
}

void RawSending::goOnAfterContinue()
{
    m_continue.stop();
    pump();
}

// --- the response

void RawSending::onReceived(const QByteArray &octets)
{
    if (m_isOver)
        return;
    if (m_continue.isActive())
        goOnAfterContinue();
    if (m_isOver)
        return;
    if (!std::exchange(m_hasFirstByte, true))
        socketPhase(0, m_transport->id(), http::SocketPhase::FirstByte, http::monotonicNow());
    m_received.feed(octets);
    readResponse();
}

void RawSending::onEnded()
{
    if (m_isOver)
        return;
    m_received.feedEof();
    readResponse();
    if (m_isOver)
        return;
    fail({ wire::ErrorCode::ConnectionReset,
        m_hasResponse ? QStringLiteral("aborted") : QStringLiteral("socket hang up"), -1, {} });
}

void RawSending::readResponse()
{
    constexpr auto received = http::Direction::Received;
    while (!m_isOver) {
        const Event event = m_received.next();
        const http::MonotonicTime time = http::monotonicNow();
        switch (event) {
        case Event::NeedMore:
            return;
        case Event::Octets:
            m_recorder.octets(m_exchange, m_transport->id(), received, m_received.part(),
                m_received.octets(), time);
            if (m_received.part() == wire::MessagePart::Body)
                tell(Emitter::IncomingMessage, EventKind::Data,
                    octetsText(m_received.octets().size()));
            break;
        case Event::Head:
            m_recorder.headComplete(m_exchange, received, m_received.head(), time);
            onHead();
            break;
        case Event::ChunkHeader:
            m_recorder.chunkBegan(m_exchange, received, m_received.chunkHeader(), time);
            break;
        case Event::Trailers:
            m_recorder.trailersComplete(m_exchange, received, m_received.trailers(), time);
            break;
        case Event::MessageEnd:
            if (!m_hasResponse)
                break; // of an interim one
            tell(Emitter::IncomingMessage, EventKind::End);
            m_recorder.messageComplete(m_exchange, received, time);
            finish();
            return;
        case Event::Fault:
            onFault();
            return;
        case Event::Tunnel:
            return;
        case Event::MessageBegin:
        case Event::ChunkEnd:
            break;
        }
    }
}

void RawSending::onHead()
{
    const wire::Head &head = m_received.head();
    const int status = head.statusCode;
    if (status < 200 && status != 101) {
        tell(Emitter::ClientRequest, status == 100 ? EventKind::Continue : EventKind::Information,
            statusText(head));
        return;
    }
    m_hasResponse = true;
    if (status == 101) {
        m_received.enterTunnel();
        tell(Emitter::ClientRequest, EventKind::Upgrade, statusText(head));
        finish();
        return;
    }
    tell(Emitter::ClientRequest, EventKind::Response, statusText(head));
    if (m_request.method == "HEAD")
        m_received.skipBody();
}

void RawSending::onFault()
{
    m_recorder.octets(m_exchange, m_transport->id(), http::Direction::Received,
        wire::MessagePart::Unparsed, m_received.octets(), http::monotonicNow());
    const wire::Error &fault = m_received.error();
    const bool isCut = fault.code == wire::ErrorCode::ParserInvalidEofState;
    if (m_hasResponse && isCut)
        tell(Emitter::IncomingMessage, EventKind::Aborted);
    fail({ isCut ? wire::ErrorCode::ConnectionReset : fault.code,
        isCut ? m_hasResponse ? QStringLiteral("aborted") : QStringLiteral("socket hang up")
              : fault.message,
        -1, {} });
}

// --- the end

void RawSending::onTimeout()
{
    tell(Emitter::ClientRequest, EventKind::Timeout);
    fail({ wire::ErrorCode::TimedOut,
        QStringLiteral("nothing came or went for %1 s")
            .arg(double(m_request.timeout.count()) / 1000.0),
        -1, {} });
}

void RawSending::fail(const http::Error &error)
{
    if (m_isOver)
        return;
    m_recorder.failed(m_exchange, error, http::monotonicNow());
    if (!m_hasResponse)
        tell(Emitter::ClientRequest, EventKind::Error, error.message);
    finish();
}

void RawSending::cancel()
{
    if (m_isOver || m_exchange == 0)
        return;
    const http::IoScope scope;
    m_recorder.markCanceled(m_exchange);
    finish();
}

void RawSending::finish()
{
    if (std::exchange(m_isOver, true))
        return;
    m_pace.stop();
    m_continue.stop();
    tell(Emitter::ClientRequest, EventKind::Close);
    if (m_transport) {
        disconnect(m_transport, nullptr, this, nullptr);
        m_transport->setObserver(nullptr, 0);
        m_transport->destroy();
    }
    m_recorder.exchangeEnded(m_exchange, http::monotonicNow());
    Q_EMIT finished();
}

void RawSending::tell(Emitter emitter, EventKind event, const QString &detail)
{
    m_recorder.event(m_exchange, emitter, event, detail, http::monotonicNow());
}

} // namespace headrace::session
