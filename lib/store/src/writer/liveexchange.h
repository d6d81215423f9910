#pragma once

#include "record/logwriter.h"
#include "writer/row.h"

#include <exchange/store.h>

#include <QList>

namespace headrace::store {

/// A piece of the log of an exchange, on its way into table `segment`.
struct Segment
{
    quint32 number = 0;
    QByteArray log;
};

/** An exchange that goes on, or is over and not in the file yet: takes its recorder's calls into its log.
    Thread: one at a time. */
class LiveExchange : public exchange::Sink
{
public:
    LiveExchange() = default;
    Q_DISABLE_COPY_MOVE(LiveExchange)

    static constexpr qsizetype SegmentOctets = 256 * 1024;

    /// Pieces so far, taken: they are given only once.
    QList<Segment> takeSegments();

    /// As takeRow() would give it, without taking.
    const exchange::Summary &summary() const { return m_row.summary; }

    bool isRowChanged() const { return m_isRowChanged; }

    bool isEnded() const { return m_isEnded; }

    Row takeRow(); ///< What is to be written of the row now.

    /// Segments that were taken no more, oldest first; for readers.
    QList<Segment> segments() const;

    qint64 logOctets() const; ///< Of what was not taken.

    /// What the user wrote, for readers; the file gets it another way.
    void annotate(const std::function<void(exchange::Summary &)> &change) { change(m_row.summary); }

    /// It is over, whatever its recorder still does: its file is closed.
    void cutOff();

    /// Octets are counted and not kept from here on.
    void stopKeeping() { m_isKeeping = false; }

    exchange::ExchangeId begin(const exchange::Summary &summary) override;
    void setSummary(exchange::ExchangeId id, const exchange::Summary &summary) override;
    void setConnection(exchange::ExchangeId id, const exchange::Connection &connection) override;
    void setTimings(exchange::ExchangeId id, const exchange::Timings &timings) override;
    void setHead(exchange::ExchangeId id, int message, const exchange::Message &head) override;
    void addOctets(exchange::ExchangeId id, int message, const exchange::Octets &octets) override;
    void addUnkept(
        exchange::ExchangeId id, int message, exchange::Part part, qint64 count) override;
    void addChunk(exchange::ExchangeId id, int message, const exchange::Chunk &chunk) override;
    void setTrailers(
        exchange::ExchangeId id, int message, const exchange::FieldList &trailers) override;
    void setEnd(exchange::ExchangeId id, int message, qint64 time) override;
    void addEvent(exchange::ExchangeId id, const exchange::Event &event) override;
    void setFailure(exchange::ExchangeId id, const exchange::Failure &failure) override;
    void setClient(exchange::ExchangeId id, const exchange::Connection &client) override;
    void addChange(exchange::ExchangeId id, const exchange::Change &change) override;
    void end(exchange::ExchangeId id) override;

private:
    void settleTimings();
    void countBody(int message, exchange::Part part, qint64 octets);
    void cut();

    Row m_row;
    QList<Segment> m_full;
    QByteArray m_log;
    LogWriter m_writer { m_log };
    quint32 m_nextSegment = 0;
    qint64 m_fullOctets = 0;
    exchange::Timings m_timings; // as last told; written when something else is, or at the end
    bool m_areTimingsChanged = false;
    bool m_isRowChanged = true;
    bool m_isEnded = false;
    bool m_isKeeping = true;
};

} // namespace headrace::store
