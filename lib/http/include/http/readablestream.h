#pragma once

#include "http/error.h"
#include "http/lifeline.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringConverter>

#include <memory>
#include <optional>

namespace headrace::http {

class TextDecoder;

/** Node's stream.Readable for octets, as far as the http module shows it: flowing and paused mode,
    'data', 'readable', 'end', read(), pause(), resume() and the high-water mark.
    Connecting to data() or text() starts the flow, as adding a 'data' listener does, unless pause() was
    called. Connecting to readable() stops it: the listener reads. Disconnecting from readable() lets it go on.
    Thread: its own. Source: reference IncomingMessage ("Extends: stream.Readable"). */
class ReadableStream : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype DefaultHighWaterMark = 16 * 1024;

    explicit ReadableStream(QObject *parent = nullptr);
    ~ReadableStream() override;

    /// Up to \a size octets; all that is buffered when \a size is -1 (one chunk while flowing).
    /// Null when there is not enough yet. A \a size above the high-water mark raises it, up to 1 GiB.
    QByteArray read(qsizetype size = -1);

    /// Puts \a octets back in front of what is buffered: they are read again.
    /// After 'end': ERR_STREAM_UNSHIFT_AFTER_END_EVENT is emitted.
    void unshift(const QByteArray &octets);

    /** How text() decodes the body. Default: UTF-8. Call it before octets are read. A character that was cut
        between two pieces comes whole, with the later one; what is invalid comes as U+FFFD. A byte order mark
        stays. data() and read() stay octets.
        Source: reference readable.setEncoding(). */
    void setEncoding(QStringConverter::Encoding encoding);

    void pause();
    void resume();
    bool isPaused() const;

    bool isReadable() const; ///< More may come: not ended, not destroyed.
    bool isReadableEnded() const; ///< 'end' was emitted.
    bool isFlowing() const;
    /// False: paused. Nothing: nobody asked for octets yet. Source: reference `readableFlowing`.
    std::optional<bool> readableFlowing() const;
    qsizetype readableLength() const; ///< Octets buffered.
    qsizetype readableHighWaterMark() const; ///< Default: 16384 octets.
    bool isDestroyed() const;

Q_SIGNALS:
    /// Event 'data'. A piece of the body, boundaries as they were received.
    void data(const QByteArray &octets);

    /// Event 'data' after setEncoding(). The same piece as text; after data(), never empty.
    void text(const QString &piece);

    /// Event 'end'. All was read. On a tick.
    void ended();

    /// Event 'readable'. read() has something to give, or the end is near.
    void readable();

    /// Event 'close'. Last signal; the object goes away some time after.
    void closed();

    /// Event 'error'.
    void errorOccurred(const headrace::http::Error &error);

    /// Events 'pause' and 'resume'. paused() comes from pause(), resumed() on a tick.
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
    void disconnectNotify(const QMetaMethod &signal) override;

    /// Drops what comes from now on, quietly, so that the source goes on. What is buffered flows off, too, unless
    /// there is a listener to readable(), which may still read it.
    void discardRest();

    /// Drops what is buffered as well: nobody will read it, and the end need not wait for that.
    void discardAll();
    void setDestroyed();
    bool hasErrorListener() const;
    bool isResumeScheduled() const;
    bool isConsumed() const; ///< Somebody reads: the source was asked for more at least once.

    Lifeline m_lifeline;

private:
    enum class Flow
    {
        Undecided,
        Flowing,
        Paused
    };

    void add(const QByteArray &octets, bool front);
    void deliver(const QByteArray &octets);
    void emitText(const QByteArray &octets);
    void emitRestOfText();
    void updateReadableListening();
    void scheduleReadMore();
    void readMoreOnTick();
    void scheduleResume();
    void resumeOnTick();
    void flow();
    void scheduleReadable();
    void emitReadable();
    void scheduleEnd();
    void endOnTick();
    void raiseHighWaterMark(qsizetype size);
    QByteArray takeBuffered(qsizetype size);
    qsizetype sizeToRead(qsizetype size) const;
    bool hasDataListener() const;
    bool hasReadableListener() const;

    QList<QByteArray> m_buffer;
    std::unique_ptr<TextDecoder> m_decoder; ///< Made when text() has a listener.
    qsizetype m_length = 0;
    qsizetype m_highWaterMark = DefaultHighWaterMark;
    QStringConverter::Encoding m_encoding = QStringConverter::Utf8;
    Flow m_flow = Flow::Undecided;
    bool m_explicitlyPaused = false;
    bool m_readableListening = false; ///< as it was when it last counted
    bool m_ended = false; ///< pushEnd() was called
    bool m_endEmitted = false;
    bool m_reading = false; ///< readMore() was called, and nothing came since
    bool m_readingMore = true; ///< a tick reads ahead; not before the first readMore()
    bool m_synchronous = true; ///< inside, or before, the first readMore()
    bool m_needReadable = false;
    bool m_readableScheduled = false;
    bool m_resumeScheduled = false;
    bool m_destroyed = false;
    bool m_discarding = false;
    bool m_consumed = false;
};

} // namespace headrace::http
