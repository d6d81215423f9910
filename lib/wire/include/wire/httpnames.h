#pragma once

#include <QByteArrayView>
#include <QList>

namespace headrace::wire {

/// The methods the parser takes, in alphabetical order. Source: reference `http.METHODS`.
const QList<QByteArrayView> &methods();

/// The standard reason phrase; empty for an unknown code. Source: reference `http.STATUS_CODES`.
QByteArrayView reasonPhrase(int statusCode);

/// All known codes with their phrases in ascending order.
const QList<std::pair<int, QByteArrayView>> &statusCodes();

} // namespace headrace::wire
