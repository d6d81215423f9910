#include "turnqueue.h"

#include "exchangeguard.h"
#include "http/transport.h"
#include "serverconnection.h"
#include "retire.h"

#include <utility>

namespace headrace::http {

ServerResponse *TurnQueue::current() const
{
    return m_turns.empty() || !m_turns.front().hasSocket ? nullptr
                                                         : m_turns.front().response.data();
}

ServerResponse *TurnQueue::giveSocketToFirst(Transport *transport)
{
    const QPointer<ServerResponse> response = m_turns.front().response;
    if (!response)
        return nullptr;
    m_turns.front().hasSocket = true;
    ServerResponse *first = response;
    response->attach(transport);
    if (response)
        response->flushToSocket();
    return first;
}

TurnQueue::Turn TurnQueue::takeFirst()
{
    Turn turn = std::move(m_turns.front());
    m_turns.pop_front();
    if (turn.requestTimer)
        turn.requestTimer->stop();
    return turn;
}

void TurnQueue::abortRequests()
{
    const std::deque<Turn> turns = m_turns;
    for (const Turn &turn : turns) {
        if (turn.requestTimer)
            turn.requestTimer->stop();
        if (!turn.request)
            continue;
        turn.request->setDestroyed();
        turn.request->abort();
        if (turn.request) {
            turn.request->m_guard.reset();
            turn.request->close();
        }
    }
}

void TurnQueue::closeResponses()
{
    const std::deque<Turn> turns = std::exchange(m_turns, {});
    for (const Turn &turn : turns) {
        if (!turn.response)
            continue;
        turn.response->m_connection = nullptr;
        turn.response->m_guard.reset();
        if (turn.hasSocket)
            turn.response->emitClosedOnce();
        if (turn.response) {
            turn.response->detach();
            retireMessage(turn.response.data());
        }
    }
}

} // namespace headrace::http
