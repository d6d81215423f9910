#pragma once

#include "http/error.h"

#include <QByteArray>
#include <QList>
#include <QObject>

namespace headrace::http {

/** Node's stream.Readable for octets, as far as the http module shows it: flowing and paused mode,
    'data', 'readable', 'end', read(), pause(), resume() and the high-water mark.
    Connecting to data() starts the flow, as adding a 'data' listener does, unless pause() was called.
    Thread: its own. Source: reference IncomingMessage ("Extends: stream.Readable"). */
class ReadableStream : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype DefaultHighWaterMark = 16 * 1024;

    explicit ReadableStream(QObject *parent = nullptr);

    /// Up to \a size octets; all that is buffered when \a size is -1 (one chunk while flowing).
    /// Null when there is not enough yet.
    QByteArray read(qsizetype size = -1);

    void pause();
    void resume();
    bool isPaused() const;

    bool isReadable() const; ///< More may come: not ended, not destroyed.
    bool isReadableEnded() const; ///< 'end' was emitted.
    bool isFlowing() const;
    qsizetype readableLength() const; ///< Octets buffered.
    qsizetype readableHighWaterMark() const;
    bool isDestroyed() const;

Q_SIGNALS:
    /// Event 'data'. A piece of the body, boundaries as they were received.
    void data(const QByteArray &octets);

    /// Event 'end'. All was read. On a tick.
    void ended();

    /// Event 'readable'. read() has something to give, or the end is near.
    void readable();

    /// Event 'close'. Last signal; the object goes away some time after.
    void closed();

    /// Event 'error'.
    void errorOccurred(const headrace::http::Error &error);

    /// Events 'pause' and 'resume'.
    void paused();
    void resumed();

protected:
    /// The owner gives the next octets. False: it should stop until readMore().
    bool push(const QByteArray &octets);

    /// The owner has no more octets to give.
    void pushEnd();

    /// The consumer wants more: read the source.
    virtual void readMore() = 0;

    /// 'data' or 'end' is about to be emitted (for observers). Default: nothing.
    virtual void aboutToEmitData(const QByteArray &octets);
    virtual void aboutToEmitEnd();

    void connectNotify(const QMetaMethod &signal) override;

    /// Drops what comes from now on, quietly, so that the source goes on.
    void discardRest();
    void setDestroyed();
    bool hasErrorListener() const;
    bool isResumeScheduled() const;
    bool isConsumed() const; ///< Somebody reads: the source was asked for more at least once.

private:
    enum class Flow
    {
        Undecided,
        Flowing,
        Paused
    };

    void deliver(const QByteArray &octets);
    void scheduleResume();
    void resumeOnTick();
    void flow();
    void scheduleReadable();
    void emitReadableOnTick();
    void scheduleEnd();
    void endOnTick();
    QByteArray takeBuffered(qsizetype size);
    qsizetype sizeToRead(qsizetype size) const;

    QList<QByteArray> m_buffer;
    qsizetype m_length = 0;
    Flow m_flow = Flow::Undecided;
    bool m_explicitlyPaused = false;
    bool m_ended = false; ///< pushEnd() was called
    bool m_endScheduled = false;
    bool m_endEmitted = false;
    bool m_reading = false;
    bool m_synchronous = true; ///< inside, or before, the first readMore()
    bool m_needReadable = false;
    bool m_readableScheduled = false;
    bool m_resumeScheduled = false;
    bool m_destroyed = false;
    bool m_discarding = false;
    bool m_consumed = false;
};

} // namespace headrace::http
