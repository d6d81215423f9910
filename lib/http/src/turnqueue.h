#pragma once

#include "http/incomingmessage.h"
#include "http/serverresponse.h"

#include <QPointer>
#include <QTimer>

#include <deque>
#include <memory>

namespace headrace::http {

class Transport;

/** The exchanges of one server connection in the order of their requests. The first response has the socket;
    those behind it write into memory until it is their turn. The messages belong to the connection.
    Every function that emits may be the end of the connection, and of this with it. */
class TurnQueue
{
public:
    /// One request with its response, from the request's head to the response's last octet.
    struct Turn
    {
        QPointer<IncomingMessage> request;
        QPointer<ServerResponse> response;
        std::shared_ptr<QTimer> requestTimer; ///< May be null.
        bool hasSocket = false; ///< It is this response's turn to write.
    };

    bool isEmpty() const { return m_turns.empty(); }

    qsizetype count() const { return qsizetype(m_turns.size()); }

    void add(Turn turn) { m_turns.push_back(std::move(turn)); }

    bool isFirst(const ServerResponse *response) const
    {
        return !m_turns.empty() && m_turns.front().response == response;
    }

    ServerResponse *current() const; ///< The response that has the socket; null: none.

    /// The first writes what it kept, then to the socket. Null: it was deleted, this turn never ends.
    ServerResponse *giveSocketToFirst(Transport *transport);

    Turn takeFirst();

    void abortRequests(); ///< 'aborted', 'error' and 'close' of every request.

    /// 'close' of the response that has the socket, which it keeps meanwhile; those that waited end
    /// silently, as in the reference. Empties the queue.
    void closeResponses();

private:
    std::deque<Turn> m_turns;
};

} // namespace headrace::http
