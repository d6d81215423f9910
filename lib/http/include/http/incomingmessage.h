#pragma once

#include "http/headers.h"
#include "http/keepable.h"
#include "http/observer.h"
#include "http/readablestream.h"

#include <wire/head.h>

#include <QIODevice>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>

namespace headrace::http {

class ClientRequest;
class ExchangeGuard;
class Transport;
class TurnQueue;

/** A received message: the request of a server, or the response of a client.
    Made and owned by its connection or request; lives until closed(). One that was handed over with its
    socket (isUpgrade()) is the socket's child and lives as long.
    Source: reference "Class: http.IncomingMessage". */
class IncomingMessage : public ReadableStream, public Keepable
{
    Q_OBJECT

public:
    explicit IncomingMessage(QIODevice *socket, QObject *parent = nullptr);

    const wire::Head &head() const; ///< All that was received, with positions.

    QByteArray httpVersion() const; ///< "1.1"
    int httpVersionMajor() const;
    int httpVersionMinor() const;
    QByteArray method() const; ///< Requests.
    QByteArray url() const; ///< Requests: the target, byte for byte.
    int statusCode() const; ///< Responses.
    QByteArray statusMessage() const; ///< Responses: the reason phrase.

    const Headers &headers() const; ///< Parsed on first use.
    /// Name, value, name, value… Keeps some more than the maxHeadersCount that headers() shows.
    QList<QByteArray> rawHeaders() const;
    const Headers &trailers() const; ///< From 'end' on.
    QList<QByteArray> rawTrailers() const;

    bool isComplete() const; ///< The whole message was received and parsed.
    bool isAborted() const;
    bool isUpgrade() const; ///< The message was handed over with its socket.

    QIODevice *socket() const; ///< Null after the connection went back to its agent.
    QIODevice *connection() const; ///< Deprecated: socket().
    ExchangeId exchange() const; ///< As observers know it.

    /// Destroys the socket that received the message; \a error is emitted there.
    void destroy(const Error &error = {});

    /// Sets the socket's timeout. \a listener: called on each timedOut().
    IncomingMessage *setTimeout(
        std::chrono::milliseconds timeout, std::function<void()> listener = {});

    /** The message as a sequential, read-only QIODevice for Qt's own readers. Made on first use, owned by
        the message; takes over reading, with back-pressure. */
    QIODevice *asDevice();

Q_SIGNALS:
    /// Event 'aborted'. The connection ended before the message.
    void aborted();

    /// Event 'timeout' of the socket, while the message is incomplete.
    void timedOut();

protected:
    void readMore() override;
    void aboutToEmitData(const QByteArray &octets) override;
    void aboutToEmitEnd() override;

private:
    friend class ClientConnection;
    friend class ClientRequest;
    friend class ServerConnection;
    friend class TurnQueue;

    void setHead(wire::Head head, qsizetype maxFields);
    void setTrailers(wire::Fields trailers);
    void observeWith(Observer *observer, ExchangeId exchange);
    void observe(EventKind event, const QString &detail = {}) const;
    void abort(); ///< 'aborted', 'error' if anybody listens.
    void close(); ///< The exchange is over for it: 'close', then it goes away.
    void closeAtEnd(); ///< As a listener of 'end' that is added now.
    bool hasTimeoutListener() const;

    wire::Head m_head;
    wire::Fields m_trailerFields;
    mutable Headers m_headers;
    mutable Headers m_trailers;
    mutable bool m_headersParsed = false;
    mutable bool m_trailersParsed = false;
    QPointer<QIODevice> m_socket;
    QPointer<Transport> m_transport;
    QIODevice *m_device = nullptr;
    Observer *m_observer = nullptr;
    ExchangeId m_exchange = 0;
    std::shared_ptr<ExchangeGuard> m_guard;
    qsizetype m_maxFields = 1000;
    bool m_complete = false;
    bool m_aborted = false;
    bool m_upgrade = false;
    bool m_closesAtEnd = false;
    bool m_closed = false;
};

} // namespace headrace::http
