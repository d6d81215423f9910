#pragma once

#include "exchange/exchange.h"

namespace headrace::exchange {

/// A run of a message's octets that means one thing on the wire.
struct Frame
{
    enum class Kind
    {
        Head, ///< Start line and fields, with the empty line.
        Chunk, ///< Size line, data and the line end behind them.
        LastChunk, ///< The size line "0".
        Data, ///< Body octets without chunks, as they came in one read or went in one write.
        Trailers, ///< With the empty line behind them; without trailers that line alone.
        Tunnel, ///< Behind an upgrade or CONNECT.
        Unparsed, ///< What is no message.
    };

    Kind kind = Kind::Head;
    qint64 time = 0; ///< Of its first octet. Microseconds from Exchange::began.
    qint64 endTime = 0; ///< Of its last octet.
    qint64 offset = 0; ///< Of its first octet among those of the message. Unit: octets.
    qint64 octets = 0; ///< That are here.
    qint64 bodyOffset = -1; ///< Of its data within the body; -1: it has none.
    qint64 dataOctets = 0; ///< Of its data, without framing.
    QByteArray
        sizeLine; ///< Chunks: as it passed, without line end and blanks around it; at most 200 octets.
    qint64 sizeLineOctets = 0; ///< Of the whole size line, with line end.
    qint64 extensionAt = -1; ///< Of the first ';' within the size line; -1: it has none.
    int lineEndOctets
        = 0; ///< Of the size line's end: 2 for CRLF, 1 for LF, 0 while it is not here.
};

/// Puts the pieces of octets of a message together to frames, as they come. Thread: one at a time.
class Framer
{
public:
    void add(const Octets &piece);

    /// What came so far; once.
    QList<Frame> take();

private:
    bool isNew(const Octets &piece) const;
    void begin(const Octets &piece);
    void close();

    QList<Frame> m_frames;
    Part m_last = Part::Head; ///< Of the piece before.
    bool m_isSizeLineComplete = false;
    bool m_endsWithCr = false; ///< What is here of the size line.
    qint64 m_offset = 0;
    qint64 m_bodyOffset = 0;
};

/** The frames of a message in the order of its octets: as long as they are here, together they are all of them.
    Source: RFC 9112 section 7.1. Thread: any. */
QList<Frame> framesOf(const Message &message);

} // namespace headrace::exchange
