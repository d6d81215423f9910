#pragma once

#include <exchange/exchange.h>

#include <QStringList>

namespace headrace::formats {

class JsonValue;

/** Reads an \a entry of another program: what it does not tell is composed from what it does. Fields, status and note
    are in \a exchange already. What could not be read as it stood is appended to \a notes. */
void readForeign(const JsonValue &entry, exchange::Exchange &exchange, QStringList &notes);

} // namespace headrace::formats
