#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QString>

namespace headrace::exchange {

/** A date of a field in one of its three forms; an invalid one for anything else. In UTC. Years of two digits are at most
    50 years ahead. Source: RFC 9110 section 5.6.7. */
QDateTime readHttpDate(QByteArrayView text);

/// "2 h 5 min", "40 s", "3 d": at most two units. Unit of the argument: seconds; below 0 its amount.
QString spokenDuration(qint64 seconds);

/// "3 min ago", "in 2 h", "now": \a time seen from \a now.
QString spokenDistance(const QDateTime &time, const QDateTime &now);

} // namespace headrace::exchange
