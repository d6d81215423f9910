#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace headrace::formats::curl {

/// The URLs that {a,b} and [1-3:2] in \a pattern stand for, as curl makes them, at most 1,000; the URL as it is with a
/// message in \a problem when the pattern is wrong.
QList<QByteArray> expandedUrls(const QByteArray &pattern, QString *problem);

} // namespace headrace::formats::curl
