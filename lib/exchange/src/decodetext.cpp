#include "body/textencoding.h"
#include "exchange/bodyformat.h"

#include <QList>
#include <QStringDecoder>

#include <optional>

namespace headrace::exchange {

namespace {

// The value of the charset parameter; quotes taken off. RFC 9110 section 8.3.2.
QByteArray charsetOf(QByteArrayView contentType)
{
    const QByteArray lower = contentType.toByteArray().toLower();
    const QList<QByteArray> parts = lower.split(';');
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const QByteArray parameter = parts[i].trimmed();
        if (!parameter.startsWith("charset="))
            continue;
        QByteArray value = parameter.sliced(8).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value;
    }
    return {};
}

std::optional<QStringConverter::Encoding> encodingOfMark(QByteArrayView body)
{
    if (body.startsWith(QByteArrayView("\xef\xbb\xbf")))
        return QStringConverter::Utf8;
    if (body.startsWith(QByteArrayView("\xff\xfe\0\0", 4)))
        return QStringConverter::Utf32LE;
    if (body.startsWith(QByteArrayView("\0\0\xfe\xff", 4)))
        return QStringConverter::Utf32BE;
    if (body.startsWith(QByteArrayView("\xff\xfe")))
        return QStringConverter::Utf16LE;
    if (body.startsWith(QByteArrayView("\xfe\xff")))
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

std::optional<QStringConverter::Encoding> encodingOfName(const QByteArray &charset)
{
    if (charset == "us-ascii" || charset == "ascii" || charset == "latin1"
        || charset == "windows-1252")
        return QStringConverter::Latin1;
    return charset.isEmpty() ? std::nullopt
                             : QStringConverter::encodingForName(charset.constData());
}

QString decode(QByteArrayView body, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless);
    return decoder.decode(body);
}

} // namespace

std::optional<QStringConverter::Encoding> declaredEncoding(
    QByteArrayView begin, QByteArrayView contentType)
{
    const auto marked = encodingOfMark(begin);
    return marked ? marked : encodingOfName(charsetOf(contentType));
}

QString decodeText(QByteArrayView body, QByteArrayView contentType)
{
    if (const auto encoding = declaredEncoding(body, contentType))
        return decode(body, *encoding);
    QStringDecoder utf8(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    const QString text = utf8.decode(body);
    return utf8.hasError() ? QString::fromLatin1(body) : text;
}

} // namespace headrace::exchange
