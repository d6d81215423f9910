#pragma once

#include <exchange/exchange.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/// What the user's rules and hands did, for one line: "changed by 2 rules", "changed at a breakpoint". Empty if nothing;
/// what forwarding changes by itself is nothing.
QString changesText(const QList<exchange::Change> &changes);

/// Who made a change: "Rule: Map to staging", "Forwarding".
QString causeText(const exchange::Change &change);

/// Which message, and what of it: "request head", "interim response 1 head".
QString placeText(const exchange::Change &change);

} // namespace headrace::ui
