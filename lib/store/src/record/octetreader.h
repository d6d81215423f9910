#pragma once

#include <QByteArrayView>
#include <QString>

namespace headrace::store {

/// Reads what OctetWriter wrote. Beyond the end, or on nonsense, it answers zeroes and hasFailed() is true.
class OctetReader
{
public:
    explicit OctetReader(QByteArrayView octets)
        : m_octets(octets)
    {
    }

    bool atEnd() const { return m_at >= m_octets.size(); }

    bool hasFailed() const { return m_hasFailed; }

    quint8 byte()
    {
        if (atEnd()) {
            fail();
            return 0;
        }
        return quint8(m_octets[m_at++]);
    }

    quint64 number()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const quint8 octet = byte();
            value |= quint64(octet & 0x7f) << shift;
            if (octet < 0x80)
                return value;
        }
        fail();
        return 0;
    }

    qint64 signedNumber()
    {
        const quint64 value = number();
        return qint64(value >> 1) ^ -qint64(value & 1);
    }

    /// Borrowed from what is read.
    QByteArrayView octets()
    {
        const quint64 size = number();
        if (size > quint64(m_octets.size() - m_at)) {
            fail();
            return {};
        }
        const QByteArrayView result = m_octets.sliced(m_at, qsizetype(size));
        m_at += qsizetype(size);
        return result;
    }

    /// All that is left; borrowed.
    QByteArrayView rest()
    {
        const QByteArrayView result = m_octets.sliced(m_at);
        m_at = m_octets.size();
        return result;
    }

    QByteArray ownOctets() { return octets().toByteArray(); }

    QString text() { return QString::fromUtf8(octets()); }

private:
    void fail()
    {
        m_hasFailed = true;
        m_at = m_octets.size();
    }

    QByteArrayView m_octets;
    qsizetype m_at = 0;
    bool m_hasFailed = false;
};

} // namespace headrace::store
