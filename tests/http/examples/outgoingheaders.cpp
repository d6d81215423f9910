#include "examples.h"

namespace examples {

// "request.getHeader(name)": a value comes back as it was set.
void getHeadersOfRequest(http::ClientRequest *request, const QByteArray &body)
{
    check(request->setHeader("content-type", "text/html"));
    check(request->setHeader("Content-Length", body.size()));
    check(request->setHeader("Cookie", QList<QByteArray> { "type=ninja", "language=javascript" }));
    const std::optional<http::HeaderValue> contentType = request->getHeader("Content-Type");
    // contentType is "text/html"
    const std::optional<http::HeaderValue> contentLength = request->getHeader("Content-Length");
    // contentLength is a number
    const std::optional<http::HeaderValue> cookie = request->getHeader("Cookie");
    // cookie is a list
    qInfo().noquote() << contentType->toByteArray() << contentLength->isNumber()
                      << contentLength->toNumber() << cookie->isList()
                      << cookie->toList().join('|');
}

// "response.getHeader(name)"
void getHeadersOfResponse(http::ServerResponse *response, const QByteArray &body)
{
    check(response->setHeader("Content-Type", "text/html"));
    check(response->setHeader("Content-Length", body.size()));
    check(response->setHeader(
        "Set-Cookie", QList<QByteArray> { "type=ninja", "language=javascript" }));
    const std::optional<http::HeaderValue> contentType = response->getHeader("content-type");
    const std::optional<http::HeaderValue> contentLength = response->getHeader("Content-Length");
    const std::optional<http::HeaderValue> setCookie = response->getHeader("set-cookie");
    qInfo().noquote() << contentType->toByteArray() << contentLength->isNumber()
                      << contentLength->toNumber() << setCookie->isList()
                      << setCookie->toList().join('|');
}

// "request.getRawHeaderNames()"
void rawHeaderNames(http::ClientRequest *request)
{
    check(request->setHeader("Foo", "bar"));
    check(request->setHeader("Set-Cookie", QList<QByteArray> { "foo=bar", "bar=baz" }));

    const QList<QByteArray> headerNames = request->getRawHeaderNames();
    // headerNames ends with "Foo", "Set-Cookie"
    qInfo().noquote() << headerNames.join(',');
}

// getHeaderNames(), getHeaders(), hasHeader(), removeHeader() of a response and of any outgoing message.
void headerNamesAndCopies(http::OutgoingMessage *message)
{
    check(message->setHeader("Foo", "bar"));
    check(message->setHeader("Set-Cookie", QList<QByteArray> { "foo=bar", "bar=baz" }));

    const QList<QByteArray> headerNames = message->getHeaderNames();
    // headerNames == { "foo", "set-cookie" }
    qInfo().noquote() << headerNames.join(',');

    const http::HeaderList headers = message->getHeaders();
    // headers == { { "foo", "bar" }, { "set-cookie", { "foo=bar", "bar=baz" } } }
    for (const auto &[name, value] : headers)
        qInfo().noquote() << name << value.toList().join('|');

    check(message->setHeader("Content-Type", "text/plain"));
    const bool hasContentType = message->hasHeader("content-type");
    qInfo() << hasContentType;

    check(message->setHeader("Content-Encoding", "identity"));
    check(message->removeHeader("Content-Encoding"));
    qInfo().noquote() << message->hasHeader("content-encoding")
                      << message->getHeaderNames().join(',');
}

// "request.setHeader(name, value)"
void setHeadersOfRequest(http::ClientRequest *request)
{
    check(request->setHeader("Content-Type", "application/json"));
    check(request->setHeader("Cookie", QList<QByteArray> { "type=ninja", "language=javascript" }));
}

// "response.setHeader(name, value)"
void setHeadersOfResponse(http::ServerResponse *response)
{
    check(response->setHeader("Content-Type", "text/html"));
    check(response->setHeader(
        "Set-Cookie", QList<QByteArray> { "type=ninja", "language=javascript" }));
}

} // namespace examples
