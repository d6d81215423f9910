#pragma once

#include "wire/error.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <utility>

namespace headrace::wire {

/// One outgoing field line. Name and value are sent as given.
using FieldLine = std::pair<QByteArray, QByteArray>;

/** What decides the framing and persistence of an outgoing message: the state of the message when its
    head is rendered. Source: reference `response.write`, `agent` keepAlive; conformance
    `body-framing-decision`, `connection-header-decision`, NOTES "Server" 1 to 9. */
struct HeadPolicy
{
    bool hasBody = true; ///< False for HEAD, 1xx, 204, 304.
    int statusCode = 0; ///< 0 for a request.
    bool chunkedByDefault
        = true; ///< False for GET-like requests and HTTP/1.0 peers without `TE: chunked`.
    std::optional<qint64> knownLength; ///< Set when the whole body is known: a lone end(data).
    bool keepAlive = true; ///< The message wishes the connection to persist.
    bool hasAgent = false; ///< A request under an agent may keep alive without framing of its own.
    int keepAliveHintSeconds = -1; ///< Value of the Keep-Alive hint; -1 sends none.
    QByteArray date; ///< Value of an automatic Date field; empty sends none.
    bool connectionRemoved = false; ///< removeHeader('Connection') was called; a field set later wins.
    bool contentLengthRemoved = false;
    bool transferEncodingRemoved = false;
    bool chunked = false; ///< The message was already set to chunked.
};

/// A rendered head and what follows from it.
struct RenderedHead
{
    QByteArray octets; ///< Start line to blank line.
    bool chunked = false; ///< The body is to be sent in chunks.
    bool last = false; ///< The connection ends after this message.
    bool keepAlive = true; ///< policy.keepAlive as corrected by the fields.
    bool expectsContinue = false; ///< There is an Expect field: send the head at once.
    bool ownKeepAliveHint = false; ///< There is a Keep-Alive field: no later head makes one up.
    Error error; ///< ERR_HTTP_TRAILER_INVALID; octets are empty then, the rest was decided all the same.
};

/** Renders \a startLine (without line end), \a fields in order, then the automatic fields: Date,
    Connection, Keep-Alive, Content-Length or Transfer-Encoding. Values are not validated here.
    Source: RFC 9112; NOTES "Server and ServerResponse" 7. */
RenderedHead renderHead(
    QByteArrayView startLine, const QList<FieldLine> &fields, const HeadPolicy &policy);

/// The size line of a chunk: hexadecimal \a size, \a extensions as given (with ';'), CRLF.
QByteArray renderChunkHeader(qint64 size, QByteArrayView extensions = {});

/// The end of a chunked message: `0`, CRLF, the trailer fields, blank line.
QByteArray renderLastChunk(const QList<FieldLine> &trailers);

} // namespace headrace::wire
