#pragma once

#include "formats/harerror.h"

#include <exchange/exchange.h>

#include <QIODevice>
#include <QStringList>

#include <functional>

namespace headrace::formats {

/// What is asked of readHar().
struct HarReadOptions
{
    static constexpr qint64 DefaultEntryLimit = qint64(600) << 20;

    /// An entry that takes more memory is left out, said and counted. Unit: octets.
    qint64 entryLimit = DefaultEntryLimit;

    /// Called about once in a MiB with the share of the device that was read, 0 to 1 (-1: a device without size);
    /// false stops. May be null.
    std::function<bool(double share)> progress;
};

/// How reading a HAR file went.
struct HarReading
{
    static constexpr qsizetype NoteLimit = 100;

    HarError error; ///< Set if the file is broken; what stood before the place was given.
    bool isStopped = false; ///< By the taker or by progress.
    QString creator; ///< Name and version of the program that wrote the file, if it says so first.
    qint64 entries = 0; ///< Given to the taker.
    qint64 leftOut = 0; ///< Entries beyond the limit, or no objects.
    qint64 noteCount = 0; ///< Of all notes, also those beyond NoteLimit.
    QStringList
        notes; ///< What could not be read as it stood: "entry 3: …". The first NoteLimit of them.
};

/// Takes one exchange; false stops.
using HarTaker = std::function<bool(exchange::Exchange &&exchange)>;

/** Reads a HAR file piece by piece and gives its entries one by one, in the order of the file; Summary::id is 0.
    Odd values (missing, null, -1, of another type, dates and base64 that are none) become what can be read of
    them. A byte order mark is skipped; UTF-16 is read. Memory: some four times the largest entry below the limit.

    Entries of HarWriter give the Exchange that was written. Those of other programs have no octets of the wire, so
    they are composed: a head of the request's or the response's fields, and the body as the file has it.
    An event of the object "Import" says so. Files have bodies decoded: a Content-Encoding that is taken off already
    is left out of the fields, and the event names it. Without a body the counts are the file's, and
    Message::isTruncated is set. Times come from `timings`; Source is Proxy; Pattern is Success, Upgrade or
    Connect for whole exchanges, else Other; `comment` becomes the note. `_webSocketMessages` become the octets of the
    tunnel, as frames. Pages, and extensions that are not named here, are left out.
    \a device: open for reading; sequential ones will do. Thread: any.
    Source: HAR 1.2 Spec; RFC 8259. */
[[nodiscard]] HarReading readHar(
    QIODevice &device, const HarTaker &take, const HarReadOptions &options = {});

} // namespace headrace::formats
