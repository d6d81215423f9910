#pragma once

#include "http/error.h"
#include "http/headervalue.h"
#include "http/observer.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::http {

class Agent;
class CancellationToken;

/// What a lookup function is asked for. Source: reference dns.lookup() options.
struct LookupOptions
{
    int family = 0; ///< 4, 6 or 0 for both.
    int hints = 0; ///< Flags of getaddrinfo(): AI_ADDRCONFIG…
    QIODevice *socket = nullptr; ///< What is to be connected; borrowed for the call.
};

/// Where and how to connect: what an Agent needs to make or find a connection. An option that keeps
/// its default counts as not given.
/// Source: reference http.request options; net.connect.
struct ConnectOptions
{
    QString host; ///< Name or address; default "localhost".
    quint16 port = 0; ///< 0: the default port.
    int family = 0; ///< 4, 6 or 0 for both.
    int hints = 0; ///< For \a lookup; the system's own lookup has no use for them.
    QString localAddress; ///< To connect from. Not an address: ERR_INVALID_IP_ADDRESS.
    quint16 localPort = 0; ///< To connect from; 0: any.
    QString socketPath; ///< A local socket instead of host and port.
    std::optional<std::chrono::milliseconds>
        timeout; ///< Of inactivity, connecting included; 0: none.

    /// Resolves names (never addresses) instead of the system; answers by the callback, at once or later.
    using LookupCallback = std::function<void(const Error &, const QList<QHostAddress> &)>;
    std::function<void(const QString &host, const LookupOptions &, LookupCallback)> lookup;

    /// TLS: name to verify and to send as SNI; default: the Host header's, or host.
    QString serverName;
    std::optional<QSslConfiguration> ssl; ///< TLS: instead of the agent's.
    std::optional<bool>
        rejectUnauthorized; ///< TLS: an unverified certificate is an error. Default: true.

    /// What an embedder made these from: an object of another language. Carried along, never looked at.
    std::shared_ptr<const void> origin = nullptr;

    /// These, with what \a over gives on top.
    ConnectOptions overlaid(const ConnectOptions &over) const;
};

/// What a request is made of. Source: reference http.request.
struct RequestOptions : ConnectOptions
{
    QByteArray method; ///< Empty: GET. Upper-cased.
    QByteArray path; ///< Request target as sent. Empty: "/".
    QByteArray protocol; ///< "http:"; empty: the agent's.
    QString hostname; ///< Alias of host; wins over it.
    quint16 defaultPort = 0; ///< 0: the agent's.
    QByteArray auth; ///< "user:password" for Basic authentication.
    HeaderList headers; ///< By name: a later duplicate replaces an earlier one.
    /// Instead of headers: sent as given, at once, no Host added.
    std::optional<HeaderList> rawHeaders;
    bool setHost = true; ///< Adds a Host header unless one is given.
    bool insecureHTTPParser = false;
    qsizetype maxHeaderSize
        = 0; ///< Unit: octets. 0: the default of 16 KiB. Negative: ERR_OUT_OF_RANGE.

    /// Null: the global agent of the protocol, unless createConnection is set.
    Agent *agent = nullptr;
    bool ownAgent = false; ///< `agent: false`: a new agent with default values for this request.

    /// Makes the connection when no agent is used: returns it, or hands it over later by the callback.
    using ConnectionCallback = std::function<void(const Error &, QIODevice *)>;
    std::function<QIODevice *(const ConnectOptions &, ConnectionCallback)> createConnection;

    /// Destroys the request when it is canceled. Borrowed.
    const CancellationToken *signal = nullptr;
    Observer *observer = nullptr; ///< Watches this request; default: the agent's.

    // Beyond the reference.
    bool useHttp10 = false; ///< The request line says HTTP/1.0.
    bool sendConnection = true; ///< Adds a Connection header unless one is given.
    bool sendContentLength = true; ///< Adds Content-Length when the length is known.
    bool sendTransferEncoding = true; ///< Adds `Transfer-Encoding: chunked` when it is not.
    bool keepMethodCase = false; ///< The method is sent as given, not upper-cased.

    RequestOptions() = default;

    /// Options of \a url: protocol, hostname, port, path with query, auth. ERR_INVALID_URL in \a error.
    /// Dot segments are resolved; user and password stay percent-encoded, as in the reference. QUrl has
    /// decoded what need not be encoded (%7E); set \a path where that matters.
    static RequestOptions fromUrl(const QUrl &url, Error *error = nullptr);
    static RequestOptions fromUrl(const QString &url, Error *error = nullptr);
};

} // namespace headrace::http
