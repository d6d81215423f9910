#include "passage/passage.h"

#include "client/clientconnection.h"
#include "engine/core.h"
#include "engine/failure.h"

#include <http/ticks.h>

#include <utility>

namespace headrace::proxy {

using exchange::Direction;

// --- what filters see

/// The exchange as it is now: what interceptors before have left.
class Passage::Subject final : public exchange::FilterSubject
{
public:
    explicit Subject(Passage &passage)
        : m_passage(passage)
    {
    }

    const exchange::Summary &summary() override { return m_passage.m_record.recording().summary(); }

    const exchange::Exchange &exchange() override
    {
        m_exchange.summary = summary();
        settle(m_passage.m_request, m_knownRequest, m_exchange.request);
        settle(m_passage.m_response, m_knownResponse, m_exchange.response);
        return m_exchange;
    }

    void readOctets(int message, const std::function<bool(const exchange::Octets &)> &take) override
    {
        const QByteArray &body = message < 0 ? m_passage.m_request.body : m_passage.m_response.body;
        if (!body.isEmpty())
            take({ 0, exchange::Part::Body, body });
    }

private:
    static void settle(const TransitMessage &now, MessageHead &known, exchange::Message &message)
    {
        message.trailers = now.trailers;
        if (now.head == known)
            return;
        known = now.head;
        message.startLine = known.startLine().toByteArray();
        message.fields = known.fields();
        message.httpVersion = known.version().toByteArray();
        message.statusCode = known.statusCode();
        message.reason = known.reason().toByteArray();
    }

    Passage &m_passage;
    exchange::Exchange m_exchange;
    MessageHead m_knownRequest;
    MessageHead m_knownResponse;
};

// --- life

Passage::Passage(ClientConnection &client, http::MonotonicTime began)
    : m_client(client)
    , m_interceptors(client.core().interceptors)
    , m_record(client.core(), client.facts(), client.isSecure(), client.hostText(), began)
{
}

Passage::~Passage()
{
    if (m_origin)
        m_origin->setUser(nullptr);
}

void Passage::senderDrained(Direction direction)
{
    const auto self = shared_from_this();
    if (direction == Direction::Request)
        m_client.pump();
    else
        pumpResponse();
}

void Passage::giveUpInterceptors(const QString &why)
{
    if (m_phase == Phase::ReadingHead) // nobody has seen it
        return;
    for (Interceptor *interceptor : *m_interceptors)
        interceptor->ended(*this, why);
}

void Passage::end(bool keepsClient)
{
    if (m_isOver)
        return;
    const auto self = shared_from_this();
    giveUpInterceptors({});
    m_isOver = true;
    m_phase = Phase::Over;
    releaseOrigin(keepsClient && m_keepsOrigin && m_isRequestSent && m_isResponseComplete);
    m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("close"));
    m_record.end();
    m_client.passageEnded(keepsClient);
}

void Passage::clientGone(const http::Error &error)
{
    if (m_isOver)
        return;
    const auto self = shared_from_this();
    giveUpInterceptors(QStringLiteral("The client gave up."));
    m_isOver = true;
    m_phase = Phase::Over;
    if (m_isAnswered && m_isRequestComplete) {
        // Nothing was left to say.
    } else if (!m_tunnel) {
        m_record.fail(failure(
            wire::ErrorCode::ConnectionReset, error ? error.message : QStringLiteral("aborted")));
    }
    m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("close"));
    releaseOrigin(false);
    if (m_tunnel)
        m_tunnel->close();
    m_record.end();
}

void Passage::stop()
{
    m_record.cancel();
    clientGone({});
}

void Passage::resetClient(bool reset)
{
    const auto self = shared_from_this();
    m_isOver = true;
    m_phase = Phase::Over;
    releaseOrigin(false);
    m_record.event(QStringLiteral("ServerResponse"), QStringLiteral("close"));
    m_record.end();
    m_client.cut(reset);
}

// --- stages

void Passage::ask(Stage stage)
{
    m_stage = stage;
    const bool isResponse = stage == Stage::ResponseHead || stage == Stage::ResponseBody;
    m_nextInterceptor = isResponse ? m_firstForAnswer : 0;
    askOn();
}

void Passage::askOn()
{
    const auto self = shared_from_this();
    const std::vector<Interceptor *> &all = *m_interceptors;
    m_isWaiting = false;
    while (m_nextInterceptor < all.size()) {
        Interceptor *next = all[m_nextInterceptor++];
        const int decisions = m_decisions;
        m_isAsking = true;
        m_isResumed = false;
        const Interceptor::Verdict verdict = next->intercept(*this, m_stage);
        m_isAsking = false;
        if (m_isOver || m_decisions != decisions)
            return;
        if (verdict == Interceptor::Verdict::Wait && !m_isResumed) {
            m_isWaiting = true;
            return;
        }
    }
    stageDone();
}

void Passage::stageDone()
{
    switch (m_stage) {
    case Stage::RequestHead:
        requestHeadDone();
        break;
    case Stage::RequestBody:
        connectOrigin();
        break;
    case Stage::ResponseHead:
        if (m_isSwitching)
            upgrade();
        else
            responseHeadDone();
        break;
    case Stage::ResponseBody:
        sendResponse();
        break;
    }
}

void Passage::resume()
{
    if (m_isAsking) {
        m_isResumed = true;
        return;
    }
    if (m_isOver || !m_isWaiting)
        return;
    const http::IoScope scope;
    askOn();
}

void Passage::drop(bool reset, const QString &why)
{
    if (m_isOver || (!m_isAsking && !m_isWaiting))
        return;
    const http::IoScope scope;
    ++m_decisions;
    m_isWaiting = false;
    m_record.fail(failure(wire::ErrorCode::Aborted, why));
    const auto self = shared_from_this();
    giveUpInterceptors({});
    resetClient(reset);
}

// --- Transit

exchange::ExchangeId Passage::id() const { return m_record.id(); }

exchange::FilterSubject &Passage::subject()
{
    if (!m_subject)
        m_subject = std::make_unique<Subject>(*this);
    return *m_subject;
}

TransitMessage &Passage::request() { return m_request; }

TransitMessage &Passage::response() { return m_response; }

Route &Passage::route() { return m_route; }

Shaping &Passage::shaping(Direction direction)
{
    return direction == Direction::Request ? m_requestWay.shaping : m_responseWay.shaping;
}

void Passage::setPieceFilter(Direction direction, PieceFilter filter)
{
    (direction == Direction::Request ? m_requestWay : m_responseWay).filter = std::move(filter);
}

void Passage::setWebSocketFilter(WebSocketFilter filter) { m_webSocketFilter = std::move(filter); }

void Passage::addChange(exchange::Change change)
{
    if (m_record.isOver())
        return;
    change.time = m_record.recording().at(http::monotonicNow());
    for (QByteArray *octets : { &change.before, &change.after }) {
        if (octets->size() <= exchange::Change::KeptOctets)
            continue;
        octets->truncate(exchange::Change::KeptOctets);
        change.isCut = true;
    }
    m_record.recording().addChange(change);
}

void Passage::addEvent(const QString &name, const QString &detail)
{
    m_record.event(QStringLiteral("Proxy"), name, detail);
}

void Passage::addHeldTime(std::chrono::microseconds time)
{
    if (!m_record.isOver())
        m_record.recording().addHeldTime(time);
}

} // namespace headrace::proxy
