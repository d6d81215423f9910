#include "text/octetcache.h"

#include <algorithm>
#include <utility>

namespace headrace::ui {

OctetCache::OctetCache(QObject *parent)
    : QObject(parent)
{
}

void OctetCache::setSource(const exchange::OctetSourcePointer &source, bool isGrown)
{
    if (isGrown && m_source)
        m_pages.remove(m_source->size() / PageOctets); // the last one was short
    else
        m_pages.clear();
    m_source = source;
    m_wanted.clear();
    ++m_generation;
}

const exchange::OctetSourcePointer &OctetCache::source() const { return m_source; }

qint64 OctetCache::size() const { return m_source ? m_source->size() : 0; }

std::optional<QByteArray> OctetCache::window(qint64 offset, qint64 length)
{
    const qint64 begin = std::clamp<qint64>(offset, 0, size());
    const qint64 end = begin + std::clamp<qint64>(length, 0, size() - begin);
    if (begin == end)
        return QByteArray();
    if (m_source->isInMemory())
        return m_source->read(begin, end - begin);
    QByteArray octets;
    bool isHere = true;
    for (qint64 number = begin / PageOctets; number * PageOctets < end; ++number) {
        const QByteArray *page = m_pages.object(number);
        if (!page) {
            m_wanted.insert(number);
            isHere = false;
        } else if (isHere) {
            const qint64 pageBegin = number * PageOctets;
            const qint64 from = std::max(begin, pageBegin) - pageBegin;
            octets += page->mid(from, std::min(end, pageBegin + PageOctets) - pageBegin - from);
        }
    }
    if (isHere)
        return octets;
    readWanted();
    return std::nullopt;
}

QByteArray OctetCache::readNow(qint64 offset, qint64 length) const
{
    return m_source ? m_source->read(offset, length) : QByteArray();
}

// What was wanted while something was read and is not any more is left out: only the last window counts.
void OctetCache::readWanted()
{
    if (m_isReading || m_wanted.isEmpty())
        return;
    m_isReading = true;
    m_background.run(
        [source = m_source, wanted = std::exchange(m_wanted, {})] {
            QList<Page> pages;
            for (const qint64 number : wanted)
                pages.append({ number, source->read(number * PageOctets, PageOctets) });
            return pages;
        },
        [this, generation = m_generation](const QList<Page> &pages) { take(generation, pages); });
}

void OctetCache::take(quint64 generation, const QList<Page> &pages)
{
    m_isReading = false;
    if (generation == m_generation) {
        for (const Page &page : pages)
            m_pages.insert(page.number, new QByteArray(page.octets));
        m_wanted.clear();
    }
    Q_EMIT arrived(); // who looked at it asks again for what is missing
}

} // namespace headrace::ui
