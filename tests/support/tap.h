#pragma once

#include "support/rawsocket.h"

#include <QByteArray>

#include <deque>

namespace headrace::test {

/** A plain TCP tap: passes on what comes from either side, octet for octet, the end of each direction and a
    reset as well, and keeps it by connection.
    What it keeps was read from the sender; a reset may keep the rest of it from the receiver. */
class Tap
{
public:
    struct Passed
    {
        QByteArray up; ///< From who connected to the tap.
        QByteArray down;
    };

    explicit Tap(quint16 target); ///< On loopback.

    quint16 port() const { return m_acceptor.serverPort(); }

    const std::deque<Passed> &connections() const { return m_connections; } ///< As they came.

    int openCount() const { return m_open; } ///< Sides of connections that are not closed.

private:
    void accept(RawSocket *near, quint16 target);
    void join(RawSocket *from, RawSocket *to, QByteArray &kept);

    std::deque<Passed> m_connections;
    int m_open = 0;
    RawAcceptor m_acceptor;
};

} // namespace headrace::test
