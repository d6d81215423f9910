#include "client/clientconnection.h"
#include "engine/core.h"
#include "engine/failure.h"
#include "forwarding/hopbyhop.h"
#include "passage/passage.h"

#include <http/ticks.h>
#include <wire/fieldrules.h>

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace headrace::proxy {

using exchange::Change;
using exchange::Direction;
using wire::ErrorCode;
using wire::MessagePart;

namespace {

constexpr int responseIndex = exchange::Recording::ResponseIndex;
constexpr int switchingProtocols = 101;

/// Server-sent events, whose reader must not wait for all of them.
bool isStream(const MessageHead &head)
{
    const QByteArray type = head.first("Content-Type").value_or(QByteArray());
    return wire::equalsIgnoringCase(type.split(';').at(0).trimmed(), "text/event-stream");
}

} // namespace

MessageReader *Passage::reader()
{
    if (m_own)
        return m_own.get();
    return m_origin ? &m_origin->reader() : nullptr;
}

bool Passage::isRecorded() const { return !m_own || m_isOwnRecorded; }

bool Passage::takesResponse() const
{
    switch (m_phase) {
    case Phase::AtResponseHead:
    case Phase::AtResponseBody:
    case Phase::Tunneling:
    case Phase::Over:
        return false;
    case Phase::Answering:
        return m_responseWay.sender && !m_responseWay.sender->isFull();
    case Phase::ReadingHead:
    case Phase::AtRequestHead:
    case Phase::GatheringRequest:
    case Phase::AtRequestBody:
    case Phase::Connecting:
        return bool(m_own);
    case Phase::Sending:
    case Phase::GatheringResponse:
        return true;
    }
    return false;
}

// --- as it is read

void Passage::pumpResponse()
{
    using Event = MessageReader::Event;
    if (m_isPumping || m_isOver)
        return;
    const auto self = shared_from_this();
    const QScopedValueRollback pumping(m_isPumping, true);
    const ClientConnection::Cork cork(m_client);
    while (!m_isOver && takesResponse()) {
        MessageReader *from = reader();
        if (!from)
            break;
        const Event event = from->next();
        const http::MonotonicTime time = from->readTime();
        const wire::MessageParser &parser = from->parser();
        switch (event) {
        case Event::NeedMore:
            m_record.flush();
            if (m_ownBody) {
                readOwnBodySoon();
                return;
            }
            if (m_own || !from->isEnding() || m_isResponseComplete) {
                if (m_origin && !m_own)
                    m_origin->updateReading(true);
                return;
            }
            originFailed(failure(ErrorCode::ConnectionReset, QStringLiteral("socket hang up")));
            break;
        case Event::MessageBegin:
            m_hasResponseOctets = true;
            break;
        case Event::Octets:
            responseOctets(parser.part(), parser, time);
            break;
        case Event::Head:
            responseHead(from->parser().head(), time);
            break;
        case Event::ChunkHeader:
            if (isRecorded())
                m_record.recording().addChunk(http::Direction::Sent, parser.chunkHeader(), time);
            break;
        case Event::ChunkEnd:
            break;
        case Event::Trailers:
            if (!parser.trailers().isEmpty() && isRecorded())
                m_record.recording().setTrailers(http::Direction::Sent, parser.trailers(), time);
            if (m_responseWay.gathering)
                m_responseWay.gathering->setTrailers(parser.trailers());
            break;
        case Event::MessageEnd:
            if (m_responseStatus >= 200)
                responseEnded(time);
            break;
        case Event::Tunnel:
            break; // takesResponse() says no then
        case Event::Fault:
            responseFaulted(parser.error(), parser.sharedOctets());
            break;
        }
    }
    if (!m_isOver && m_origin && !m_own && m_phase != Phase::Tunneling)
        m_origin->updateReading(takesResponse());
}

void Passage::responseOctets(
    MessagePart part, const wire::MessageParser &parser, http::MonotonicTime time)
{
    if (isRecorded())
        m_record.octets(Direction::Response, part, parser.octets(), time);
    if (part == MessagePart::Head)
        return; // it goes on when it is known
    if (m_phase == Phase::GatheringResponse) {
        m_responseWay.gathering->add(part, parser.sharedOctets());
        if (m_responseWay.gathering->isTooLarge()) {
            addEvent(QStringLiteral("not held"),
                QStringLiteral("The body is too large to be gathered: it goes on as it comes."));
            sendResponse();
        }
    } else if (m_responseWay.sender) {
        m_responseWay.sender->pass(part, parser.sharedOctets());
    }
}

void Passage::responseHead(const wire::Head &head, http::MonotonicTime time)
{
    m_responseStatus = head.statusCode;
    if (isRecorded())
        m_record.head(Direction::Response, head, time);
    const bool switches = head.statusCode == switchingProtocols && head.upgradeRequested;
    if (switches && m_asksUpgrade) {
        m_isSwitching = true;
        m_phase = Phase::AtResponseHead;
        m_response.head = MessageHead(head);
        ask(Stage::ResponseHead);
        return;
    }
    if (head.statusCode == switchingProtocols && !m_own) {
        responseFaulted(
            failure(ErrorCode::ProtocolFailure,
                QStringLiteral("The origin switched protocols without being asked to.")),
            {});
        return;
    }
    if (head.statusCode < 200) {
        interimHead(head);
        return;
    }
    if (!m_own)
        m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("response"));
    m_responseFraming = head.framing;
    if (m_request.head.method() == "HEAD") {
        reader()->parser().skipBody();
        m_responseFraming = wire::BodyFraming::None;
    }
    m_keepsOrigin = head.keepAlive && !m_own;
    m_responseKeepsClient = head.keepAlive && m_responseFraming != wire::BodyFraming::UntilClose;
    m_phase = Phase::AtResponseHead;
    const bool isLookedAt = !m_interceptors->empty();
    if (!isLookedAt && !hopbyhop::concernsResponse(head)) {
        m_responseOctets = head.octets();
        sendResponse();
        return;
    }
    m_response.head = MessageHead(head);
    const QStringList done = hopbyhop::forwardResponse(m_response.head);
    if (!done.isEmpty()) {
        Change change;
        change.message = responseIndex;
        change.summary = done.join(QLatin1String("; "));
        change.before = head.octets();
        change.after = m_response.head.octets();
        addChange(std::move(change));
    }
    ask(Stage::ResponseHead);
}

