#pragma once

#include "proxy/messagehead.h"

#include <QStringList>

namespace headrace::proxy {

struct RequestTarget;

/** What a proxy has to change in a head before it goes on, and nothing else. Each answers what it did, for people.

    Fields that Connection names are of this connection only, and go with their names. What the proxy does on the next
    connection just as it was asked on this one stays as it is written: `close`, `keep-alive`, `upgrade` with its
    fields, `TE: trailers`. Via is not added: an origin might answer otherwise for it, and loops are found by addresses.
    Source: RFC 9110 sections 7.6.1 to 7.6.3; RFC 9112 section 3.2. */
namespace hopbyhop {

/// Where a request goes next.
enum class Next
{
    Origin,
    Proxy, ///< It gets the URL.
    ProxyOfClient, ///< And what the client says to it: its credentials.
};

/// \a target: of \a head. Nothing is decided here of where it goes.
QStringList forwardRequest(MessageHead &head, const RequestTarget &target, Next next);

QStringList forwardResponse(MessageHead &head);

/// Whether forwardResponse() may have something to do: cheap.
bool concernsResponse(const wire::Head &head);

} // namespace hopbyhop

} // namespace headrace::proxy
