#pragma once

#include "support/rawsocket.h"
#include "support/tap.h"

#include <exchange/recorder.h>
#include <exchange/store.h>

#include <QList>
#include <QMetaType>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace headrace::test {

enum class StoreKind
{
    Memory,
    File, ///< In a folder of its own, which goes away with it.
};

/// What the recorder writes to and the tests read from.
class TapStore
{
public:
    explicit TapStore(StoreKind kind);
    ~TapStore();
    Q_DISABLE_COPY_MOVE(TapStore)

    exchange::Sink &sink() { return *m_sink; }

    const exchange::Store &store() const { return *m_store; }

    qsizetype count() const { return m_store->count(); }

    bool allEnded() const; ///< None goes on.
    exchange::Exchange exchange(qsizetype index) const; ///< In order of begin.

private:
    QTemporaryDir m_folder;
    std::unique_ptr<exchange::Store> m_store;
    exchange::Sink *m_sink = nullptr; ///< The same object.
    std::function<void()> m_flush; ///< What was told can be read then.
};

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

/// Empty, or what does not agree, for people.
QByteArray difference(const QByteArray &recorded, const QByteArray &passed, Agreement agreement);

} // namespace headrace::test

Q_DECLARE_METATYPE(headrace::test::Steps)
Q_DECLARE_METATYPE(headrace::test::Agreement)
Q_DECLARE_METATYPE(headrace::test::StoreKind)
