#pragma once

#include "connectionclocks.h"
#include "floodgate.h"
#include "http/incomingmessage.h"
#include "http/lifeline.h"
#include "http/observer.h"
#include "http/serverresponse.h"
#include "http/transport.h"
#include "requestreader.h"
#include "turnqueue.h"
#include "wards.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace headrace::http {

class Server;

/** One connection of a server: reads requests, lends the socket to their responses in order, and decides
    what becomes of the connection. Child of the server; goes away after the socket's close.
    Source: reference "Class: http.Server", events and timeouts. */
class ServerConnection : public QObject, private TransportReader
{
    Q_OBJECT

public:
    ServerConnection(Server *server, QIODevice *socket);
    ~ServerConnection() override;

    QIODevice *socket() const;
    void destroy();

private:
    friend class ServerResponse;

    // from the transport
    void onReceived(const QByteArray &octets);
    void onPeerEnded();
    void onDrained();
    void onIdle();
    void onRequestTimeout();
    void onSocketError(const Error &error);
    void onClosed(); ///< The requests hear of it.
    void onClosedForResponse();
    void onSocketDeleted();
    void closedUnread(const QByteArray &unread) override;

    // from the responses
    void onResponseSent(ServerResponse *response);
    void onResponseDeleted(const ServerResponse *response);
    void onPendingOctets(qsizetype delta);

    void parse();
    void onHead();
    void onBody();
    void onTrailers();
    void onMessageEnd();
    void dispatch(IncomingMessage *request, ServerResponse *response);
    void handOver(const QByteArray &head);
    void leave();
    void goIfAnswered();
    void refuse(const Error &error);

    void giveSocketToFirst();
    void listenForResponse();
    void closeRequest(IncomingMessage *request);
    bool isFlooded() const;
    void letFloodIn();
    void readOn();
    void observe(ExchangeId exchange, EventKind event, const QString &detail = {}) const;

    Server *m_server;
    Lifeline m_lifeline;
    QPointer<Transport> m_transport;
    RequestReader m_reader;
    ConnectionClocks m_clocks;
    TurnQueue m_turns;
    FloodGate m_gate;
    QPointer<IncomingMessage> m_incoming; ///< The request whose head was read last.
    Observer *m_observer;
    const qsizetype m_maxFields; ///< As it was when the connection was made.
    bool m_ticksBeforeHeads = false;
    bool m_socketErrorSeen = false;
    bool m_handingOver = false;
    bool m_left = false; ///< The socket was handed over.
    bool m_closed = false;
    bool m_isOver = false;
    int m_closedListeners = 0;
    QMetaObject::Connection m_responseListens; ///< onClosedForResponse() to the socket's close.
    Wards m_messages; ///< Last: a response that goes away looks at its turn.
};

} // namespace headrace::http
