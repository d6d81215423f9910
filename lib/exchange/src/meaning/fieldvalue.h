#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>

namespace headrace::exchange {

/// The parts of a value between separators that do not stand in quotes, without white space around them. Empty ones are
/// left out. Source: RFC 9110 section 5.6.1.
QList<QByteArrayView> splitValue(QByteArrayView value, char separator);

/// A name, and what stands behind its '=': without quotes and escapes (RFC 9110 section 5.6.4).
std::pair<QByteArray, std::optional<QByteArray>> readParameter(QByteArrayView part);

/// Digits only; nothing for anything else. Values beyond 2^31 are 2^31 (RFC 9111 section 1.2.2).
std::optional<qint64> readDeltaSeconds(QByteArrayView text);

} // namespace headrace::exchange
