#pragma once

#include <QByteArray>
#include <QString>

namespace headrace::script::textcodec {

/// The encodings of Node's Buffer. The values are those of js/internal/buffer.js.
enum class Encoding
{
    Utf8,
    Latin1,
    Ascii,
    Hex,
    Base64,
    Base64Url,
    Utf16Le,
};

/** Text of \a octets. What is no UTF-8 becomes U+FFFD, one for each longest piece that could have begun a
    character, as the WHATWG Encoding standard has it. Every other encoding takes any octets. */
QString decode(Encoding encoding, QByteArrayView octets);

/** Octets of \a text. A surrogate that stands alone is U+FFFD in UTF-8. Hex stops at the first pair that is none;
    base64 takes both alphabets, skips what belongs to neither and stops at "=". */
QByteArray encode(Encoding encoding, QStringView text);

/// Of the octets, as many as \a room holds and no part of a character.
qsizetype fitting(Encoding encoding, QByteArrayView octets, qsizetype room);

qsizetype utf8Length(QStringView text);

bool isUtf8(QByteArrayView octets);

} // namespace headrace::script::textcodec
