#pragma once

#include "wire/messageparser.h"

#include <memory>

namespace headrace::wire {

/** The chunked transfer coding with its trailer section, octets in, events out, strict.
    Used by MessageParser; usable alone. Same pull protocol: feed() a view, next() until NeedMore or End.
    Events have the meaning of MessageParser::Event; octets() obey the same invariant.
    Source: RFC 9112 section 7.1; conformance `server-chunk-*`, `client-chunk*`. */
class ChunkedDecoder
{
public:
    enum class Event
    {
        NeedMore,
        Octets,
        ChunkHeader,
        ChunkEnd,
        Trailers,
        End,
        Fault
    };

    ChunkedDecoder(MessageKind kind, ParserLimits limits, Lenience lenience);
    ~ChunkedDecoder();
    ChunkedDecoder(ChunkedDecoder &&) noexcept;
    ChunkedDecoder &operator=(ChunkedDecoder &&) noexcept;

    void reset();
    void feed(QByteArrayView octets); ///< Borrowed until next() answers NeedMore, End or Fault.
    Event next();

    MessagePart part() const;
    QByteArrayView octets() const;
    const ChunkHeader &chunkHeader() const;
    const Fields &trailers() const;
    ErrorCode errorCode() const; ///< After Fault.
    QLatin1StringView errorReason() const; ///< After Fault: why, without a prefix. Static text.
    qsizetype
    consumed() const; ///< Octets of the fed view taken so far; at a Fault those before it.

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace headrace::wire
