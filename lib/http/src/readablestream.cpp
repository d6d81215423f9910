#include "http/readablestream.h"

#include "http/ticks.h"
#include "systemerror.h"
#include "textdecoder.h"

#include <QMetaMethod>
#include <QPointer>

#include <algorithm>

namespace headrace::http {

using namespace Qt::StringLiterals;

ReadableStream::ReadableStream(QObject *parent)
    : QObject(parent)
{
}

ReadableStream::~ReadableStream() = default;

// --- the source's side

bool ReadableStream::push(const QByteArray &octets)
{
    if (m_ended || m_destroyed)
        return false;
    if (m_discarding)
        return true;
    m_reading = false;
    const Lifeline::Watch guard(m_lifeline);
    if (octets.isEmpty())
        scheduleReadMore();
    else
        add(octets, false);
    return guard && !m_ended && (m_length < m_highWaterMark || m_length == 0);
}

void ReadableStream::add(const QByteArray &octets, bool front)
{
    const bool passOn
        = m_flow == Flow::Flowing && m_length == 0 && !m_synchronous && hasDataListener();
    if (passOn) {
        const Lifeline::Watch guard(m_lifeline);
        deliver(octets);
        if (!guard)
            return;
    } else {
        m_buffer.insert(front ? 0 : m_buffer.size(), octets);
        m_length += octets.size();
        if (m_needReadable)
            scheduleReadable();
    }
    scheduleReadMore();
}

void ReadableStream::pushEnd()
{
    m_reading = false;
    if (m_ended)
        return;
    m_ended = true;
    if (m_synchronous) {
        scheduleReadable();
    } else {
        m_needReadable = false;
        m_readableScheduled = true;
        emitReadable();
    }
}

void ReadableStream::discardRest()
{
    if (m_discarding)
        return;
    m_discarding = true;
    resume();
}

void ReadableStream::discardAll()
{
    discardRest();
    m_buffer.clear();
    m_length = 0;
    if (m_ended)
        scheduleEnd();
}

void ReadableStream::setDestroyed() { m_destroyed = true; }

// --- the consumer's side

QByteArray ReadableStream::read(qsizetype wanted)
{
    raiseHighWaterMark(wanted);
    if (wanted != 0)
        m_readableScheduled = false;
    if (wanted == 0 && m_needReadable && (m_length >= m_highWaterMark || m_ended)) {
        if (m_length == 0 && m_ended)
            scheduleEnd();
        else
            scheduleReadable();
        return {};
    }
    qsizetype size = sizeToRead(wanted);
    if (size == 0 && m_ended) {
        if (m_length == 0)
            scheduleEnd();
        return {};
    }
    const bool belowMark = m_length == 0 || m_length - size < m_highWaterMark;
    if ((m_needReadable || belowMark) && !m_ended && !m_reading && !m_destroyed) {
        m_reading = true;
        m_synchronous = true;
        if (m_length == 0)
            m_needReadable = true;
        if (!m_consumed) {
            m_consumed = true;
            m_readingMore = false;
        }
        readMore();
        m_synchronous = false;
        if (!m_reading)
            size = sizeToRead(wanted);
    }
    const QByteArray octets = size > 0 ? takeBuffered(size) : QByteArray();
    if (octets.isNull())
        m_needReadable = m_length <= m_highWaterMark;
    if (m_length == 0) {
        if (!m_ended)
            m_needReadable = true;
        else if (wanted != size || wanted == -1)
            scheduleEnd();
    }
    if (!octets.isNull())
        deliver(octets);
    return octets;
}

void ReadableStream::unshift(const QByteArray &octets)
{
    if (octets.isEmpty())
        return;
    if (m_endEmitted && !m_destroyed)
        Q_EMIT errorOccurred(
            makeError(ErrorCode::StreamUnshiftAfterEnd, u"stream.unshift() after end event"_s));
    else if (!m_endEmitted)
        add(octets, true);
}

void ReadableStream::setEncoding(QStringConverter::Encoding encoding)
{
    m_encoding = encoding;
    m_decoder.reset();
}

void ReadableStream::pause()
{
    if (m_flow != Flow::Paused) {
        m_flow = Flow::Paused;
        const Lifeline::Watch guard(m_lifeline);
        Q_EMIT paused();
        if (!guard)
            return;
    }
    m_explicitlyPaused = true;
}

void ReadableStream::resume()
{
    if (m_flow != Flow::Flowing) {
        m_flow = m_readableListening ? Flow::Paused : Flow::Flowing;
        scheduleResume();
    }
    m_explicitlyPaused = false;
}

bool ReadableStream::isPaused() const { return m_explicitlyPaused || m_flow == Flow::Paused; }

bool ReadableStream::isReadable() const { return !m_destroyed && !m_endEmitted; }

bool ReadableStream::isReadableEnded() const { return m_endEmitted; }

bool ReadableStream::isFlowing() const { return m_flow == Flow::Flowing; }

std::optional<bool> ReadableStream::readableFlowing() const
{
    return m_flow == Flow::Undecided ? std::nullopt : std::optional(m_flow == Flow::Flowing);
}

qsizetype ReadableStream::readableLength() const { return m_length; }

qsizetype ReadableStream::readableHighWaterMark() const { return m_highWaterMark; }

bool ReadableStream::isDestroyed() const { return m_destroyed; }

bool ReadableStream::hasErrorListener() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&ReadableStream::errorOccurred));
}

