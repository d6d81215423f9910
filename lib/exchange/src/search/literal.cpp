#include "search/literal.h"

#include <QtEndian>

#include <string.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace headrace::exchange::search {

namespace {

using Lanes = unsigned char __attribute__((vector_size(16)));
constexpr qsizetype lanes = 16;

// How often octets are in JSON, HTML and scripts, the most frequent first; those left out are rare.
constexpr char frequentOctets[] = " \"etaosnric0dl1,:/p2m-ufhg.3_by=54v<>67;98wk\n{}()CxATSEjIqDPR"
                                  "NMLOz[]BFUHG'\\&#%V+W?KYJ*!$|X@QZ~^`\t\r";

constexpr std::array<quint8, 256> ranks = [] {
    std::array<quint8, 256> result {};
    quint8 rank = 255;
    for (const char octet : frequentOctets) {
        if (octet != 0)
            result[size_t(static_cast<unsigned char>(octet))] = rank--;
    }
    result[0] = 200; // binary data is full of it
    result[255] = 120;
    return result;
}();

constexpr bool isLetter(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

constexpr char lower(char octet)
{
    return octet >= 'A' && octet <= 'Z' ? char(octet | 0x20) : octet;
}

int rankOf(char octet, bool isCaseSensitive)
{
    const auto rank
        = [](char each) { return int(ranks[size_t(static_cast<unsigned char>(each))]); };
    if (isCaseSensitive || !isLetter(octet))
        return rank(octet);
    return std::max(rank(lower(octet)), rank(char(lower(octet) & ~0x20)));
}

/// In the order of memory, from the least significant octet on.
std::array<quint64, 2> halvesOf(const Lanes &lanes)
{
    std::array<quint64, 2> halves;
    std::memcpy(&halves, &lanes, sizeof halves);
    return { qFromLittleEndian(halves[0]), qFromLittleEndian(halves[1]) };
}

bool isAny(const Lanes &lanes)
{
    const auto halves = halvesOf(lanes);
    return (halves[0] | halves[1]) != 0;
}

/// An octet, or a letter in either case.
class Wanted
{
public:
    Wanted(char octet, bool isCaseSensitive)
        : m_octet(octet)
        , m_bit(!isCaseSensitive && isLetter(octet) ? 0x20 : 0)
    {
        std::memset(&m_octets, m_octet, sizeof m_octets);
        std::memset(&m_bits, m_bit, sizeof m_bits);
    }

    // A letter with this bit set is the lower case one, and no other octet becomes it.
    bool isAt(const char *place) const { return (*place | m_bit) == m_octet; }

    Lanes isIn(const char *places) const
    {
        Lanes octets;
        std::memcpy(&octets, places, sizeof octets);
        return Lanes((octets | m_bits) == m_octets);
    }

private:
    Lanes m_octets;
    Lanes m_bits;
    char m_octet;
    char m_bit;
};

} // namespace

Literal::Literal(const QByteArray &octets, bool isCaseSensitive)
    : m_octets(octets)
    , m_isCaseSensitive(isCaseSensitive)
{
    if (!isCaseSensitive)
        std::transform(m_octets.begin(), m_octets.end(), m_octets.begin(), lower);
    const auto rank = [&](qsizetype i) { return rankOf(m_octets[i], isCaseSensitive); };
    qsizetype rarest = 0;
    for (qsizetype i = 1; i < m_octets.size(); ++i) {
        if (rank(i) < rank(rarest))
            rarest = i;
    }
    qsizetype next = rarest == 0 ? m_octets.size() - 1 : 0;
    for (qsizetype i = 0; i < m_octets.size(); ++i) {
        // Equal octets tell less than different ones.
        const bool isBetter = rank(i) < rank(next) || m_octets[next] == m_octets[rarest];
        if (i != rarest && m_octets[i] != m_octets[rarest] && isBetter)
            next = i;
    }
    m_first = std::min(rarest, next);
    m_second = std::max(rarest, next);
}

bool Literal::isAt(const char *place) const
{
    if (m_isCaseSensitive)
        return std::memcmp(place, m_octets.constData(), size_t(m_octets.size())) == 0;
    for (qsizetype i = 0; i < m_octets.size(); ++i) {
        if (lower(place[i]) != m_octets[i])
            return false;
    }
    return true;
}

qsizetype Literal::indexIn(QByteArrayView octets) const
{
    const qsizetype places = octets.size() - m_octets.size() + 1;
    const char *data = octets.data();
    const Wanted first(m_octets[m_first], m_isCaseSensitive);
    const Wanted second(m_octets[m_second], m_isCaseSensitive);
    const auto hits = [&](qsizetype at) {
        return first.isIn(data + at + m_first) & second.isIn(data + at + m_second);
    };
    constexpr qsizetype block = 4 * lanes;
    qsizetype compared = 0;
    qsizetype i = 0;
    while (i + block <= places) {
        const Lanes found[] { hits(i), hits(i + lanes), hits(i + 2 * lanes), hits(i + 3 * lanes) };
        if (!isAny((found[0] | found[1]) | (found[2] | found[3]))) {
            i += block;
            continue;
        }
        for (const Lanes &each : found) {
            for (const quint64 half : halvesOf(each)) {
                for (quint64 rest = half; rest != 0;) {
                    const int bit = std::countr_zero(rest) & ~7;
                    if (isAt(data + i + bit / 8))
                        return i + bit / 8;
                    compared += m_octets.size();
                    rest &= ~(quint64(0xff) << bit);
                }
                i += lanes / 2;
            }
        }
        if (compared > 8 * i + 4096)
            return linearIndexIn(octets, i);
    }
    for (; i < places; ++i) {
        if (first.isAt(data + i + m_first) && isAt(data + i))
            return i;
    }
    return -1;
}

/// For literals that nearly match all over the place.
qsizetype Literal::linearIndexIn(QByteArrayView octets, qsizetype from) const
{
    const QByteArrayView rest = octets.sliced(from);
    QByteArray folded;
    const char *begin = rest.data();
    if (!m_isCaseSensitive) {
        folded.resize(rest.size());
        std::transform(rest.begin(), rest.end(), folded.begin(), lower);
        begin = folded.constData();
    }
    const void *found
        = ::memmem(begin, size_t(rest.size()), m_octets.constData(), size_t(m_octets.size()));
    return found ? from + (static_cast<const char *>(found) - begin) : -1;
}

} // namespace headrace::exchange::search
