#include "exchange/storedoctets.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

constexpr qint64 entryDistance = 256 * 1024;
constexpr qsizetype mostArrivals = 100'000;

} // namespace

qint64 arrivalOf(const QList<Arrival> &arrivals, qint64 offset)
{
    const auto after = std::upper_bound(arrivals.begin(), arrivals.end(), offset,
        [](qint64 wanted, const Arrival &arrival) { return wanted < arrival.offset; });
    return after == arrivals.begin() ? -1 : std::prev(after)->time;
}

StoredOctets::StoredOctets(const Store &store, const Place &place)
    : m_store(store)
    , m_place(place)
    , m_entries({ Entry() })
{
    if (place.direction == Direction::Request) {
        m_messages = { -1 };
        return;
    }
    if (place.scope == Scope::Wire) {
        for (int i = 1; i <= place.interimCount; ++i)
            m_messages.append(i);
    }
    m_messages.append(0);
}

std::shared_ptr<const StoredOctets> StoredOctets::open(const Store &store, const Place &place,
    const std::shared_ptr<const StoredOctets> &before, const std::atomic_bool *isCanceled)
{
    const std::shared_ptr<StoredOctets> result(new StoredOctets(store, place));
    if (before && &before->m_store == &store && before->m_place == place) {
        result->m_entries = before->m_entries;
        result->m_last = before->m_last;
        result->m_arrivals = before->m_arrivals;
        // What lies at the last mark is read again.
        const auto later = std::lower_bound(result->m_arrivals.begin(), result->m_arrivals.end(),
            result->m_last.offset,
            [](const Arrival &arrival, qint64 offset) { return arrival.offset < offset; });
        result->m_arrivals.erase(later, result->m_arrivals.end());
    }
    return result->readOn(isCanceled) ? result : nullptr;
}

bool StoredOctets::isOf(Part part) const
{
    return m_place.scope == Scope::Wire || part == Part::Body;
}

bool StoredOctets::readOn(const std::atomic_bool *isCanceled)
{
    bool goesOn = true;
    m_size = m_last.offset;
    qint64 mark = m_last.mark;
    for (qsizetype step = m_last.step; step < m_messages.size() && goesOn; ++step, mark = 0) {
        m_store.readOctetsFrom(
            m_place.id, m_messages.at(step), mark, [&](const Octets &octets, qint64 at) {
                goesOn = !isCanceled || !*isCanceled;
                if (goesOn)
                    note(octets, at, step);
                return goesOn;
            });
    }
    return goesOn;
}

void StoredOctets::note(const Octets &octets, qint64 mark, qsizetype step)
{
    if (step != m_last.step || mark != m_last.mark) {
        m_last = { m_size, mark, step };
        const Entry &entry = m_entries.constLast();
        if (step != entry.step || m_size >= entry.offset + entryDistance)
            m_entries.append(m_last);
    }
    if (!isOf(octets.part) || octets.octets.isEmpty())
        return;
    const bool isNews = m_arrivals.isEmpty() || m_arrivals.constLast().time != octets.time;
    if (isNews && m_arrivals.size() < mostArrivals)
        m_arrivals.append({ m_size, octets.time });
    m_size += octets.octets.size();
}

qint64 StoredOctets::size() const { return m_size; }

QByteArray StoredOctets::read(qint64 offset, qint64 length) const
{
    const qint64 begin = std::clamp<qint64>(offset, 0, m_size);
    const qint64 wanted = std::clamp<qint64>(length, 0, m_size - begin);
    QByteArray result;
    if (wanted == 0)
        return result;
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), begin,
        [](qint64 at, const Entry &entry) { return at < entry.offset; });
    const Entry &entry = *std::prev(after);
    qint64 at = entry.offset;
    qint64 mark = entry.mark;
    const auto take = [&](const Octets &octets, qint64) {
        if (!isOf(octets.part))
            return true;
        const qint64 skipped = std::clamp<qint64>(begin - at, 0, octets.octets.size());
        const qint64 taken = std::min(wanted - result.size(), octets.octets.size() - skipped);
        result.append(octets.octets.constData() + skipped, taken);
        at += octets.octets.size();
        return result.size() < wanted;
    };
    result.reserve(wanted);
    for (qsizetype step = entry.step; step < m_messages.size() && result.size() < wanted; ++step) {
        m_store.readOctetsFrom(m_place.id, m_messages.at(step), mark, take);
        mark = 0;
    }
    return result;
}

const QList<Arrival> &StoredOctets::arrivals() const { return m_arrivals; }

} // namespace headrace::exchange
