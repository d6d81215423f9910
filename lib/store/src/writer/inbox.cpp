#include "writer/inbox.h"

#include <algorithm>

namespace headrace::store {

using exchange::ExchangeId;

namespace {

constexpr qint64 entryCost = 600; // what an exchange takes beside its log, about

} // namespace

void Inbox::startAfter(ExchangeId last)
{
    const QMutexLocker lock(&m_mutex);
    m_lastId = std::max(m_lastId, last);
}

void Inbox::setLimits(qint64 recordingOctets, qint64 delayedOctets)
{
    const QMutexLocker lock(&m_mutex);
    m_recordingLimit = recordingOctets;
    m_delayedLimit = delayedOctets;
}

void Inbox::setAccepting(bool isAccepting)
{
    const QMutexLocker lock(&m_mutex);
    m_isAccepting = isAccepting;
    m_room.wakeAll();
}

void Inbox::setDelayed(bool isDelayed)
{
    const QMutexLocker lock(&m_mutex);
    m_isDelayed = isDelayed;
    m_room.wakeAll();
}

std::optional<exchange::Summary> Inbox::summary(ExchangeId id) const
{
    const QMutexLocker lock(&m_mutex);
    const auto entry = m_entries.find(id);
    return entry == m_entries.end() ? std::nullopt
                                    : std::optional(entry->second.exchange.summary());
}

std::optional<Inbox::Waiting> Inbox::find(ExchangeId id) const
{
    const QMutexLocker lock(&m_mutex);
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end())
        return std::nullopt;
    Waiting result;
    result.summary = entry->second.exchange.summary();
    const auto written = m_inBatch.find(id);
    if (written != m_inBatch.end())
        result.segments = written->second->segments;
    result.segments += entry->second.exchange.segments();
    return result;
}

qint64 Inbox::octets() const
{
    const QMutexLocker lock(&m_mutex);
    return m_octets + (m_batch ? m_batch->octets : 0);
}

qint64 Inbox::lostCount() const
{
    const QMutexLocker lock(&m_mutex);
    return m_lost;
}

bool Inbox::isFull() const
{
    const QMutexLocker lock(&m_mutex);
    return m_isDelayed && m_octets > m_delayedLimit;
}

void Inbox::annotate(
    const QList<ExchangeId> &ids, const std::function<void(exchange::Summary &)> &change)
{
    const QMutexLocker lock(&m_mutex);
    for (const ExchangeId id : ids) {
        const auto entry = m_entries.find(id);
        if (entry != m_entries.end())
            entry->second.exchange.annotate(change);
    }
}

void Inbox::forget(const QList<ExchangeId> &ids)
{
    const QMutexLocker lock(&m_mutex);
    for (const ExchangeId id : ids) {
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end())
            continue;
        m_octets -= entry->second.exchange.logOctets() + (entry->second.isDirty ? entryCost : 0);
        m_entries.erase(entry);
    }
    m_room.wakeAll();
}

void Inbox::forgetAll()
{
    const QMutexLocker lock(&m_mutex);
    m_entries.clear();
    m_dirty.clear();
    m_octets = 0;
    m_room.wakeAll();
}

void Inbox::endAll()
{
    const QMutexLocker lock(&m_mutex);
    for (auto &[id, entry] : m_entries) {
        if (entry.exchange.isEnded())
            continue;
        entry.exchange.cutOff();
        noteDirty(id, entry);
    }
}

void Inbox::wait(QDeadlineTimer deadline)
{
    const QMutexLocker lock(&m_mutex);
    while (m_dirty.empty() && !m_isAwake && m_work.wait(&m_mutex, deadline)) { }
    m_isAwake = false;
}

void Inbox::pause(QDeadlineTimer deadline)
{
    const QMutexLocker lock(&m_mutex);
    while (!m_isAwake && m_work.wait(&m_mutex, deadline)) { }
}

void Inbox::wake()
{
    const QMutexLocker lock(&m_mutex);
    m_isAwake = true;
    m_work.wakeAll();
}

bool Inbox::isEmpty() const
{
    const QMutexLocker lock(&m_mutex);
    return m_dirty.empty() && !m_batch;
}

std::shared_ptr<const Batch> Inbox::takeBatch()
{
    const QMutexLocker lock(&m_mutex);
    Q_ASSERT(!m_batch);
    auto batch = std::make_shared<Batch>();
    std::sort(m_dirty.begin(), m_dirty.end());
    batch->items.reserve(m_dirty.size());
    for (const ExchangeId id : m_dirty) {
        const auto found = m_entries.find(id);
        if (found == m_entries.end())
            continue; // forgotten
        Entry &entry = found->second;
        Batch::Item item;
        item.id = id;
        item.isNew = !entry.isInFile;
        item.isEnded = entry.exchange.isEnded();
        if (entry.exchange.isRowChanged())
            item.row = entry.exchange.takeRow();
        item.segments = entry.exchange.takeSegments();
        entry.isDirty = false;
        entry.isClosed = item.isEnded;
        batch->items.push_back(std::move(item));
    }
    batch->octets = m_octets;
    m_octets = 0;
    m_dirty.clear();
    for (const Batch::Item &item : batch->items)
        m_inBatch.emplace(item.id, &item);
    m_batch = batch;
    return batch;
}

