#pragma once

#include "http/clientrequest.h"
#include "http/incomingmessage.h"
#include "http/lifeline.h"
#include "http/transport.h"

#include <wire/messageparser.h>

#include <QObject>
#include <QPointer>

namespace headrace::http {

/** The use of one socket by one request: reads its response, and decides what becomes of the socket.
    Child of the request; idle once the socket is free, handed over or closed.
    Source: reference http.request, the orders of events. */
class ClientConnection : public QObject, private TransportReader
{
    Q_OBJECT

public:
    ClientConnection(ClientRequest *request, Transport *transport, wire::ParserLimits limits,
        wire::Lenience lenience);
    ~ClientConnection() override; ///< A socket that is still in use is destroyed.

    /// The request's last piece was given to the socket.
    void onRequestPrefinish();

    bool hadError() const;
    Transport *transport() const;

private:
    void onReceived(const QByteArray &octets);
    void onPeerEnded();
    void onSocketError(const Error &error);
    void onSocketClosed();
    void closedUnread(const QByteArray &unread) override;

    bool parse(); ///< False: the request, or this, is gone or done.
    void onHead();
    qsizetype maxFields() const;
    void onInformation();
    void onResponseEnd();
    void onMessageEnd();
    void onFault(const Error &error);
    void handOver(const QByteArray &head);
    void finishParsing();
    void keepAlive();
    void emitFree();
    void letGo(); ///< Hears no more of the socket's data and end; an upload goes on.
    void letGoEntirely();
    void stopParsing();
    void reportRest();
    void reportUnread();
    void reportUnparsed(QByteArrayView octets, MonotonicTime time) const;
    void fail(const Error &error);

    ClientRequest *m_request;
    Lifeline m_lifeline;
    QPointer<Transport> m_transport;
    QPointer<IncomingMessage> m_response;
    wire::MessageParser m_parser;
    Observer *m_observer;
    std::weak_ptr<const ExchangeGuard> m_life; ///< Of the exchange.
    ConnectionId m_connection;
    MonotonicTime m_readTime = 0; ///< Of what the parser has. Only with an observer.
    QByteArray m_unread; ///< When it was closed.
    bool m_parsing = true; ///< The parser still takes octets.
    bool m_handingOver = false;
    bool m_hadError = false;
    bool m_responseEnded = false;
    bool m_keptAlive = false;
    bool m_firstByteSeen = false;
    bool m_socketClosed = false;
    bool m_released = false; ///< The socket is somebody else's.
};

} // namespace headrace::http
