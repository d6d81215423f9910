#pragma once

#include "exchange/exchange.h"

#include <QObject>

#include <optional>

namespace headrace::exchange {

/** Where a recorder writes: one exchange grows by these calls, in order. begin() first, end() last.
    setHead() brings what a head says (start line, fields, status, version, headTime); the octets and counts
    of a message come by addOctets() and addUnkept() alone, before or after it.
    Implementations: MemoryStore here; the SQLite store later. Thread: the implementation says. */
class Sink
{
public:
    virtual ~Sink() = default;

    /// Answers the id of the new row; \a summary.id is ignored.
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
    virtual void end(ExchangeId id) = 0;
};

/** What views read. Values only. Thread: reading is safe from any thread; signals come in the thread
    the object lives in, at most 30 a second, so they may name ids that a view has read already, or that
    are gone again. */
class Store : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual qsizetype count() const = 0;

    /// Ids in order of begin, from \a first (inclusive), at most \a limit; -1 is no limit.
    virtual QList<ExchangeId> ids(ExchangeId first = 0, qsizetype limit = -1) const = 0;
    virtual std::optional<Summary> summary(ExchangeId id) const = 0;
    virtual std::optional<Exchange> exchange(ExchangeId id) const = 0;
    virtual void remove(const QList<ExchangeId> &ids) = 0;
    virtual void clear() = 0;

    virtual qint64 memoryOctets() const = 0; ///< What the records take in memory, about.
    virtual qsizetype evictedCount() const = 0; ///< Oldest exchanges given up at the memory bound.

Q_SIGNALS:
    void added(const QList<headrace::exchange::ExchangeId> &ids);
    void changed(const QList<headrace::exchange::ExchangeId> &ids);
    void removed(const QList<headrace::exchange::ExchangeId> &ids);
};

} // namespace headrace::exchange
