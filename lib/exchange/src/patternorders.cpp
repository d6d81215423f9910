#include "patternorders_p.h"

#include <QHash>

#include <array>

namespace headrace::exchange {

namespace {

constexpr int keyCount = int(Key::None);

struct KnownEvent
{
    Key key;
    const char *object;
    const char *name;
};

constexpr std::array<KnownEvent, keyCount> knownEvents { {
    { Key::Socket, "ClientRequest", "socket" },
    { Key::Continue, "ClientRequest", "continue" },
    { Key::Information, "ClientRequest", "information" },
    { Key::Response, "ClientRequest", "response" },
    { Key::Upgrade, "ClientRequest", "upgrade" },
    { Key::Connect, "ClientRequest", "connect" },
    { Key::Abort, "ClientRequest", "abort" },
    { Key::Timeout, "ClientRequest", "timeout" },
    { Key::Error, "ClientRequest", "error" },
    { Key::Finish, "ClientRequest", "finish" },
    { Key::Close, "ClientRequest", "close" },
    { Key::Request, "Server", "request" },
    { Key::CheckContinue, "Server", "checkContinue" },
    { Key::CheckExpectation, "Server", "checkExpectation" },
    { Key::ServerUpgrade, "Server", "upgrade" },
    { Key::ServerConnect, "Server", "connect" },
    { Key::ServerTimeout, "Server", "timeout" },
    { Key::ClientError, "Server", "clientError" },
    { Key::AnswerTimeout, "ServerResponse", "timeout" },
    { Key::AnswerError, "ServerResponse", "error" },
    { Key::AnswerFinish, "ServerResponse", "finish" },
    { Key::AnswerClose, "ServerResponse", "close" },
    { Key::Data, "IncomingMessage", "data" },
    { Key::End, "IncomingMessage", "end" },
    { Key::Aborted, "IncomingMessage", "aborted" },
    { Key::MessageTimeout, "IncomingMessage", "timeout" },
    { Key::MessageError, "IncomingMessage", "error" },
    { Key::MessageClose, "IncomingMessage", "close" },
    { Key::PassedThrough, "Proxy", "passed through" },
} };

constexpr KeySet timeouts
    = +Key::Timeout | +Key::MessageTimeout | +Key::ServerTimeout | +Key::AnswerTimeout;
constexpr KeySet requests = +Key::Request | +Key::CheckContinue | +Key::CheckExpectation;

// --- steps of a client. A response emits 'error' only if somebody listens (reference: 'aborted').

constexpr Step socketStep { +Key::Socket };
constexpr Step interim { +Key::Information | +Key::Continue, Times::AnyNumber };
constexpr Step response { +Key::Response };
constexpr Step data { +Key::Data, Times::AnyNumber };
constexpr Step end { +Key::End };
constexpr Step abortStep { +Key::Abort };
constexpr Step aborted { +Key::Aborted };
constexpr Step error { +Key::Error };
constexpr Step maybeError { +Key::Error, Times::AtMostOnce };
constexpr Step responseError { +Key::MessageError, Times::AtMostOnce };
constexpr Step closeStep { +Key::Close };
constexpr Step responseClose { +Key::MessageClose };

// --- steps of a server

constexpr Step request { requests };
constexpr Step maybeRequest { requests, Times::AtMostOnce }; // 417 is answered without it
constexpr Step reading { +Key::Data | +Key::End | +Key::MessageClose, Times::AnyNumber };
constexpr Step finish { +Key::AnswerFinish };
constexpr Step clientError { +Key::ClientError };
constexpr Step maybeClientError { +Key::ClientError, Times::AtMostOnce };
constexpr Step maybeAborted { +Key::Aborted, Times::AtMostOnce };
constexpr Step answerError { +Key::AnswerError, Times::AtMostOnce };
constexpr Step closing { +Key::AnswerClose | +Key::MessageClose | +Key::Data | +Key::End
        | +Key::MessageError | +Key::AnswerError,
    Times::AnyNumber };

constexpr Step optional(Step step)
{
    step.times = Times::AtMostOnce;
    return step;
}

std::vector<Order> clientOrders()
{
    // What follows the head of the response when the whole does not come.
    const std::vector<Step> cut { socketStep, interim, response, data, aborted, responseError,
        closeStep, responseClose };
    const std::vector<Step> destroyedAfter { socketStep, interim, response, data, maybeError,
        aborted, responseError, closeStep, responseClose };
    // "If no 'response' handler is added, then the response will be entirely discarded."
    const std::vector<Step> success { socketStep, interim, optional(response), data, end, closeStep,
        optional(responseClose) };
    const std::vector<Step> failed { socketStep, error, closeStep };
    const std::vector<Step> hungUp { socketStep, interim, error, closeStep };
    const std::vector<Step> upgrade { socketStep, interim, { +Key::Upgrade }, closeStep };
    const std::vector<Step> connect { socketStep, interim, { +Key::Connect }, closeStep };
    const std::vector<Step> abortedBefore { socketStep, interim, abortStep, error, closeStep };
    const std::vector<Step> abortedAlone { abortStep, closeStep };
    const std::vector<Step> faultBefore { socketStep, interim, error, closeStep };
    // The fault is told before the body that came in the same octets.
    const std::vector<Step> faultAfter { socketStep, interim, response, data, error, data,
        { +Key::Aborted | +Key::End }, responseError, closeStep, responseClose };
    const std::vector<Step> timedOutBefore { optional(socketStep), interim, optional(abortStep),
        optional(error), closeStep };
    const std::vector<Step> timedOutAfter { socketStep, interim, response, data,
        optional(abortStep), maybeError, aborted, responseError, closeStep, responseClose };

    const KeySet answered = +Key::Response;
    const KeySet none = 0;
    using enum Pattern;
    return {
        { Upgrade, 0, 0, +Key::Upgrade, none, upgrade },
        { Connect, 0, 0, +Key::Connect, none, connect },
        // Without a listener the connection is closed: no event.
        { Upgrade, IsComplete | IsSwitching, 0, none, answered | +Key::End, upgrade },
        { Connect, IsComplete | IsConnectMethod, 0, none, answered | +Key::End, connect },
        // A server without a listener says nothing at all.
        { Connect, IsConnectMethod, 0, none, ~none, { { +Key::Connect | +Key::ServerConnect } } },
        { Success, IsComplete, 0, none, none, success },
        { ParseError, IsParserFault, 0, none, answered, faultBefore },
        { ParseError, IsParserFault, 0, none, none, faultAfter },
        { EarlyAnswer, 0, 0, +Key::End, +Key::Error | +Key::Aborted, success },
        { Timeout, 0, 0, timeouts, answered, timedOutBefore },
        { Timeout, 0, 0, timeouts, none, timedOutAfter },
        { AbortedBeforeSocket, 0, 0, +Key::Abort, +Key::Socket, abortedAlone },
        // An agent's request is over before it says 'abort'.
        { AbortedBeforeSocket, 0, 0, +Key::Close, +Key::Socket | +Key::Error, abortedAlone },
        { AbortedBeforeConnection, IsConnecting, 0, +Key::Abort, answered, abortedBefore },
        { AbortedBeforeResponse, 0, 0, +Key::Abort, answered, abortedBefore },
        { AbortedAfterResponse, 0, 0, +Key::Abort, none,
            { socketStep, interim, response, data, abortStep, aborted, responseError, closeStep,
                responseClose } },
        { ConnectionError, IsConnecting, IsHangUp | IsOwnError, +Key::Error, answered, failed },
        { ConnectionError, 0, IsHangUp | IsOwnError | IsPeerReset, +Key::Error, answered, failed },
        { DestroyedBeforeSocket, 0, 0, none, +Key::Socket, { error, closeStep } },
        { DestroyedBeforeConnection, IsConnecting, 0, none, answered, failed },
        { DestroyedBeforeResponse, IsDestroyed, 0, none, answered, hungUp },
        { DestroyedAfterResponse, IsDestroyed, 0, none, none, destroyedAfter },
        { PrematureCloseBeforeResponse, 0, 0, none, answered, hungUp },
        { PrematureCloseAfterResponse, 0, 0, none, none, cut },
    };
}

std::vector<Order> serverOrders()
{
    const std::vector<Step> answered { maybeRequest, reading, finish, closing };
    const std::vector<Step> gone { request, reading, maybeClientError, aborted, closing };
    const std::vector<Step> refused { optional(request), reading, clientError, maybeAborted,
        answerError, closing };
    const std::vector<Step> left { optional(request), reading, maybeClientError, maybeAborted,
        closing };
    const KeySet none = 0;
    using enum Pattern;
    return {
        { Upgrade, IsServer, 0, +Key::ServerUpgrade, none,
            { reading, { +Key::ServerUpgrade }, closing } },
        { Connect, IsServer, 0, +Key::ServerConnect, none,
            { reading, { +Key::ServerConnect }, closing } },
        { Success, IsServer | IsComplete, 0, none, none, answered },
        { Refused, IsServer, IsPeerReset | IsOwnError, +Key::ClientError, requests, refused },
        { ClientGoneBeforeAnswer, IsServer, 0, +Key::ClientError, requests,
            { clientError, closing } },
        { EarlyAnswer, IsServer, 0, +Key::AnswerFinish, none, answered },
        { Timeout, IsServer, 0, timeouts, none, left },
        { Refused, IsServer, IsPeerReset | IsOwnError, +Key::ClientError, none, refused },
        { ResponseNotEnded, IsServer | IsDestroyed, 0, none, none, left },
        { ClientGoneWhileAnswering, IsServer | HasAnswerHead, 0, +Key::Aborted, none, gone },
        { ClientGoneBeforeAnswer, IsServer, 0, +Key::Aborted, none, gone },
        { ResponseNotEnded, IsServer, 0, requests, none, left },
        { Other, IsServer, 0, none, none, {} },
    };
}

// --- of a proxy: a server's, with a client's within

std::vector<Order> proxyOrders()
{
    constexpr Step asked { requests | +Key::ServerConnect };
    constexpr Step sockets { +Key::Socket,
        Times::AnyNumber }; // another, when one was closed while it was free
    constexpr Step maybeResponse = optional(response);
    // Of both sides, in any order: each closes when it is done.
    constexpr Step origin { +Key::Data | +Key::End | +Key::Close | +Key::MessageClose,
        Times::AnyNumber };
    constexpr Step rest { +Key::Close | +Key::MessageClose | +Key::MessageError | +Key::AnswerClose,
        Times::AnyNumber };
    constexpr Step maybeFinish { +Key::AnswerFinish, Times::AtMostOnce };
    constexpr Step gone { +Key::AnswerClose };
    constexpr Step cutOff {
        +Key::Error | +Key::Aborted | +Key::MessageError | +Key::End | +Key::Data, Times::AnyNumber
    };

    const std::vector<Step> passedOn { asked, reading, sockets, interim, response, origin, finish,
        rest };
    const std::vector<Step> answered { asked, reading, sockets, optional(closeStep), finish, rest };
    const std::vector<Step> failed { asked, reading, sockets, interim, error, rest, maybeFinish,
        rest };
    const std::vector<Step> cut { asked, reading, sockets, interim, response, cutOff, rest };
    const std::vector<Step> clientGone { asked, reading, sockets, interim, maybeResponse, origin,
        maybeAborted, gone, rest };
    const std::vector<Step> leftBefore { asked, reading, sockets, interim, maybeError, rest,
        maybeFinish, rest };
    const std::vector<Step> leftAfter { asked, reading, sockets, interim, response, cutOff, rest,
        maybeFinish, rest };
    const std::vector<Step> refused { optional(asked), reading, clientError, maybeFinish, rest };
    const std::vector<Step> tunnel { asked, reading, sockets, { +Key::Connect, Times::AtMostOnce },
        maybeFinish, rest };
    const std::vector<Step> passed { asked, reading, sockets, { +Key::Connect, Times::AtMostOnce },
        { +Key::PassedThrough }, maybeFinish, rest };

    const KeySet answeredBy = +Key::Response;
    const KeySet none = 0;
    using enum Pattern;
    return {
        { Upgrade, 0, 0, +Key::Upgrade, none,
            { asked, reading, sockets, interim, { +Key::Upgrade }, maybeFinish, rest } },
        { Upgrade, IsComplete | IsSwitching, 0, none, answeredBy,
            { asked, reading, maybeFinish, rest } },
        { PassedThrough, IsConnectMethod | HasSuccessStatus, 0, +Key::PassedThrough,
            +Key::ClientError | +Key::Error, passed },
        { Connect, IsConnectMethod | HasSuccessStatus, 0, none, +Key::ClientError | +Key::Error,
            tunnel },
        { ClientGoneBeforeAnswer, IsPeerReset, 0, +Key::ClientError, none, refused },
        { Refused, 0, 0, +Key::ClientError, none, refused },
        { Success, IsComplete, 0, none, answeredBy, answered },
        { Success, IsComplete, 0, none, none, passedOn },
        { ParseError, IsParserFault, 0, +Key::Error, answeredBy, failed },
        { ParseError, IsParserFault, 0, +Key::Error, none, cut },
        { Timeout, 0, 0, timeouts, answeredBy, leftBefore },
        { Timeout, 0, 0, timeouts, none, leftAfter },
        { DestroyedBeforeSocket, IsOwnError, 0, none, +Key::Socket | answeredBy, leftBefore },
        { DestroyedBeforeConnection, IsOwnError | IsConnecting, 0, none, answeredBy, leftBefore },
        { DestroyedBeforeResponse, IsOwnError, 0, none, answeredBy, leftBefore },
        { DestroyedAfterResponse, IsOwnError, 0, none, none, leftAfter },
        { ConnectionError, IsConnecting, 0, +Key::Error, answeredBy, failed },
        { ConnectionError, 0, IsHangUp | IsPeerReset, +Key::Error, answeredBy, failed },
        { PrematureCloseBeforeResponse, 0, 0, +Key::Error, answeredBy, failed },
        { ClientGoneBeforeAnswer, 0, 0, +Key::Aborted, answeredBy, clientGone },
        { PrematureCloseAfterResponse, 0, 0, +Key::Error | +Key::Aborted, none, cut },
        { EarlyAnswer, 0, 0, +Key::AnswerFinish, none, passedOn },
        { ClientGoneWhileAnswering, HasAnswerHead, 0, +Key::AnswerClose, none, clientGone },
        { ClientGoneBeforeAnswer, 0, 0, +Key::AnswerClose, none, clientGone },
        { ResponseNotEnded, 0, 0, asked.keys, none, leftBefore },
        { Other, 0, 0, none, none, {} },
    };
}

} // namespace

Key keyOf(const Event &event)
{
    static const auto known = [] {
        QHash<QString, QHash<QString, Key>> result;
        for (const KnownEvent &event : knownEvents)
            result[QLatin1StringView(event.object)].insert(
                QLatin1StringView(event.name), event.key);
        return result;
    }();
    const auto object = known.constFind(event.object);
    return object == known.constEnd() ? Key::None : object->value(event.name, Key::None);
}

QString describe(Key key, bool isServer)
{
    const KnownEvent &event = knownEvents.at(size_t(key));
    QString quoted = u'\'' + QLatin1StringView(event.name) + u'\'';
    const QLatin1StringView object(event.object);
    if (object == QLatin1StringView("IncomingMessage"))
        return quoted
            + (isServer ? QStringLiteral(" on the request") : QStringLiteral(" on the response"));
    if (object == QLatin1StringView("ServerResponse"))
        return quoted + QStringLiteral(" on the response");
    return quoted;
}

std::span<const Order> orders()
{
    static const std::vector<Order> all = [] {
        std::vector<Order> result = clientOrders();
        for (Order &order : result)
            order.noFacts |= IsServer;
        for (Order &order : serverOrders())
            result.push_back(std::move(order));
        for (Order &order : result)
            order.noFacts |= IsProxy;
        for (Order &order : proxyOrders()) {
            order.facts |= IsProxy;
            result.push_back(std::move(order));
        }
        return result;
    }();
    return all;
}

} // namespace headrace::exchange
