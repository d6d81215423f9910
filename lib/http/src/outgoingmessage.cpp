#include "http/outgoingmessage.h"

#include "bodypump.h"
#include "http/ticks.h"
#include "http/transport.h"
#include "httpdate.h"
#include "sentreport.h"
#include "systemerror.h"

#include <wire/fieldrules.h>

#include <QMetaMethod>

namespace headrace::http {

using namespace Qt::StringLiterals;
using wire::MessagePart;

OutgoingMessage::OutgoingMessage(QObject *parent)
    : QObject(parent)
{
}

OutgoingMessage::~OutgoingMessage() = default;

// --- body

bool OutgoingMessage::write(const QByteArray &chunk, Callback callback, Error *thrown)
{
    const bool below = writeChunk(chunk, std::move(callback), false, thrown);
    if (!below)
        m_needDrain = true;
    return below;
}

bool OutgoingMessage::writeChunk(
    const QByteArray &chunk, Callback callback, bool fromEnd, Error *thrown)
{
    if (m_ended || m_destroyed) {
        const Error error = m_ended
            ? makeError(ErrorCode::StreamWriteAfterEnd, u"write after end"_s)
            : makeError(
                ErrorCode::StreamDestroyed, u"Cannot call write after a stream was destroyed"_s);
        nextTick(this,
            [this, error, callback = std::move(callback),
                emits = !m_destroyed || (fromEnd && m_ended)] {
                if (callback)
                    callback(error);
                if (emits && !m_closed)
                    emitError(error);
            });
        return false;
    }
    if (!headersSent()) {
        if (fromEnd)
            m_knownLength = chunk.size();
        if (const Error error = implicitHeader()) {
            report(error, thrown);
            return false;
        }
    }
    if (!m_hasBody) {
        if (callback)
            nextTick(this, [callback = std::move(callback)] { callback({}); });
        return true;
    }
    if (!fromEnd && m_transport && m_transport->corked() == 0) {
        m_transport->cork(); // pieces written in one go leave in one packet
        nextTick(m_transport, [transport = m_transport.data()] { transport->uncork(); });
    }
    if (!m_chunked || chunk.isEmpty())
        return send(chunk, MessagePart::Body, std::move(callback));

    if (m_observer) {
        wire::ChunkHeader header;
        header.size = chunk.size();
        m_observer->chunkBegan(m_exchange, Direction::Sent, header, monotonicNow());
    }
    send(wire::renderChunkHeader(chunk.size()), MessagePart::ChunkHeader);
    send(chunk, MessagePart::Body);
    return send(QByteArrayLiteral("\r\n"), MessagePart::ChunkEnd, std::move(callback));
}

void OutgoingMessage::end(const QByteArray &chunk, Callback callback, Error *thrown)
{
    if (!chunk.isEmpty()) {
        if (m_ended) {
            writeChunk(chunk, std::move(callback), true, thrown);
            return;
        }
        if (m_transport)
            m_transport->cork();
        Error failed;
        writeChunk(chunk, {}, true, &failed);
        if (failed) {
            if (m_transport)
                m_transport->uncork();
            report(failed, thrown);
            return;
        }
    } else if (m_ended) {
        if (!callback)
            return;
        if (writableFinished())
            callback(makeError(ErrorCode::StreamAlreadyFinished,
                u"Cannot call end after a stream was finished"_s));
        else
            connect(this, &OutgoingMessage::finish, this,
                [callback = std::move(callback)] { callback({}); });
        return;
    } else if (!headersSent()) {
        if (m_transport)
            m_transport->cork();
        m_knownLength = 0;
        if (const Error error = implicitHeader()) {
            if (m_transport)
                m_transport->uncork();
            report(error, thrown);
            return;
        }
    }
    if (callback)
        connect(
            this, &OutgoingMessage::finish, this,
            [callback = std::move(callback)] { callback({}); }, Qt::SingleShotConnection);

    const auto sent = [guard = QPointer(this)](const Error &error) {
        if (guard)
            guard->onSent(error);
    };
    if (m_hasBody && m_chunked) {
        if (m_observer)
            reportLastChunk();
        const QByteArray last = wire::renderLastChunk(m_trailers);
        send(last.first(3), MessagePart::ChunkHeader);
        send(last.sliced(3), MessagePart::Trailers, sent);
    } else {
        send({}, MessagePart::Body, sent);
    }
    if (m_transport)
        m_transport->uncorkFully();
    m_corked = 0;
    m_ended = true;
    if (m_pending.empty() && m_transport)
        emitPrefinish();
}

void OutgoingMessage::flushHeaders(Error *thrown)
{
    if (!headersSent()) {
        if (const Error error = implicitHeader()) {
            report(error, thrown);
            return;
        }
    }
    send({}, MessagePart::Body);
}

void OutgoingMessage::sendFrom(QIODevice *source) { new BodyPump(source, this); }

void OutgoingMessage::report(const Error &error, Error *thrown)
{
    if (thrown)
        *thrown = error;
    else
        nextTick(this, [this, error] { emitError(error); });
}

void OutgoingMessage::onSent(const Error &error)
{
    if (m_observer && !error)
        m_observer->messageComplete(m_exchange, Direction::Sent, monotonicNow());
    observe(EventKind::Finish);
    Q_EMIT finish();
}

void OutgoingMessage::emitPrefinish()
{
    observe(EventKind::Prefinish);
    const Lifeline::Watch guard(m_lifeline);
    Q_EMIT prefinish();
    if (guard)
        onPrefinish();
}

void OutgoingMessage::emitDrain()
{
    m_needDrain = false;
    observe(EventKind::Drain);
    Q_EMIT drain();
}

// --- the way to the socket

bool OutgoingMessage::send(const QByteArray &octets, MessagePart part, Callback callback)
{
    if (!m_headSent) {
        m_headSent = true;
        if (m_observer && headersSent())
            reportHead(m_head);
        if (octets.isEmpty())
            return sendRaw(m_head, MessagePart::Head, std::move(callback));
        sendCorked(m_head, MessagePart::Head, octets, part, std::move(callback));
        return writableLength() < writableHighWaterMark();
    }
    return sendRaw(octets, part, std::move(callback));
}

void OutgoingMessage::sendCorked(const QByteArray &head, MessagePart headPart,
    const QByteArray &octets, MessagePart part, Callback callback)
{
    const QPointer<Transport> transport = m_transport;
    if (transport)
        transport->cork();
    sendRaw(head, headPart);
    sendRaw(octets, part, std::move(callback));
    if (transport)
        transport->uncork();
}

bool OutgoingMessage::sendRaw(const QByteArray &octets, MessagePart part, Callback callback)
{
    if (m_transport && m_transport->isDestroyed())
        return false; // its close is on the way
    if (m_transport && m_transport->isWritable()) {
        if (!m_pending.empty())
            flushPending();
        observeOctets(part, octets);
        return m_transport->writeReported(octets, std::move(callback));
    }
    m_pending.push_back({ octets, part, std::move(callback) });
    m_pendingOctets += octets.size();
    onPendingOctets(octets.size());
    return m_pendingOctets < Transport::HighWaterMark;
}

/// True: below the high-water mark; nothing when nothing was pending.
std::optional<bool> OutgoingMessage::flushPending()
{
    for (; m_corked > 0; --m_corked)
        m_transport->cork();
    if (m_pending.empty())
        return {};
    const QPointer<Transport> transport = m_transport;
    transport->cork();
    bool below = true;
    const std::vector<Pending> pending = std::exchange(m_pending, {});
    for (const Pending &piece : pending) {
        observeOctets(piece.part, piece.octets);
        below = transport->writeReported(piece.octets, piece.callback);
    }
    transport->uncork();
    const qsizetype flushed = std::exchange(m_pendingOctets, 0);
    onPendingOctets(-flushed);
    return below;
}

void OutgoingMessage::attach(Transport *transport)
{
    m_transport = transport;
    if (m_observer)
        m_observer->socketAssigned(m_exchange, transport->connectionInfo(), monotonicNow());
    observe(EventKind::Socket);
    const Lifeline::Watch guard(m_lifeline);
    Q_EMIT socketAssigned(transport->device());
    if (!guard || !m_transport)
        return;
    if (m_timeoutForSocket)
        m_transport->setTimeout(*std::exchange(m_timeoutForSocket, std::nullopt));
    if (m_destroyed)
        m_transport->destroy(m_destroyError);
}

void OutgoingMessage::flushToSocket()
{
    if (!m_transport || !m_transport->isWritable())
        return;
    const Lifeline::Watch guard(m_lifeline);
    const std::optional<bool> below = flushPending();
    if (!guard)
        return;
    if (m_ended)
        emitPrefinish();
    else if (below.value_or(false) && m_needDrain)
        emitDrain();
}

void OutgoingMessage::detach() { m_transport = nullptr; }

void OutgoingMessage::onSocketDrained()
{
    if (!m_ended && m_needDrain)
        emitDrain();
}

void OutgoingMessage::onPrefinish() { }

void OutgoingMessage::onPendingOctets(qsizetype) { }

void OutgoingMessage::cork()
{
    if (m_transport)
        m_transport->cork();
    else
        ++m_corked;
}

void OutgoingMessage::uncork()
{
    if (m_transport)
        m_transport->uncork();
    else if (m_corked > 0)
        --m_corked;
}

int OutgoingMessage::writableCorked() const
{
    return m_corked + (m_transport ? m_transport->corked() : 0);
}

qsizetype OutgoingMessage::writableLength() const
{
    return m_pendingOctets + (m_transport ? m_transport->writableLength() : 0);
}

qsizetype OutgoingMessage::writableHighWaterMark() const { return Transport::HighWaterMark; }

bool OutgoingMessage::writableObjectMode() const { return false; }

bool OutgoingMessage::writableEnded() const { return m_ended; }

bool OutgoingMessage::writableFinished() const { return m_ended && writableLength() == 0; }

bool OutgoingMessage::writableNeedDrain() const { return !m_destroyed && !m_ended && m_needDrain; }

bool OutgoingMessage::isDestroyed() const { return m_destroyed; }

bool OutgoingMessage::isChunked() const { return m_chunked; }

bool OutgoingMessage::shouldKeepAlive() const { return m_shouldKeepAlive; }

void OutgoingMessage::setShouldKeepAlive(bool keepAlive) { m_shouldKeepAlive = keepAlive; }

QIODevice *OutgoingMessage::socket() const { return m_transport ? m_transport->device() : nullptr; }

QIODevice *OutgoingMessage::connection() const { return socket(); }

bool OutgoingMessage::finished() const { return writableEnded(); }

ExchangeId OutgoingMessage::exchange() const { return m_exchange; }

// --- end of life, timeout

void OutgoingMessage::destroy(const Error &error)
{
    if (m_destroyed)
        return;
    m_destroyed = true;
    m_destroyError = error;
    if (m_transport)
        m_transport->destroy(error);
}

void OutgoingMessage::setTimeout(std::chrono::milliseconds timeout, std::function<void()> listener)
{
    if (listener)
        connect(this, &OutgoingMessage::timedOut, this, std::move(listener));
    if (m_transport)
        m_transport->setTimeout(timeout);
    else
        m_timeoutForSocket = timeout;
}

bool OutgoingMessage::hasTimeoutListener() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&OutgoingMessage::timedOut));
}

