#pragma once

#include <QByteArray>

namespace headrace::http {

/// Now as an IMF-fixdate ("Sun, 06 Nov 1994 08:49:37 GMT"); rendered once a second. RFC 9110 section 5.6.7.
QByteArray httpDate();

} // namespace headrace::http
