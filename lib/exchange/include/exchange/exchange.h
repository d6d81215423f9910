#pragma once

#include "exchange/pattern.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <utility>

namespace headrace::exchange {

/// Names one recorded exchange in a store; ascending in order of begin, from 1.
using ExchangeId = quint64;

/// Where an exchange comes from.
enum class Source
{
    Composer,
    Proxy,
    Mock,
    Script
};
QString displayName(Source source);

/// A mark that the user set on a row.
enum class Mark
{
    None = 0,
    Red,
    Orange,
    Yellow,
    Green,
    Blue,
    Violet
};
QString displayName(Mark mark); ///< "Red"; None: empty.
QLatin1StringView name(Mark mark); ///< "red", as filters and files have it; None: empty.

/// How far an exchange has come.
enum class State
{
    Active, ///< Still going on.
    Complete, ///< Request and response were complete.
    Failed, ///< Ended by an error or a premature close; see Exchange::error.
    Canceled, ///< Ended by the user.
};

enum class Direction
{
    Request,
    Response
};

/// What an octet on the wire belongs to (wire::MessagePart as stored; values are stable).
enum class Part
{
    Head = 0,
    ChunkHeader = 1,
    Body = 2,
    ChunkEnd = 3,
    Trailers = 4,
    Tunnel = 5,
    Unparsed = 6
};

/// A run of octets as they passed on the socket in one read or write. Unit of time: microseconds from
/// Exchange::began.
struct Octets
{
    qint64 time = 0;
    Part part = Part::Body;
    QByteArray octets;
};

/// One chunk of a chunked body.
struct Chunk
{
    qint64 time = 0; ///< When its size line was complete; microseconds from Exchange::began.
    qint64 offset = 0; ///< Of its data within the body. Unit: octets.
    qint64 size = 0; ///< As its size line says.
    QByteArray extensions; ///< With the leading ';'; empty without.
};

using FieldList
    = QList<std::pair<QByteArray, QByteArray>>; ///< Names and values in order, as received.

/// A request, a final response, or an interim response.
struct Message
{
    QByteArray startLine; ///< Without line end; empty while no head is complete.
    FieldList fields;
    FieldList trailers;
    int statusCode = 0; ///< Responses.
    QByteArray reason; ///< Responses.
    QByteArray httpVersion; ///< "1.1"
    qint64 headTime = -1; ///< Head complete; microseconds from Exchange::began; -1 not yet.
    qint64 endTime = -1; ///< Message complete; -1 not yet.
    QList<Octets>
        octets; ///< All raw octets of the message in order (interim responses: their head).
    QList<Chunk> chunks;
    qint64 bodyOctets = 0; ///< Body octets that passed (also those beyond what was kept).
    qint64 wireOctets = 0; ///< All octets that passed, framing counted.
    bool isTruncated = false; ///< octets stopped at the recorder's bound; counts go on.
    bool isPartial
        = false; ///< octets has only the first of what the store has, see Store::exchange().

    bool hasHead() const { return !startLine.isEmpty(); }

    /// The octets of one part, joined. Body: without chunk framing.
    QByteArray joined(Part part) const;

    /// All octets, joined: byte for byte what passed.
    QByteArray raw() const;

