#pragma once

#include "http/transport.h"

#include <utility>

namespace headrace::http {

/** Whether a server connection goes on reading: a peer that pipelines faster than it reads the answers
    waits. Counts what waits and decides; to read on is the connection's part. */
class FloodGate
{
public:
    enum class Opened
    {
        Nothing, ///< It is as it was.
        Socket, ///< The socket may be read.
        Rest, ///< What was read already goes on, then the socket.
    };

    /// Octets of answers that wait for their turn, more or fewer.
    void addPending(qsizetype delta) { m_pendingOctets += delta; }

    /// Too much waits to go on with what was read already. Beyond the reference, which takes all that one
    /// read brought, whatever the answers weigh.
    bool isFull(qsizetype turns) const
    {
        return m_pendingOctets >= MaxPendingOctets || turns >= MaxTurns;
    }

    /// What was read already waits, too.
    void stall() { m_state = State::Stalled; }

    /// A request came: the next is read later if the peer does not take the answers.
    void holdBack(bool socketIsFull)
    {
        if (m_state == State::Open && (socketIsFull || m_pendingOctets >= Transport::HighWaterMark))
            m_state = State::Held;
    }

    bool isHeld() const { return m_state != State::Open; }

    bool isStalled() const { return m_state == State::Stalled; }

    /// Opens unless too many octets still wait.
    Opened open()
    {
        if (m_state == State::Open || m_pendingOctets > Transport::HighWaterMark)
            return Opened::Nothing;
        return std::exchange(m_state, State::Open) == State::Stalled ? Opened::Rest
                                                                     : Opened::Socket;
    }

    /// Nobody reads any more.
    void abandon() { m_state = State::Open; }

private:
    enum class State
    {
        Open,
        Held, ///< Reading waits until the peer has read answers.
        Stalled, ///< So does what was read already.
    };

    static constexpr qsizetype MaxTurns = 1024;
    static constexpr qsizetype MaxPendingOctets = 1024 * 1024;

    qsizetype m_pendingOctets = 0;
    State m_state = State::Open;
};

} // namespace headrace::http
