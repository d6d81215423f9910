#pragma once

#include "exchange/patternmatcher.h"
#include "exchange/recorder.h"

#include <chrono>
#include <map>
#include <optional>

namespace headrace::exchange {

/// The time of day at \a time, with the offset from UTC that holds here; cheap to make, and to count with. Thread: any.
QDateTime wallClock(http::MonotonicTime time);

/** One exchange on its way into a sink: what an observer hears of it, put where it belongs.
    Of a Recorder, or of a proxy, whose request is what it received of its client and whose response is what it
    received of the origin (or made itself): \a isClient is false for both. Thread: that of the sink's caller. */
class Recording
{
public:
    static constexpr int RequestIndex = -1;
    static constexpr int ResponseIndex = 0;

    /// Begins it in the sink. \a limit: raw octets kept of one message.
    Recording(
        Sink &sink, const Summary &summary, http::MonotonicTime began, bool isClient, qint64 limit);

    ExchangeId id() const { return m_id; }

    const Summary &summary() const { return m_summary; }

    const Connection &connection() const { return m_connection; }

    bool isClient() const { return m_isClient; }

    qint64 at(http::MonotonicTime time) const { return (time - m_began) / 1000; }

    int indexOf(http::Direction direction) const ///< Of the message; that of the final response.
    {
        return (direction == http::Direction::Sent) == m_isClient ? RequestIndex : ResponseIndex;
    }

    RecordedBody body();

    void setCanceled() { m_isCanceled = true; }

    void setConnectionId(http::ConnectionId id); ///< Until more is known.
    void setConnection(const Connection &connection);
    void setTiming(qint64 Timings::*phase, http::MonotonicTime time); ///< The first one counts.

    /// Of a proxy: octets of the request were handed to the origin. The last one counts, in place of what came from the
    /// client.
    void setRequestForwarded(http::MonotonicTime time);
    void addHeldTime(std::chrono::microseconds time);
    void addOctets(
        http::Direction direction, Part part, QByteArrayView octets, http::MonotonicTime time);
    void setHead(http::Direction direction, const wire::Head &head, http::MonotonicTime time);
    void addChunk(
        http::Direction direction, const wire::ChunkHeader &chunk, http::MonotonicTime time);
    void setTrailers(
        http::Direction direction, const wire::Fields &trailers, http::MonotonicTime time);
    void flush(); ///< Octets that came last, and might still grow, go to the sink.
    void setEnd(http::Direction direction, http::MonotonicTime time);
    void addEvent(http::MonotonicTime time, const QString &object, const QString &name,
        const QString &detail);
    void setClient(const Connection &client);
    void addChange(const Change &change);
    void fail(const QString &code, const QString &message); ///< The first cause counts.
    void end(http::MonotonicTime time);

private:
    // Octets of a response's side that wait for the head to say which message they belong to.
    struct ResponseOctets
    {
        QList<Octets> waiting;
        bool isHeadKnown = false; // the final head was seen: all goes to the final response
        int owed = ResponseIndex; // message that an early head named…
        qsizetype owedOctets = 0; // …and how many octets of its head are still to come
    };

    struct MessageState
    {
        Octets last; // kept piece that may still grow
        qint64 kept = 0;
        qint64 body = 0;
        qint64 chunked = 0; // octets that the size lines so far announced
        int chunks = 0;
        bool isTruncated = false;
        bool isComplete = false;
    };

    void keep(int message, Octets octets);
    void flushLast(int message, MessageState &state);
    void flushPieces();
    void addResponseOctets(Octets octets);
    qsizetype giveWaiting(int message);
    void updateSummary();
    void noteFailure(const QString &code, const QString &message);
    State finalState();
    void requestHead(const wire::Head &head, const Message &message);
    int responseHead(const wire::Head &head, Message &message);
    bool opensTunnel(int statusCode) const;
    void settleResponseHead(int index, const wire::Head &head);

    Sink &m_sink;
    Summary m_summary;
    http::MonotonicTime m_began;
    bool m_isClient;
    bool m_isCanceled = false;
    bool m_isForwarded = false;
    qint64 m_limit;
    ExchangeId m_id;
    Timings m_timings;
    Connection m_connection;
    bool m_isConnectionKept = false;
    std::optional<Failure> m_failure;
    ResponseOctets m_response;
    std::map<int, MessageState> m_messages;
    PatternMatcher m_pattern;
    qint64 m_responseLength = -1; // Content-Length of the final response
    int m_events = 0;
    qint64 m_unkeptEvents = 0;
};

} // namespace headrace::exchange
