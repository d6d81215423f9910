#pragma once

#include "http/outgoingmessage.h"

#include <memory>
#include <optional>

namespace headrace::http {

class ExchangeGuard;
class IncomingMessage;
class ServerConnection;
class TurnQueue;

/** A server's answer to one request. Made and owned by its connection; lives until closed().
    Source: reference "Class: http.ServerResponse". */
class ServerResponse : public OutgoingMessage
{
    Q_OBJECT

public:
    /// Null \a request: as for a GET of HTTP/1.1.
    explicit ServerResponse(IncomingMessage *request, QObject *parent = nullptr);
    ~ServerResponse()
        override; ///< Unfinished: its connection is destroyed when it would be its turn.

    IncomingMessage *req() const; ///< May be gone before the response.

    int statusCode() const; ///< Default: 200.
    void setStatusCode(int statusCode);
    QByteArray statusMessage() const;
    void setStatusMessage(const QByteArray &message); ///< Empty: the standard phrase.

    /** Renders the head; it leaves with the first piece of the body. Fields that were set before come first,
        those of \a headers replace them. ERR_HTTP_HEADERS_SENT, ERR_HTTP_INVALID_STATUS_CODE, ERR_INVALID_CHAR,
        ERR_INVALID_HTTP_TOKEN, ERR_HTTP_TRAILER_INVALID. Once per message: until the head has left, a
        second call replaces it if no field was set. */
    Error writeHead(int statusCode, const HeaderList &headers = {});
    Error writeHead(
        int statusCode, const QByteArray &statusMessage, const HeaderList &headers = {});

    /// The same with names and values in one list, as rawHeaders() has them. A name without a value:
    /// ERR_INVALID_ARG_VALUE.
    Error writeRawHead(int statusCode, const QList<QByteArray> &rawHeaders);
    Error writeRawHead(
        int statusCode, const QByteArray &statusMessage, const QList<QByteArray> &rawHeaders);

    void writeContinue(Callback callback = {}); ///< 100 Continue
    void writeProcessing(Callback callback = {}); ///< 102 Processing

    /** Any interim response with fields, at once: 103 Early Hints. Beyond the reference release.
        ERR_HTTP_HEADERS_SENT after the final head, ERR_HTTP_INVALID_STATUS_CODE outside 100…199 or 101. */
    Error writeInformation(
        int statusCode, const HeaderList &headers = {}, const QByteArray &reason = {});

protected:
    /** What every form of writeHead() and the implicit head come to; a subclass overrides it to see or change
        them all. \a statusMessage: none when none was given. */
    virtual Error storeHead(
        int statusCode, const std::optional<QByteArray> &statusMessage, const HeaderList &headers);

    Error implicitHeader() override;
    Emitter emitter() const override;
    void onPendingOctets(qsizetype delta) override;
    void onSent(const Error &error) override;

private:
    friend class ServerConnection;
    friend class TurnQueue;

    void writeInterim(const QByteArray &octets, Callback callback);

    QPointer<IncomingMessage> m_request;
    QPointer<ServerConnection> m_connection;
    std::shared_ptr<ExchangeGuard> m_guard;
    QByteArray m_statusMessage;
    int m_statusCode = 200;
    bool m_expectsContinue = false;
    bool m_sentContinue = false;
};

} // namespace headrace::http
