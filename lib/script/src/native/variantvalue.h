#pragma once

#include "engine/jsc.h"

#include <QVariant>

#include <optional>

namespace headrace::script {

// Values between C++ and a script, as Runtime::call() has them.

JSValueRef variantValue(JSContextRef context, const QVariant &value);

/// Nothing: it nests deeper than 64 levels, or has itself in it.
std::optional<QVariant> toVariant(JSContextRef context, JSValueRef value);

} // namespace headrace::script
