#include "textcodec.h"

#include <algorithm>
#include <cstdint>

namespace headrace::script::textcodec {

namespace {

constexpr char16_t Replacement = 0xFFFD;

bool isAscii(QByteArrayView octets)
{
    return std::ranges::all_of(octets, [](char c) { return static_cast<signed char>(c) >= 0; });
}

/// One character, or one piece that is none: what of the input it takes.
struct Piece
{
    char32_t character = Replacement;
    qsizetype length = 1;
    bool isValid = false;
};

/// WHATWG Encoding, section 8.1.1 "UTF-8 decoder", from the octet at \a at.
Piece utf8Piece(QByteArrayView octets, qsizetype at)
{
    const auto octet = [&](qsizetype offset) { return uchar(octets[at + offset]); };
    const uchar lead = octet(0);
    if (lead < 0x80)
        return { lead, 1, true };
    int needed = 0;
    uchar lower = 0x80;
    uchar upper = 0xBF;
    char32_t character = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        needed = 1;
        character = lead & 0x1F;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        needed = 2;
        character = lead & 0x0F;
        lower = lead == 0xE0 ? 0xA0 : lower; // no overlong forms
        upper = lead == 0xED ? 0x9F : upper; // no surrogates
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        needed = 3;
        character = lead & 0x07;
        lower = lead == 0xF0 ? 0x90 : lower;
        upper = lead == 0xF4 ? 0x8F : upper; // nothing past U+10FFFF
    } else {
        return {};
    }
    for (int i = 1; i <= needed; ++i) {
        if (at + i >= octets.size() || octet(i) < lower || octet(i) > upper)
            return { Replacement, i, false };
        character = (character << 6) | (octet(i) & 0x3F);
        lower = 0x80;
        upper = 0xBF;
    }
    return { character, needed + 1, true };
}

QString fromUtf8(QByteArrayView octets)
{
    if (isAscii(octets))
        return QString::fromLatin1(octets);
    QString text(octets.size(), Qt::Uninitialized);
    auto *out = reinterpret_cast<char16_t *>(text.data());
    for (qsizetype at = 0; at < octets.size();) {
        const Piece piece = utf8Piece(octets, at);
        at += piece.length;
        if (QChar::requiresSurrogates(piece.character)) {
            *out++ = QChar::highSurrogate(piece.character);
            *out++ = QChar::lowSurrogate(piece.character);
        } else {
            *out++ = char16_t(piece.character);
        }
    }
    text.truncate(out - reinterpret_cast<const char16_t *>(text.constData()));
    return text;
}

QString fromAscii(QByteArrayView octets)
{
    QString text(octets.size(), Qt::Uninitialized);
    std::ranges::transform(octets, text.begin(), [](char c) { return QChar(uchar(c) & 0x7F); });
    return text;
}

QString fromUtf16(QByteArrayView octets)
{
    QString text(octets.size() / 2, Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i)
        text[i] = QChar(char16_t(uchar(octets[2 * i]) | (uchar(octets[2 * i + 1]) << 8)));
    return text;
}

QByteArray toUtf16(QStringView text)
{
    QByteArray octets(text.size() * 2, Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        octets[2 * i] = char(text[i].unicode() & 0xFF);
        octets[2 * i + 1] = char(text[i].unicode() >> 8);
    }
    return octets;
}

QByteArray toLatin1(QStringView text)
{
    QByteArray octets(text.size(), Qt::Uninitialized);
    std::ranges::transform(text, octets.begin(), [](QChar c) { return char(c.unicode() & 0xFF); });
    return octets;
}

int hexDigit(QChar c)
{
    const char16_t value = c.unicode();
    if (value >= u'0' && value <= u'9')
        return value - u'0';
    if ((value >= u'a' && value <= u'f') || (value >= u'A' && value <= u'F'))
        return (value | 0x20) - u'a' + 10;
    return -1;
}

QByteArray toHexOctets(QStringView text)
{
    QByteArray octets;
    octets.reserve(text.size() / 2);
    for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            break;
        octets.append(char(high * 16 + low));
    }
    return octets;
}

int base64Digit(QChar c)
{
    const char16_t value = c.unicode();
    if (value >= u'A' && value <= u'Z')
        return value - u'A';
    if (value >= u'a' && value <= u'z')
        return value - u'a' + 26;
    if (value >= u'0' && value <= u'9')
        return value - u'0' + 52;
    if (value == u'+' || value == u'-')
        return 62;
    if (value == u'/' || value == u'_')
        return 63;
    return -1;
}

