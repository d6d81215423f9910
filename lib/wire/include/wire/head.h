#pragma once

#include "wire/fields.h"

namespace headrace::wire {

/// How the end of a body is found. Source: RFC 9112 section 6.3.
enum class BodyFraming
{
    None, ///< No body octets follow the head.
    ContentLength, ///< Exactly Head::contentLength octets.
    Chunked, ///< Chunked transfer coding, with a trailer section.
    UntilClose, ///< A response that lasts until the connection closes.
};

/** The head of one message: start line and fields, as received, with the position of every part.
    Spans refer to octets(). */
struct Head
{
    Fields fields; ///< Its block() is the whole head, start line to blank line inclusive.

    Span method; ///< Requests only.
    Span target; ///< Requests only. Any form of RFC 9112 section 3.2, byte for byte.
    Span version; ///< "1.1"; empty for a request line without version (HTTP/0.9).
    Span status; ///< Responses only: three digits.
    Span reason; ///< Responses only; may be empty; blanks kept as received.

    int versionMajor = 1;
    int versionMinor = 1;
    int statusCode = 0;

    BodyFraming framing = BodyFraming::None; ///< What the head says, before the owner's decision.
    qint64 contentLength = -1; ///< Value of Content-Length, at most 2^63-1; -1 without one.
    bool keepAlive = true; ///< The peer lets the connection persist. RFC 9112 section 9.3.
    /// CONNECT, or an Upgrade field with `Connection: upgrade`; of responses only in a 101.
    /// A 101 without these fields is an informational response like others, as in the reference.
    bool upgradeRequested = false;

    const QByteArray &octets() const { return fields.block(); }

    QByteArrayView part(const Span &span) const { return span.in(octets()); }
};

} // namespace headrace::wire
