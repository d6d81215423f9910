#include "exchange/memorystore.h"

#include "exchange/exchangebuilder.h"
#include "memorysearch_p.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QTimer>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace headrace::exchange {

namespace {

// About what a record takes beside what is counted one by one; measured with 100,000 small exchanges.
constexpr qint64 recordCost = 1200;
constexpr qint64 pieceCost = sizeof(Octets) + 32; // with the header of its array
constexpr int flushInterval = 34; // milliseconds

qint64 costOf(const FieldList &fields)
{
    qint64 cost = 0;
    for (const auto &[name, value] : fields)
        cost += name.size() + value.size() + 96;
    return cost;
}

struct Record
{
    ExchangeBuilder builder { std::numeric_limits<qint64>::max() };
    qint64 cost = recordCost;
    bool isRemoved = false; // out of sight, until its recorder ends it

    const Summary &summary() const { return builder.exchange().summary; }
};

QList<Octets> octetsOf(const Exchange &exchange, int message)
{
    if (message > exchange.interim.size())
        return {};
    return message < 0 ? exchange.request.octets
        : message == 0 ? exchange.response.octets
                       : exchange.interim.at(message - 1).octets;
}

void limitOctets(Message &message, qint64 limit)
{
    for (qsizetype i = 0; i < message.octets.size(); ++i) {
        QByteArray &octets = message.octets[i].octets;
        if (octets.size() <= limit) {
            limit -= octets.size();
            continue;
        }
        octets.truncate(limit);
        message.octets.resize(octets.isEmpty() ? i : i + 1);
        message.isPartial = true;
        return;
    }
}

} // namespace

struct MemoryStore::Private
{
    explicit Private(MemoryStore *store)
        : q(store)
        , timer(store)
    {
        timer.setSingleShot(true);
    }

    MemoryStore *q;
    QTimer timer; // of the store's thread
    QElapsedTimer sinceFlush; // of the store's thread

    mutable QMutex mutex; // guards all below
    std::map<ExchangeId, Record> records;
    std::set<ExchangeId> ended; // in sight
    qsizetype visible = 0;
    ExchangeId lastId = 0;
    qint64 cost = 0;
    qint64 limit = DefaultMemoryLimit;
    qsizetype evicted = 0;

    std::set<ExchangeId> added;
    std::set<ExchangeId> changed;
    std::set<ExchangeId> removed;
    bool isFlushScheduled = false;

    Record *find(ExchangeId id)
    {
        const auto found = records.find(id);
        return found == records.end() ? nullptr : &found->second;
    }

    const Record *findVisible(ExchangeId id) const
    {
        const auto found = records.find(id);
        return found == records.end() || found->second.isRemoved ? nullptr : &found->second;
    }

    template <class Function>
    void apply(ExchangeId id, qint64 octets, Function function)
    {
        const QMutexLocker lock(&mutex);
        Record *record = find(id);
        if (!record)
            return;
        function(record->builder);
        record->cost += octets;
        cost += octets;
        noteChange(id, *record);
        if (octets > 0)
            evict();
    }

    template <class Function>
    void annotate(const QList<ExchangeId> &ids, Function function)
    {
        const QMutexLocker lock(&mutex);
        for (const ExchangeId id : ids) {
            if (Record *record = find(id)) {
                function(record->builder.exchange().summary);
                noteChange(id, *record);
            }
        }
    }

    void noteChange(ExchangeId id, const Record &record)
    {
        if (record.isRemoved || added.contains(id))
            return;
        changed.insert(id);
        scheduleFlush();
    }

    void noteRemoval(ExchangeId id)
    {
        changed.erase(id);
        if (added.erase(id) == 0) // else nobody has heard of it
            removed.insert(id);
        scheduleFlush();
    }

    void scheduleFlush()
    {
        if (isFlushScheduled)
            return;
        isFlushScheduled = true;
        QMetaObject::invokeMethod(
            q, [this] { startTimer(); }, Qt::QueuedConnection);
    }

    void startTimer()
    {
        const qint64 since = sinceFlush.isValid() ? sinceFlush.elapsed() : flushInterval;
        timer.start(int(qMax<qint64>(0, flushInterval - since)));
    }

