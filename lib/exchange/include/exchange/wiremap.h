#pragma once

#include "exchange/fieldlines.h"
#include "exchange/framing.h"
#include "exchange/store.h"
#include "exchange/wirespan.h"

#include <array>
#include <atomic>
#include <functional>
#include <optional>

namespace headrace::exchange {

/// Octets that passed in one read or one write.
struct WireRun
{
    qint64 begin = 0;
    qint64 end = 0; ///< One past the last.
    qint64 time = 0; ///< Microseconds from Exchange::began.

    bool operator==(const WireRun &) const = default;
};

/// What stands at a place on the wire: the smallest thing that has a name.
struct WireItem
{
    enum class Kind
    {
        StartLine, ///< With empty lines before it.
        Field, ///< A line of the head with its line end, or several when it is folded.
        HeadEnd, ///< The empty line.
        SizeLine, ///< Of a chunk, with extensions and line end.
        ChunkData,
        ChunkEnd, ///< The line end behind it.
        LastChunk, ///< The size line "0".
        Data, ///< Body octets without chunks.
        Trailer,
        TrailersEnd, ///< The empty line.
        Tunnel,
        Unparsed
    };

    Kind kind = Kind::Unparsed;
    int message
        = -1; ///< As Sink has it: -1 the request, 0 the final response, n > 0 the n-th interim response.
    int frame = 0; ///< Among those of the message, see WireMap::frames().
    int index
        = -1; ///< Field, Trailer: in Message::fields or trailers. Parts of a chunk: number of the chunk, from 0.
    WireSpan span;

    bool operator==(const WireItem &) const = default;
};

/** Where everything of an exchange lies on the wire, and what lies where. Offsets are those of WireSpan. Knows what is
    in Message::octets: of messages that are partial or truncated the first part only, unless read() saw the rest. Of messages without octets
    (from files that have none) it knows nothing.
    Cost: linear in the pieces of octets once; each question then takes logarithmic time. Thread: any. */
class WireMap
{
public:
    /// The octets of one message.
    struct Place
    {
        int message = -1; ///< As WireItem::message.
        qint64 begin = 0;
        qint64 end = 0; ///< One past the last that passed.
        qint64 knownEnd = 0; ///< One past the last that is here.
    };

    WireMap() = default;
    explicit WireMap(const Exchange &exchange);

    /** Of all that \a store has of \a exchange, which need not have its octets with it. Only framing is kept in memory.
        Nothing when \a isCanceled has become true. Thread: any; not the GUI's for large messages. */
    static std::optional<WireMap> read(
        const Exchange &exchange, const Store &store, const std::atomic_bool *isCanceled = nullptr);

    /// Messages that have octets, in their order.
    const QList<Place> &places(Direction direction) const;
    qint64 size(Direction direction) const; ///< Octets that passed.

    /// Reads or writes in their order, also across messages; only what is here.
    const QList<WireRun> &runs(Direction direction) const;
    std::optional<WireRun> runAt(Direction direction, qint64 offset) const;

    /// Frame::offset counts from the first octet of the message. Empty for a message that is not there.
    const QList<Frame> &frames(int message) const;

    /// All of a message; its head (or what is there of it); its trailers with the empty line.
    std::optional<WireSpan> message(int message) const;
    std::optional<WireSpan> head(int message) const;
    std::optional<WireSpan> startLine(int message) const;
    std::optional<WireSpan> trailers(int message) const;

    /// The line of Message::fields or Message::trailers with that index, as received.
    std::optional<WireSpan> field(int message, int index) const;
    std::optional<WireSpan> trailer(int message, int index) const;

    /// How the lines are written. Offsets count from the first octet of head() or trailers().
    const FieldBlock &headLines(int message) const;
    const FieldBlock &trailerLines(int message) const;

    std::optional<WireSpan> frame(int message, int index) const;

    /// The parts of a chunk; nothing for frames that are none. The extension with its ';', empty without.
    std::optional<WireSpan> sizeLine(int message, int frame) const;
    std::optional<WireSpan> extension(int message, int frame) const;
    std::optional<WireSpan> chunkData(int message, int frame) const;

    /// Of a chunk of a message, from 0: its frame.
    std::optional<int> frameOfChunk(int message, int chunk) const;

    /// What stands there; nothing for octets that are not here.
    std::optional<WireItem> at(Direction direction, qint64 offset) const;

private:
    struct Entry
    {
        Direction direction = Direction::Request;
        Place place;
        QList<Frame> frames;
        QList<int> chunkFrames; ///< Frames that are chunks, the last one with them.
        int headFrame = -1;
        int trailersFrame = -1;
        FieldBlock headLines;
        FieldBlock trailerLines;
    };

    using Take = std::function<bool(const Octets &)>;

    /// \a giveAll gives the octets of the message piece by piece, until what it is given says false.
    void add(const Message &message, int index, Direction direction,
        const std::function<void(const Take &)> &giveAll);
    void addAll(const Exchange &exchange,
        const std::function<void(const Message &message, int index, const Take &)> &giveAll);
    const Entry *entry(int message) const;
    const Entry *entryAt(Direction direction, qint64 offset) const;
    static WireSpan spanOf(const Entry &entry, qint64 begin, qint64 end);
    static std::optional<WireSpan> lineOf(
        const Entry &entry, int frame, const FieldBlock &block, int index);
    static WireItem itemInBlock(const Entry &entry, int frame, qint64 offset);
    static WireItem itemInChunk(const Entry &entry, int frame, qint64 offset);

    QList<Entry> m_entries; ///< In order: request, interim responses, response.
    std::array<QList<Place>, 2> m_places; ///< Of each direction.
    std::array<QList<WireRun>, 2> m_runs;
    std::array<qint64, 2> m_sizes {};
};

} // namespace headrace::exchange
