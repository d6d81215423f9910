#pragma once

namespace headrace::wire {

/// What an octet on the wire belongs to. Every octet of a connection has exactly one part.
enum class MessagePart
{
    Head, ///< Start line, fields and blank line (with empty lines before the start line).
    ChunkHeader, ///< Size line of a chunk: size, extensions, line end. Also that of the last chunk.
    Body, ///< Payload: body octets, or the data of a chunk.
    ChunkEnd, ///< The line end behind a chunk's data.
    Trailers, ///< Trailer section with the blank line that ends a chunked message.
    Tunnel, ///< Octets behind an upgrade or CONNECT.
    Unparsed, ///< Octets that no message took: behind a fault, or surplus.
};

} // namespace headrace::wire
