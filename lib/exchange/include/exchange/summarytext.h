#pragma once

#include "exchange/exchange.h"

namespace headrace::exchange {

/// The URL that was asked for, as far as the request tells: scheme, host and target; a target in absolute
/// form as it is; CONNECT and `*`: with the host alone. Thread: any.
QString urlOf(const Summary &summary);

/// The target from its path on, with the query: of absolute form what follows the authority; else as sent.
QString pathOf(const Summary &summary);

} // namespace headrace::exchange