void OutgoingMessage::emitError(const Error &error)
{
    if (m_observer) {
        m_observer->failed(m_exchange, error, monotonicNow());
        observe(EventKind::Error, wire::name(error.code) + u": "_s + error.message);
    }
    Q_EMIT errorOccurred(error);
}

void OutgoingMessage::emitClosedOnce()
{
    if (m_closed)
        return;
    m_closed = true;
    m_destroyed = true;
    observe(EventKind::Close);
    Q_EMIT closed();
}

// --- observing

void OutgoingMessage::observe(EventKind event, const QString &detail) const
{
    if (m_observer)
        m_observer->event(m_exchange, emitter(), event, detail, monotonicNow());
}

void OutgoingMessage::observeOctets(MessagePart part, const QByteArray &octets) const
{
    if (m_observer && !octets.isEmpty())
        m_observer->octets(
            m_exchange, m_transport->id(), Direction::Sent, part, octets, m_transport->writeTime());
}

void OutgoingMessage::reportHead(const QByteArray &octets) const
{
    const auto kind = emitter() == Emitter::ClientRequest ? wire::MessageKind::Request
                                                          : wire::MessageKind::Response;
    m_observer->headComplete(
        m_exchange, Direction::Sent, parseSentHead(octets, kind), monotonicNow());
}

void OutgoingMessage::reportLastChunk() const
{
    m_observer->chunkBegan(m_exchange, Direction::Sent, {}, monotonicNow());
    m_observer->trailersComplete(
        m_exchange, Direction::Sent, sentTrailers(m_trailers), monotonicNow());
}

} // namespace headrace::http
