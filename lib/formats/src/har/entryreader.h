#pragma once

#include <exchange/exchange.h>

#include <QStringList>

namespace headrace::formats {

class JsonValue;

/// The exchange that \a entry of a HAR file tells of. \a notes: what could not be read as it stood is appended.
exchange::Exchange exchangeOf(const JsonValue &entry, QStringList &notes);

/// The names and values of `headers` and the like.
exchange::FieldList fieldsOf(const JsonValue &value);

/// A member that JsonWriter::octets() wrote.
QByteArray octetsOf(const JsonValue &object, const QByteArray &name);

} // namespace headrace::formats
