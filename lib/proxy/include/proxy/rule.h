#pragma once

#include <exchange/exchange.h>

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <variant>

namespace headrace::proxy {

/// Which message a rule changes.
enum class Target
{
    Request,
    Response
};

/// Answers from a file of any size, or from the file below a folder that the path of the target names; of a folder its
/// index.html. 404 without one. Ranges and conditions of GET and HEAD count: RFC 9110 sections 13 and 14.
struct MapLocal
{
    QString path; ///< Absolute.
    friend bool operator==(const MapLocal &, const MapLocal &) = default;
};

/// Sends the request elsewhere: "https://staging.example.test:8443/v2". A path is put before that of the target; without
/// scheme, host and port only are changed. Host is set, unless \a keepsHost.
struct MapRemote
{
    QString url;
    bool keepsHost = false;
    friend bool operator==(const MapRemote &, const MapRemote &) = default;
};

/// Answers without asking anybody.
struct Answer
{
    int statusCode = 200;
    QString reason; ///< Empty: the standard phrase.
    exchange::FieldList
        fields; ///< Those of isFramingField() are left out: the body says what they are.
    QByteArray body;
    friend bool operator==(const Answer &, const Answer &) = default;
};

/// Of any field but those of isFramingField().
struct ChangeField
{
    enum class Operation
    {
        Set,
        Add,
        Remove
    };

    Target target = Target::Request;
    Operation operation = Operation::Set;
    QByteArray name;
    QByteArray value;
    friend bool operator==(const ChangeField &, const ChangeField &) = default;
};

/// A coded body is decoded, and goes on without Content-Encoding; one in which nothing is found stays as it was.
struct ReplaceInBody
{
    Target target = Target::Response;
    QString pattern;
    QString replacement; ///< With \a isExpression, \1 to \9 are its groups.
    bool isExpression = false;
    bool isCaseSensitive = true;
    friend bool operator==(const ReplaceInBody &, const ReplaceInBody &) = default;
};

struct Block
{
    enum class Manner
    {
        Answer, ///< 403
        Close,
        Reset
    };

    Manner manner = Manner::Answer;
    friend bool operator==(const Block &, const Block &) = default;
};

struct Delay
{
    Target target = Target::Request;
    std::chrono::milliseconds time { 1000 };
    friend bool operator==(const Delay &, const Delay &) = default;
};

/// Of several for one exchange, the slowest counts.
struct Throttle
{
    qint64 upOctetsPerSecond = 0; ///< 0: as fast as it goes.
    qint64 downOctetsPerSecond = 0;
    std::chrono::milliseconds latency { 0 }; ///< Before the first octet of the answer.
    friend bool operator==(const Throttle &, const Throttle &) = default;
};

/// Of several for one message, the first to happen counts.
struct Fault
{
    enum class Kind
    {
        Reset,
        Truncate,
        Stall,
        MalformedChunk
    };

    Target target = Target::Response;
    Kind kind = Kind::Reset;
    qint64 afterOctets = 0; ///< Of the message, head and framing counted.
    friend bool operator==(const Fault &, const Fault &) = default;
};

/// `exports.onRequest`, `onResponse`, `onChunk`, `onWebSocketMessage` of a script; lib/session runs it.
struct RunScript
{
    QString file; ///< Absolute, when it was read.
    QString source; ///< Without a file: the text.
    friend bool operator==(const RunScript &, const RunScript &) = default;
};

using Action = std::variant<MapLocal, MapRemote, Answer, ChangeField, ReplaceInBody, Block, Delay,
    Throttle, Fault, RunScript>;

/** What is done with exchanges that a filter takes. Rules apply in order, each to what the ones before it left; those that
    answer, block or map to a file end the request's part, and what they answer is the response to the rules behind them. */
struct Rule
{
    QString id; ///< Made once, kept over changes.
    QString name; ///< For people; shown in the exchanges that it touched.
    bool isEnabled = true;
    QString filter; ///< exchange::Filter; empty: all.
    Action action;

    friend bool operator==(const Rule &, const Rule &) = default;
};

/// Where exchanges are held.
enum class HoldAt
{
    RequestHead = 1,
    RequestBody = 2,
    ResponseHead = 4,
    ResponseBody = 8
};
Q_DECLARE_FLAGS(HoldAts, HoldAt)

struct Breakpoint
{
    QString id;
    bool isEnabled = true;
    QString filter; ///< exchange::Filter; empty: all.
    HoldAts at = HoldAt::RequestHead;
    bool onlyNext = false; ///< Turns itself off with its first hold.

    friend bool operator==(const Breakpoint &, const Breakpoint &) = default;
};

} // namespace headrace::proxy

Q_DECLARE_OPERATORS_FOR_FLAGS(headrace::proxy::HoldAts)
Q_DECLARE_METATYPE(headrace::proxy::Rule)
Q_DECLARE_METATYPE(headrace::proxy::Breakpoint)
