#pragma once

#include <exchange/exchange.h>

namespace headrace::formats {

class JsonWriter;

/// Writes one entry of a HAR file: what the specification knows, and the extensions.
void writeEntry(JsonWriter &json, const exchange::Exchange &exchange);

} // namespace headrace::formats
