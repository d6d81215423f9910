#pragma once

#include <exchange/exchange.h>

#include <QString>

#include <memory>

namespace headrace::ui::samples {

/// "12 ClientRequest socket", with a detail behind it.
inline exchange::Event eventOf(const QString &text)
{
    return { text.section(u' ', 0, 0).toLongLong(), text.section(u' ', 1, 1),
        text.section(u' ', 2, 2).replace(u'_', u' '), text.section(u' ', 3) };
}

/// A request and its answer of one chunk, 40 ms later, with all that a client records of them.
inline std::shared_ptr<exchange::Exchange> chunkedExchange()
{
    using exchange::Part;
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange::Summary &summary = exchange->summary;
    summary.id = 7;
    summary.state = exchange::State::Complete;
    summary.method = QStringLiteral("GET");
    summary.target = QStringLiteral("/v1/items");
    summary.host = QStringLiteral("api.example.test");
    summary.statusCode = 200;
    summary.reason = QStringLiteral("OK");
    summary.duration = 41'000;
    exchange->request.startLine = "GET / HTTP/1.1";
    exchange->request.octets = { { 310, Part::Head, "GET / HTTP/1.1\r\n\r\n" } };
    exchange->request.wireOctets = 18;
    exchange->request.endTime = 320;
    exchange::Message &response = exchange->response;
    response.startLine = "HTTP/1.1 200 OK";
    response.endTime = 40'600;
    response.octets = { { 40'400, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" },
        { 40'400, Part::ChunkHeader, "5\r\n" }, { 40'400, Part::Body, "hello" },
        { 40'400, Part::ChunkEnd, "\r\n" }, { 40'600, Part::ChunkHeader, "0\r\n" },
        { 40'600, Part::Trailers, "\r\n" } };
    exchange->connection.peerAddress = QStringLiteral("127.0.0.1");
    exchange->connection.peerPort = 8080;
    exchange->timings.connectStarted = 100;
    exchange->timings.connectEnded = 300;
    exchange->timings.requestSent = 320;
    exchange->timings.firstByte = 40'400;
    exchange->timings.ended = 41'000;
    for (const char *line : { "100 Socket connect_started", "120 ClientRequest socket",
             "300 Socket connect_ended", "311 ClientRequest prefinish", "320 ClientRequest finish",
             "40400 Socket first_byte", "40410 ClientRequest response 200 OK",
             "40420 Wire chunk_received 5 B", "40430 IncomingMessage data 5 B",
             "40610 Wire chunk_received 0 B", "40620 IncomingMessage end",
             "40990 ClientRequest close", "41000 IncomingMessage close" })
        exchange->events.append(eventOf(QString::fromLatin1(line)));
    return exchange;
}

/// \a pieces pieces of a body, each read by itself, and no end.
inline std::shared_ptr<exchange::Exchange> longExchange(int pieces)
{
    auto exchange = chunkedExchange();
    exchange->response.octets.clear();
    exchange->events = exchange->events.first(7);
    qint64 time = 50'000;
    for (int i = 0; i < pieces; ++i, time += 25) {
        exchange->response.octets.append({ time, exchange::Part::Body, "0123456789" });
        exchange->events.append({ time + 5, QStringLiteral("IncomingMessage"),
            QStringLiteral("data"), QStringLiteral("10 B") });
    }
    exchange->timings.ended = exchange->summary.duration = time;
    return exchange;
}

} // namespace headrace::ui::samples