bool ReadableStream::isResumeScheduled() const { return m_resumeScheduled; }

bool ReadableStream::isConsumed() const { return m_consumed; }

bool ReadableStream::hasDataListener() const
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&ReadableStream::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&ReadableStream::text);
    return !m_discarding && (isSignalConnected(dataSignal) || isSignalConnected(textSignal));
}

bool ReadableStream::hasReadableListener() const
{
    static const QMetaMethod readableSignal = QMetaMethod::fromSignal(&ReadableStream::readable);
    return isSignalConnected(readableSignal);
}

void ReadableStream::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&ReadableStream::data)
        || signal == QMetaMethod::fromSignal(&ReadableStream::text)) {
        m_readableListening = hasReadableListener();
        if (m_flow != Flow::Paused)
            resume();
    } else if (signal == QMetaMethod::fromSignal(&ReadableStream::readable)) {
        if (m_endEmitted || m_readableListening)
            return;
        m_readableListening = true;
        m_needReadable = true;
        m_flow = Flow::Paused;
        m_readableScheduled = false;
        if (m_length > 0)
            scheduleReadable();
        else if (!m_reading)
            nextTick(this, [this] { read(0); });
    }
}

void ReadableStream::disconnectNotify(const QMetaMethod &signal)
{
    // An invalid signal stands for all of them.
    if (!signal.isValid() || signal == QMetaMethod::fromSignal(&ReadableStream::readable))
        nextTick(this, [this] { updateReadableListening(); });
}

void ReadableStream::updateReadableListening()
{
    m_readableListening = hasReadableListener();
    if (m_resumeScheduled && !m_explicitlyPaused)
        m_flow = Flow::Flowing;
    else if (hasDataListener())
        resume();
    else if (!m_readableListening)
        m_flow = Flow::Undecided;
}

// --- what happens on ticks

/// After each piece: asks for more while there is room, whether or not anybody reads.
void ReadableStream::scheduleReadMore()
{
    if (m_readingMore)
        return;
    m_readingMore = true;
    nextTick(this, [this] { readMoreOnTick(); });
}

void ReadableStream::readMoreOnTick()
{
    const Lifeline::Watch guard(m_lifeline);
    while (!m_reading && !m_ended
        && (m_length < m_highWaterMark || (m_flow == Flow::Flowing && m_length == 0))) {
        const qsizetype length = m_length;
        read(0);
        if (!guard)
            return;
        if (m_length == length)
            break;
    }
    m_readingMore = false;
}

void ReadableStream::scheduleResume()
{
    if (m_resumeScheduled)
        return;
    m_resumeScheduled = true;
    nextTick(this, [this] { resumeOnTick(); });
}