/// RFC 9110 section 15.2: all go on, but to a client of HTTP/1.0.
void Passage::interimHead(const wire::Head &head)
{
    const QString text
        = QString::number(head.statusCode) + u' ' + QString::fromLatin1(head.part(head.reason));
    m_record.event(QStringLiteral("ClientRequest"),
        head.statusCode == 100 ? QStringLiteral("continue") : QStringLiteral("information"), text);
    if (m_request.head.version() == "1.0")
        addEvent(
            QStringLiteral("kept back"), text + QStringLiteral(": the client speaks HTTP/1.0"));
    else
        m_client.transport()->writeReported(head.octets());
}

// --- on its way

void Passage::responseHeadDone()
{
    const std::vector<Interceptor *> &all = *m_interceptors;
    const bool isWanted = m_responseFraming != wire::BodyFraming::None
        && std::any_of(all.begin(), all.end(),
            [this](Interceptor *each) { return each->wantsBody(*this, Direction::Response); });
    if (isWanted && isStream(m_response.head)) {
        addEvent(QStringLiteral("not held"),
            QStringLiteral("A stream of events has no end: it goes on as it comes."));
        sendResponse();
        return;
    }
    if (!isWanted) {
        sendResponse();
        return;
    }
    m_responseWay.gathering.emplace();
    m_phase = Phase::GatheringResponse;
    pumpResponse();
}

void Passage::sendResponse()
{
    if (m_isOver)
        return;
    if (!m_response.head.isEmpty()) {
        frameResponse();
        m_responseOctets = m_response.head.octets();
    }
    const bool isFiltered = bool(m_responseWay.filter) && !m_responseWay.gathering
        && m_responseFraming != wire::BodyFraming::None;
    MessageSender::Framing framing = MessageSender::Framing::AsReceived;
    if (isFiltered)
        framing = m_responseFraming == wire::BodyFraming::Chunked
            ? MessageSender::Framing::Chunked
            : MessageSender::Framing::UntilClose;
    m_responseWay.sender = std::make_unique<MessageSender>(sendersOwner(), Direction::Response,
        m_client.transport(), m_responseWay.shaping, framing, m_responseWay.filter);
    m_phase = Phase::Answering;
    m_responseWay.sender->write(m_responseOctets);
    m_responseOctets.clear();
    if (m_responseWay.gathering) {
        sendGathered(m_responseWay, m_response);
        m_responseWay.gathering.reset();
    }
    if (m_isResponseComplete)
        responseSent();
    else
        pumpResponse();
}

/// A changed body has another length.
void Passage::frameResponse()
{
    const bool hasBody = m_responseFraming != wire::BodyFraming::None;
    const bool isHttp11 = m_request.head.version() != "1.0";
    if (m_responseWay.gathering && m_isResponseComplete) {
        if (m_response.body == m_responseWay.gathering->body()
            && m_response.trailers == m_responseWay.gathering->trailers())
            return;
        m_responseWay.isReframed = true;
        const ChangeScope scope(*this, responseIndex, Change::Cause::Framing, {},
            QStringLiteral("framed as the changed body wants it"));
        frameAnswer(m_response);
        m_responseKeepsClient
            = m_responseKeepsClient || m_responseFraming == wire::BodyFraming::UntilClose;
    } else if (m_responseWay.filter && hasBody) {
        const ChangeScope scope(*this, responseIndex, Change::Cause::Framing, {},
            QStringLiteral("in chunks, as a script changes the body"));
        m_response.head.removeAll("Content-Length");
        if (m_responseFraming != wire::BodyFraming::Chunked && isHttp11) {
            m_response.head.append(
                QByteArrayLiteral("Transfer-Encoding"), QByteArrayLiteral("chunked"));
            m_responseFraming = wire::BodyFraming::Chunked;
        }
        m_responseKeepsClient
            = m_responseFraming == wire::BodyFraming::Chunked && m_responseKeepsClient;
    }
}

