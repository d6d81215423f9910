#pragma once

#include "formats/harreader.h"
#include "har/jsonvalue.h"

#include <functional>

namespace headrace::formats {

/// What an EntryParser calls. Each answers whether to go on.
struct EntryTaker
{
    std::function<bool(const JsonValue &entry)> take;
    std::function<bool(const QString &why)> leaveOut; ///< In the place of take.
};

/// Finds the entries of a HAR file in its text and gives each as a value. Fills in error, isStopped and creator.
void parseEntries(
    QIODevice &device, const HarReadOptions &options, const EntryTaker &taker, HarReading &reading);

} // namespace headrace::formats