void ReadableStream::resumeOnTick()
{
    const Lifeline::Watch guard(m_lifeline);
    if (!m_reading)
        read(0);
    if (!guard)
        return;
    m_resumeScheduled = false;
    Q_EMIT resumed();
    if (!guard)
        return;
    flow();
    if (guard && m_flow == Flow::Flowing && !m_reading)
        read(0);
}

void ReadableStream::flow()
{
    const Lifeline::Watch guard(m_lifeline);
    while (guard && m_flow == Flow::Flowing && !read().isNull()) { }
}

void ReadableStream::scheduleReadable()
{
    m_needReadable = false;
    if (m_readableScheduled)
        return;
    m_readableScheduled = true;
    nextTick(this, [this] { emitReadable(); });
}

void ReadableStream::emitReadable()
{
    const Lifeline::Watch guard(m_lifeline);
    if (!m_destroyed && (m_length > 0 || m_ended)) {
        Q_EMIT readable();
        if (!guard)
            return;
        m_readableScheduled = false;
    }
    m_needReadable = m_flow != Flow::Flowing && !m_ended && m_length <= m_highWaterMark;
    flow();
}

void ReadableStream::scheduleEnd()
{
    if (m_endEmitted)
        return;
    m_ended = true;
    nextTick(this, [this] { endOnTick(); });
}

void ReadableStream::endOnTick()
{
    if (m_endEmitted || m_length > 0)
        return;
    const Lifeline::Watch guard(m_lifeline);
    emitRestOfText();
    if (!guard || m_endEmitted)
        return;
    m_endEmitted = true;
    aboutToEmitEnd();
    if (guard)
        Q_EMIT ended();
}

void ReadableStream::deliver(const QByteArray &octets)
{
    if (m_discarding)
        return;
    const Lifeline::Watch guard(m_lifeline);
    aboutToEmitData(octets);
    Q_EMIT data(octets);
    if (guard)
        emitText(octets);
}

void ReadableStream::emitText(const QByteArray &octets)
{
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&ReadableStream::text);
    if (!isSignalConnected(textSignal))
        return;
    if (!m_decoder)
        m_decoder = std::make_unique<TextDecoder>(m_encoding);
    const QString piece = m_decoder->decode(octets);
    if (!piece.isEmpty())
        Q_EMIT text(piece);
}

void ReadableStream::emitRestOfText()
{
    const QString piece = m_decoder ? m_decoder->finish() : QString();
    if (!piece.isEmpty())
        Q_EMIT text(piece);
}

void ReadableStream::raiseHighWaterMark(qsizetype size)
{
    constexpr qsizetype limit = qsizetype(1) << 30;
    if (size > m_highWaterMark)
        m_highWaterMark = size >= limit ? limit : qsizetype(qNextPowerOfTwo(quint64(size - 1)));
}

qsizetype ReadableStream::sizeToRead(qsizetype wanted) const
{
    if (wanted == 0 || (m_length == 0 && m_ended))
        return 0;
    if (wanted < 0)
        return m_flow == Flow::Flowing && m_length > 0 ? m_buffer.first().size() : m_length;
    if (wanted <= m_length)
        return wanted;
    return m_ended ? m_length : 0;
}

QByteArray ReadableStream::takeBuffered(qsizetype size)
{
    QByteArray octets;
    if (m_buffer.first().size() == size) {
        octets = m_buffer.takeFirst();
    } else {
        octets.reserve(size);
        while (octets.size() < size) {
            QByteArray &first = m_buffer.first();
            const qsizetype part = std::min(size - octets.size(), first.size());
            octets.append(first.constData(), part);
            if (part == first.size())
                m_buffer.removeFirst();
            else
                first.remove(0, part);
        }
    }
    m_length -= octets.size();
    return octets;
}

void ReadableStream::aboutToEmitData(const QByteArray &) { }

void ReadableStream::aboutToEmitEnd() { }

} // namespace headrace::http
