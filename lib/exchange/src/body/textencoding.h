#pragma once

#include <QByteArrayView>
#include <QStringConverter>

#include <optional>

namespace headrace::exchange {

/// How a text is encoded, by the byte order mark at its begin (four octets tell), else by the charset of its
/// \a contentType; nothing if neither says it. An unknown charset is treated as none.
std::optional<QStringConverter::Encoding> declaredEncoding(
    QByteArrayView begin, QByteArrayView contentType);

} // namespace headrace::exchange
