#pragma once

#include <exchange/exchange.h>

#include <QString>

namespace headrace::ui {

/** The curl command that sends the request of an exchange again: same method, target, fields in the same
    order and case, same body. What curl would add by itself is turned off. For a POSIX shell; octets that
    a shell word cannot hold go through printf. Trailers are left out: curl's command line has none. */
QString curlCommand(const exchange::Exchange &exchange);

/// One word of a POSIX shell; quoted only if it must be.
QString shellQuoted(const QString &word);

} // namespace headrace::ui