    void flush()
    {
        QList<ExchangeId> addedNow;
        QList<ExchangeId> changedNow;
        QList<ExchangeId> removedNow;
        {
            const QMutexLocker lock(&mutex);
            isFlushScheduled = false;
            addedNow = QList<ExchangeId>(added.begin(), added.end());
            changedNow = QList<ExchangeId>(changed.begin(), changed.end());
            removedNow = QList<ExchangeId>(removed.begin(), removed.end());
            added.clear();
            changed.clear();
            removed.clear();
        }
        sinceFlush.start();
        if (!removedNow.isEmpty())
            Q_EMIT q->removed(removedNow);
        if (!addedNow.isEmpty())
            Q_EMIT q->added(addedNow);
        if (!changedNow.isEmpty())
            Q_EMIT q->changed(changedNow);
    }

    void erase(ExchangeId id, Record &record)
    {
        cost -= record.cost;
        ended.erase(id);
        records.erase(id);
    }

    // Out of sight; gone at once unless its recorder still writes.
    void remove(ExchangeId id, Record &record)
    {
        if (record.isRemoved)
            return;
        --visible;
        noteRemoval(id);
        if (ended.contains(id))
            erase(id, record);
        else
            record.isRemoved = true;
    }

    void evict()
    {
        while (cost > limit && !ended.empty()) {
            const ExchangeId oldest = *ended.begin();
            remove(oldest, records.at(oldest));
            ++evicted;
        }
    }
};

MemoryStore::MemoryStore(QObject *parent)
    : Store(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->timer, &QTimer::timeout, this, [this] { d->flush(); });
}

MemoryStore::~MemoryStore() = default;

void MemoryStore::setMemoryLimit(qint64 octets)
{
    const QMutexLocker lock(&d->mutex);
    d->limit = octets;
}

qint64 MemoryStore::memoryLimit() const
{
    const QMutexLocker lock(&d->mutex);
    return d->limit;
}

qsizetype MemoryStore::count() const
{
    const QMutexLocker lock(&d->mutex);
    return d->visible;
}

QList<ExchangeId> MemoryStore::ids(ExchangeId first, qsizetype limit) const
{
    const QMutexLocker lock(&d->mutex);
    QList<ExchangeId> result;
    result.reserve(limit < 0 ? d->visible : qMin(limit, d->visible));
    for (auto it = d->records.lower_bound(first); it != d->records.end(); ++it) {
        if (limit >= 0 && result.size() >= limit)
            break;
        if (!it->second.isRemoved)
            result.append(it->first);
    }
    return result;
}

std::optional<Summary> MemoryStore::summary(ExchangeId id) const
{
    const QMutexLocker lock(&d->mutex);
    const Record *record = d->findVisible(id);
    return record ? std::optional(record->summary()) : std::nullopt;
}

QList<Summary> MemoryStore::summaries(const QList<ExchangeId> &ids) const
{
    const QMutexLocker lock(&d->mutex);
    QList<Summary> result;
    for (const ExchangeId id : ids) {
        if (const Record *record = d->findVisible(id))
            result.append(record->summary());
    }
    return result;
}

std::optional<Exchange> MemoryStore::exchange(ExchangeId id, qint64 octetLimit) const
{
    std::optional<Exchange> result;
    {
        const QMutexLocker lock(&d->mutex);
        if (const Record *record = d->findVisible(id))
            result = record->builder.exchange();
    }
    if (result) {
        limitOctets(result->request, octetLimit);
        limitOctets(result->response, octetLimit);
        for (Message &interim : result->interim)
            limitOctets(interim, octetLimit);
    }
    return result;
}

void MemoryStore::readOctets(
    ExchangeId id, int message, const std::function<bool(const Octets &)> &take) const
{
    readOctetsFrom(id, message, 0, [&take](const Octets &octets, qint64) { return take(octets); });
}

void MemoryStore::readOctetsFrom(ExchangeId id, int message, qint64 mark,
    const std::function<bool(const Octets &, qint64 mark)> &take) const
{
    QList<Octets> pieces; // shared with the record
    {
        const QMutexLocker lock(&d->mutex);
        if (const Record *record = d->findVisible(id))
            pieces = octetsOf(record->builder.exchange(), message);
    }
    for (qsizetype i = std::max<qint64>(0, mark); i < pieces.size(); ++i) {
        if (!take(pieces.at(i), i))
            return;
    }
}

std::unique_ptr<Search> MemoryStore::search(const Query &query)
{
    return std::make_unique<MemorySearch>(*this, query);
}

