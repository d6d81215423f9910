#include "exchange/wiremap.h"

#include <algorithm>
#include <limits>

namespace headrace::exchange {

namespace {

/// The last of \a things that begins at or before \a offset; -1: none.
template <typename Things, typename Begin>
qsizetype lastAt(const Things &things, qint64 offset, Begin beginOf)
{
    const auto after = std::upper_bound(things.cbegin(), things.cend(), offset,
        [&](qint64 value, const auto &thing) { return value < beginOf(thing); });
    return std::distance(things.cbegin(), after) - 1;
}

const FieldBlock NoLines;

} // namespace

WireMap::WireMap(const Exchange &exchange)
{
    addAll(exchange, [](const Message &message, int, const Take &take) {
        for (const Octets &piece : message.octets)
            take(piece);
    });
}

std::optional<WireMap> WireMap::read(
    const Exchange &exchange, const Store &store, const std::atomic_bool *isCanceled)
{
    WireMap map;
    map.addAll(exchange, [&](const Message &, int index, const Take &take) {
        store.readOctets(exchange.summary.id, index,
            [&](const Octets &piece) { return take(piece) && !(isCanceled && *isCanceled); });
    });
    if (isCanceled && *isCanceled)
        return {};
    return map;
}

void WireMap::addAll(const Exchange &exchange,
    const std::function<void(const Message &message, int index, const Take &)> &giveAll)
{
    const auto addOne = [&](const Message &message, int index, Direction direction) {
        add(message, index, direction, [&](const Take &take) { giveAll(message, index, take); });
    };
    addOne(exchange.request, -1, Direction::Request);
    for (int i = 0; i < exchange.interim.size(); ++i)
        addOne(exchange.interim.at(i), i + 1, Direction::Response);
    addOne(exchange.response, 0, Direction::Response);
}

void WireMap::add(const Message &message, int index, Direction direction,
    const std::function<void(const Take &)> &giveAll)
{
    qint64 &size = m_sizes[std::size_t(direction)];
    QList<WireRun> &runs = m_runs[std::size_t(direction)];
    Entry entry;
    entry.direction = direction;
    entry.place.message = index;
    entry.place.begin = size;
    qint64 offset = size;
    Framer framer;
    QByteArray head;
    QByteArray trailers;
    giveAll([&](const Octets &piece) {
        const qint64 end = offset + piece.octets.size();
        if (!runs.isEmpty() && runs.constLast().time == piece.time
            && runs.constLast().end == offset)
            runs.last().end = end;
        else if (end > offset)
            runs.append({ offset, end, piece.time });
        offset = end;
        framer.add(piece);
        if (piece.part == Part::Head)
            head += piece.octets;
        else if (piece.part == Part::Trailers)
            trailers += piece.octets;
        return true;
    });
    entry.place.knownEnd = offset;
    entry.place.end = std::max(offset, size + message.wireOctets);
    size = entry.place.end;
    if (entry.place.end == entry.place.begin)
        return;

    entry.frames = framer.take();
    for (int i = 0; i < entry.frames.size(); ++i) {
        const Frame::Kind kind = entry.frames.at(i).kind;
        if (kind == Frame::Kind::Head && entry.headFrame < 0)
            entry.headFrame = i;
        else if (kind == Frame::Kind::Trailers && entry.trailersFrame < 0)
            entry.trailersFrame = i;
        else if (kind == Frame::Kind::Chunk || kind == Frame::Kind::LastChunk)
            entry.chunkFrames.append(i);
    }
    // Of a damaged message with several heads the first one is read.
    if (entry.headFrame >= 0)
        entry.headLines = readFieldBlock(head.first(entry.frames.at(entry.headFrame).octets), true);
    if (entry.trailersFrame >= 0)
        entry.trailerLines
            = readFieldBlock(trailers.first(entry.frames.at(entry.trailersFrame).octets), false);
    m_places[std::size_t(direction)].append(entry.place);
    m_entries.append(std::move(entry));
}

const QList<WireMap::Place> &WireMap::places(Direction direction) const
{
    return m_places[std::size_t(direction)];
}

qint64 WireMap::size(Direction direction) const { return m_sizes[std::size_t(direction)]; }

const QList<WireRun> &WireMap::runs(Direction direction) const
{
    return m_runs[std::size_t(direction)];
}

std::optional<WireRun> WireMap::runAt(Direction direction, qint64 offset) const
{
    const QList<WireRun> &runs = m_runs[std::size_t(direction)];
    const qsizetype index = lastAt(runs, offset, [](const WireRun &run) { return run.begin; });
    if (index < 0 || offset >= runs.at(index).end)
        return {};
    return runs.at(index);
}

const QList<Frame> &WireMap::frames(int message) const
{
    static const QList<Frame> none;
    const Entry *found = entry(message);
    return found ? found->frames : none;
}

std::optional<WireSpan> WireMap::message(int message) const
{
    const Entry *found = entry(message);
    if (!found)
        return {};
    return spanOf(*found, 0, found->place.end - found->place.begin);
}

std::optional<WireSpan> WireMap::head(int message) const
{
    const Entry *found = entry(message);
    return found ? frame(message, found->headFrame) : std::nullopt;
}

std::optional<WireSpan> WireMap::startLine(int message) const
{
    const Entry *found = entry(message);
    if (!found || found->headFrame < 0)
        return {};
    const qint64 offset = found->frames.at(found->headFrame).offset;
    return spanOf(*found, offset + found->headLines.startBegin, offset + found->headLines.startEnd);
}

std::optional<WireSpan> WireMap::trailers(int message) const
{
    const Entry *found = entry(message);
    return found ? frame(message, found->trailersFrame) : std::nullopt;
}

std::optional<WireSpan> WireMap::field(int message, int index) const
{
    const Entry *found = entry(message);
    return found ? lineOf(*found, found->headFrame, found->headLines, index) : std::nullopt;
}

std::optional<WireSpan> WireMap::trailer(int message, int index) const
{
    const Entry *found = entry(message);
    return found ? lineOf(*found, found->trailersFrame, found->trailerLines, index) : std::nullopt;
}

const FieldBlock &WireMap::headLines(int message) const
{
    const Entry *found = entry(message);
    return found ? found->headLines : NoLines;
}

const FieldBlock &WireMap::trailerLines(int message) const
{
    const Entry *found = entry(message);
    return found ? found->trailerLines : NoLines;
}

std::optional<WireSpan> WireMap::frame(int message, int index) const
{
    const Entry *found = entry(message);
    if (!found || index < 0 || index >= found->frames.size())
        return {};
    const Frame &frame = found->frames.at(index);
    return spanOf(*found, frame.offset, frame.offset + frame.octets);
}

std::optional<WireSpan> WireMap::sizeLine(int message, int frame) const
{
    auto span = this->frame(message, frame);
    if (!span)
        return {};
    const Frame &found = frames(message).at(frame);
    if (found.kind != Frame::Kind::Chunk && found.kind != Frame::Kind::LastChunk)
        return {};
    span->end = span->begin + found.sizeLineOctets;
    return span;
}

std::optional<WireSpan> WireMap::extension(int message, int frame) const
{
    auto span = sizeLine(message, frame);
    if (!span)
        return {};
    const Frame &found = frames(message).at(frame);
    span->end -= found.lineEndOctets;
    span->begin = found.extensionAt < 0 ? span->end : span->begin + found.extensionAt;
    return span;
}

std::optional<WireSpan> WireMap::chunkData(int message, int frame) const
{
    const auto line = sizeLine(message, frame);
    if (!line)
        return {};
    return WireSpan { line->direction, line->end,
        line->end + frames(message).at(frame).dataOctets };
}

std::optional<int> WireMap::frameOfChunk(int message, int chunk) const
{
    const Entry *found = entry(message);
    if (!found || chunk < 0 || chunk >= found->chunkFrames.size())
        return {};
    return found->chunkFrames.at(chunk);
}

std::optional<WireItem> WireMap::at(Direction direction, qint64 offset) const
{
    const Entry *found = entryAt(direction, offset);
    if (!found || offset >= found->place.knownEnd)
        return {};
    const qint64 inMessage = offset - found->place.begin;
    const int frame
        = int(lastAt(found->frames, inMessage, [](const Frame &one) { return one.offset; }));
    if (frame < 0)
        return {};
    const Frame &there = found->frames.at(frame);
    WireItem item { WireItem::Kind::Unparsed, found->place.message, frame, -1,
        spanOf(*found, there.offset, there.offset + there.octets) };
    switch (there.kind) {
    case Frame::Kind::Head:
    case Frame::Kind::Trailers:
        return itemInBlock(*found, frame, inMessage - there.offset);
    case Frame::Kind::Chunk:
    case Frame::Kind::LastChunk:
        return itemInChunk(*found, frame, inMessage - there.offset);
    case Frame::Kind::Data:
        item.kind = WireItem::Kind::Data;
        break;
    case Frame::Kind::Tunnel:
        item.kind = WireItem::Kind::Tunnel;
        break;
    case Frame::Kind::Unparsed:
        break;
    }
    return item;
}

const WireMap::Entry *WireMap::entry(int message) const
{
    // Request, interim responses and response stand in this order; those without octets are missing.
    const auto rank = [](int index) {
        return index < 0 ? -1 : index == 0 ? std::numeric_limits<int>::max() : index;
    };
    const auto found = std::lower_bound(m_entries.cbegin(), m_entries.cend(), rank(message),
        [&](const Entry &entry, int value) { return rank(entry.place.message) < value; });
    return found != m_entries.cend() && found->place.message == message ? &*found : nullptr;
}

const WireMap::Entry *WireMap::entryAt(Direction direction, qint64 offset) const
{
    const QList<Place> &places = m_places[std::size_t(direction)];
    const qsizetype index = lastAt(places, offset, [](const Place &place) { return place.begin; });
    return index < 0 ? nullptr : entry(places.at(index).message);
}

WireSpan WireMap::spanOf(const Entry &entry, qint64 begin, qint64 end)
{
    return { entry.direction, entry.place.begin + begin, entry.place.begin + end };
}

std::optional<WireSpan> WireMap::lineOf(
    const Entry &entry, int frame, const FieldBlock &block, int index)
{
    if (frame < 0 || index < 0 || index >= block.fields.size())
        return {};
    const qint64 offset = entry.frames.at(frame).offset;
    const FieldLine &line = block.fields.at(index);
    return spanOf(entry, offset + line.begin, offset + line.end);
}

WireItem WireMap::itemInBlock(const Entry &entry, int frame, qint64 offset)
{
    using Kind = WireItem::Kind;
    const Frame &there = entry.frames.at(frame);
    const bool isHead = there.kind == Frame::Kind::Head;
    // A damaged message may have several blocks; the first one is the one that was read.
    const bool isRead = frame == (isHead ? entry.headFrame : entry.trailersFrame);
    const FieldBlock &block = !isRead ? NoLines : isHead ? entry.headLines : entry.trailerLines;
    const auto item = [&](Kind kind, int index, qint64 begin, qint64 end) {
        return WireItem { kind, entry.place.message, frame, index,
            spanOf(entry, there.offset + begin, there.offset + end) };
    };
    if (!isRead)
        return item(Kind::Unparsed, -1, 0, there.octets);
    if (offset < block.startEnd)
        return item(Kind::StartLine, -1, 0, block.startEnd);
    const qsizetype index
        = lastAt(block.fields, offset, [](const FieldLine &line) { return line.begin; });
    if (index >= 0 && offset < block.fields.at(index).end) {
        const FieldLine &line = block.fields.at(index);
        return item(isHead ? Kind::Field : Kind::Trailer, int(index), line.begin, line.end);
    }
    return item(isHead ? Kind::HeadEnd : Kind::TrailersEnd, -1, block.fieldsEnd, there.octets);
}

WireItem WireMap::itemInChunk(const Entry &entry, int frame, qint64 offset)
{
    using Kind = WireItem::Kind;
    const Frame &there = entry.frames.at(frame);
    const auto chunk
        = std::lower_bound(entry.chunkFrames.cbegin(), entry.chunkFrames.cend(), frame);
    const auto item = [&](Kind kind, qint64 begin, qint64 end) {
        return WireItem { kind, entry.place.message, frame,
            int(std::distance(entry.chunkFrames.cbegin(), chunk)),
            spanOf(entry, there.offset + begin, there.offset + end) };
    };
    const qint64 dataEnd = there.sizeLineOctets + there.dataOctets;
    if (there.kind == Frame::Kind::LastChunk)
        return item(Kind::LastChunk, 0, there.octets);
    if (offset < there.sizeLineOctets)
        return item(Kind::SizeLine, 0, there.sizeLineOctets);
    if (offset < dataEnd)
        return item(Kind::ChunkData, there.sizeLineOctets, dataEnd);
    return item(Kind::ChunkEnd, dataEnd, there.octets);
}

} // namespace headrace::exchange
