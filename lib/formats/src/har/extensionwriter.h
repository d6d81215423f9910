#pragma once

#include <exchange/exchange.h>

namespace headrace::formats {

class JsonWriter;

// The fields with an underscore; HarWriter names them all.

/// Names and values, in order; a member of an object.
void writeFields(JsonWriter &json, const char *key, const exchange::FieldList &fields);

void writeMessageExtensions(JsonWriter &json, const exchange::Message &message);
void writeExtensions(JsonWriter &json, const exchange::Exchange &exchange);

} // namespace headrace::formats
