#pragma once

#include "proxy/ruletext.h"

#include <exchange/exchange.h>

namespace headrace::ui {

/// Takes the exchanges with the host and the path of \a summary, whatever their query; of CONNECT, and without a path,
/// those with its host.
QString filterLike(const exchange::Summary &summary);

/** A rule for exchanges like this one, with an id of its own and, as far as the exchange can tell, an action to begin
    with: sent elsewhere begins with where it went, an answer is the recorded one. */
proxy::Rule ruleFor(ActionKind kind, const exchange::Exchange &exchange);

/// A breakpoint for exchanges like this one.
proxy::Breakpoint breakpointFor(const exchange::Summary &summary);

/// Octets of a body that become an answer; a longer one does not.
inline constexpr qint64 MostAnswerOctets = 1024 * 1024;

} // namespace headrace::ui
