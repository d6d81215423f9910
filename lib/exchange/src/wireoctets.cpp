#include "exchange/wireoctets.h"

#include <algorithm>

namespace headrace::exchange {

WireOctets::WireOctets(std::shared_ptr<const Exchange> exchange, Direction direction)
    : m_exchange(std::move(exchange))
{
    if (direction == Direction::Request) {
        add(m_exchange->request);
        return;
    }
    for (const Message &interim : m_exchange->interim) {
        if (!add(interim))
            return;
    }
    add(m_exchange->response);
}

/// Whether all of the message is there.
bool WireOctets::add(const Message &message)
{
    const qint64 begin = m_size;
    for (const Octets &piece : message.octets) {
        if (piece.octets.isEmpty())
            continue;
        m_pieces.append(&piece.octets);
        m_begins.append(m_size);
        m_size += piece.octets.size();
    }
    return m_size - begin >= message.wireOctets;
}

qint64 WireOctets::size() const { return m_size; }

QByteArray WireOctets::read(qint64 offset, qint64 length) const
{
    const qint64 end = std::min(m_size, offset + std::max<qint64>(0, length));
    if (offset < 0 || offset >= end)
        return {};
    const auto after = std::upper_bound(m_begins.cbegin(), m_begins.cend(), offset);
    QByteArray octets;
    octets.reserve(end - offset);
    for (qsizetype i = std::distance(m_begins.cbegin(), after) - 1; offset < end; ++i) {
        const QByteArray &piece = *m_pieces.at(i);
        const qint64 begin = offset - m_begins.at(i);
        const qint64 count = std::min(end - offset, piece.size() - begin);
        octets.append(piece.constData() + begin, count);
        offset += count;
    }
    return octets;
}

bool WireOctets::isInMemory() const { return true; }

} // namespace headrace::exchange
