#include "socketwriter.h"

#include "channel.h"
#include "http/ticks.h"
#include "idletimer.h"
#include "systemerror.h"

#include <QIODevice>

#include <utility>

namespace headrace::http {

namespace {

Error destroyedError()
{
    return makeError(ErrorCode::StreamDestroyed,
        QStringLiteral("Cannot call write after a stream was destroyed"));
}

} // namespace

SocketWriter::SocketWriter(Transport *transport, IdleTimer &idleTimer)
    : m_transport(transport)
    , m_idleTimer(idleTimer)
{
}

MonotonicTime SocketWriter::writeTime()
{
    if (m_queue.corked() == 0)
        return monotonicNow();
    if (m_corkTime == 0)
        m_corkTime = monotonicNow();
    return m_corkTime;
}

void SocketWriter::noteUncorked()
{
    if (m_queue.corked() == 0)
        m_corkTime = 0;
}

// --- what becomes of the connection

void SocketWriter::open(Channel *channel)
{
    m_channel = channel;
    m_state = State::Open;
}

void SocketWriter::close() { m_state = State::Closed; }

void SocketWriter::reportUnsent()
{
    if (!m_channel)
        return;
    if (!m_queue.isOnItsWay()) {
        m_queue.forgetWaiting(); // only corked: dropped without a word, as in the reference
        return;
    }
    // What had begun counts as handed over, what waited behind it does not.
    const Lifeline::Watch guard(m_lifeline);
    const WriteQueue::Batch begun = m_queue.release();
    for (const Callback &callback : begun.callbacks) {
        if (guard)
            callback({});
    }
    if (guard)
        failUnsent();
}

void SocketWriter::handOver(QIODevice *device)
{
    m_state = State::HandedOver;
    m_device = device;
    if (!m_channel)
        return;
    WriteQueue::Batch rest = m_queue.takeAll();
    for (const QByteArray &piece : std::as_const(rest.pieces))
        device->write(piece); // behind what the channel had begun
    nextTick(m_transport, [this, callbacks = std::move(rest.callbacks)] {
        const Lifeline::Watch guard(m_lifeline);
        for (const Callback &callback : callbacks) {
            if (guard)
                callback({});
        }
    });
}

// --- writing

bool SocketWriter::write(const QByteArray &octets, Callback &&callback)
{
    if (m_ending || m_state == State::Closed) {
        refuse(std::move(callback));
        return false;
    }
    m_octetsWritten += octets.size();
    if (m_state == State::HandedOver) { // behind what the owner wrote
        m_device->write(octets);
        if (callback)
            nextTick(m_transport, [callback = std::move(callback)] { callback({}); });
        return m_device->bytesToWrite() < Transport::HighWaterMark;
    }
    const bool belowMark = m_queue.add(octets, std::move(callback));
    writeQueued();
    return belowMark;
}

/// A write after the end destroys; one after destroy() is only told so.
void SocketWriter::refuse(Callback &&callback)
{
    const bool isOpen = m_state != State::Closed;
    const Error error = isOpen
        ? makeError(ErrorCode::StreamWriteAfterEnd, QStringLiteral("write after end"))
        : destroyedError();
    if (callback)
        nextTick(m_transport, [callback = std::move(callback), error] { callback(error); });
    if (isOpen)
        m_transport->destroy(error);
}

/// What is written while connecting is on its way already: a later cork() does not hold it back. It goes
/// out among the listeners to connected(), in the order in which they came.
void SocketWriter::writeQueued()
{
    if (!m_queue.isReady() || (m_state != State::Open && m_state != State::Connecting))
        return;
    WriteQueue::Batch batch = m_queue.take();
    if (m_state == State::Connecting) {
        m_queue.hold(std::move(batch));
        QObject::connect(
            m_transport, &Transport::connected, m_transport, [this] { writeHeld(); },
            Qt::SingleShotConnection);
    } else if (writeToChannel(batch)) {
        m_queue.finish(batch);
        nextTick(m_transport,
            [this, callbacks = std::move(batch.callbacks)] { afterWrite(callbacks, {}); });
    }
}

/// What waited for the connection.
void SocketWriter::writeHeld()
{
    WriteQueue::Batch batch = m_queue.release();
    if (m_state != State::Open) { // a listener to connected() destroyed it
        m_queue.finish(batch);
        afterWrite(batch.callbacks,
            makeError(ErrorCode::SocketClosed, QStringLiteral("Socket is closed")));
    } else if (writeToChannel(batch)) {
        batchWritten(batch);
    }
}

/// False: it was not done at once, or failed.
bool SocketWriter::writeToChannel(WriteQueue::Batch &batch)
{
    m_idleTimer.touch();
    Error cause;
    const bool done = m_channel->write(batch.pieces, &cause);
    if (cause) {
        m_queue.finish(batch);
        nextTick(m_transport, [this, callbacks = std::move(batch.callbacks), cause] {
            afterWrite(callbacks, cause);
        });
        m_transport->destroy(cause);
        return false;
    }
    if (!done) {
        batch.pieces.clear();
        m_queue.hold(std::move(batch));
    }
    return done;
}

void SocketWriter::flushed()
{
    if (m_state != State::Open)
        return;
    m_idleTimer.touch();
    batchWritten(m_queue.release());
}

/// Another batch starts before the callbacks of this one run.
void SocketWriter::batchWritten(const WriteQueue::Batch &batch)
{
    m_queue.finish(batch);
    writeQueued();
    afterWrite(batch.callbacks, {});
}

void SocketWriter::failed(const Error &cause)
{
    if (!m_queue.isOnItsWay())
        return;
    WriteQueue::Batch batch = m_queue.release();
    m_queue.finish(batch);
    nextTick(m_transport,
        [this, callbacks = std::move(batch.callbacks), cause] { afterWrite(callbacks, cause); });
}

void SocketWriter::afterWrite(const std::vector<Callback> &callbacks, const Error &failure)
{
    const Lifeline::Watch guard(m_lifeline);
    if (m_queue.takeDrain() && !m_ending && m_state == State::Open)
        Q_EMIT m_transport->drained();
    for (const Callback &callback : callbacks) {
        if (!guard)
            return;
        callback(failure);
    }
    if (guard && m_state == State::Closed)
        failUnsent(); // what a callback wrote, or left corked, before it destroyed
    if (guard)
        shutdownIfFlushed();
}

void SocketWriter::failUnsent()
{
    const std::vector<Callback> unsent = m_queue.takeAllCallbacks();
    if (unsent.empty())
        return;
    const Lifeline::Watch guard(m_lifeline);
    const Error cause = destroyedError();
    for (const Callback &callback : unsent) {
        if (guard)
            callback(cause);
    }
}

// --- the end

void SocketWriter::end()
{
    if (m_ending || m_state == State::Closed || m_state == State::HandedOver)
        return;
    m_ending = true;
    uncorkFully();
    if (m_state == State::Open && m_queue.isIdle() && m_channel->endsAtOnce())
        m_channel->shutdownWrite();
    nextTick(m_transport, [this] { shutdownIfFlushed(); });
}

void SocketWriter::endThenDestroy()
{
    m_destroyWhenFlushed = true;
    if (m_shut)
        m_transport->destroy();
    else
        end();
}

void SocketWriter::shutdownIfFlushed()
{
    if (!m_ending || m_shut || m_state != State::Open || !m_queue.isIdle())
        return;
    m_shut = true;
    const bool closes = m_destroyWhenFlushed || !m_transport->isReadable();
    if (closes && !m_channel->isBesideQt()) {
        m_transport->destroy(); // Qt closes both directions at once anyway
        return;
    }
    m_channel->shutdownWrite();
    if (!closes)
        return;
    // The reference learns of the shutdown when the event loop comes round; until then it still reads.
    QMetaObject::invokeMethod(
        m_transport,
        [transport = m_transport] {
            const IoScope scope;
            transport->destroy();
        },
        Qt::QueuedConnection);
}

} // namespace headrace::http
