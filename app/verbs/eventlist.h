#pragma once

#include <exchange/exchange.h>

#include <QString>

namespace headrace::app {

/// One line of the event list: time in milliseconds with microseconds, object, event, detail, in columns.
QString eventLine(const exchange::Event &event);

} // namespace headrace::app
