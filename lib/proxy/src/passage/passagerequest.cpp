#include "client/admission.h"
#include "client/clientconnection.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "forwarding/hopbyhop.h"
#include "passage/passage.h"

#include <algorithm>
#include <utility>

namespace headrace::proxy {

using exchange::Change;
using exchange::Direction;
using wire::ErrorCode;
using wire::MessagePart;

namespace {

constexpr qint64 secondInNanoseconds = 1'000'000'000;
constexpr int requestIndex = exchange::Recording::RequestIndex;

bool isIdempotent(QByteArrayView method) // RFC 9110 section 9.2.2
{
    constexpr QByteArrayView methods[] { "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" };
    return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

/// Credentials of the client are for a proxy that asks for some and gets none from this one, which asks for none.
hopbyhop::Next nextOf(const Hop &hop, const Core &core)
{
    if (!hop.asksProxy())
        return hopbyhop::Next::Origin;
    return hop.proxy->authorization.isEmpty() && !core.settings.clientCredentials
        ? hopbyhop::Next::ProxyOfClient
        : hopbyhop::Next::Proxy;
}

} // namespace

bool Passage::takesRequest() const
{
    if (m_isRequestComplete || m_isOver)
        return false;
    if (m_phase == Phase::ReadingHead || m_phase == Phase::GatheringRequest || m_discardsRequest)
        return true;
    if (m_requestFraming == wire::BodyFraming::None)
        return true; // there is only its end
    return m_requestWay.sender && !m_requestWay.sender->isFull();
}

// --- as it is read

void Passage::requestOctets(MessagePart part, const QByteArray &octets, http::MonotonicTime time)
{
    m_record.octets(Direction::Request, part, octets, time);
    if (part == MessagePart::Head)
        return; // it goes on when it is known
    if (part == MessagePart::Body)
        m_requestBodyOctets += octets.size();
    if (m_phase == Phase::GatheringRequest) {
        m_requestWay.gathering->add(part, octets);
        if (m_requestWay.gathering->isTooLarge()) {
            addEvent(QStringLiteral("not held"),
                QStringLiteral("The body is too large to be gathered: it goes on as it comes."));
            connectOrigin();
        }
    } else if (m_requestWay.sender) {
        m_requestWay.sender->pass(part, octets);
    }
}

void Passage::requestHead(const wire::Head &head, http::MonotonicTime time)
{
    m_record.head(Direction::Request, head, time);
    const bool opensTunnel = head.part(head.method) == "CONNECT";
    m_record.event(QStringLiteral("Server"),
        opensTunnel ? QStringLiteral("connect") : QStringLiteral("request"));
    m_phase = Phase::AtRequestHead;
    m_request.head = MessageHead(head);
    m_receivedHead = m_request.head;
    m_requestFraming = head.framing;
    m_keepsClient = head.keepAlive;
    m_asksUpgrade = head.upgradeRequested && !opensTunnel;
    if (!findRoute(head))
        return;
    const Hop next = hop();
    const QStringList done
        = hopbyhop::forwardRequest(m_request.head, m_target, nextOf(next, m_client.core()));
    if (!done.isEmpty()) {
        Change change;
        change.message = requestIndex;
        change.summary = done.join(QLatin1String("; "));
        change.before = head.octets();
        change.after = m_request.head.octets();
        addChange(std::move(change));
    }
    if (m_target.form == RequestTarget::Form::Absolute && next.asksProxy())
        m_request.head.setTarget(
            m_target.inOriginForm()); // for interceptors; it goes on as it came
    if (isConnect() && m_client.core().mayEnter(m_route, m_client.facts().peerAddress)) {
        connectOrigin(); // what is inside is asked about
        return;
    }
    ask(Stage::RequestHead);
}

void Passage::requestChunk(const wire::ChunkHeader &chunk, http::MonotonicTime time)
{
    if (!m_isOver)
        m_record.recording().addChunk(http::Direction::Received, chunk, time);
}

void Passage::requestTrailers(const wire::Fields &trailers, http::MonotonicTime time)
{
    if (trailers.isEmpty() || m_isOver)
        return;
    m_record.recording().setTrailers(http::Direction::Received, trailers, time);
    if (m_requestWay.gathering)
        m_requestWay.gathering->setTrailers(trailers);
}

void Passage::requestEnded(http::MonotonicTime time)
{
    m_isRequestComplete = true;
    m_record.complete(Direction::Request, time);
    if (m_phase == Phase::GatheringRequest)
        requestBodyDone();
    else if (m_requestWay.sender && !m_isRequestSent)
        requestSent();
    else
        finishIfDone();
}

void Passage::requestFaulted(const http::Error &error, const QByteArray &rest)
{
    m_record.octets(Direction::Request, MessagePart::Unparsed, rest, http::monotonicNow());
    if (m_client.hasEnded() && error.code == ErrorCode::ParserInvalidEofState) {
        m_client.cut(false);
        return;
    }
    m_keepsClient = false;
    if (m_phase != Phase::ReadingHead && m_responseWay.sender) {
        m_record.fail(error); // it is being answered already
        giveUpInterceptors(QStringLiteral("The client's request broke off."));
        resetClient(true);
        return;
    }
    const bool isTooLarge = error.code == ErrorCode::ParserHeaderOverflow
        || error.code == ErrorCode::ParserChunkExtensionsOverflow;
    giveUpInterceptors(QStringLiteral("The client's request broke off."));
    releaseOrigin(false);
    refuse(isTooLarge ? 431 : 400, error);
}

// --- where it goes

/// False: it was refused, or answered.
bool Passage::findRoute(const wire::Head &head)
{
    QString why;
    const std::optional<RequestTarget> target
        = RequestTarget::parse(head.part(head.method), head.part(head.target), &why);
    if (!target) {
        refuse(400, failure(ErrorCode::ParserInvalidUrl, why));
        return false;
    }
    m_target = *target;
    const Admission admission
        = admit(m_client.core(), m_client.standpoint(), m_request.head, m_target);
    switch (admission.kind) {
    case Admission::Kind::Forward:
        m_route = admission.route;
        if (!admission.ambiguity.isEmpty()) {
            Change change;
            change.message = requestIndex;
            change.cause = Change::Cause::Leniency;
            change.summary = admission.ambiguity;
            change.before = head.octets();
            change.after = head.octets();
            addChange(std::move(change));
            m_record.fail(failure(ErrorCode::ProtocolFailure,
                QStringLiteral("Passed on all the same: %1").arg(admission.ambiguity)));
        }
        return true;
    case Admission::Kind::Refuse:
        refuse(admission.statusCode, admission.error, admission.fields);
        return false;
    case Admission::Kind::Answer: {
        QByteArray octets = admission.answer.head.octets();
        if (m_request.head.method() != "HEAD")
            octets += admission.answer.body;
        m_firstForAnswer = m_interceptors->size();
        answerOurselves(octets);
        return false;
    }
    }
    return false;
}

/// A client gets \a error for an answer, in words; its connection does not go on.
void Passage::refuse(int statusCode, const http::Error &error, const QList<wire::FieldLine> &fields)
{
    m_keepsClient = false;
    m_record.event(
        QStringLiteral("Server"), QStringLiteral("clientError"), QString(wire::name(error.code)));
    if (statusCode != 407)
        m_record.fail(error);
    sayFailure(statusCode, error.message, fields);
}

Hop Passage::hop() const
{
    Hop hop;
    const Standpoint &from = m_client.standpoint();
    hop.route = m_route;
    hop.isTunnel = isConnect() || (from.tunnel && !m_route.isSecure);
    if (from.tunnel == m_route)
        hop.greeting = from.greeting;
    // What tunnels are for: https_proxy is the one that is asked for them.
    Route asked = m_route;
    asked.isSecure = asked.isSecure || hop.isTunnel;
    hop.proxy = m_client.core().upstream.proxyFor(asked);
    return hop;
}

// --- on its way

void Passage::requestHeadDone()
{
    const std::vector<Interceptor *> &all = *m_interceptors;
    const bool isWanted = std::any_of(all.begin(), all.end(),
        [this](Interceptor *each) { return each->wantsBody(*this, Direction::Request); });
    if (!isWanted || m_asksUpgrade) {
        connectOrigin();
        return;
    }
    m_requestWay.gathering.emplace();
    m_phase = Phase::GatheringRequest;
    sayContinue();
    if (m_isRequestComplete || m_requestFraming == wire::BodyFraming::None)
        requestBodyDone();
    else
        m_client.pump();
}

/// Who waits for 100 sends no body: then it cannot be gathered. RFC 9110 section 10.1.1.
void Passage::sayContinue()
{
    const qsizetype expect = m_request.head.indexOf("Expect");
    if (expect < 0 || m_requestFraming == wire::BodyFraming::None)
        return;
    const ChangeScope scope(*this, requestIndex, Change::Cause::Framing, {},
        QStringLiteral("answered Expect with 100, as the body is looked at first"));
    m_request.head.removeAll("Expect");
    m_client.transport()->writeReported(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
}

void Passage::requestBodyDone()
{
    m_phase = Phase::AtRequestBody;
    m_request.body = m_requestWay.gathering->body();
    m_request.trailers = m_requestWay.gathering->trailers();
    ask(Stage::RequestBody);
}

void Passage::connectOrigin()
{
    if (m_own) // it was answered in between
        return;
    m_phase = Phase::Connecting;
    const Hop wanted = hop();
    if (!m_hasRepeated && !isConnect())
        m_origin = m_client.takeKept(wanted, mayRepeat() ? 0 : secondInNanoseconds);
    const bool isKept = bool(m_origin);
    if (!isKept)
        m_origin = std::make_unique<OriginConnection>(m_client.core(), wanted);
    m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("socket"),
        isKept ? QStringLiteral("reused") : QString());
    m_origin->setUser(this);
    if (isKept)
        sendRequest();
    else
        m_origin->open();
}

/// What is asked inside of a tunnel need not be asked of its origin.
bool Passage::mayBeAnswered() const
{
    return m_client.core().mayEnter(m_route, m_client.facts().peerAddress)
        && std::any_of(m_interceptors->begin(), m_interceptors->end(),
            [](const Interceptor *each) { return each->mayAnswer(); });
}

/// Another connection may be tried without asking the client: the origin cannot have done anything twice.
bool Passage::mayRepeat() const
{
    return m_requestFraming == wire::BodyFraming::None && isIdempotent(m_request.head.method());
}

void Passage::originPhase(http::SocketPhase phase, http::MonotonicTime time)
{
    if (phase != http::SocketPhase::PeerEnded && phase != http::SocketPhase::Closed)
        m_record.phase(phase, time);
}

void Passage::originReady()
{
    const auto self = shared_from_this();
    if (isConnect())
        establish();
    else
        sendRequest();
}

void Passage::sendRequest()
{
    m_phase = Phase::Sending;
    if (!m_record.isOver())
        m_record.recording().setConnection(m_origin->facts());
    frameRequest();
    QByteArray head;
    if (m_origin->hop().asksProxy()) {
        MessageHead toProxy = m_request.head;
        const bool isAsReceived = m_target.form == RequestTarget::Form::Absolute
            && toProxy.target() == m_target.inOriginForm()
            && m_route
                == Route { m_target.isSecure, m_target.authority.host, m_target.authority.port };
        const QByteArray host = Authority { m_route.host, m_route.port }.toHost(80);
        if (isAsReceived)
            toProxy.setTarget(m_receivedHead.target());
        else
            toProxy.setTarget(QByteArray("http://" + host).append(toProxy.target()));
        if (!m_origin->hop().proxy->authorization.isEmpty())
            toProxy.set(
                QByteArrayLiteral("Proxy-Authorization"), m_origin->hop().proxy->authorization);
        head = toProxy.octets();
    } else {
        head = m_request.head.octets();
    }
    http::Transport *transport = m_origin->transport();
    const bool isFiltered = bool(m_requestWay.filter) && m_requestFraming != wire::BodyFraming::None
        && !m_requestWay.gathering;
    m_requestWay.sender = std::make_unique<MessageSender>(sendersOwner(), Direction::Request,
        transport, m_requestWay.shaping,
        isFiltered ? MessageSender::Framing::Chunked : MessageSender::Framing::AsReceived,
        m_requestWay.filter);
    m_client.corkOrigin(transport);
    m_requestWay.sender->write(head);
    if (m_requestWay.gathering) {
        sendGathered(m_requestWay, m_request);
        m_requestWay.gathering.reset();
    }
    if (m_isRequestComplete)
        requestSent();
    m_client.pump();
    m_client.uncorkOrigin();
    if (!m_isOver && m_origin)
        m_origin->updateReading(takesResponse());
    if (!m_isOver)
        pumpResponse();
}

/// What was gathered goes on as it was received unless somebody has changed it.
void Passage::sendGathered(Way &way, const TransitMessage &message)
{
    if (!way.isReframed) {
        for (const auto &[part, octets] : way.gathering->pieces())
            way.sender->write(octets);
    } else if (message.trailers.isEmpty()) {
        way.sender->write(message.body);
    } else {
        if (!message.body.isEmpty())
            way.sender->write(wire::renderChunkHeader(message.body.size()) + message.body + "\r\n");
        way.sender->write(wire::renderLastChunk(message.trailers));
    }
}

/// A changed body has another length.
void Passage::frameRequest()
{
    const bool isFiltered
        = bool(m_requestWay.filter) && m_requestFraming != wire::BodyFraming::None;
    if (m_requestWay.gathering && m_isRequestComplete
        && (m_request.body != m_requestWay.gathering->body()
            || m_request.trailers != m_requestWay.gathering->trailers())) {
        m_requestWay.isReframed = true;
        const ChangeScope scope(*this, requestIndex, Change::Cause::Framing, {},
            QStringLiteral("framed as the changed body wants it"));
        m_request.head.removeAll("Transfer-Encoding");
        if (m_request.trailers.isEmpty()) {
            m_request.head.set(
                QByteArrayLiteral("Content-Length"), QByteArray::number(m_request.body.size()));
        } else {
            m_request.head.removeAll("Content-Length");
            m_request.head.append(
                QByteArrayLiteral("Transfer-Encoding"), QByteArrayLiteral("chunked"));
        }
    } else if (isFiltered && m_requestFraming == wire::BodyFraming::ContentLength) {
        const ChangeScope scope(*this, requestIndex, Change::Cause::Framing, {},
            QStringLiteral("in chunks, as a script changes the body"));
        m_request.head.removeAll("Content-Length");
        m_request.head.append(QByteArrayLiteral("Transfer-Encoding"), QByteArrayLiteral("chunked"));
    }
}

void Passage::requestSent()
{
    m_requestWay.sender->finish();
    m_requestWay.sender->whenWritten([this] {
        if (m_isOver)
            return;
        m_isRequestSent = true;
        m_record.recording().setRequestForwarded(http::monotonicNow());
        m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("finish"));
        if (m_client.hasEnded() && m_origin && m_origin->transport())
            m_origin->transport()->end();
        finishIfDone();
    });
}

void Passage::clientEnded()
{
    if (m_isWaiting) { // for somebody who has to know that nobody may be waiting for him
        m_client.cut(false);
        return;
    }
    // What the client did is what the origin sees: it knows best whether anybody still waits.
    if (m_isRequestSent && m_origin && m_origin->isReady() && m_phase != Phase::Tunneling)
        m_origin->transport()->end();
}

void Passage::originReadable()
{
    const auto self = shared_from_this();
    pumpResponse();
}

void Passage::originFailed(const http::Error &error)
{
    if (m_isOver)
        return;
    const auto self = shared_from_this();
    if (isConnect() && m_phase == Phase::Connecting && mayBeAnswered()) {
        addEvent(QStringLiteral("origin failed"), error.message);
        establish();
        return;
    }
    if (m_hasResponseOctets) {
        m_originError = error;
        m_origin->reader().feedEof();
        pumpResponse();
        return;
    }
    const bool wasUsed = m_origin && m_origin->isUsed();
    if (wasUsed && !m_hasRepeated && mayRepeat() && m_phase == Phase::Sending) {
        m_hasRepeated = true;
        addEvent(QStringLiteral("sent again"),
            QStringLiteral("The kept connection was closed by the origin."));
        m_requestWay.sender.reset();
        m_isRequestSent = false;
        releaseOrigin(false);
        connectOrigin();
        return;
    }
    failWith(error);
}

} // namespace headrace::proxy
