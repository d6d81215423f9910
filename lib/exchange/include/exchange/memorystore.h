#pragma once

#include "exchange/store.h"

#include <memory>

namespace headrace::exchange {

/** Exchanges in memory: what a recorder writes and views read.
    Beyond memoryLimit() the oldest ended exchanges are given up and counted (StoreStatus::lostExchanges); exchanges
    that still go on are kept.
    Thread: the Sink's calls and all reading are safe from any thread; the signals come in the thread the
    object lives in, gathered, at most 30 a second. remove() and clear() keep exchanges that go on out of
    sight: their recorder may go on, and they are forgotten when they end. */
class MemoryStore : public Store, public Sink
{
    Q_OBJECT

public:
    static constexpr qint64 DefaultMemoryLimit = qint64(512) * 1024 * 1024;

    explicit MemoryStore(QObject *parent = nullptr);
    ~MemoryStore() override;

    /// About what the records may take. Unit: octets. Takes effect with the next record.
    void setMemoryLimit(qint64 octets);
    qint64 memoryLimit() const;

    qsizetype count() const override;
    QList<ExchangeId> ids(ExchangeId first = 0, qsizetype limit = -1) const override;
    std::optional<Summary> summary(ExchangeId id) const override;
    QList<Summary> summaries(const QList<ExchangeId> &ids) const override;
    std::optional<Exchange> exchange(
        ExchangeId id, qint64 octetLimit = DefaultOctetLimit) const override;
    void readOctets(
        ExchangeId id, int message, const std::function<bool(const Octets &)> &take) const override;
    void readOctetsFrom(ExchangeId id, int message, qint64 mark,
        const std::function<bool(const Octets &, qint64 mark)> &take) const override;
    std::unique_ptr<Search> search(const Query &query) override;
    QList<HostCount> hosts() const override;
    void setNote(const QList<ExchangeId> &ids, const QString &note) override;
    void setMark(const QList<ExchangeId> &ids, Mark mark) override;
    void remove(const QList<ExchangeId> &ids) override;
    void clear() override;
    StoreStatus status() const override;

    ExchangeId begin(const Summary &summary) override;
    void setSummary(ExchangeId id, const Summary &summary) override;
    void setConnection(ExchangeId id, const Connection &connection) override;
    void setTimings(ExchangeId id, const Timings &timings) override;
    void setHead(ExchangeId id, int message, const Message &head) override;
    void addOctets(ExchangeId id, int message, const Octets &octets) override;
    void addUnkept(ExchangeId id, int message, Part part, qint64 count) override;
    void addChunk(ExchangeId id, int message, const Chunk &chunk) override;
    void setTrailers(ExchangeId id, int message, const FieldList &trailers) override;
    void setEnd(ExchangeId id, int message, qint64 time) override;
    void addEvent(ExchangeId id, const Event &event) override;
    void setFailure(ExchangeId id, const Failure &failure) override;
    void setClient(ExchangeId id, const Connection &client) override;
    void addChange(ExchangeId id, const Change &change) override;
    void end(ExchangeId id) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::exchange
