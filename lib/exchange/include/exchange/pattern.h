#pragma once

namespace headrace::exchange {

/// The documented order of events that an exchange followed. Values are stored: they stay.
enum class Pattern
{
    Active = 0, ///< Not over.
    Other = 1, ///< None of the documented ones.
};

} // namespace headrace::exchange
