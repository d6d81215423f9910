#include "exchange/octetsource.h"

#include <algorithm>
#include <utility>

namespace headrace::exchange {

MemoryOctets::MemoryOctets(const QByteArray &octets)
    : m_octets(octets)
{
}

qint64 MemoryOctets::size() const { return m_octets.size(); }

QByteArray MemoryOctets::read(qint64 offset, qint64 length) const
{
    const qint64 begin = std::clamp<qint64>(offset, 0, m_octets.size());
    return m_octets.mid(begin, std::clamp<qint64>(length, 0, m_octets.size() - begin));
}

bool MemoryOctets::isInMemory() const { return true; }

OctetSlice::OctetSlice(OctetSourcePointer whole, qint64 begin, qint64 size)
    : m_whole(std::move(whole))
    , m_begin(std::clamp<qint64>(begin, 0, m_whole->size()))
    , m_size(std::clamp<qint64>(size, 0, m_whole->size() - m_begin))
{
}

qint64 OctetSlice::size() const { return m_size; }

QByteArray OctetSlice::read(qint64 offset, qint64 length) const
{
    const qint64 begin = std::clamp<qint64>(offset, 0, m_size);
    return m_whole->read(m_begin + begin, std::clamp<qint64>(length, 0, m_size - begin));
}

bool OctetSlice::isInMemory() const { return m_whole->isInMemory(); }

} // namespace headrace::exchange
