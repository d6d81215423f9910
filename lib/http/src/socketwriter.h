#pragma once

#include "http/clock.h"
#include "http/lifeline.h"
#include "writequeue.h"

#include <QByteArray>

#include <vector>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::http {

class Channel;
class IdleTimer;

/** The writing half of a Transport, from write() to the end of its direction: it gives the channel one batch
    after the other and tells those who wrote what became of it. What was written before open() goes out
    among the listeners to Transport::connected(). Part of its transport. */
class SocketWriter
{
public:
    using Callback = Transport::Callback;

    SocketWriter(Transport *transport, IdleTimer &idleTimer);

    // what becomes of the connection
    void open(Channel *channel);
    void close(); ///< destroy() was called: nothing goes out any more.
    void reportUnsent(); ///< Whoever waits hears of the close, or never.
    void handOver(QIODevice *device); ///< What the channel has not got goes out by \a device.

    // from the channel
    void flushed();
    void failed(const Error &cause);

    // as in Transport
    bool write(const QByteArray &octets, Callback &&callback);
    void end();
    void endThenDestroy();

    void cork() { m_queue.cork(); }

    void uncork()
    {
        m_queue.uncork();
        noteUncorked();
        writeQueued();
    }

    void uncorkFully()
    {
        m_queue.uncorkFully();
        noteUncorked();
        writeQueued();
    }

    /// Of the write that a piece given now goes out with: all pieces of a cork have the time of its first.
    MonotonicTime writeTime();

    int corked() const { return m_queue.corked(); }

    qsizetype length() const { return m_queue.length(); }

    bool needsDrain() const { return m_queue.needsDrain(); }

    qint64 octetsWritten() const { return m_octetsWritten; }

    bool isEnding() const { return m_ending; } ///< end() was called.

    bool isShut() const { return m_shut; } ///< The peer is told of the end.

private:
    void noteUncorked();

    enum class State
    {
        Connecting,
        Open,
        Closed,
        HandedOver,
    };

    void refuse(Callback &&callback);
    void writeQueued();
    void writeHeld();
    bool writeToChannel(WriteQueue::Batch &batch);
    void batchWritten(const WriteQueue::Batch &batch);
    void afterWrite(const std::vector<Callback> &callbacks, const Error &failure);
    void failUnsent();
    void shutdownIfFlushed();

    Transport *m_transport;
    IdleTimer &m_idleTimer;
    Channel *m_channel = nullptr; ///< From open() on.
    QIODevice *m_device = nullptr; ///< From handOver() on.
    WriteQueue m_queue;
    Lifeline m_lifeline;
    qint64 m_octetsWritten = 0;
    MonotonicTime m_corkTime = 0; ///< Of the first piece of this cork; 0: there is none.
    State m_state = State::Connecting;
    bool m_ending = false;
    bool m_shut = false;
    bool m_destroyWhenFlushed = false;
};

} // namespace headrace::http
