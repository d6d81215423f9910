#pragma once

#include <QObject>

namespace headrace::http {

/** deleteLater() for what goes away with every exchange, without an event and a wake-up of the dispatcher
    for each object: it is deleted when the event loop gets control back (IoScope::Caller::EventLoop), or
    with all others of this turn. */
void retire(QObject *object);

} // namespace headrace::http
