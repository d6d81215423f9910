#pragma once

#include <exchange/store.h>

#include <optional>

namespace headrace::app {

/// The exchanges of \a store that \a filter takes, in order of begin; waits for them. Nothing after saying why on standard
/// error. Needs the application object.
std::optional<QList<exchange::ExchangeId>> findIn(
    exchange::Store &store, const exchange::Filter &filter);

} // namespace headrace::app
