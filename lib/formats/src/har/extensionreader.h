#pragma once

#include <exchange/exchange.h>

#include <QStringList>

namespace headrace::formats {

class JsonValue;

/// \a entry was written by HarWriter.
bool hasExtensions(const JsonValue &entry);

/// Puts what the extensions of \a entry say into \a exchange, in place of what was made up from the fields.
void readExtensions(const JsonValue &entry, exchange::Exchange &exchange, QStringList &notes);

} // namespace headrace::formats
