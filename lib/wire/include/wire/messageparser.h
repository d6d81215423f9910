#pragma once

#include "wire/error.h"
#include "wire/head.h"
#include "wire/messagepart.h"

#include <QByteArray>

#include <memory>

namespace headrace::wire {

/// Which messages a parser reads.
enum class MessageKind
{
    Request,
    Response
};

/// Bounds of what a parser takes before it faults. Every path through a message is bounded by one.
struct ParserLimits
{
    /** Target, reason, field names and values, without separators: the sum at which a head faults
        with HPE_HEADER_OVERFLOW. Trailers have the same budget for themselves.
        Unit: octets. Source: reference `maxHeaderSize`. */
    qsizetype maxHeaderSize = 16 * 1024;

    /// Raw octets of one head or one trailer section, separators and blanks counted: 8 times
    /// maxHeaderSize and 64 KiB. Not of the reference: it bounds the memory of kept raw heads.
    qsizetype maxRawHeadSize() const { return 8 * maxHeaderSize + 64 * 1024; }

    /// Octets of one chunk's extensions. Source: Node 20's limit of 16 KiB.
    qsizetype maxChunkExtensions = 16 * 1024;

    /// Octets of all chunk extensions of a message: 1024 times maxChunkExtensions, and as many as there
    /// are octets of data. Not of the reference: RFC 9112 section 7.1.1 asks for a limit of the total.
    qint64 maxMessageExtensions(qint64 dataOctets) const
    {
        return 1024 * qint64(maxChunkExtensions) + dataOctets;
    }
};

/// Lenience is named and off by default.
enum class Lenience
{
    Strict, ///< The stricter of the reference release and Node 20 (RFC 9112).
    /// Reference `insecureHTTPParser`: odd field values, folds, bare LF line ends of heads, other versions,
    /// framing by odd transfer codings, blanks behind chunk sizes and messages behind the last one are taken.
    Insecure,
};

/// One chunk's size line. Source: RFC 9112 section 7.1.
struct ChunkHeader
{
    qint64 size = 0; ///< Octets of data that follow; 0 for the last chunk.
    QByteArray extensions; ///< As received, with the leading ';'; empty without extensions.
};

/** Octets in, events out: one connection's direction, message after message. No socket, no clock.

    Pull: feed() octets, then call next() until it answers NeedMore (or Fault, or Tunnel). Between two
    calls the owner may decide (skipBody(), enterTunnel()) or stop for good. Every octet that was fed is
    reported in order by exactly one event that has octets (Octets, Fault, Tunnel), so their
    concatenation is what was fed.

    Empty lines before a start line are Octets of part Head outside any message, and not in head(). What
    follows the last message of a connection (`Connection: close`, HTTP/1.0) is a Fault; a request whose
    end cannot be known (transfer codings without chunked) is a Head and then a Fault.

    llhttp reads heads; chunked coding and trailers are read here (chunkeddecoder.h).
    Thread: any, one at a time. Source: RFC 9112; conformance/NOTES.md "The parser". */
class MessageParser
{
public:
    enum class Event
    {
        NeedMore, ///< All fed octets are used up.
        MessageBegin, ///< The first octet of a message was seen. No octets yet.
        Octets, ///< octets() of part() were taken. For part Body these are body data.
        Head, ///< head() is complete. The owner decides now: skipBody(), enterTunnel(), or nothing.
        ChunkHeader, ///< chunkHeader() is complete; also for the last chunk.
        ChunkEnd, ///< The chunk's data is complete.
        Trailers, ///< trailers() is complete (possibly empty). Only after a chunked body.
        MessageEnd, ///< The message is complete. The next one may follow in the same octets.
        Tunnel, ///< octets() are no HTTP: all that is left. Repeated for what is fed later.
        Fault, ///< error(); octets() is the rest of what was fed. Answered again for ever.
    };

    explicit MessageParser(
        MessageKind kind, ParserLimits limits = {}, Lenience lenience = Lenience::Strict);
    ~MessageParser();
    MessageParser(MessageParser &&) noexcept;
    MessageParser &operator=(MessageParser &&) noexcept;

    /// Ready for another connection: state and counters as new, memory kept. Cheap.
    void reset();

    /// Takes the next octets (shared, not copied: the array must own its data). Only after next()
    /// answered NeedMore, Tunnel or Fault.
    void feed(const QByteArray &octets);

    /// No more octets will come. next() then answers MessageEnd for a body that lasts until close,
    /// Fault HPE_INVALID_EOF_STATE within a message, NeedMore between messages.
    void feedEof();

    Event next();

    /// After MessageBegin: how this message is read, and those behind it until it is called again.
    void setLenience(Lenience lenience);

    /// Octets that were fed and are not reported yet. Valid until the next call.
    QByteArrayView unread() const;

    /// After Head: the body is absent whatever the head says (response to HEAD). RFC 9112 section 6.3.
    void skipBody();

    /// After Head: what follows is a tunnel (accepted upgrade, CONNECT). No MessageEnd comes.
    void enterTunnel();

    MessagePart part() const; ///< After Octets.
    QByteArrayView octets() const; ///< After Octets, Tunnel, Fault. Valid until the next call.
    QByteArray sharedOctets()
        const; ///< The same as an owning array (shares the fed array if it is all of it).
    const Head &head() const; ///< After Head, until the next message begins.
    Head takeHead(); ///< Moves the head out; head() is empty then.
    const ChunkHeader &chunkHeader() const; ///< After ChunkHeader.
    const Fields &trailers() const; ///< After Trailers, until the next message begins.
    const Error &error() const; ///< After Fault.

    /// The last event's position: octets fed before it since construction or reset(). Unit: octets.
    qint64 position() const;

    bool isInMessage() const; ///< Between MessageBegin and MessageEnd.
    bool isHeadComplete() const; ///< Between Head and MessageEnd.

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace headrace::wire
