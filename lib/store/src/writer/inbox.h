#pragma once

#include "writer/liveexchange.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QWaitCondition>

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace headrace::store {

/// What goes into the file in one transaction.
struct Batch
{
    struct Item
    {
        exchange::ExchangeId id = 0;
        QList<Segment> segments;
        std::optional<Row> row; ///< If it changed.
        bool isNew = false; ///< The file has no row of it.
        bool isEnded = false;
    };

    std::vector<Item> items; ///< In order of id.
    qint64 octets = 0;
};

/** What recorders have told and the file does not have yet. Everything waits here until the writer takes it, and
    stays readable until the writer says that it is in the file.

    Bounds: while the file is written, recorders wait when more than RecordingLimit is here (a socket is read no
    faster than the disk writes). While it cannot be written they never wait: up to DelayedLimit all is kept; beyond
    it new exchanges are counted as lost, and those that go on keep their heads and events but no octets.
    Thread: all of it is safe from any. */
class Inbox : public exchange::Sink
{
public:
    static constexpr qint64 RecordingLimit = qint64(64) * 1024 * 1024;
    static constexpr qint64 DelayedLimit = qint64(256) * 1024 * 1024;

    /// What is here of an exchange.
    struct Waiting
    {
        exchange::Summary summary;
        QList<Segment> segments;
    };

    /// Ids begin behind \a last from now on, unless they were given further already.
    void startAfter(exchange::ExchangeId last);

    void setLimits(qint64 recordingOctets, qint64 delayedOctets); ///< Of tests.

    /// Nothing is accepted any more, or again.
    void setAccepting(bool isAccepting);

    /// The file can be written, or cannot.
    void setDelayed(bool isDelayed);

    std::optional<exchange::Summary> summary(exchange::ExchangeId id) const;
    std::optional<Waiting> find(exchange::ExchangeId id) const;
    qint64 octets() const;
    qint64 lostCount() const;
    bool isFull() const; ///< Exchanges are being lost.

    void annotate(
        const QList<exchange::ExchangeId> &ids, const std::function<void(exchange::Summary &)> &);
    void forget(const QList<exchange::ExchangeId> &ids); ///< Also their recorders' later calls.
    void forgetAll();
    void endAll(); ///< Those that go on are over, as far as the file is concerned.

    /// Waits until there is something to write, wake() is called, or the time is over.
    void wait(QDeadlineTimer deadline);
    void pause(
        QDeadlineTimer deadline); ///< Until wake() or the time is over, whatever there is to write.
    void wake();
    bool isEmpty() const;

    /// All that is here: to be written as one, and said to be written before the next is taken.
    std::shared_ptr<const Batch> takeBatch();
    void batchWritten();

    exchange::ExchangeId begin(const exchange::Summary &summary) override; ///< 0: it is lost.
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
    struct Entry
    {
        LiveExchange exchange;
        bool isInFile = false;
        bool isDirty = false;
        bool isClosed = false; // ended and written: nothing more comes of it
    };

    template <class Function>
    void apply(exchange::ExchangeId id, Function function);
    void noteDirty(exchange::ExchangeId id, Entry &entry);
    bool waitForRoom(); ///< Whether it had to: anything may have changed.

    mutable QMutex m_mutex; // guards all below
    QWaitCondition m_work;
    QWaitCondition m_room;
    std::unordered_map<exchange::ExchangeId, Entry> m_entries;
    std::vector<exchange::ExchangeId> m_dirty;
    std::shared_ptr<const Batch> m_batch; // being written
    std::unordered_map<exchange::ExchangeId, const Batch::Item *> m_inBatch;
    exchange::ExchangeId m_lastId = 0;
    qint64 m_octets = 0;
    qint64 m_lost = 0;
    qint64 m_recordingLimit = RecordingLimit;
    qint64 m_delayedLimit = DelayedLimit;
    bool m_isAccepting = false;
    bool m_isDelayed = false;
    bool m_isAwake = false;
};

} // namespace headrace::store
