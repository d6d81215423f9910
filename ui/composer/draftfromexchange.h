#pragma once

#include <session/requestdraft.h>

namespace headrace::ui {

/** The draft that sends a recorded request again. Host, Connection and Content-Length become the automatic
    fields where those would give the same; the body is taken over as it was, as text where it is text.
    \a lost: if given, one sentence on what could not be taken over; else empty. */
session::RequestDraft draftFromExchange(
    const exchange::Exchange &exchange, QString *lost = nullptr);

} // namespace headrace::ui
