#pragma once

#include "support/rawsocket.h"
#include "support/tap.h"

#include <exchange/memorystore.h>
#include <exchange/recorder.h>

#include <QList>
#include <QMetaType>

#include <functional>

namespace headrace::test {

/// What the recorder writes to and the tests read from: the one line to change for another store.
using TapStore = exchange::MemoryStore;

/// One thing that a scripted peer does, when what it waits for has come.
struct Step
{
    QByteArray until; ///< Somewhere in what came behind the last step's; empty: at once.
    std::function<void(RawSocket &)> act;
};

using Steps = QList<Step>;

// Frequent steps.
Step sending(const QByteArray &octets, const QByteArray &until = {});
Step sendingSingly(const QByteArray &octets, const QByteArray &until = {});
Step finishing(const QByteArray &until = {}); ///< Ends its direction.
Step resetting(const QByteArray &until = {});

/// Plays \a steps on \a socket, and ends its direction when the peer has. Owner: the socket.
void play(RawSocket *socket, const Steps &steps);

/// How far what was recorded of one direction agrees with what passed the tap.
enum class Agreement
{
    Whole, ///< Octet for octet.
    /** Received: the library closed first, or a reset came, and what it had not read by then is not known to it.
        What is recorded is the beginning of what passed. */
    ReadSoFar,
    /** Sent: a reset, or the end of a program's patience, came before all that was handed to the socket had left
        it. What passed is the beginning of what is recorded. */
    LeftSoFar,
};

/// By connection, in order: what was recorded there, exchange by exchange.
struct Recorded
{
    QByteArray request;
    QByteArray response;
    int exchanges = 0;
};

QList<Recorded> recordedConnections(const exchange::Store &store);

bool allEnded(const exchange::Store &store);

/// Empty, or what does not agree, for people.
QByteArray difference(const QByteArray &recorded, const QByteArray &passed, Agreement agreement);

} // namespace headrace::test

Q_DECLARE_METATYPE(headrace::test::Steps)
Q_DECLARE_METATYPE(headrace::test::Agreement)
