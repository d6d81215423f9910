#pragma once

#include "exchange/exchange.h"
#include "exchange/filter.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace headrace::exchange {

/** Where a recorder writes: one exchange grows by these calls, in order. begin() first, end() last.
    setHead() brings what a head says (start line, fields, status, version, headTime); the octets and counts
    of a message come by addOctets() and addUnkept() alone, before or after it, and Summary::connection by
    setConnection() alone.
    Implementations: MemoryStore here, ExchangeStore of lib/store. Thread: the implementation says. */
class Sink
{
public:
    virtual ~Sink() = default;

    /// Answers the id of the new row; \a summary.id is ignored. Mark and note are taken here alone: setSummary() leaves
    /// what the user wrote.
    virtual ExchangeId begin(const Summary &summary) = 0;
    virtual void setSummary(ExchangeId id, const Summary &summary) = 0;
    virtual void setConnection(ExchangeId id, const Connection &connection) = 0;
    virtual void setTimings(ExchangeId id, const Timings &timings) = 0;

    /// Which message: -1 the request, 0 the final response, n > 0 the n-th interim response.
    virtual void setHead(ExchangeId id, int message, const Message &head) = 0;
    virtual void addOctets(ExchangeId id, int message, const Octets &octets) = 0;

    /// \a count octets of \a part passed but are not kept: they count, and the message is truncated.
    virtual void addUnkept(ExchangeId id, int message, Part part, qint64 count) = 0;
    virtual void addChunk(ExchangeId id, int message, const Chunk &chunk) = 0;
    virtual void setTrailers(ExchangeId id, int message, const FieldList &trailers) = 0;
    virtual void setEnd(ExchangeId id, int message, qint64 time) = 0;
    virtual void addEvent(ExchangeId id, const Event &event) = 0;
    virtual void setFailure(ExchangeId id, const Failure &failure) = 0;

    /// Proxies: the connection of the client; again when more is known.
    virtual void setClient(ExchangeId id, const Connection &client) = 0;
    virtual void addChange(ExchangeId id, const Change &change) = 0;
    virtual void end(ExchangeId id) = 0;
};

/// What rows can be ordered by; among equals the older comes first.
enum class SortKey
{
    Number, ///< Order of begin.
    Time,
    Source,
    Method,
    Scheme,
    Host,
    Path,
    Status,
    Type,
    RequestSize,
    ResponseSize,
    Duration,
    Pattern,
    Mark,
    Note,
};

/// Which exchanges, in which order.
struct Query
{
    Filter filter;
    SortKey key = SortKey::Number;
    bool isDescending = false;
    std::optional<QList<ExchangeId>> among; ///< Of these only; nothing: of all.
};

/** A query that runs beside everything else. Owner: who asked; deleting it cancels it, and nothing is emitted
    after that. Thread: that of the asker; signals come queued, never from within Store::search(). */
class Search : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// finished() follows, soon. Nothing happens when it is over.
    virtual void cancel() = 0;

Q_SIGNALS:
    /// The next ids in the order asked for.
    void found(const QList<headrace::exchange::ExchangeId> &ids);

    /// At most ten a second, for queries that look into messages. \a share of the exchanges: 0 to 1.
    void progressed(double share);

    /// Last signal. \a error: for people; empty when all was looked at, or after cancel().
    void finished(const QString &error);
};

struct HostCount
{
    QString host; ///< As Summary::host.
    qint64 exchanges = 0;
};

/// How the records are kept.
struct StoreStatus
{
    enum class Condition
    {
        Recording,
        Delayed, ///< The file cannot be written now; new records wait in memory and are written when it can.
        Stopped, ///< Nothing new is recorded: the memory bound is reached, or the file is read-only.
    };

    Condition condition = Condition::Recording;
    QString problem; ///< For people: why it is not Recording; else empty.
    qint64 memoryOctets = 0; ///< What records take in memory.
    qint64 diskOctets = 0; ///< What they take on disk.
    qint64 lostExchanges = 0; ///< Not recorded, or given up at the memory bound.
};

/** What views read. Values only. Thread: reading is safe from any thread and may take the time of a disk
    access; signals come in the thread the object lives in, gathered, at most 30 a second, so they may name ids
    that a view has read already, or that are gone again. What added() and changed() name, search() knows. */
class Store : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 DefaultOctetLimit = qint64(64) * 1024 * 1024;

    using QObject::QObject;

    virtual qsizetype count() const = 0;

    /// Ids in order of begin, from \a first (inclusive), at most \a limit; -1 is no limit.
    virtual QList<ExchangeId> ids(ExchangeId first = 0, qsizetype limit = -1) const = 0;
    virtual std::optional<Summary> summary(ExchangeId id) const = 0;

    /// Those that exist, in the order asked for.
    virtual QList<Summary> summaries(const QList<ExchangeId> &ids) const = 0;

    /// At most \a octetLimit raw octets of each message come with it; Message::isPartial tells of more.
    virtual std::optional<Exchange> exchange(
        ExchangeId id, qint64 octetLimit = DefaultOctetLimit) const = 0;

    /// Gives the raw octets of a message (see Sink::setHead()) piece by piece in order, until \a take says
    /// false. However large it is, no more than some pieces are in memory.
    virtual void readOctets(
        ExchangeId id, int message, const std::function<bool(const Octets &)> &take) const = 0;

    /** The same from a place on. With each piece comes its mark: given as \a mark later, the first piece that
        comes is the first that came with it. Marks stay as they are while the exchange is there, and ascend;
        0 is the begin. Stores read what lies before a mark not at all; here all of it is, and is left out. */
    virtual void readOctetsFrom(ExchangeId id, int message, qint64 mark,
        const std::function<bool(const Octets &, qint64 mark)> &take) const;

    /// Thread: the one the search will live in.
    virtual std::unique_ptr<Search> search(const Query &query) = 0;

    virtual QList<HostCount> hosts() const = 0; ///< In order of name.

    virtual void setNote(const QList<ExchangeId> &ids, const QString &note) = 0;
    virtual void setMark(const QList<ExchangeId> &ids, Mark mark) = 0;
    virtual void remove(const QList<ExchangeId> &ids) = 0;
    virtual void clear() = 0;

    virtual StoreStatus status() const = 0;

Q_SIGNALS:
    void added(const QList<headrace::exchange::ExchangeId> &ids);
    void changed(const QList<headrace::exchange::ExchangeId> &ids);
    void removed(const QList<headrace::exchange::ExchangeId> &ids);
    void reset(); ///< All ids are others now: it was cleared, or shows another file.
    void statusChanged();
};

} // namespace headrace::exchange
