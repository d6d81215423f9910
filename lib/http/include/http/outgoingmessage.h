#pragma once

#include "http/error.h"
#include "http/headervalue.h"
#include "http/keepable.h"
#include "http/lifeline.h"
#include "http/observer.h"

#include <wire/headserializer.h>
#include <wire/messagepart.h>

#include <QIODevice>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace headrace::http {

class Transport;

/** What ClientRequest and ServerResponse share: headers, framing, body and their order on the socket.
    What the reference throws is returned as an Error; what it emits is emitted.
    Source: reference "Class: http.OutgoingMessage". */
class OutgoingMessage : public QObject, public Keepable
{
    Q_OBJECT

public:
    /// Called when octets were handed to the operating system, or with why they were not.
    using Callback = std::function<void(const Error &)>;

    ~OutgoingMessage() override;

    // Headers, until they are sent. Names are compared without case; the last spelling is sent.
    /// ERR_HTTP_HEADERS_SENT, ERR_INVALID_*
    Error setHeader(const QByteArray &name, const HeaderValue &value);
    std::optional<HeaderValue> getHeader(QByteArrayView name) const; ///< As it was set.
    QList<QByteArray> getHeaderNames() const; ///< Lower case.
    QList<QByteArray> getRawHeaderNames() const; ///< As spelled.
    HeaderList getHeaders() const; ///< Lower-case names.
    bool hasHeader(QByteArrayView name) const;
    Error removeHeader(QByteArrayView name); ///< ERR_HTTP_HEADERS_SENT
    bool headersSent() const; ///< The head is rendered; it may not have left yet.

    QByteArray head() const; ///< As rendered; empty until then.

    /// Trailers of a chunked message; a second call replaces them. ERR_INVALID_HTTP_TOKEN, ERR_INVALID_CHAR.
    Error addTrailers(const HeaderList &trailers);

    /** Sends a piece of the body; the head goes before the first. False: wait for drain().
        An error of the reference's `throw` kind goes to \a thrown; without it, to errorOccurred(). */
    bool write(const QByteArray &chunk, Callback callback = {}, Error *thrown = nullptr);

    /// Ends the message, with a last piece if \a chunk is not empty. \a callback: on finish().
    void end(const QByteArray &chunk = {}, Callback callback = {}, Error *thrown = nullptr);

    /// Sends the head now.
    void flushHeaders(Error *thrown = nullptr);

    /// Reads \a source to its end into the body, with back-pressure, then end(). Borrowed until then.
    /// A read error destroys the message with EIO.
    void sendFrom(QIODevice *source);

    void cork();
    void uncork();
    int writableCorked() const;
    qsizetype writableLength() const;
    qsizetype writableHighWaterMark() const;
    bool writableObjectMode() const; ///< Always false.
    bool writableEnded() const; ///< end() was called.
    bool writableFinished() const; ///< All was handed to the operating system.
    bool writableNeedDrain() const;
    bool isDestroyed() const;

    /// Null before one is assigned; of a response, after it ended.
    virtual QIODevice *socket() const;
    QIODevice *connection() const; ///< Deprecated: socket().
    bool finished() const; ///< Deprecated: writableEnded().
    ExchangeId exchange() const; ///< As observers know it.
    bool isChunked() const; ///< The body goes out in chunks.

    /** The connection may carry another exchange after this one. Default: what the peer asked for, or the
        agent. Decides the Connection field unless one was set.
        Source: the reference has this property without a word in its text. */
    bool shouldKeepAlive() const;
    void setShouldKeepAlive(bool keepAlive);

    virtual void destroy(const Error &error = {});

    /// Sets the socket's timeout, now or when one is assigned. \a listener: called on each timedOut().
    virtual void setTimeout(std::chrono::milliseconds timeout, std::function<void()> listener = {});

    /// Sends a Date field if none was set. Default: true for responses, false for requests.
    bool sendDate() const;
    void setSendDate(bool sendDate);

Q_SIGNALS:
    /// Event 'drain'. After a write() that said false: the buffer is empty again.
    void drain();

