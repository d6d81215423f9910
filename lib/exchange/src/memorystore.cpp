#include "exchange/memorystore.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QTimer>

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
    Exchange exchange;
    qint64 cost = recordCost;
    bool isRemoved = false; // out of sight, until its recorder ends it

    Message &message(int which)
    {
        if (which < 0)
            return exchange.request;
        if (which == 0)
            return exchange.response;
        while (exchange.interim.size() < which)
            exchange.interim.append(Message());
        return exchange.interim[which - 1];
    }

    Summary summary() const
    {
        Summary result = exchange.summary;
        result.requestBodyOctets = exchange.request.bodyOctets;
        result.responseBodyOctets = exchange.response.bodyOctets;
        return result;
    }
};

void countOctets(Message &message, Part part, qint64 count)
{
    message.wireOctets += count;
    if (part == Part::Body)
        message.bodyOctets += count;
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

    void charge(Record &record, qint64 octets)
    {
        record.cost += octets;
        cost += octets;
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

std::optional<Exchange> MemoryStore::exchange(ExchangeId id) const
{
    const QMutexLocker lock(&d->mutex);
    const Record *record = d->findVisible(id);
    if (!record)
        return std::nullopt;
    Exchange result = record->exchange;
    result.summary = record->summary();
    return result;
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

qint64 MemoryStore::memoryOctets() const
{
    const QMutexLocker lock(&d->mutex);
    return d->cost;
}

qsizetype MemoryStore::evictedCount() const
{
    const QMutexLocker lock(&d->mutex);
    return d->evicted;
}

ExchangeId MemoryStore::begin(const Summary &summary)
{
    const QMutexLocker lock(&d->mutex);
    const ExchangeId id = ++d->lastId;
    Record &record = d->records[id];
    record.exchange.summary = summary;
    record.exchange.summary.id = id;
    d->cost += record.cost;
    ++d->visible;
    d->added.insert(id);
    d->scheduleFlush();
    d->evict();
    return id;
}

void MemoryStore::setSummary(ExchangeId id, const Summary &summary)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->exchange.summary = summary;
        record->exchange.summary.id = id;
        d->noteChange(id, *record);
    }
}

void MemoryStore::setConnection(ExchangeId id, const Connection &connection)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->exchange.connection = connection;
        d->noteChange(id, *record);
    }
}

void MemoryStore::setTimings(ExchangeId id, const Timings &timings)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->exchange.timings = timings;
        d->noteChange(id, *record);
    }
}

void MemoryStore::setHead(ExchangeId id, int message, const Message &head)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        Message &target = record->message(message);
        target.startLine = head.startLine;
        target.fields = head.fields;
        target.statusCode = head.statusCode;
        target.reason = head.reason;
        target.httpVersion = head.httpVersion;
        target.headTime = head.headTime;
        d->charge(*record, head.startLine.size() + costOf(head.fields));
        d->noteChange(id, *record);
        d->evict();
    }
}

void MemoryStore::addOctets(ExchangeId id, int message, const Octets &octets)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        Message &target = record->message(message);
        target.octets.append(octets);
        countOctets(target, octets.part, octets.octets.size());
        d->charge(*record, octets.octets.size() + pieceCost);
        d->noteChange(id, *record);
        d->evict();
    }
}

void MemoryStore::addUnkept(ExchangeId id, int message, Part part, qint64 count)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        Message &target = record->message(message);
        target.isTruncated = true;
        countOctets(target, part, count);
        d->noteChange(id, *record);
    }
}

void MemoryStore::addChunk(ExchangeId id, int message, const Chunk &chunk)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->message(message).chunks.append(chunk);
        d->charge(*record, qint64(sizeof(Chunk)) + chunk.extensions.size());
        d->noteChange(id, *record);
    }
}

void MemoryStore::setTrailers(ExchangeId id, int message, const FieldList &trailers)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->message(message).trailers = trailers;
        d->charge(*record, costOf(trailers));
        d->noteChange(id, *record);
    }
}

void MemoryStore::setEnd(ExchangeId id, int message, qint64 time)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->message(message).endTime = time;
        d->noteChange(id, *record);
    }
}

void MemoryStore::addEvent(ExchangeId id, const Event &event)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->exchange.events.append(event);
        d->charge(*record, qint64(sizeof(Event)) + 2 * event.detail.size());
        d->noteChange(id, *record);
    }
}

void MemoryStore::setFailure(ExchangeId id, const Failure &failure)
{
    const QMutexLocker lock(&d->mutex);
    if (Record *record = d->find(id)) {
        record->exchange.failure = failure;
        d->noteChange(id, *record);
    }
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
