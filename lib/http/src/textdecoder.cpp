#include "textdecoder.h"

#include <utility>

namespace headrace::http {

namespace {

/// Octets of the UTF-8 character that begins with \a lead (RFC 3629 section 3); 0: it continues one.
int sizeByLead(uchar lead)
{
    if (lead >= 0xf0)
        return 4;
    if (lead >= 0xe0)
        return 3;
    if (lead >= 0xc0)
        return 2;
    return lead < 0x80 ? 1 : 0;
}

qsizetype cutOfUtf8(const QByteArray &octets)
{
    for (qsizetype back = 1; back <= 3 && back <= octets.size(); ++back) {
        if (const int size = sizeByLead(uchar(octets[octets.size() - back])))
            return size > back ? back : 0;
    }
    return 0;
}

/// RFC 2781 section 2.2: a high surrogate waits for the low one.
qsizetype cutOfUtf16(const QByteArray &octets, bool bigEndian)
{
    const qsizetype half = octets.size() % 2;
    const qsizetype whole = octets.size() - half;
    if (whole == 0)
        return half;
    const auto high = uchar(octets[whole - (bigEndian ? 2 : 1)]);
    return (high & 0xfc) == 0xd8 ? half + 2 : half;
}

} // namespace

qsizetype TextDecoder::cutOctets() const
{
    switch (m_encoding) {
    case QStringConverter::Utf8:
    case QStringConverter::System:
        return cutOfUtf8(m_rest);
    case QStringConverter::Utf16:
    case QStringConverter::Utf16LE:
        return cutOfUtf16(m_rest, false);
    case QStringConverter::Utf16BE:
        return cutOfUtf16(m_rest, true);
    case QStringConverter::Utf32:
    case QStringConverter::Utf32LE:
    case QStringConverter::Utf32BE:
        return m_rest.size() % 4;
    case QStringConverter::Latin1:
        break;
    }
    return 0;
}

QString TextDecoder::decode(const QByteArray &octets)
{
    m_rest.append(octets);
    const qsizetype whole = m_rest.size() - cutOctets();
    if (whole == 0)
        return {};
    const QByteArray ready = m_rest.first(whole);
    m_rest.remove(0, whole);
    QStringDecoder decoder(
        m_encoding, QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    return decoder.decode(ready);
}

QString TextDecoder::finish()
{
    const QByteArray rest = std::exchange(m_rest, {});
    if (rest.isEmpty())
        return {};
    if (m_encoding == QStringConverter::Utf8 || m_encoding == QStringConverter::System)
        return QString(QChar::ReplacementCharacter);
    QStringDecoder decoder(m_encoding, QStringConverter::Flag::Stateless);
    return decoder.decode(QByteArrayView(rest).first(rest.size() / 2 * 2));
}

} // namespace headrace::http
