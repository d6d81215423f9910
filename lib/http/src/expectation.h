#pragma once

#include <wire/head.h>

namespace headrace::http {

/// What a request expects of its server with the Expect field.
enum class Expectation
{
    None,
    Continue, ///< 100-continue
    Other,
};

/** Only a request of HTTP/1.1 can expect anything (RFC 9110 section 10.1.1).
    Source: reference events 'checkContinue', 'checkExpectation'. */
Expectation expectationOf(const wire::Head &head);

} // namespace headrace::http