void Inbox::batchWritten()
{
    const QMutexLocker lock(&m_mutex);
    for (const Batch::Item &item : m_batch->items) {
        const auto found = m_entries.find(item.id);
        if (found == m_entries.end())
            continue;
        found->second.isInFile = true;
        if (found->second.isClosed && !found->second.isDirty)
            m_entries.erase(found);
    }
    m_inBatch.clear();
    m_batch.reset();
    m_room.wakeAll();
}

bool Inbox::waitForRoom()
{
    bool hasWaited = false;
    while (m_isAccepting && !m_isDelayed
        && m_octets + (m_batch ? m_batch->octets : 0) > m_recordingLimit) {
        m_room.wait(&m_mutex);
        hasWaited = true;
    }
    return hasWaited;
}

void Inbox::noteDirty(ExchangeId id, Entry &entry)
{
    if (entry.isDirty)
        return;
    entry.isDirty = true;
    m_octets += entryCost;
    if (m_dirty.empty())
        m_work.wakeAll();
    m_dirty.push_back(id);
}

template <class Function>
void Inbox::apply(ExchangeId id, Function function)
{
    const QMutexLocker lock(&m_mutex);
    auto found = m_entries.find(id);
    if (found != m_entries.end() && waitForRoom())
        found = m_entries.find(id); // it may have been forgotten meanwhile
    if (found == m_entries.end())
        return;
    Entry &entry = found->second;
    if (m_isDelayed && m_octets > m_delayedLimit)
        entry.exchange.stopKeeping();
    const qint64 before = entry.exchange.logOctets();
    function(entry.exchange);
    m_octets += entry.exchange.logOctets() - before;
    noteDirty(id, entry);
}

ExchangeId Inbox::begin(const exchange::Summary &summary)
{
    const QMutexLocker lock(&m_mutex);
    waitForRoom();
    if (!m_isAccepting || (m_isDelayed && m_octets > m_delayedLimit)) {
        ++m_lost;
        return 0;
    }
    const ExchangeId id = ++m_lastId;
    Entry &entry = m_entries[id];
    exchange::Summary named = summary;
    named.id = id;
    entry.exchange.begin(named);
    noteDirty(id, entry);
    return id;
}

void Inbox::setSummary(ExchangeId id, const exchange::Summary &summary)
{
    apply(id, [&](Sink &sink) { sink.setSummary(id, summary); });
}

void Inbox::setConnection(ExchangeId id, const exchange::Connection &connection)
{
    apply(id, [&](Sink &sink) { sink.setConnection(id, connection); });
}

void Inbox::setTimings(ExchangeId id, const exchange::Timings &timings)
{
    apply(id, [&](Sink &sink) { sink.setTimings(id, timings); });
}

void Inbox::setHead(ExchangeId id, int message, const exchange::Message &head)
{
    apply(id, [&](Sink &sink) { sink.setHead(id, message, head); });
}

void Inbox::addOctets(ExchangeId id, int message, const exchange::Octets &octets)
{
    apply(id, [&](Sink &sink) { sink.addOctets(id, message, octets); });
}

void Inbox::addUnkept(ExchangeId id, int message, exchange::Part part, qint64 count)
{
    apply(id, [&](Sink &sink) { sink.addUnkept(id, message, part, count); });
}

void Inbox::addChunk(ExchangeId id, int message, const exchange::Chunk &chunk)
{
    apply(id, [&](Sink &sink) { sink.addChunk(id, message, chunk); });
}

void Inbox::setTrailers(ExchangeId id, int message, const exchange::FieldList &trailers)
{
    apply(id, [&](Sink &sink) { sink.setTrailers(id, message, trailers); });
}

void Inbox::setEnd(ExchangeId id, int message, qint64 time)
{
    apply(id, [&](Sink &sink) { sink.setEnd(id, message, time); });
}

void Inbox::addEvent(ExchangeId id, const exchange::Event &event)
{
    apply(id, [&](Sink &sink) { sink.addEvent(id, event); });
}

void Inbox::setFailure(ExchangeId id, const exchange::Failure &failure)
{
    apply(id, [&](Sink &sink) { sink.setFailure(id, failure); });
}

void Inbox::setClient(ExchangeId id, const exchange::Connection &client)
{
    apply(id, [&](Sink &sink) { sink.setClient(id, client); });
}

void Inbox::addChange(ExchangeId id, const exchange::Change &change)
{
    apply(id, [&](Sink &sink) { sink.addChange(id, change); });
}

void Inbox::end(ExchangeId id)
{
    apply(id, [&](Sink &sink) { sink.end(id); });
}

} // namespace headrace::store
