#pragma once

#include "file/connection.h"

namespace headrace::store {

/// The format that this program writes; `PRAGMA user_version` of a file.
constexpr int formatVersion = 3;

/// `PRAGMA application_id` of a session: "HdRc".
constexpr int applicationId = 0x48645263;

/// Refuses a file that is there and no database: SQLite takes a very short one for an empty one.
[[nodiscard]] FileError checkHeader(const QString &path);

/** Makes a file that was just opened for writing a session of formatVersion: sets up an empty one, moves an
    older one on step by step (each in a transaction, so that a failure leaves the file as it was), refuses
    others. */
[[nodiscard]] FileError prepareForWriting(Connection &connection);

/// The same without writing: an older file cannot be read so.
[[nodiscard]] FileError checkForReading(Connection &connection);

/// Where the log of an exchange begins among the keys of table `segment`; see schema.cpp.
constexpr int segmentBits = 24;

constexpr qint64 segmentKey(quint64 exchange, quint32 segment)
{
    return qint64((exchange << segmentBits) | segment);
}

} // namespace headrace::store
