#pragma once

#include <QByteArrayView>
#include <QList>

#include <optional>

namespace headrace::proxy {

/// Octets of a file that somebody asks for.
struct OctetRange
{
    qint64 first = 0;
    qint64 length = 0; ///< Never 0.

    friend bool operator==(const OctetRange &, const OctetRange &) = default;
};

/** What a Range field asks for of something that has \a size octets, in its order, cut to what is there. Empty: nothing of it
    is there (416). Nothing: the field does not count, as it is no such field, has another unit, or asks for more than
    everything, or for very many pieces. Thread: any. Source: RFC 9110 sections 14.1 and 14.2. */
std::optional<QList<OctetRange>> readOctetRanges(QByteArrayView field, qint64 size);

} // namespace headrace::proxy
