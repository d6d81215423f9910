#pragma once

#include <exchange/exchange.h>
#include <proxy/transit.h>

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace headrace::proxy {

/// An exchange of a test, without a proxy: notes what is done with it.
class FakeTransit : public Transit
{
public:
    struct Dropped
    {
        bool reset = false;
        QString why;
    };

    explicit FakeTransit(const QByteArray &target = "/orders?id=7",
        const QList<wire::FieldLine> &fields = { { "hOST", "api.test" } },
        const QByteArray &body = {}, const QByteArray &method = "POST")
        : m_subject(*this)
    {
        m_request.head = MessageHead::makeRequest(method, target, fields);
        m_request.body = body;
        m_route.host = QStringLiteral("api.test");
        exchange::Summary &summary = m_subject.received.summary;
        summary.id = 1;
        summary.source = exchange::Source::Proxy;
        summary.scheme = QStringLiteral("http");
        summary.host = m_route.host;
        summary.method = QString::fromLatin1(method);
        summary.target = QString::fromLatin1(target);
        take(m_request, m_subject.received.request);
    }

    /// The origin answers.
    void receive(int statusCode, const QList<wire::FieldLine> &fields, const QByteArray &body)
    {
        m_response.head = MessageHead::makeResponse(statusCode, {}, fields);
        m_response.body = body;
        m_subject.received.summary.statusCode = statusCode;
        take(m_response, m_subject.received.response);
        m_subject.received.response.statusCode = statusCode;
        const QByteArray type = m_response.head.first("Content-Type").value_or(QByteArray());
        m_subject.received.summary.contentType = QString::fromLatin1(type.split(';').at(0));
    }

    /// All stages of a message, as a proxy has them. False: it waits, or was decided.
    bool pass(Interceptor &interceptor, exchange::Direction direction)
    {
        const bool isRequest = direction == exchange::Direction::Request;
        return enter(interceptor, isRequest ? Stage::RequestHead : Stage::ResponseHead)
            && (!interceptor.wantsBody(*this, direction)
                || enter(interceptor, isRequest ? Stage::RequestBody : Stage::ResponseBody));
    }

    bool enter(Interceptor &interceptor, Stage stage)
    {
        return interceptor.intercept(*this, stage) == Interceptor::Verdict::Proceed && !isDecided();
    }

    bool isDecided() const { return answered || dropped; }

    QStringList summaries() const ///< "by: what", of the changes.
    {
        QStringList list;
        for (const exchange::Change &change : changes)
            list += change.by + QLatin1String(": ") + change.summary;
        return list;
    }

    QByteArray requestText() const { return m_request.head.octets() + m_request.body; }

    QByteArray responseText() const { return m_response.head.octets() + m_response.body; }

    exchange::Exchange &received() { return m_subject.received; }

    exchange::ExchangeId id() const override { return m_subject.received.summary.id; }

    exchange::FilterSubject &subject() override { return m_subject; }

    TransitMessage &request() override { return m_request; }

    TransitMessage &response() override { return m_response; }

    Route &route() override { return m_route; }

    Shaping &shaping(exchange::Direction direction) override { return m_shapings[int(direction)]; }

    void setPieceFilter(exchange::Direction direction, PieceFilter filter) override
    {
        pieceFilters[int(direction)] = std::move(filter);
    }

    void setWebSocketFilter(WebSocketFilter filter) override
    {
        webSocketFilter = std::move(filter);
    }

    void addChange(exchange::Change change) override { changes += change; }

    void addEvent(const QString &name, const QString &detail) override
    {
        events += detail.isEmpty() ? name : name + QLatin1String(": ") + detail;
    }

    void addHeldTime(std::chrono::microseconds time) override { heldTime += time; }

    void resume() override { ++resumed; }

    void answer(const TransitMessage &response, bool verbatim) override
    {
        answered = response;
        isVerbatim = verbatim;
    }

    void answerFrom(const MessageHead &head, std::unique_ptr<BodySource> body) override
    {
        TransitMessage response { head, {}, {} };
        for (QByteArray piece = body->read(); !piece.isEmpty(); piece = body->read())
            response.body += piece;
        answered = response;
        isComplete = response.body.size() == body->size();
    }

    void drop(bool reset, const QString &why) override { dropped = Dropped { reset, why }; }

    QList<exchange::Change> changes;
    QStringList events;
    std::chrono::microseconds heldTime { 0 };
    int resumed = 0;
    std::optional<TransitMessage> answered;
    bool isVerbatim = false;
    bool isComplete = true; ///< The body that was made piece by piece.
    std::optional<Dropped> dropped;
    PieceFilter pieceFilters[2];
    WebSocketFilter webSocketFilter;

private:
    class Subject : public exchange::FilterSubject
    {
    public:
        explicit Subject(const FakeTransit &transit)
            : m_transit(transit)
        {
        }

        const exchange::Exchange &exchange() override { return received; }

        void readOctets(
            int message, const std::function<bool(const exchange::Octets &)> &take) override
        {
            const bool isRequest = message < 0;
            take({ 0, exchange::Part::Body,
                isRequest ? m_transit.m_request.body : m_transit.m_response.body });
        }

        exchange::Exchange received;

    private:
        const FakeTransit &m_transit;
    };

    static void take(const TransitMessage &message, exchange::Message &received)
    {
        received.startLine = message.head.startLine().toByteArray();
        received.fields = message.head.fields();
        received.bodyOctets = message.body.size();
    }

    Subject m_subject;
    TransitMessage m_request;
    TransitMessage m_response;
    Route m_route;
    Shaping m_shapings[2];
};

} // namespace headrace::proxy
