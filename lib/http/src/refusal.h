#pragma once

#include "http/error.h"
#include "http/observer.h"

namespace headrace::http {

class Transport;

/** What becomes of a peer that is not understood when nobody listens for 'clientError': 400, 408, 413 or 431 by
    code and `Connection: close`, if nothing was written to it yet, and the end of its connection.
    Source: reference Event 'clientError'; 413 as releases that limit chunk extensions have it. */
void sendRefusal(Transport *transport, const Error &error, Observer *observer, ExchangeId exchange);

} // namespace headrace::http
