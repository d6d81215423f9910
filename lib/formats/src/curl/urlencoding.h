#pragma once

#include <QByteArray>

namespace headrace::formats::curl {

/// All but letters, digits and -._~ as %XX, as curl_easy_escape() does.
QByteArray percentEncoded(const QByteArray &octets);

/// The same, with + for blanks: what --data-urlencode makes.
QByteArray formEncoded(const QByteArray &octets);

} // namespace headrace::formats::curl
