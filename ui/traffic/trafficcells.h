#pragma once

#include "traffic/trafficcolumns.h"

namespace headrace::ui {

/// What a cell of the traffic list says.
QString cellText(const exchange::Summary &summary, TrafficColumn column);

/// The whole of it, for where there is no room; empty if there is nothing to add.
QString cellToolTip(const exchange::Summary &summary, TrafficColumn column);

/// The pattern's badge and what else is remarkable: "✓ · 1xx ×2 · trailers", "⚠ hung up · ECONNRESET".
QString remarksOf(const exchange::Summary &summary);

} // namespace headrace::ui
