#pragma once

#include "exchange/exchange.h"

#include <QByteArray>
#include <QString>

namespace headrace::exchange {

// Parts of the JSON files that people read and compare. Thread: any.

/// \a text as a JSON string.
QByteArray jsonString(const QString &text);

/// Octets of a head as text: UTF-8 if they are that, else each as one character (RFC 9110 section 5.5, obs-text).
QString fieldText(const QByteArray &octets);

/// [[name, value], …], a line for each. \a indent: of the line that it stands in.
QByteArray jsonFields(const FieldList &fields, const QByteArray &indent);

/// A string; if it ends with a line end, a list with a string for each line.
QByteArray jsonLines(const QString &text, const QByteArray &indent);

} // namespace headrace::exchange
