#pragma once

#include <QObject>

namespace headrace::http {

/** deleteLater() for what goes away with every exchange, without an event and a wake-up of the dispatcher
    for each object: it is deleted when the event loop gets control back (IoScope::Caller::EventLoop), or
    with all others of this turn. */
void retire(QObject *object);

/// retire() of a message, unless somebody keeps it. Whatever the library has no more use for goes through here.
template <typename Message>
void retireMessage(Message *message)
{
    if (!message->release())
        retire(message);
}

} // namespace headrace::http