QByteArray toBase64Octets(QStringView text)
{
    QByteArray octets;
    octets.reserve(text.size() * 3 / 4 + 3);
    uint32_t bits = 0;
    int count = 0;
    for (const QChar c : text) {
        if (c == u'=')
            break;
        const int digit = base64Digit(c);
        if (digit < 0)
            continue;
        bits = (bits << 6) | uint32_t(digit);
        if (++count == 4) {
            octets.append(char(bits >> 16));
            octets.append(char(bits >> 8));
            octets.append(char(bits));
            count = 0;
        }
    }
    if (count >= 2)
        octets.append(char(bits >> (count == 2 ? 4 : 10)));
    if (count == 3)
        octets.append(char(bits >> 2));
    return octets;
}

} // namespace

QString decode(Encoding encoding, QByteArrayView octets)
{
    const auto bytes = [&] { return QByteArray::fromRawData(octets.data(), octets.size()); };
    switch (encoding) {
    case Encoding::Utf8:
        return fromUtf8(octets);
    case Encoding::Latin1:
        return QString::fromLatin1(octets);
    case Encoding::Ascii:
        return fromAscii(octets);
    case Encoding::Hex:
        return QString::fromLatin1(bytes().toHex());
    case Encoding::Base64:
        return QString::fromLatin1(bytes().toBase64());
    case Encoding::Base64Url:
        return QString::fromLatin1(
            bytes().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    case Encoding::Utf16Le:
        return fromUtf16(octets);
    }
    return {};
}

QByteArray encode(Encoding encoding, QStringView text)
{
    switch (encoding) {
    case Encoding::Utf8: {
        QByteArray octets(utf8Length(text), Qt::Uninitialized);
        char *out = octets.data();
        for (qsizetype i = 0; i < text.size(); ++i) {
            char32_t character = text[i].unicode();
            if (QChar::isSurrogate(character)) {
                const bool isPair = QChar::isHighSurrogate(character) && i + 1 < text.size()
                    && text[i + 1].isLowSurrogate();
                character = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : Replacement;
                i += isPair ? 1 : 0;
            }
            if (character < 0x80) {
                *out++ = char(character);
                continue;
            }
            if (character < 0x800) {
                *out++ = char(0xC0 | (character >> 6));
            } else {
                if (character < 0x10000) {
                    *out++ = char(0xE0 | (character >> 12));
                } else {
                    *out++ = char(0xF0 | (character >> 18));
                    *out++ = char(0x80 | ((character >> 12) & 0x3F));
                }
                *out++ = char(0x80 | ((character >> 6) & 0x3F));
            }
            *out++ = char(0x80 | (character & 0x3F));
        }
        return octets;
    }
    case Encoding::Latin1:
    case Encoding::Ascii:
        return toLatin1(text);
    case Encoding::Hex:
        return toHexOctets(text);
    case Encoding::Base64:
    case Encoding::Base64Url:
        return toBase64Octets(text);
    case Encoding::Utf16Le:
        return toUtf16(text);
    }
    return {};
}

qsizetype fitting(Encoding encoding, QByteArrayView octets, qsizetype room)
{
    qsizetype length = std::min(octets.size(), std::max<qsizetype>(room, 0));
    if (encoding == Encoding::Utf16Le)
        return length & ~qsizetype(1);
    if (encoding == Encoding::Utf8 && length < octets.size()) {
        while (length > 0 && (uchar(octets[length]) & 0xC0) == 0x80)
            --length;
    }
    return length;
}

qsizetype utf8Length(QStringView text)
{
    qsizetype length = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (unit < 0x80) {
            length += 1;
        } else if (unit < 0x800) {
            length += 2;
        } else if (QChar::isHighSurrogate(unit) && i + 1 < text.size()
            && text[i + 1].isLowSurrogate()) {
            length += 4;
            ++i;
        } else {
            length += 3;
        }
    }
    return length;
}

bool isUtf8(QByteArrayView octets)
{
    for (qsizetype at = 0; at < octets.size();) {
        const Piece piece = utf8Piece(octets, at);
        if (!piece.isValid)
            return false;
        at += piece.length;
    }
    return true;
}

} // namespace headrace::script::textcodec
