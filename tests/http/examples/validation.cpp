#include "examples.h"

namespace examples {

// "http.validateHeaderName(name)"
void validateNames()
{
    if (const http::Error error = http::validateHeaderName("")) {
        qInfo().noquote() << wire::name(error.code); // --> ERR_INVALID_HTTP_TOKEN
        qInfo().noquote() << error.message; // --> Header name must be a valid HTTP token [""]
    }
}

// "http.validateHeaderValue(name, value)": here a value is always defined.
void validateValues()
{
    if (const http::Error error = http::validateHeaderValue("x-my-header", "o\nm")) {
        qInfo() << (error.code == http::ErrorCode::InvalidChar); // --> true
        qInfo().noquote() << error.message;
        // --> Invalid character in header content ["x-my-header"]
    }
}

} // namespace examples