void Passage::responseEnded(http::MonotonicTime time)
{
    if (m_originError && m_responseFraming == wire::BodyFraming::UntilClose) {
        responseFaulted(m_originError, {}); // it did not end, it broke
        return;
    }
    m_isResponseComplete = true;
    if (isRecorded())
        m_record.complete(Direction::Response, time);
    if (!m_own) {
        m_record.event(QStringLiteral("IncomingMessage"), QStringLiteral("end"));
        m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("close"));
    }
    if (m_phase == Phase::GatheringResponse) {
        m_phase = Phase::AtResponseBody;
        m_response.body = m_responseWay.gathering->body();
        m_response.trailers = m_responseWay.gathering->trailers();
        ask(Stage::ResponseBody);
    } else if (m_responseWay.sender) {
        responseSent();
    }
}

void Passage::responseSent()
{
    m_responseWay.sender->finish();
    m_responseWay.sender->whenWritten([this] {
        if (m_isOver || std::exchange(m_isAnswered, true))
            return;
        m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("finish"));
        finishIfDone();
    });
}

void Passage::finishIfDone()
{
    if (m_isOver || !m_isAnswered)
        return;
    if (!m_isRequestComplete) {
        const bool isHeadRead = !m_request.head.startLine().isEmpty();
        if (isHeadRead && m_requestFraming == wire::BodyFraming::None)
            return; // its end is read next
        // Answered early. While the origin still takes the request, it gets it.
        const bool isTaken = m_origin && !m_own && m_keepsOrigin && m_origin->isReady()
            && !m_origin->reader().isEnding();
        if (isTaken && m_keepsClient && m_responseKeepsClient)
            return;
        end(false);
        return;
    }
    if (m_requestWay.sender && !m_isRequestSent && m_origin && !m_own && m_keepsOrigin)
        return; // its last octets still wait
    end(m_keepsClient && m_responseKeepsClient);
}

// --- what goes wrong

/// No answer comes, or only a part of one.
void Passage::responseFaulted(const http::Error &error, const QByteArray &rest)
{
    if (isRecorded())
        m_record.octets(Direction::Response, MessagePart::Unparsed, rest, http::monotonicNow());
    MessageReader *from = reader();
    const bool brokeOff
        = from && from->isEnding() && error.code == ErrorCode::ParserInvalidEofState;
    http::Error why = error;
    if (brokeOff)
        why = m_originError ? m_originError
                            : failure(ErrorCode::ConnectionReset, QStringLiteral("socket hang up"));
    if (m_own && !m_ownError) { // a made one that is no HTTP, on purpose
        m_client.transport()->writeReported(rest);
        m_isAnswered = true;
        end(false);
        return;
    }
    if (!m_responseWay.sender && (m_phase == Phase::Sending || m_phase == Phase::GatheringResponse)
        && m_responseStatus < 200) {
        failWith(why);
        return;
    }
    if (m_ownError)
        why = m_ownError;
    else if (brokeOff)
        why = failure(ErrorCode::ConnectionReset, QStringLiteral("aborted"));
    m_record.fail(why);
    if (!m_own) {
        if (!brokeOff)
            m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("error"),
                QString(wire::name(why.code)));
        m_record.event(QStringLiteral("IncomingMessage"), QStringLiteral("aborted"));
        m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("close"));
    }
    if (!m_responseWay.sender) { // it was being gathered: what came goes on, as far as it came
        m_responseWay.filter = {};
        sendResponse();
        if (m_isOver)
            return;
    }
    m_phase = Phase::Over;
    m_responseWay.sender->whenWritten( // a filter may have something of it
        [this, told = m_own ? why.message : QStringLiteral("The origin broke off."),
            isReset = m_originError.code == ErrorCode::ConnectionReset
                && m_originError.message.contains(QLatin1String("ECONNRESET"))] {
            if (m_isOver)
                return;
            giveUpInterceptors(told);
            resetClient(isReset);
        });
}

// --- the origin's connection

void Passage::releaseOrigin(bool keep)
{
    if (!m_origin)
        return;
    m_origin->setUser(nullptr);
    // What lies behind the answer would be taken for the next one.
    if (keep && m_origin->isReady() && m_origin->reader().isExhausted()) {
        m_origin->setUsed();
        m_client.keep(std::move(m_origin));
        return;
    }
    m_origin->close();
    m_origin.release()->deleteLater(); // it may be the one that calls
}

} // namespace headrace::proxy
