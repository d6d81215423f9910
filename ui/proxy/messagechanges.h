#pragma once

#include <exchange/exchange.h>
#include <proxy/transit.h>

#include <memory>

namespace headrace::ui {

/// \a message as that of an exchange that has nothing else, to be compared with another.
std::shared_ptr<const exchange::Exchange> exchangeWith(const proxy::TransitMessage &message);

/// Takes the content codings off the body of \a message, with its Content-Encoding. False: it cannot be done,
/// and *problem says why.
bool decodeBody(proxy::TransitMessage *message, QString *problem);

/// The content codings of the body, as they stand in the field: "gzip"; empty without.
QString codingOf(const proxy::TransitMessage &message);

/// An answer to begin with.
proxy::TransitMessage exampleAnswer();

} // namespace headrace::ui
