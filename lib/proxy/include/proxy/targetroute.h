#pragma once

#include "proxy/transit.h"

#include <QByteArray>

#include <optional>

namespace headrace::proxy {

/// Where a target in absolute-form says that it goes, http or https. Nothing for other forms, and for what is no URL.
/// RFC 9112 section 3.2.2. Thread: any.
std::optional<Route> routeOfTarget(const QByteArray &target);

/// After the target of a request was changed from \a before: names it another origin, the exchange goes there.
void followTarget(Transit &transit, const QByteArray &before);

} // namespace headrace::proxy
