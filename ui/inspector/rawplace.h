#pragma once

#include <exchange/wiremap.h>

#include <QString>

namespace headrace::ui {

/// "Response · field Content-Type": whose it is, and what.
QString placeName(const exchange::Exchange &exchange, const exchange::WireItem &item);

/** What stands at an octet, where, and when it passed: "Response · field Content-Type · octets 120–148 · at 12.345 ms".
    Empty where nothing is known. */
QString placeText(const exchange::Exchange &exchange, const exchange::WireMap &map,
    exchange::Direction direction, qint64 offset);

/// A read or write: "at 12.345 ms · 1.200 ms after the one before · 1,460 octets, 0–1,459". Empty if there is none.
QString runText(const exchange::WireMap &map, exchange::Direction direction, qint64 offset);

/** What to mark when the user points at an octet: a field line, a chunk, another frame. Nothing where nothing is
    known. */
std::optional<exchange::WireSpan> placeSpan(
    const exchange::WireMap &map, exchange::Direction direction, qint64 offset);

} // namespace headrace::ui
