#include "http/readablestream.h"

#include "http/ticks.h"

#include <QMetaMethod>
#include <QPointer>

#include <algorithm>

namespace headrace::http {

ReadableStream::ReadableStream(QObject *parent)
    : QObject(parent)
{
}

// --- the source's side

bool ReadableStream::push(const QByteArray &octets)
{
    m_reading = false;
    if (octets.isEmpty() || m_ended || m_destroyed)
        return !m_ended && m_length < readableHighWaterMark();
    const bool passOn = m_flow == Flow::Flowing && m_length == 0 && !m_synchronous;
    if (passOn
        && (m_discarding || isSignalConnected(QMetaMethod::fromSignal(&ReadableStream::data)))) {
        const QPointer<ReadableStream> guard(this);
        deliver(octets);
        if (!guard)
            return false;
    } else {
        m_buffer.append(octets);
        m_length += octets.size();
        if (m_needReadable)
            scheduleReadable();
    }
    return !m_ended && (m_length < readableHighWaterMark() || m_length == 0);
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
        emitReadableOnTick();
    }
}

void ReadableStream::discardRest()
{
    if (m_discarding)
        return;
    m_discarding = true;
    resume();
}

void ReadableStream::setDestroyed() { m_destroyed = true; }

// --- the consumer's side

QByteArray ReadableStream::read(qsizetype wanted)
{
    if (wanted != 0)
        m_readableScheduled = false;
    if (wanted == 0 && m_needReadable && (m_length >= readableHighWaterMark() || m_ended)) {
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
    const bool belowMark = m_length == 0 || m_length - size < readableHighWaterMark();
    if ((m_needReadable || belowMark) && !m_ended && !m_reading && !m_destroyed) {
        m_reading = true;
        m_synchronous = true;
        if (m_length == 0)
            m_needReadable = true;
        m_consumed = true;
        readMore();
        m_synchronous = false;
        if (!m_reading)
            size = sizeToRead(wanted);
    }
    const QByteArray octets = size > 0 ? takeBuffered(size) : QByteArray();
    if (octets.isNull())
        m_needReadable = m_length <= readableHighWaterMark();
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

void ReadableStream::pause()
{
    if (m_flow != Flow::Paused) {
        const bool wasFlowing = m_flow == Flow::Flowing;
        m_flow = Flow::Paused;
        if (wasFlowing)
            Q_EMIT paused();
    }
    m_explicitlyPaused = true;
}

void ReadableStream::resume()
{
    if (m_flow != Flow::Flowing) {
        m_flow = Flow::Flowing;
        if (!m_discarding && isSignalConnected(QMetaMethod::fromSignal(&ReadableStream::readable)))
            m_flow = Flow::Paused; // 'readable' listeners read by themselves
        scheduleResume();
    }
    m_explicitlyPaused = false;
}

bool ReadableStream::isPaused() const { return m_explicitlyPaused || m_flow == Flow::Paused; }

bool ReadableStream::isReadable() const { return !m_destroyed && !m_endEmitted; }

bool ReadableStream::isReadableEnded() const { return m_endEmitted; }

bool ReadableStream::isFlowing() const { return m_flow == Flow::Flowing; }

qsizetype ReadableStream::readableLength() const { return m_length; }

qsizetype ReadableStream::readableHighWaterMark() const { return DefaultHighWaterMark; }

bool ReadableStream::isDestroyed() const { return m_destroyed; }

bool ReadableStream::hasErrorListener() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&ReadableStream::errorOccurred));
}

bool ReadableStream::isResumeScheduled() const { return m_resumeScheduled; }

bool ReadableStream::isConsumed() const { return m_consumed; }

void ReadableStream::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&ReadableStream::data)) {
        if (m_flow != Flow::Paused)
            resume();
    } else if (signal == QMetaMethod::fromSignal(&ReadableStream::readable) && !m_endEmitted) {
        m_needReadable = true;
        m_flow = Flow::Paused;
        m_readableScheduled = false;
        if (m_length > 0)
            scheduleReadable();
        else if (!m_reading)
            nextTick(this, [this] { read(0); });
    }
}

// --- what happens on ticks

void ReadableStream::scheduleResume()
{
    if (m_resumeScheduled)
        return;
    m_resumeScheduled = true;
    nextTick(this, [this] { resumeOnTick(); });
}

void ReadableStream::resumeOnTick()
{
    const QPointer<ReadableStream> guard(this);
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
    const QPointer<ReadableStream> guard(this);
    while (guard && m_flow == Flow::Flowing && !read().isNull()) { }
}

void ReadableStream::scheduleReadable()
{
    m_needReadable = false;
    if (m_readableScheduled)
        return;
    m_readableScheduled = true;
    nextTick(this, [this] { emitReadableOnTick(); });
}

void ReadableStream::emitReadableOnTick()
{
    const QPointer<ReadableStream> guard(this);
    if (!m_destroyed && (m_length > 0 || m_ended)) {
        Q_EMIT readable();
        if (!guard)
            return;
        m_readableScheduled = false;
    }
    m_needReadable = m_flow != Flow::Flowing && !m_ended && m_length <= readableHighWaterMark();
    flow();
}

void ReadableStream::scheduleEnd()
{
    if (m_endEmitted || m_endScheduled)
        return;
    m_endScheduled = true;
    m_ended = true;
    nextTick(this, [this] { endOnTick(); });
}

void ReadableStream::endOnTick()
{
    m_endScheduled = false;
    if (m_endEmitted || m_length > 0)
        return;
    m_endEmitted = true;
    aboutToEmitEnd();
    Q_EMIT ended();
}

void ReadableStream::deliver(const QByteArray &octets)
{
    if (m_discarding)
        return;
    aboutToEmitData(octets);
    Q_EMIT data(octets);
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
