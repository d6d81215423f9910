#pragma once

#include <exchange/side.h>

#include <QString>

namespace headrace::ui {

/** What an event means, in one sentence: each documented event of the classes of http, the steps of a socket, and
    the milestones of the framing. An 'IncomingMessage' is the response of a client and the request of a server.
    Empty for an event that is not known. Source: http-reference.md, the events of each class. */
QString meaningOf(const QString &object, const QString &name, exchange::Side side);

} // namespace headrace::ui
