#pragma once

#include "exchange/exchange.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QFlags>
#include <QList>

#include <array>
#include <memory>
#include <optional>

namespace headrace::exchange {

/// Whether what follows the heads are frames of WebSocket: status 101 and its Upgrade, or the scheme.
bool isWebSocket(const Exchange &exchange);

/// What a 101 agreed on for compressed messages. Source: RFC 7692 section 7.1.
struct WebSocketDeflate
{
    bool hasClientContext
        = true; ///< Kept from one message to the next: no `client_no_context_takeover`.
    bool hasServerContext = true;
    int clientWindowBits = 15;
    int serverWindowBits = 15;

    bool hasContext(Direction direction) const
    {
        return direction == Direction::Request ? hasClientContext : hasServerContext;
    }

    int windowBits(Direction direction) const
    {
        return direction == Direction::Request ? clientWindowBits : serverWindowBits;
    }

    bool operator==(const WebSocketDeflate &) const = default;
};

/// By the Sec-WebSocket-Extensions of \a response; nothing if permessage-deflate is not among them, or malformed.
std::optional<WebSocketDeflate> webSocketDeflateOf(const Message &response);

/// A message of one or several frames, or a control frame.
struct WebSocketMessage
{
    /// RFC 6455 section 5.2.
    enum Opcode
    {
        Continuation = 0,
        Text = 1,
        Binary = 2,
        Close = 8,
        Ping = 9,
        Pong = 10
    };

    /// What the peer must not do; it was read nevertheless.
    enum Violation
    {
        Unmasked = 1, ///< From a client, which has to mask.
        Masked = 2, ///< From a server, which must not.
        ReservedBits = 4, ///< Set without an extension that gives them a meaning.
        UnknownOpcode = 8,
        NoContinuation
        = 16, ///< A frame that continues nothing, or a message that another one cut off.
        BadUtf8 = 32, ///< Of a text, or of the reason of a close.
        BadClose = 64, ///< A code that may not be sent, or half of one.
        BadCompression = 128, ///< The payload is what was decoded before the fault.
        TooLong = 256, ///< Decoding stopped at WebSocketReader::DecodedLimit.
        BadFraming
        = 512, ///< A header that is none: nothing behind it can be read. The last of its direction.
    };
    Q_DECLARE_FLAGS(Violations, Violation)

    Direction direction = Direction::Request; ///< Request: from the client.
    int opcode = Text; ///< As an Opcode, or another number up to 15.
    qint64 firstTime = 0; ///< Of its first octet, as it was fed.
    qint64 lastTime = 0;
    qint64 offset = 0; ///< Of its first frame among the octets of its direction.
    qint64 wireOctets = 0; ///< Of its frames, headers counted.
    int frames = 0;
    bool isMasked = false;
    bool isCompressed = false;
    bool isComplete = false; ///< Its last frame has come.
    QByteArray payload; ///< Unmasked and decompressed; at most what the reader keeps.
    qint64 payloadOctets = 0; ///< How many there were.
    Violations violations;

    bool isControl() const { return opcode >= Close; }

    bool isCut() const { return payload.size() < payloadOctets; }

    /// Of a close; 1005 without one (RFC 6455 section 7.1.5).
    int closeCode() const;
    QByteArray closeReason() const;
};

/// For people: "text", "close", "opcode 3".
QString webSocketOpcodeName(int opcode);

/// For people, a sentence; the first of several.
QString violationText(WebSocketMessage::Violations violations);

/** Reads what passed in both directions behind a 101, as it comes, in pieces of any size. What is wrong is told and, as
    far as it goes, read. Memory: of each direction, the message that is not complete up to what is kept, and the window
    of the decompression. Source: RFC 6455 section 5, RFC 7692.
    Not copied. Thread: one at a time. */
class WebSocketReader
{
public:
    static constexpr qsizetype KeptOctets = 256 * 1024;

    /// Octets that one compressed message may decode to; beyond it the direction is not decoded any more.
    static constexpr qint64 DecodedLimit = qint64(256) * 1024 * 1024;

    /// \a kept: octets of each payload. \a deflate: webSocketDeflateOf() the 101.
    explicit WebSocketReader(
        const std::optional<WebSocketDeflate> &deflate = {}, qsizetype kept = KeptOctets);
    ~WebSocketReader();
    WebSocketReader(WebSocketReader &&) noexcept;
    WebSocketReader &operator=(WebSocketReader &&) noexcept;

    /// The messages that are complete with this, in order. \a time: for their times; any unit, ascending.
    QList<WebSocketMessage> feed(Direction direction, QByteArrayView octets, qint64 time);

    /// What there is of one that is not complete.
    std::optional<WebSocketMessage> incomplete(Direction direction) const;

    qint64 octets(Direction direction) const; ///< That were fed.

    /// After WebSocketMessage::BadFraming.
    bool isBroken(Direction direction) const;

private:
    class Channel;

    std::unique_ptr<Channel> m_client;
    std::unique_ptr<Channel> m_server;

    Channel &channel(Direction direction) const
    {
        return direction == Direction::Request ? *m_client : *m_server;
    }
};

/// One frame, as it is to be sent. Lengths are written in their shortest form.
struct WebSocketFrame
{
    int opcode = WebSocketMessage::Text;
    QByteArrayView payload; ///< As it passes, but for the mask.
    bool isFinal = true;
    bool isCompressed = false; ///< The bit that says so.
    std::optional<std::array<char, 4>> mask;

    QByteArray toOctets() const;
};

/** Writes whole messages of one direction, a frame each; those of a client masked by chance. With \a deflate texts and
    binaries are compressed, with its window and context; control frames never are. Not copied. Thread: one at a time. */
class WebSocketWriter
{
public:
    explicit WebSocketWriter(
        Direction direction, const std::optional<WebSocketDeflate> &deflate = {});
    ~WebSocketWriter();
    WebSocketWriter(WebSocketWriter &&) noexcept;
    WebSocketWriter &operator=(WebSocketWriter &&) noexcept;

    QByteArray write(int opcode, QByteArrayView payload);

private:
    class Deflater;

    Direction m_direction;
    std::unique_ptr<Deflater> m_deflater; ///< Null: nothing is compressed.
};

} // namespace headrace::exchange

Q_DECLARE_OPERATORS_FOR_FLAGS(headrace::exchange::WebSocketMessage::Violations)
