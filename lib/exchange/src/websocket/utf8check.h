#pragma once

#include <QByteArrayView>

namespace headrace::exchange::websocket {

/// Whether octets that come in pieces are UTF-8. Source: RFC 3629 section 4.
class Utf8Check
{
public:
    void feed(QByteArrayView octets)
    {
        for (const char octet : octets)
            take(uchar(octet));
    }

    bool isGoodSoFar() const { return m_isGood; }

    bool isGoodAtEnd() const { return m_isGood && m_missing == 0; }

private:
    void take(uchar octet)
    {
        if (m_missing > 0) {
            m_isGood = m_isGood && octet >= m_least && octet <= m_most;
            m_least = 0x80;
            m_most = 0xbf;
            --m_missing;
        } else if (octet >= 0x80) {
            begin(octet);
        }
    }

    // Overlong forms, surrogates and what is beyond U+10FFFF are told by the second octet.
    void begin(uchar octet)
    {
        m_isGood = m_isGood && octet >= 0xc2 && octet <= 0xf4;
        m_missing = octet >= 0xf0 ? 3 : octet >= 0xe0 ? 2 : 1;
        if (octet == 0xe0)
            m_least = 0xa0;
        else if (octet == 0xed)
            m_most = 0x9f;
        else if (octet == 0xf0)
            m_least = 0x90;
        else if (octet == 0xf4)
            m_most = 0x8f;
    }

    uchar m_least = 0x80;
    uchar m_most = 0xbf;
    int m_missing = 0;
    bool m_isGood = true;
};

} // namespace headrace::exchange::websocket
