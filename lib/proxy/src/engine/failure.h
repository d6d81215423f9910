#pragma once

#include <http/error.h>

#include <QByteArray>

namespace headrace::proxy {

inline http::Error failure(wire::ErrorCode code, const QString &message)
{
    http::Error error;
    error.code = code;
    error.message = message;
    return error;
}

/// What a client is answered when an exchange fails before there is an answer.
struct FailureAnswer
{
    int statusCode = 502;
    QByteArray proxyStatus; ///< Value of Proxy-Status. Source: RFC 9209 section 2.3.
};

FailureAnswer answerTo(const http::Error &error);

} // namespace headrace::proxy
