#include "refusal.h"

#include "http/transport.h"
#include "sentreport.h"

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

QByteArray answerTo(ErrorCode code)
{
    const int status = statusOf(code);
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + wire::reasonPhrase(status).toByteArray()
        + "\r\nConnection: close\r\n\r\n";
}

} // namespace

void sendRefusal(Transport *transport, const Error &error, Observer *observer, ExchangeId exchange)
{
    if (transport->isWritable() && transport->bytesWritten() == 0) {
        const QByteArray answer = answerTo(error.code);
        if (observer) {
            const MonotonicTime now = monotonicNow();
            observer->octets(
                exchange, transport->id(), Direction::Sent, wire::MessagePart::Head, answer, now);
            observer->headComplete(
                exchange, Direction::Sent, parseSentHead(answer, wire::MessageKind::Response), now);
        }
        transport->writeReported(answer);
    }
    transport->destroy(error);
}

} // namespace headrace::http
