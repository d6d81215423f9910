#pragma once

#include "exchange/patternmatcher.h"

#include <QString>

#include <span>
#include <vector>

namespace headrace::exchange {

/// A documented event of one object. Bit n of a KeySet is the key of value n.
enum class Key
{
    // A client's exchange: the request, and its response.
    Socket,
    Continue,
    Information,
    Response,
    Upgrade,
    Connect,
    Abort,
    Timeout,
    Error,
    Finish,
    Close,
    // A server's: the server, and the response.
    Request,
    CheckContinue,
    CheckExpectation,
    ServerUpgrade,
    ServerConnect,
    ServerTimeout,
    ClientError,
    AnswerTimeout,
    AnswerError,
    AnswerFinish,
    AnswerClose,
    // The message that comes in: the response of a client, the request of a server.
    Data,
    End,
    Aborted,
    MessageTimeout,
    MessageError,
    MessageClose,
    // A proxy's
    PassedThrough,
    None, ///< Not looked at.
};
using KeySet = quint64;

constexpr KeySet operator+(Key key) { return key == Key::None ? 0 : KeySet(1) << int(key); }

Key keyOf(const Event &event);

/// "'end' on the response"
QString describe(Key key, bool isServer);

constexpr KeySet serverKeys = +Key::Request | +Key::CheckContinue | +Key::CheckExpectation
    | +Key::ServerUpgrade | +Key::ServerConnect | +Key::ServerTimeout | +Key::ClientError
    | +Key::AnswerTimeout | +Key::AnswerError | +Key::AnswerFinish | +Key::AnswerClose;

enum class Times
{
    Once,
    AtMostOnce,
    AnyNumber
};

struct Step
{
    KeySet keys; ///< Any of these.
    Times times = Times::Once;
};

/// What is known of an exchange beside the order of its events.
enum Fact : quint32
{
    IsServer = 1,
    IsComplete = 2,
    IsConnecting = 4, ///< When it ended: no connection was established.
    IsDestroyed = 8, ///< By this side: the peer and the network did nothing.
    IsOwnError = 1024, ///< The error is one that the program itself gave.
    IsHangUp = 16, ///< "socket hang up": nobody says why.
    IsParserFault = 32,
    IsPeerReset = 64,
    HasAnswerHead = 128,
    IsConnectMethod = 256, ///< CONNECT
    IsSwitching = 512, ///< Status 101.
    IsProxy = 2048, ///< By Summary::source.
    HasSuccessStatus = 4096, ///< 2xx
};

/// One documented order, and what else holds for exchanges that have that pattern.
struct Order
{
    Pattern pattern;
    quint32 facts; ///< All of these hold…
    quint32 noFacts; ///< …and none of these.
    KeySet seen; ///< One of these was emitted, or it is empty…
    KeySet notSeen; ///< …and none of these.
    std::vector<Step> steps;
};

/// The first whose conditions hold is that of the exchange. There always is one.
std::span<const Order> orders();

} // namespace headrace::exchange