    /// First value of that name, case-insensitive; null if there is none.
    QByteArray field(QByteArrayView name) const;
};

/** A documented event, in the order of emission; between them, where they happened, the steps of the
    socket (object "Socket") and the framing on the wire (object "Wire"), which have no documented event. */
struct Event
{
    qint64 time = 0; ///< Microseconds from Exchange::began.
    QString object; ///< The emitting object: "ClientRequest", "IncomingMessage", "Socket", "Wire"
    QString
        name; ///< Documented: "response"; Socket: "connect started"; Wire: "chunk received", "trailers sent"
    QString detail; ///< "103 Early Hints", "1,460 B"; may be empty
};

/** The phases of an exchange. Microseconds from Exchange::began; -1 did not happen (reused socket, plain).
    What the server took is firstByte - requestSent, of a proxy too: it is held before the one or behind the other. */
struct Timings
{
    qint64 lookupStarted = -1;
    qint64 lookupEnded = -1;
    qint64 connectStarted = -1;
    qint64 connectEnded = -1;
    qint64 tlsStarted = -1;
    qint64 tlsEnded = -1;
    qint64 requestSent
        = -1; ///< Last octet handed to the socket; of a proxy: to that of the origin.
    qint64 firstByte = -1; ///< First octet of the answer.
    qint64 ended = -1;
    qint64 held = 0; ///< By a proxy, for its user, all in all. A length of time.
};

/// What was agreed in the handshake; if it failed, what the peer had shown.
struct Tls
{
    QString protocol; ///< "TLSv1.3"; empty: the handshake failed.
    QString cipher;
    QByteArray alpn;
    QString serverName;
    QList<QByteArray> peerCertificates; ///< DER, leaf first.
};

struct Connection
{
    quint64 id = 0; ///< No other connection of the session has it; 0: none.
    bool isReused = false;
    QString localAddress;
    QString peerAddress;
    quint16 localPort = 0;
    quint16 peerPort = 0;
    std::optional<Tls> tls;
};

/** What became of a message between its being received and its being forwarded. The record's octets are those
    received, or those that the proxy made itself; a change tells how those that went on differ. */
struct Change
{
    /// Who did it. Values are stored: never renumbered.
    enum class Cause
    {
        HopByHop = 0, ///< What RFC 9110 section 7.6 and RFC 9112 section 3.2 ask of a proxy.
        Rule = 1,
        Breakpoint = 2, ///< The user, while the exchange was held.
        Script = 3,
        Framing = 4, ///< Follows from another change: a body of another length.
        Leniency
        = 5, ///< Nothing was changed: it would have been refused, had the user not said otherwise.
    };

    /// Octets kept of \a before and of \a after.
    static constexpr qsizetype KeptOctets = 256 * 1024;

    qint64 time = 0; ///< Microseconds from Exchange::began.
    int message = -1; ///< As Sink::setHead().
    Cause cause = Cause::HopByHop;
    QString by; ///< Name of the rule, or of the script's file; else empty.
    Part part = Part::Head; ///< Head, Body or Trailers.
    QString summary; ///< For people, one line: "set header X-Trace".
    QByteArray before; ///< Head and trailers: raw lines. Body: its octets without framing.
    QByteArray after;
    bool isCut = false; ///< before or after is longer than what was kept.
};

QString displayName(Change::Cause cause);

/// Whether the user had it done: by a rule, a script, or at a breakpoint.
bool isOfUser(Change::Cause cause);

struct Failure
{
    QString code; ///< "ECONNRESET"
    QString message;
};

/// What the traffic list shows: one row, cheap to copy.
struct Summary
{
    ExchangeId id = 0;
    QDateTime began; ///< Wall clock, with milliseconds.
    Source source = Source::Composer;
    State state = State::Active;
    QString scheme; ///< "http", "https"
    QString host; ///< With port unless it is the scheme's own.
    QString method;
    QString target; ///< As sent.
    int statusCode = 0; ///< 0 while there is none.
    QString reason;
    QString contentType; ///< Of the response, without parameters.
    QString requestType; ///< Of the request, without parameters.
    qint64 requestBodyOctets = 0;
    qint64 responseBodyOctets = 0;
    qint64 duration = -1; ///< Microseconds; -1 while active.
    quint64 connection
        = 0; ///< Connection::id: exchanges of one session with the same one shared it; 0: none.
    int interimCount = 0;
    bool hasTrailers = false;
    QString errorCode; ///< Empty without a failure.
    QString errorMessage;
    Pattern pattern = Pattern::Active; ///< Settled when the exchange ends.
    Mark mark = Mark::None; ///< Of the user; recorders leave it.
    QString note; ///< Of the user; recorders leave it.
};

/// One request with its response or error, its events and timings: everything the inspector shows.
struct Exchange
{
    Summary summary;
    Message request;
    QList<Message> interim;
    Message response;
    QList<Event> events;
    Timings timings;
    Connection connection; ///< Of a proxy: to the origin, or to the proxy behind this one.
    std::optional<Connection>
        client; ///< Of a proxy: from its client. `peer` is the client; its TLS is what the proxy showed.
    QList<Change> changes; ///< By a proxy, in order.
    std::optional<Failure> failure;
};

} // namespace headrace::exchange

Q_DECLARE_METATYPE(headrace::exchange::Summary)
Q_DECLARE_METATYPE(headrace::exchange::Exchange)