    /// Event 'finish'. All was handed to the operating system.
    void finish();

    /// Event 'prefinish'. end() was called and all was given to the socket.
    void prefinish();

    /// Event 'close'. Last signal; the object goes away some time after.
    void closed();

    /// Event 'error'.
    void errorOccurred(const headrace::http::Error &error);

    /// Event 'socket'.
    void socketAssigned(QIODevice *socket);

    /// Event 'timeout'.
    void timedOut();

protected:
    explicit OutgoingMessage(QObject *parent);

    /// Renders the head with what is set; an Error where the reference throws.
    virtual Error implicitHeader() = 0;
    virtual Emitter emitter() const = 0;
    virtual void onPrefinish(); ///< After 'prefinish' was heard.
    virtual void onPendingOctets(qsizetype delta); ///< Octets queued without a socket changed.

    /// With these, validated.
    Error renderHead(QByteArrayView startLine, const HeaderList &headers);
    Error renderHead(QByteArrayView startLine); ///< With the headers that were set.

    bool send(const QByteArray &octets, wire::MessagePart part, Callback callback = {});
    bool sendRaw(const QByteArray &octets, wire::MessagePart part, Callback callback = {});
    void attach(Transport *transport); ///< Emits socketAssigned().
    void flushToSocket(); ///< Writes what waited for the socket.
    void detach();
    void onSocketDrained();
    virtual void onSent(const Error &error); ///< The last octet was handed over, or will never be.
    void emitClosedOnce();
    void reportHead(const QByteArray &octets) const;
    virtual void emitError(const Error &error);
    void observe(EventKind event, const QString &detail = {}) const;
    void observeOctets(wire::MessagePart part, const QByteArray &octets) const;
    bool hasTimeoutListener() const;

    struct SetHeader
    {
        QByteArray name;
        HeaderValue value;
    };

    struct Pending
    {
        QByteArray octets;
        wire::MessagePart part;
        Callback callback;
    };

    Lifeline m_lifeline;
    std::vector<SetHeader> m_headers;
    std::vector<Pending> m_pending; ///< Written before a socket was assigned.
    QList<wire::FieldLine> m_trailers;
    QByteArray m_head; ///< Rendered; empty until then.
    QPointer<Transport> m_transport;
    Observer *m_observer = nullptr;
    ExchangeId m_exchange = 0;
    std::optional<qint64> m_knownLength;
    qsizetype m_pendingOctets = 0;
    std::chrono::milliseconds m_keepAliveHint { -1 };
    std::optional<std::chrono::milliseconds> m_timeoutForSocket;
    Error m_destroyError;
    int m_corked = 0;
    int m_statusForFraming = 0;
    bool m_hasHeaderMap = false;
    bool m_headSent = false;
    bool m_hasBody = true;
    bool m_chunked = false;
    bool m_chunkedByDefault = true;
    bool m_shouldKeepAlive = true;
    bool m_hasAgent = false;
    bool m_last = false;
    bool m_sendDate = false;
    bool m_connectionRemoved = false;
    bool m_contentLengthRemoved = false;
    bool m_transferEncodingRemoved = false;
    bool m_ended = false; ///< end() was called
    bool m_destroyed = false;
    bool m_closed = false;
    bool m_needDrain = false;

private:
    bool writeChunk(const QByteArray &chunk, Callback callback, bool fromEnd, Error *thrown);
    void report(const Error &error, Error *thrown);
    Error renderLines(QByteArrayView startLine, const QList<wire::FieldLine> &lines);
    wire::HeadPolicy headPolicy() const;
    void sendCorked(const QByteArray &head, wire::MessagePart headPart, const QByteArray &octets,
        wire::MessagePart part, Callback callback);
    std::optional<bool> flushPending();
    void emitPrefinish();
    void emitDrain();
    void reportLastChunk() const;
    SetHeader *findHeader(QByteArrayView name);
    const SetHeader *findHeader(QByteArrayView name) const;
};

} // namespace headrace::http
