#include "engine/failure.h"

namespace headrace::proxy {

namespace {

using wire::ErrorCode;

FailureAnswer answer(int statusCode, const char *type)
{
    return { statusCode, QByteArrayLiteral("headrace; error=") + type };
}

} // namespace

FailureAnswer answerTo(const http::Error &error)
{
    switch (error.code) {
    case ErrorCode::HostNotFound:
    case ErrorCode::LookupTryAgain:
        return answer(502, "dns_error");
    case ErrorCode::ConnectionRefused:
        return answer(502, "connection_refused");
    case ErrorCode::HostUnreachable:
    case ErrorCode::NetworkUnreachable:
        return answer(502, "destination_ip_unroutable");
    case ErrorCode::TimedOut:
        return answer(504, "connection_timeout");
    case ErrorCode::ConnectionReset:
    case ErrorCode::BrokenPipe:
        return answer(502, "connection_terminated");
    case ErrorCode::ParserHeaderOverflow:
        return answer(502, "http_response_header_section_size");
    case ErrorCode::ProtocolFailure:
        return answer(502, "http_protocol_error");
    default:
        break;
    }
    const QLatin1StringView name = wire::name(error.code);
    if (name.startsWith(QLatin1StringView("HPE_")))
        return answer(502, "http_protocol_error");
    if (name.contains(QLatin1StringView("CERT")) || name.contains(QLatin1StringView("VERIFY")))
        return answer(502, "tls_certificate_error");
    return answer(502, "proxy_internal_error");
}

} // namespace headrace::proxy
