#pragma once

#include <QByteArray>
#include <QString>

#include <algorithm>

namespace headrace::store {

/// Appends numbers and octets in the encoding of the log (see logformat.h) to a QByteArray.
class OctetWriter
{
public:
    explicit OctetWriter(QByteArray &target)
        : m_target(target)
    {
    }

    void addByte(quint8 value) { m_target.append(char(value)); }

    static constexpr qsizetype MaxNumber = 10; ///< Octets of a number.

    /// Seven bits an octet, the lowest first; the highest bit says that more follow. Answers how many \a octets it took.
    static qsizetype encodeNumber(quint64 value, char *octets)
    {
        qsizetype count = 0;
        while (value >= 0x80) {
            octets[count++] = char(value | 0x80);
            value >>= 7;
        }
        octets[count++] = char(value);
        return count;
    }

    void addNumber(quint64 value)
    {
        char octets[MaxNumber];
        m_target.append(octets, encodeNumber(value, octets));
    }

    /// Zigzag, so that small negative numbers are short too.
    void addSigned(qint64 value) { addNumber(zigzag(value)); }

    static qsizetype sizeOfSigned(qint64 value)
    {
        char octets[MaxNumber];
        return encodeNumber(zigzag(value), octets);
    }

    void addOctets(QByteArrayView octets)
    {
        addNumber(quint64(octets.size()));
        m_target.append(octets.data(), octets.size());
    }

    /// In UTF-8.
    void addText(QStringView text)
    {
        const bool isAscii
            = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
        if (!isAscii) {
            addOctets(text.toUtf8());
            return;
        }
        addNumber(quint64(text.size()));
        const qsizetype at = m_target.size();
        m_target.resize(at + text.size());
        std::transform(text.begin(), text.end(), m_target.begin() + at,
            [](QChar c) { return char(c.unicode()); });
    }

private:
    static quint64 zigzag(qint64 value) { return (quint64(value) << 1) ^ quint64(value >> 63); }

    QByteArray &m_target;
};

} // namespace headrace::store
