#pragma once

#include "http/agent.h"
#include "http/headers.h"
#include "http/outgoingmessage.h"

#include <wire/messageparser.h>

namespace headrace::http {

class CancellationToken;
class ExchangeGuard;
class IncomingMessage;

/// An interim response (1xx but 101). Source: reference event 'information'.
struct Information
{
    int statusCode = 0;
    QByteArray statusMessage;
    QByteArray httpVersion;
    int httpVersionMajor = 1;
    int httpVersionMinor = 1;
    Headers headers;
    QList<QByteArray> rawHeaders;
};

/** A request on its way. Made by http::request(); owns its response.
    Lives until closed() of the request and of its response; keep a QPointer.
    Without a listener to response() the response is discarded; without one to errorOccurred() nothing is
    thrown, closed() follows.
    Source: reference "Class: http.ClientRequest". */
class ClientRequest : public OutgoingMessage
{
    Q_OBJECT

public:
    ~ClientRequest() override;

    QByteArray method() const; ///< Default: GET.
    /// Sent as given, until the head is rendered; the framing of the body stays that of the first one.
    /// ERR_INVALID_HTTP_TOKEN, ERR_HTTP_HEADERS_SENT
    [[nodiscard]] Error setMethod(const QByteArray &method);
    QByteArray path() const; ///< Default: "/".
    [[nodiscard]] Error setPath(
        const QByteArray &path); ///< ERR_UNESCAPED_CHARACTERS, ERR_HTTP_HEADERS_SENT
    QString host() const; ///< Without the port; default: "localhost".
    QByteArray protocol() const; ///< "http:"
    Agent *agent() const; ///< Null with createConnection.
    IncomingMessage *res() const; ///< The response, once there is one.

    /// Null before one is assigned; stays when the request is over, until it is closed and gone. A socket
    /// that went back to its agent is not this request's any more.
    QIODevice *socket() const override;

    bool reusedSocket() const;
    void setReusedSocket(bool reused); ///< For Agent::reuseSocket().
    bool shouldKeepAlive() const; ///< The connection may carry another request after this one.
    Observer *observer() const;

    int maxHeadersCount() const; ///< Default: -1, 1000 fields. 0: no limit.
    void setMaxHeadersCount(int count);

    void abort(); ///< Deprecated in favour of destroy(); emits 'abort'.
    bool isAborted() const;
    void destroy(const Error &error = {}) override;

    void setNoDelay(bool noDelay = true); ///< On the socket, now or when it is assigned.
    void setSocketKeepAlive(bool enable = true, std::chrono::milliseconds initialDelay = {});
    void setTimeout(
        std::chrono::milliseconds timeout, std::function<void()> listener = {}) override;

Q_SIGNALS:
    /// Event 'abort'. abort() was called; once.
    void abortOccurred();

    /// Event 'connect': CONNECT was answered; the socket is the listener's now. Without one: closed.
    void connectRequested(
        headrace::http::IncomingMessage *response, QIODevice *socket, const QByteArray &head);

    /// Event 'continue': 100 came.
    void continued();

    /// Event 'information': an interim response came.
    void information(const headrace::http::Information &information);

    /// Event 'response'. Synchronous, when the head is read, before any body data; once.
    void response(headrace::http::IncomingMessage *response);

    /// Event 'upgrade': 101 came; the socket is the listener's now. Without one: closed.
    void upgrade(
        headrace::http::IncomingMessage *response, QIODevice *socket, const QByteArray &head);

protected:
    Error implicitHeader() override;
    Emitter emitter() const override;

    void onSent(const Error &error) override;
    void onPrefinish() override;

private:
    friend class Agent;
    friend class ClientConnection;
    friend ClientRequest *request(const RequestOptions &options, Error *error);

    ClientRequest();
    Error initialize(RequestOptions options);
    Error applyHeaders(
        const RequestOptions &options, const QString &host, quint16 port, quint16 defaultPort);
    void observeStart(const RequestOptions &options);
    void watchToken(const CancellationToken *token);
    void connectWithout(const RequestOptions &options); ///< an agent

    /// A socket for this request, or why there is none. Takes effect on a tick.
    void onSocket(QIODevice *socket, const Error &error);
    void takeSocket(QIODevice *socket, const Error &error);
    void failWithoutSocket(const Error &error);
    std::optional<std::chrono::milliseconds> timeoutOption() const;
    QByteArray startLine() const;
    void setResponse(IncomingMessage *response);
    std::shared_ptr<ExchangeGuard> guard() const;
    void releaseGuards();
    void listenForTimeout();
    void stopTimeouts();
    void onSocketTimeout();
    void whenConnected(std::function<void(Transport *)> run);
    void emitRequestClosed();
    void deleteWhenOver();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::http
