#pragma once

#include <exchange/memorystore.h>
#include <inspector/inspectorpage.h>

#include <memory>

namespace headrace::ui::samples {

/// A message of these octets, without fields unless they are set behind it.
inline exchange::Message message(
    const QByteArray &startLine, const QList<exchange::Octets> &octets, int status = 0)
{
    exchange::Message message;
    message.startLine = startLine;
    message.statusCode = status;
    message.octets = octets;
    message.wireOctets = message.raw().size();
    return message;
}

/** A chunked response with an interim one before it: 103 with a Link field; 200 with a chunk of "hello" and extension,
    a last chunk and two trailers. The request has a Host field. */
inline std::shared_ptr<exchange::Exchange> chunkedExchange()
{
    using exchange::Part;
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->summary.id = 1;
    exchange->summary.state = exchange::State::Complete;
    exchange->request
        = message("GET / HTTP/1.1", { { 1, Part::Head, "GET / HTTP/1.1\r\nHost: a\r\n\r\n" } });
    exchange->request.fields = { { "Host", "a" } };
    exchange->interim = { message("HTTP/1.1 103 Early Hints",
        { { 5, Part::Head, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" } }, 103) };
    exchange->interim.first().fields = { { "Link", "x" } };
    exchange->response = message("HTTP/1.1 200 OK",
        { { 10, Part::Head, "HTTP/1.1 200 OK\r\nTE: 1\r\nTrailer: X-Sum, Y\r\n\r\n" },
            { 20, Part::ChunkHeader, "5;a=1\r\n" }, { 20, Part::Body, "he" },
            { 1520, Part::Body, "llo" }, { 1520, Part::ChunkEnd, "\r\n" },
            { 1530, Part::ChunkHeader, "0\r\n" },
            { 1530, Part::Trailers, "X-Sum: 1\r\nY: 2\r\n\r\n" } },
        200);
    exchange->response.fields = { { "TE", "1" }, { "Trailer", "X-Sum, Y" } };
    exchange->response.trailers = { { "X-Sum", "1" }, { "Y", "2" } };
    exchange->response.chunks = { { 20, 0, 5, ";a=1" }, { 1530, 5, 0, {} } };
    return exchange;
}

/// \a count chunks of \a size octets, each of its own read.
inline std::shared_ptr<exchange::Exchange> manyChunks(int count, int size)
{
    using exchange::Part;
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->summary.id = 2;
    QList<exchange::Octets> octets { { 0, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" } };
    const QByteArray line = QByteArray::number(size, 16) + "\r\n";
    const QByteArray data(size, 'x');
    for (int i = 0; i < count; ++i)
        octets << exchange::Octets { i, Part::ChunkHeader, line }
               << exchange::Octets { i, Part::Body, data }
               << exchange::Octets { i, Part::ChunkEnd, "\r\n" };
    exchange->response.startLine = "HTTP/1.1 200 OK";
    exchange->response.octets = octets;
    exchange->response.wireOctets = 19 + qint64(count) * (line.size() + size + 2);
    return exchange;
}

/// Puts chunks of 100 octets into the response of a recorded exchange; the head first if \a first is 0.
inline void addChunks(exchange::MemoryStore &store, exchange::ExchangeId id, int first, int count)
{
    using exchange::Part;
    if (first == 0) {
        exchange::Message head;
        head.startLine = "HTTP/1.1 200 OK";
        head.statusCode = 200;
        store.addOctets(id, 0, { 0, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" });
        store.setHead(id, 0, head);
    }
    for (int i = first; i < first + count; ++i) {
        store.addOctets(id, 0, { i, Part::ChunkHeader, "64\r\n" });
        store.addOctets(id, 0, { i, Part::Body, QByteArray(100, 'x') });
        store.addOctets(id, 0, { i, Part::ChunkEnd, "\r\n" });
    }
}

/// What a store answers when asked for no more than \a octets of each message.
inline std::shared_ptr<const exchange::Exchange> begun(
    const exchange::MemoryStore &store, exchange::ExchangeId id, qint64 octets)
{
    return std::make_shared<const exchange::Exchange>(*store.exchange(id, octets));
}

} // namespace headrace::ui::samples
