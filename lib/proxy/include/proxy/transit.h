#pragma once

#include "proxy/bodysource.h"
#include "proxy/messagehead.h"
#include "proxy/route.h"

#include <exchange/exchange.h>
#include <exchange/filtersubject.h>

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace headrace::proxy {

/// Where an exchange can be looked at and changed on its way. The body stages come only when somebody asked for the
/// body (Interceptor::wantsBody()): it is gathered whole then, before its head goes on. One that is too large for
/// that, or a stream of events, which has no end, goes on as it comes, and its record says so.
enum class Stage
{
    RequestHead,
    RequestBody,
    ResponseHead,
    ResponseBody
};

/// A request or a response on its way.
struct TransitMessage
{
    MessageHead head;
    QByteArray
        body; ///< From its body stage on: without chunk framing, content codings as received.
    QList<wire::FieldLine> trailers; ///< From its body stage on.

    friend bool operator==(const TransitMessage &, const TransitMessage &) = default;
};

/// How the octets of one direction are let through: requests towards the origin, responses towards the client.
struct Shaping
{
    /// What goes wrong on purpose.
    enum class Fault
    {
        None,
        Reset, ///< RST behind the octet.
        Truncate, ///< An orderly end behind the octet, though more was announced.
        Stall, ///< Nothing more comes, and nothing is closed.
        MalformedChunk, ///< A size line that is none, behind the octet; then the end.
    };

    std::chrono::milliseconds latency { 0 }; ///< Before the first octet.
    qint64 octetsPerSecond = 0; ///< 0: as fast as it goes.
    Fault fault = Fault::None;
    qint64 faultAt = 0; ///< Octets of the message, head and framing counted, that still go through.

    bool isNone() const
    {
        return latency.count() == 0 && octetsPerSecond == 0 && fault == Fault::None;
    }

    friend bool operator==(const Shaping &, const Shaping &) = default;
};

/** One exchange on its way through the proxy, as those who may change it see it. Belongs to the proxy; gone after
    Interceptor::ended(). Thread: the proxy's. */
class Transit
{
public:
    /// Data of a body as it comes (without framing); \a done is called with what is sent in its place, once, at once or
    /// later: till then its sender is held back, and nothing more comes. Empty: nothing is sent. At the end it is called
    /// once more with a null array, for what was kept back.
    using PieceFilter = std::function<void(
        const QByteArray &piece, std::function<void(const QByteArray &result)> done)>;

    /// A whole WebSocket message, decompressed.
    struct WebSocketMessage
    {
        exchange::Direction direction = exchange::Direction::Request; ///< Request: from the client.
        bool isText = true;
        QByteArray payload;
    };

    /// \a done is called with what is sent in the message's place, once, at once or later, as for pieces: the next one of
    /// its direction waits till then. Nothing: it is left out.
    using WebSocketFilter = std::function<void(const WebSocketMessage &message,
        std::function<void(const std::optional<WebSocketMessage> &result)> done)>;

    virtual ~Transit() = default;

    virtual exchange::ExchangeId id() const = 0; ///< Of the record.

    /// For filters: summary and heads as received, and bodies that were gathered. Of a response there is nothing before
    /// its head.
    virtual exchange::FilterSubject &subject() = 0;

    virtual TransitMessage &request() = 0;
    virtual TransitMessage &response() = 0; ///< From Stage::ResponseHead on.
    virtual Route &route() = 0; ///< To be changed at a request stage only.
    virtual Shaping &shaping(exchange::Direction direction) = 0;
    virtual void setPieceFilter(exchange::Direction direction, PieceFilter filter) = 0;
    virtual void setWebSocketFilter(WebSocketFilter filter) = 0;

    /// Into the record; its time is set here. Before and after are cut to what is kept.
    virtual void addChange(exchange::Change change) = 0;

    /// A line of the events view: `held`, `resumed`. Object: "Proxy".
    virtual void addEvent(const QString &name, const QString &detail) = 0;

    /// It was held from then till now: not the server's time.
    virtual void addHeldTime(std::chrono::microseconds time) = 0;

    // Decisions. After Verdict::Wait one of them is called, later; else inside intercept(), and the verdict does
    // not matter then. Whoever calls answer() or drop() hears of no further stage but ended(); an answer passes the
    // response stages of those behind it, and of itself if it seesOwnAnswers().

    virtual void resume() = 0; ///< Goes on with the next interceptor.

    /// The client gets this in place of what the origin says, or would have said. Length and framing are set as the body
    /// wants it, unless \a verbatim; to HEAD the length goes without the body.
    virtual void answer(const TransitMessage &response, bool verbatim = false) = 0;

    /// The same with a body that is made as fast as the client takes it. \a head: of a status that has one.
    virtual void answerFrom(const MessageHead &head, std::unique_ptr<BodySource> body) = 0;

    /// The connection of the client is closed without an answer. \a reset: by RST. \a why: for the record.
    virtual void drop(bool reset, const QString &why) = 0;
};

/// Somebody who may change exchanges on their way: rules, breakpoints, scripts. Asked in the order in which they were
/// given to the proxy. Thread: the proxy's.
class Interceptor
{
public:
    enum class Verdict
    {
        Proceed,
        Wait ///< Transit::resume(), answer() or drop() will be called.
    };

    virtual ~Interceptor() = default;

    /// Requests may be answered, or go elsewhere, by this: a tunnel whose origin cannot be reached is entered then.
    virtual bool mayAnswer() const { return false; }

    /// The response stages of what it answers are told to it, too, maybe from within answer().
    virtual bool seesOwnAnswers() const { return false; }

    /// Asked after all have seen the head.
    virtual bool wantsBody(Transit &transit, exchange::Direction direction)
    {
        Q_UNUSED(transit)
        Q_UNUSED(direction)
        return false;
    }

    virtual Verdict intercept(Transit &transit, Stage stage) = 0;

    /// \a transit is over, and no more to be used; also while it waits: then \a why says who gave up.
    virtual void ended(Transit &transit, const QString &why)
    {
        Q_UNUSED(transit)
        Q_UNUSED(why)
    }
};

/** While it lives, changes to a message; when it goes, what they were is in the record, if there were any.
        {
            const ChangeScope scope(transit, -1, Change::Cause::Rule, rule.name, "set header X-Trace");
            transit.request().head.set(name, value);
        } */
class ChangeScope
{
public:
    /// \a message: -1 the request, 0 the response.
    ChangeScope(Transit &transit, int message, exchange::Change::Cause cause, const QString &by,
        const QString &summary);
    ~ChangeScope();
    Q_DISABLE_COPY_MOVE(ChangeScope)

private:
    const TransitMessage &now() const;

    Transit &m_transit;
    int m_message;
    exchange::Change::Cause m_cause;
    QString m_by;
    QString m_summary;
    TransitMessage m_before;
};

} // namespace headrace::proxy
