#pragma once

#include <QByteArray>
#include <QString>

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

    /// Seven bits an octet, the lowest first; the highest bit says that more follow.
    void addNumber(quint64 value)
    {
        char octets[10];
        qsizetype count = 0;
        while (value >= 0x80) {
            octets[count++] = char(value | 0x80);
            value >>= 7;
        }
        octets[count++] = char(value);
        m_target.append(octets, count);
    }

    /// Zigzag, so that small negative numbers are short too.
    void addSigned(qint64 value) { addNumber((quint64(value) << 1) ^ quint64(value >> 63)); }

    void addOctets(QByteArrayView octets)
    {
        addNumber(quint64(octets.size()));
        m_target.append(octets.data(), octets.size());
    }

    void addText(const QString &text) { addOctets(text.toUtf8()); }

private:
    QByteArray &m_target;
};

} // namespace headrace::store
