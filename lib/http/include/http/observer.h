#pragma once

#include "http/clock.h"
#include "http/error.h"

#include <wire/head.h>
#include <wire/messageparser.h>
#include <wire/messagepart.h>

#include <QByteArray>
#include <QHostAddress>
#include <QString>

namespace headrace::http {

/// Names one exchange or one connection in calls to an Observer. Unique in the process, from 1; 0 is none.
using ExchangeId = quint64;
using ConnectionId = quint64;

ExchangeId nextExchangeId(); ///< Thread: any.
ConnectionId nextConnectionId(); ///< Thread: any.

/// No connection gets a number up to \a last from now on: records of an earlier process have them. Thread: any.
void skipConnectionIds(ConnectionId last);

enum class Direction
{
    Received,
    Sent
};

/// The object that emits a documented event.
enum class Emitter
{
    ClientRequest,
    ServerResponse,
    IncomingMessage,
    Server,
    Agent,
    Socket
};
QLatin1StringView name(Emitter emitter); ///< "ClientRequest"; static storage.

/// Every documented event. Source: http-reference.md, the classes' events; `net` for the socket's.
enum class EventKind
{
    Abort,
    Aborted,
    CheckContinue,
    CheckExpectation,
    ClientError,
    Close,
    Connect,
    Connection,
    Continue,
    Data,
    Drain,
    End,
    Error,
    Finish,
    Free,
    Information,
    Listening,
    Prefinish,
    Request,
    Response,
    Socket,
    Timeout,
    Upgrade,
};
QLatin1StringView name(EventKind event); ///< The documented name: "checkContinue"; static storage.

/// The steps of a connection, each reported once when it is reached.
enum class SocketPhase
{
    LookupStarted, ///< The host name is being resolved.
    LookupEnded, ///< An address is known.
    ConnectStarted, ///< The TCP (or local) connection is being made.
    ConnectEnded, ///< It is established.
    TlsStarted,
    TlsEnded, ///< The handshake is complete.
    FirstByte, ///< First octet of an answer (client) or of a request (server), per exchange.
    PeerEnded, ///< The peer ended its direction: none of its octets will come (event 'end' of the socket).
    Closed,
};
QLatin1StringView name(SocketPhase phase); ///< "lookup started"; static storage.

/// What is known of an exchange when it begins.
struct ExchangeStart
{
    ExchangeId exchange = 0;
    ConnectionId connection = 0; ///< Servers: the connection. Clients: 0 until socketAssigned().
    bool isClient = true;
    bool isSecure = false; ///< https
    QByteArray method; ///< Clients only; servers learn it with the head.
    QByteArray target; ///< Clients only: request target as it will be sent.
    QString host; ///< Clients: the host of the options. Servers: local address.
    quint16 port = 0; ///< Clients: the port of the options. Servers: local port.
    MonotonicTime time = 0;
};

/// The connection that carries an exchange.
struct ConnectionInfo
{
    ConnectionId connection = 0;
    bool isReused = false; ///< It carried an exchange before.
    QString localAddress;
    QString peerAddress;
    quint16 localPort = 0;
    quint16 peerPort = 0;
};

/// What was agreed in a TLS handshake.
struct TlsInfo
{
    QString protocol; ///< "TLSv1.3"
    QString cipher; ///< "TLS_AES_256_GCM_SHA384"
    QByteArray alpn; ///< Agreed application protocol; empty if none.
    QString serverName; ///< SNI sent; empty if none.
    QList<QByteArray> peerCertificates; ///< DER, leaf first.
};

/** Watches a library object without being a listener: "has a listener" stays true to the reference.
    Calls are synchronous, in the object's thread, in the order things happen, and before the signal they
    announce. They must not change or delete library objects. All default to nothing.
    For each connection and direction, the octets() calls concatenated are what passed on the socket: what was
    read, with what lay there unread when it was closed (up to 64 KiB), and what was handed over to be sent.
    Octets have an exchange of their own when no request takes them. A connection that becomes a tunnel
    (event 'upgrade' or 'connect') belongs to the exchange that opened it: its octets are of part Tunnel, and
    exchangeEnded() comes when it is closed. On a socket that is no TcpSocket (TLS, local) a tunnel's octets are
    seen only as far as they go through its Transport.
    Set per Server, Agent or request; borrowed, and must outlive what it watches, tunnels included.
    Source: DESIGN.md "lib/http" rule 4. */
class Observer
{
public:
    virtual ~Observer() = default;

    virtual void exchangeBegan(const ExchangeStart &) { }

    /// A connection was assigned to the exchange (event 'socket' on clients). Again with its addresses
    /// when it is established after that.
    virtual void socketAssigned(ExchangeId, const ConnectionInfo &, MonotonicTime) { }

    /// \a exchange is the one that waits for or uses the connection; 0 for an idle one. Closed is the end of
    /// a tunnel, too.
    virtual void socketPhase(ExchangeId, ConnectionId, SocketPhase, MonotonicTime) { }

    virtual void tlsEstablished(ExchangeId, ConnectionId, const TlsInfo &, MonotonicTime) { }

    /// The handshake failed after the peer had shown its certificates. Nothing is agreed: protocol, cipher and
    /// alpn are empty.
    virtual void tlsRefused(ExchangeId, ConnectionId, const TlsInfo &, MonotonicTime) { }

    /** Octets that came from, or were handed to, the socket. \a octets is borrowed for the call.
        All of one read have the time of that read, and all of one write that of its first piece: it can lie
        before that of an earlier call.
        Exchange 0: of none; they came while the connection was idle, or a program wrote them.
        What a server's program writes to the socket itself is read as an answer when one is due: to a
        refused request (clientError), an upgrade, CONNECT; the milestones below follow. */
    virtual void octets(ExchangeId, ConnectionId, Direction, wire::MessagePart,
        QByteArrayView octets, MonotonicTime)
    {
        Q_UNUSED(octets)
    }

    /// A complete head: request, response, or interim response (statusCode 1xx).
    /// Sent heads are parsed from what is sent: \a head has the raw octets.
    virtual void headComplete(ExchangeId, Direction, const wire::Head &, MonotonicTime) { }

    virtual void chunkBegan(ExchangeId, Direction, const wire::ChunkHeader &, MonotonicTime) { }

    virtual void trailersComplete(ExchangeId, Direction, const wire::Fields &, MonotonicTime) { }

    virtual void messageComplete(ExchangeId, Direction, MonotonicTime) { }

    /// A documented event, as it is emitted. \a detail is for people: "103 Early Hints", "1460 B".
    virtual void event(ExchangeId, Emitter, EventKind, const QString &detail, MonotonicTime)
    {
        Q_UNUSED(detail)
    }

    /// The exchange failed; at most once for each cause, beside the 'error' event.
    virtual void failed(ExchangeId, const Error &, MonotonicTime) { }

    /// Nothing more will be reported of this exchange. For a tunnel: its connection is closed.
    virtual void exchangeEnded(ExchangeId, MonotonicTime) { }
};

} // namespace headrace::http
