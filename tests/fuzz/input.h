#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <cstddef>
#include <cstdint>

namespace headrace::fuzz {

/** What libFuzzer gives, read as a number of choices and then octets: the first \a choices octets choose what
    is done, the rest is what is sent. Missing choices are 0, so every input is one. */
class Input
{
public:
    Input(const uint8_t *data, size_t size, qsizetype choices)
        : m_choices(reinterpret_cast<const char *>(data), qMin(qsizetype(size), choices))
        , m_octets(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)).mid(choices))
    {
    }

    /// One of \a count alternatives, from the next choice.
    int choose(int count)
    {
        const int choice = m_next < m_choices.size() ? uchar(m_choices.at(m_next)) : 0;
        ++m_next;
        return choice % count;
    }

    bool flip() { return choose(2) == 1; }

    const QByteArray &octets() const { return m_octets; }

private:
    QByteArray m_choices;
    QByteArray m_octets;
    qsizetype m_next = 0;
};

/// \a octets in uneven pieces, of which the first has \a size: 0 is whole, 1 is octet by octet.
inline QByteArrayList cut(const QByteArray &octets, int size)
{
    if (size == 0)
        return { octets };
    QByteArrayList pieces;
    qsizetype at = 0;
    qsizetype next = size;
    while (at < octets.size()) {
        pieces.append(octets.mid(at, next));
        at += next;
        if (size > 1)
            next = next % 7 * 3 + size % 5 + 1; // the same in every run
    }
    return pieces;
}

} // namespace headrace::fuzz
