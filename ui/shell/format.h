#pragma once

#include <QByteArray>
#include <QString>

namespace headrace::ui {

/// "312 B", "4.1 kB", "12 MB": decimal units, a thin space between number and unit.
QString formatOctets(qint64 octets);

/// "1,460": digits grouped, for counts and exact sizes.
QString formatCount(qint64 count);

/// "0.84", "9.1", "91", "1,204": a duration in milliseconds, without unit. Unit of the argument: microseconds.
QString formatMilliseconds(qint64 microseconds);

/// The same with its unit: "840 µs", "9.1 ms", "1.20 s".
QString formatDuration(qint64 microseconds);

/// "0.000123": seconds to the microsecond, for times relative to the begin of an exchange.
QString formatExactTime(qint64 microseconds);

/// Wire text as it can be shown: UTF-8 if it is valid, else ISO 8859-1; nothing is lost or added.
QString displayText(QByteArrayView octets);

/// At most \a length characters, the middle replaced by "…".
QString shortened(const QString &text, qsizetype length);

} // namespace headrace::ui
