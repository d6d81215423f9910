#include "client/clientconnection.h"
#include "engine/failure.h"
#include "passage/passage.h"

#include <http/ticks.h>
#include <wire/headserializer.h>

#include <utility>

namespace headrace::proxy {

using wire::ErrorCode;

// --- by interceptors

/// False: it cannot be answered any more.
bool Passage::beginAnswer()
{
    if (m_isOver || (!m_isAsking && !m_isWaiting))
        return false;
    ++m_decisions;
    m_isWaiting = false;
    const size_t asked = m_nextInterceptor - 1;
    m_firstForAnswer = (*m_interceptors)[asked]->seesOwnAnswers() ? asked : asked + 1;
    return true;
}

void Passage::answer(const TransitMessage &response, bool verbatim)
{
    const http::IoScope scope;
    const auto self = shared_from_this();
    if (!beginAnswer())
        return;
    TransitMessage made = response;
    if (!verbatim)
        frameAnswer(made);
    QByteArray octets = made.head.octets();
    if (verbatim || m_request.head.method() != "HEAD") {
        if (!made.trailers.isEmpty() && !verbatim) {
            if (!made.body.isEmpty())
                octets += wire::renderChunkHeader(made.body.size()) + made.body + "\r\n";
            octets += wire::renderLastChunk(made.trailers);
        } else {
            octets += made.body;
        }
    }
    answerOurselves(octets);
}

void Passage::answerFrom(const MessageHead &head, std::unique_ptr<BodySource> body)
{
    const http::IoScope scope;
    const auto self = shared_from_this();
    if (!beginAnswer())
        return;
    MessageHead made = head;
    made.removeAll("Transfer-Encoding");
    made.set(QByteArrayLiteral("Content-Length"), QByteArray::number(body->size()));
    if (m_request.head.method() == "HEAD")
        body.reset();
    answerOurselves(made.octets(), std::move(body));
}

/// Length and framing as the body wants them. RFC 9110 section 8.6, RFC 9112 section 6.
void Passage::frameAnswer(TransitMessage &made) const
{
    const int status = made.head.statusCode();
    const bool hasBody = status >= 200 && status != 204 && status != 304;
    made.head.removeAll("Transfer-Encoding");
    if (!hasBody) {
        made.body.clear();
        made.trailers.clear();
        if (status == 204)
            made.head.removeAll("Content-Length");
    } else if (!made.trailers.isEmpty() && m_request.head.version() == "1.1") {
        made.head.removeAll("Content-Length");
        made.head.append(QByteArrayLiteral("Transfer-Encoding"), QByteArrayLiteral("chunked"));
    } else {
        made.trailers.clear();
        made.head.set(QByteArrayLiteral("Content-Length"), QByteArray::number(made.body.size()));
    }
}

// --- how they go on their way

void Passage::answerOurselves(const QByteArray &octets, std::unique_ptr<BodySource> body)
{
    m_isOwnRecorded = m_responseStatus < 200;
    releaseOrigin(false);
    m_own = std::make_unique<MessageReader>(wire::MessageParser(
        wire::MessageKind::Response, { 1024 * 1024 }, wire::Lenience::Insecure));
    m_own->feed(octets);
    m_ownBody = std::move(body);
    m_ownBodyLeft = m_ownBody ? m_ownBody->size() : 0;
    m_ownError = {};
    if (m_ownBodyLeft == 0) {
        m_ownBody.reset();
        m_own->feedEof();
    }
    m_responseWay.gathering.reset();
    m_isSwitching = false;
    m_isResponseComplete = false;
    if (!m_isRequestComplete) {
        m_discardsRequest = true;
        m_keepsClient = m_keepsClient && m_request.head.indexOf("Expect") < 0;
    }
    m_phase = Phase::Sending;
    pumpResponse();
    if (!m_isOver && m_discardsRequest)
        m_client.pump();
}

/// By the event loop: others get their turn between two pieces, also while a body is gathered.
void Passage::readOwnBodySoon()
{
    if (std::exchange(m_isOwnBodyDue, true))
        return;
    QMetaObject::invokeMethod(
        &m_client,
        [passage = weak_from_this()] {
            const http::IoScope scope;
            const auto self = passage.lock();
            if (!self)
                return;
            self->m_isOwnBodyDue = false;
            self->readOwnBody();
        },
        Qt::QueuedConnection);
}

void Passage::readOwnBody()
{
    if (m_isOver || !m_ownBody || !takesResponse())
        return; // else it is read when there is room
    const QByteArray piece = m_ownBody->read();
    m_ownBodyLeft -= piece.size();
    if (piece.isEmpty())
        m_ownError = failure(ErrorCode::Aborted, m_ownBody->problem());
    else
        m_own->feed(piece);
    if (piece.isEmpty() || m_ownBodyLeft <= 0) {
        m_ownBody.reset();
        m_own->feedEof();
    }
    pumpResponse();
}

/// In words, and for programs as RFC 9209 has it.
void Passage::sayFailure(int statusCode, const QString &text, const QList<wire::FieldLine> &fields)
{
    TransitMessage made;
    made.head = MessageHead::makeResponse(statusCode, {}, fields);
    made.head.append(
        QByteArrayLiteral("Content-Type"), QByteArrayLiteral("text/plain; charset=utf-8"));
    made.body = "Headrace: " + text.toUtf8() + '\n';
    if (!m_keepsClient || !m_isRequestComplete) {
        m_keepsClient = m_keepsClient && m_requestFraming == wire::BodyFraming::None;
        if (!m_keepsClient)
            made.head.append(QByteArrayLiteral("Connection"), QByteArrayLiteral("close"));
    }
    frameAnswer(made);
    QByteArray octets = made.head.octets();
    if (m_request.head.method() != "HEAD")
        octets += made.body;
    m_firstForAnswer = m_interceptors->size();
    answerOurselves(octets);
}

void Passage::failWith(const http::Error &error)
{
    m_record.event(
        QStringLiteral("ClientRequest"), QStringLiteral("error"), QString(wire::name(error.code)));
    m_record.event(QStringLiteral("ClientRequest"), QStringLiteral("close"));
    if (m_origin && !m_record.isOver())
        m_record.recording().setConnection(m_origin->facts());
    m_record.fail(error);
    const FailureAnswer answer = answerTo(error);
    sayFailure(answer.statusCode, error.message,
        { { QByteArrayLiteral("Proxy-Status"), answer.proxyStatus } });
}

} // namespace headrace::proxy
