#pragma once

#include <QString>

namespace headrace::formats {

/// Why a HAR file cannot be read to its end, or not be written, and where.
struct HarError
{
    QString message; ///< One sentence for people; empty: no error.
    qint64 entry = -1; ///< In which it is, from 1; -1: in none.
    qint64 offset
        = -1; ///< In the file, from 0. Unit: octets, of UTF-16 those of UTF-8; -1 if it has no place.
    qint64 line = -1; ///< From 1; -1 if it has no place.
    qint64 column = -1; ///< From 1. Unit: octets; -1 if it has no place.

    explicit operator bool() const { return !message.isEmpty(); }
};

} // namespace headrace::formats
