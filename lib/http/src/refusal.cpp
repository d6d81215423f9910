#include "refusal.h"

#include <wire/httpnames.h>

namespace headrace::http {

namespace {

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ParserHeaderOverflow:
        return 431;
    case ErrorCode::ParserChunkExtensionsOverflow:
        return 413;
    case ErrorCode::HttpRequestTimeout:
        return 408;
    default:
        return 400;
    }
}

} // namespace

QByteArray refusalOf(ErrorCode code)
{
    const int status = statusOf(code);
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + wire::reasonPhrase(status).toByteArray()
        + "\r\nConnection: close\r\n\r\n";
}

} // namespace headrace::http
