#pragma once

#include "inspector/eventrows.h"

namespace headrace::ui {

/// Exact time and the distance to the lines before and behind, in one line of plain text.
QString placeText(const EventRows &rows, qsizetype row);

/// "Octets 0 to 411 of the response (412 B)"; empty for an event without.
QString spanText(const std::optional<exchange::WireSpan> &span);

/// What the line means, with what was expected in its place if it departs. Plain text.
QString meaningText(const EventRows &rows, qsizetype row);

/// All of it, as rich text for a tool tip.
QString hoverText(const EventRows &rows, qsizetype row);

/// Octets as offsets, hexadecimal digits and characters, \a perLine in a line.
QString dumpText(const QByteArray &octets, qint64 firstOffset, int perLine);

} // namespace headrace::ui
