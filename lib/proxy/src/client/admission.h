#pragma once

#include "origin/hop.h"
#include "proxy/requesttarget.h"
#include "proxy/transit.h"

#include <http/error.h>

#include <optional>

namespace headrace::proxy {

class Core;

/// Where a request comes from: straight from a client, or out of a tunnel that the proxy looks into.
struct Standpoint
{
    std::optional<Route> tunnel;
    std::optional<Greeting> greeting; ///< With which the client began TLS in it.
    bool isLenient = false; ///< So the parser has read, or reads, the request.
};

/// What is done with a request by its head alone.
struct Admission
{
    enum class Kind
    {
        Forward,
        Refuse,
        Answer ///< The proxy is asked itself.
    };

    Kind kind = Kind::Forward;
    Route route; ///< Forward.
    int statusCode = 400; ///< Refuse.
    http::Error error; ///< Refuse.
    QList<wire::FieldLine> fields; ///< Refuse: of the answer.
    TransitMessage answer; ///< Answer.
    QString
        ambiguity; ///< Forward: what would be refused if its host were not read leniently. For people.
};

/// Where a request with this first line goes is one of Settings::lenient. What the proxy itself is asked, by CONNECT, too,
/// is read strictly, and so is what has no such line.
bool isReadLeniently(const Core &core, const Standpoint &from, QByteArrayView line);

/** Judges a request: credentials of the client, what two readers could read differently, and where it goes. \a head: as
    received; of a reverse proxy, it is changed to what its origin expects.
    Source: RFC 9112 sections 3.2 and 6.3; RFC 9110 sections 7.2 and 11.7. */
Admission admit(
    const Core &core, const Standpoint &from, MessageHead &head, const RequestTarget &target);

} // namespace headrace::proxy
