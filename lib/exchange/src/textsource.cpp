#include "exchange/textsource.h"

#include "body/textencoding.h"
#include "exchange/jsontree.h"
#include "exchange/octetspool.h"
#include "json/jsonscanner.h"
#include "json/jsonstream.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace headrace::exchange {

namespace {

constexpr qint64 pieceOctets = 256 * 1024;
constexpr qint64 sniffedOctets = 64 * 1024;

/// Whether \a octets are UTF-8, but for a character that is cut at the end.
bool looksLikeUtf8(QByteArrayView octets)
{
    QStringDecoder decoder(QStringConverter::Utf8);
    const QString text = decoder.decode(octets);
    return !decoder.hasError();
}

/// Reads all of \a source piece by piece. False when it is canceled, or \a take says so.
template <class Take>
bool readAll(const OctetSource &source, qint64 begin, qint64 end,
    const std::atomic_bool &isCanceled, Take take)
{
    for (qint64 at = begin; at < end;) {
        if (isCanceled)
            return false;
        const QByteArray piece = source.read(at, std::min(pieceOctets, end - at));
        if (piece.isEmpty())
            break; // it cannot be read any more
        if (!take(piece))
            return false;
        at += piece.size();
    }
    return true;
}

QString notKept(const QString &reason)
{
    return QCoreApplication::translate(
        "TextSource", "Not all of it could be kept in the folder for temporary files: %1.")
        .arg(reason);
}

TextSource converted(const OctetSourcePointer &body, QStringConverter::Encoding encoding,
    const std::atomic_bool &isCanceled)
{
    QStringDecoder decoder(encoding);
    OctetSpool spool;
    readAll(*body, 0, body->size(), isCanceled, [&](const QByteArray &piece) {
        const QString text = decoder.decode(piece);
        return spool.append(text.toUtf8());
    });
    if (isCanceled)
        return {};
    TextSource result;
    result.octets = spool.take();
    if (!spool.error().isEmpty())
        result.error = notKept(spool.error());
    return result;
}

/// Where a JSON text is not right any more; its size if it is.
qint64 validOctets(const OctetSource &body, QString *error, const std::atomic_bool &isCanceled)
{
    const bool isMarked = body.read(0, 3) == QByteArrayView("\xef\xbb\xbf");
    json::Scanner scanner(body, isMarked ? 3 : 0, body.size(), &isCanceled);
    scanner.skipBlanks();
    scanner.value();
    scanner.skipBlanks();
    if (!scanner.hasFailed() && !scanner.atEnd())
        scanner.fail("nothing more is expected behind the value");
    if (!scanner.hasFailed())
        return body.size();
    *error = QCoreApplication::translate("TextSource", "Octet %1: %2.")
                 .arg(scanner.fault().offset)
                 .arg(scanner.fault().message);
    return scanner.fault().offset;
}

} // namespace

TextSource textSourceOf(
    const OctetSourcePointer &body, QByteArrayView contentType, const std::atomic_bool &isCanceled)
{
    const QByteArray begin = body->read(0, sniffedOctets);
    const auto declared = declaredEncoding(begin, contentType);
    if (!declared)
        return { body, looksLikeUtf8(begin) ? TextEncoding::Utf8 : TextEncoding::Latin1, {} };
    if (*declared == QStringConverter::Utf8)
        return { body, TextEncoding::Utf8, {} };
    if (*declared == QStringConverter::Latin1)
        return { body, TextEncoding::Latin1, {} };
    return converted(body, *declared, isCanceled);
}

TextSource layOutJson(const OctetSourcePointer &body, const std::atomic_bool &isCanceled)
{
    TextSource text = textSourceOf(body, {}, isCanceled);
    if (!text.octets)
        return {};
    const qint64 valid = validOctets(*text.octets, &text.error, isCanceled);
    json::LayoutStream layout(text.octets->size());
    OctetSpool spool;
    const bool isMarked = text.octets->read(0, 3) == QByteArrayView("\xef\xbb\xbf");
    bool goesOn
        = readAll(*text.octets, isMarked ? 3 : 0, valid, isCanceled, [&](const QByteArray &piece) {
              QByteArray made;
              made.reserve(piece.size() * 2);
              layout.feed(piece, &made);
              return spool.append(made);
          });
    // What is behind a fault stays as it came.
    goesOn = goesOn
        && readAll(*text.octets, valid, text.octets->size(), isCanceled,
            [&](const QByteArray &piece) { return spool.append(piece); });
    if (isCanceled)
        return {};
    text.octets = spool.take();
    if (!goesOn || !spool.error().isEmpty())
        text.error = notKept(spool.error());
    return text;
}

} // namespace headrace::exchange