QList<HostCount> MemoryStore::hosts() const
{
    std::map<QString, qint64> counts;
    {
        const QMutexLocker lock(&d->mutex);
        for (const auto &[id, record] : d->records) {
            if (!record.isRemoved)
                ++counts[record.summary().host];
        }
    }
    QList<HostCount> result;
    for (const auto &[host, count] : counts)
        result.append({ host, count });
    return result;
}

void MemoryStore::setNote(const QList<ExchangeId> &ids, const QString &note)
{
    d->annotate(ids, [&note](Summary &summary) { summary.note = note; });
}

void MemoryStore::setMark(const QList<ExchangeId> &ids, Mark mark)
{
    d->annotate(ids, [mark](Summary &summary) { summary.mark = mark; });
}

void MemoryStore::remove(const QList<ExchangeId> &ids)
{
    const QMutexLocker lock(&d->mutex);
    for (const ExchangeId id : ids) {
        if (Record *record = d->find(id))
            d->remove(id, *record);
    }
}

void MemoryStore::clear() { remove(ids()); }

StoreStatus MemoryStore::status() const
{
    const QMutexLocker lock(&d->mutex);
    StoreStatus result;
    result.memoryOctets = d->cost;
    result.lostExchanges = d->evicted;
    return result;
}

ExchangeId MemoryStore::begin(const Summary &summary)
{
    const QMutexLocker lock(&d->mutex);
    const ExchangeId id = ++d->lastId;
    Record &record = d->records[id];
    record.builder.begin(summary);
    record.builder.exchange().summary.id = id;
    d->cost += record.cost;
    ++d->visible;
    d->added.insert(id);
    d->scheduleFlush();
    d->evict();
    return id;
}

void MemoryStore::setSummary(ExchangeId id, const Summary &summary)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setSummary(id, summary); });
}

void MemoryStore::setConnection(ExchangeId id, const Connection &connection)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setConnection(id, connection); });
}

void MemoryStore::setTimings(ExchangeId id, const Timings &timings)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setTimings(id, timings); });
}

void MemoryStore::setHead(ExchangeId id, int message, const Message &head)
{
    d->apply(id, head.startLine.size() + costOf(head.fields),
        [&](Sink &sink) { sink.setHead(id, message, head); });
}

void MemoryStore::addOctets(ExchangeId id, int message, const Octets &octets)
{
    d->apply(id, octets.octets.size() + pieceCost,
        [&](Sink &sink) { sink.addOctets(id, message, octets); });
}

void MemoryStore::addUnkept(ExchangeId id, int message, Part part, qint64 count)
{
    d->apply(id, 0, [&](Sink &sink) { sink.addUnkept(id, message, part, count); });
}

void MemoryStore::addChunk(ExchangeId id, int message, const Chunk &chunk)
{
    d->apply(id, qint64(sizeof(Chunk)) + chunk.extensions.size(),
        [&](Sink &sink) { sink.addChunk(id, message, chunk); });
}

void MemoryStore::setTrailers(ExchangeId id, int message, const FieldList &trailers)
{
    d->apply(id, costOf(trailers), [&](Sink &sink) { sink.setTrailers(id, message, trailers); });
}

void MemoryStore::setEnd(ExchangeId id, int message, qint64 time)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setEnd(id, message, time); });
}

void MemoryStore::addEvent(ExchangeId id, const Event &event)
{
    d->apply(id, qint64(sizeof(Event)) + 2 * event.detail.size(),
        [&](Sink &sink) { sink.addEvent(id, event); });
}

void MemoryStore::setFailure(ExchangeId id, const Failure &failure)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setFailure(id, failure); });
}

void MemoryStore::setClient(ExchangeId id, const Connection &client)
{
    d->apply(id, 0, [&](Sink &sink) { sink.setClient(id, client); });
}

void MemoryStore::addChange(ExchangeId id, const Change &change)
{
    d->apply(id, qint64(sizeof(Change)) + change.before.size() + change.after.size(),
        [&](Sink &sink) { sink.addChange(id, change); });
}

void MemoryStore::end(ExchangeId id)
{
    const QMutexLocker lock(&d->mutex);
    Record *record = d->find(id);
    if (!record)
        return;
    if (record->isRemoved) {
        d->erase(id, *record);
        return;
    }
    d->ended.insert(id);
    d->noteChange(id, *record);
    d->evict();
}

} // namespace headrace::exchange
