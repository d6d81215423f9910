#pragma once

#include "http/error.h"

#include <QByteArray>

namespace headrace::http {

/** What a server says to a peer it does not understand, when nobody listens for 'clientError': a status line
    and `Connection: close`. Source: reference Event 'clientError'; 413 as releases that limit chunk
    extensions have it. */
QByteArray refusalOf(ErrorCode code);

} // namespace headrace::http
