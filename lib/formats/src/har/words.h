#pragma once

#include <exchange/exchange.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>

#include <optional>

// How HAR files of ours name what is recorded, and how octets go into them.
namespace headrace::formats {

QLatin1StringView word(exchange::Source source);
QLatin1StringView word(exchange::State state);
QLatin1StringView word(exchange::Part part);
QLatin1StringView word(exchange::Change::Cause cause);

// What such a word stands for; the fallback for an unknown one.
exchange::Source sourceOf(QByteArrayView word, exchange::Source fallback);
exchange::State stateOf(QByteArrayView word, exchange::State fallback);
exchange::Part partOf(QByteArrayView word, exchange::Part fallback);
exchange::Change::Cause causeOf(QByteArrayView word, exchange::Change::Cause fallback);
exchange::Mark markOf(QByteArrayView word); ///< None for an unknown one.

/// The media type of a Content-Type, lower case, without parameters.
QString mediaType(QByteArrayView contentType);

/// Nothing if it is no base64. White space is skipped.
std::optional<QByteArray> fromBase64(const QByteArray &text);

} // namespace headrace::formats
