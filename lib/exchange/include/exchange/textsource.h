#pragma once

#include "exchange/octetsource.h"
#include "exchange/rowindex.h"

#include <QByteArrayView>
#include <QString>

#include <atomic>

namespace headrace::exchange {

/// A text as octets in one of the encodings that views read by windows.
struct TextSource
{
    OctetSourcePointer octets; ///< Null: canceled.
    TextEncoding encoding = TextEncoding::Utf8;
    QString error; ///< For people: why it is not all; empty if it is.
};

/** \a body as text: itself if it is UTF-8 or ISO 8859-1 (by byte order mark, else by the charset of \a contentType,
    else by its first octets), else converted to UTF-8. Thread: any; converting takes long. */
TextSource textSourceOf(
    const OctetSourcePointer &body, QByteArrayView contentType, const std::atomic_bool &isCanceled);

/** JSON of any size laid out as formatJson() does it, in UTF-8. Reads it twice and keeps what is made on disk.
    Thread: any; takes long. */
TextSource layOutJson(const OctetSourcePointer &body, const std::atomic_bool &isCanceled);

} // namespace headrace::exchange
