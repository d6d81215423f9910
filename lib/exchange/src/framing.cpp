#include "exchange/framing.h"

#include <algorithm>
#include <utility>

namespace headrace::exchange {

namespace {

constexpr qsizetype LongestSizeLine = 200; // that is kept for showing

Frame::Kind kindOf(Part part)
{
    switch (part) {
    case Part::Head:
        return Frame::Kind::Head;
    case Part::ChunkHeader:
    case Part::ChunkEnd:
        return Frame::Kind::Chunk;
    case Part::Body:
        return Frame::Kind::Data;
    case Part::Trailers:
        return Frame::Kind::Trailers;
    case Part::Tunnel:
        return Frame::Kind::Tunnel;
    case Part::Unparsed:
        break;
    }
    return Frame::Kind::Unparsed;
}

} // namespace

bool Framer::isNew(const Octets &piece) const
{
    if (m_frames.isEmpty())
        return true;
    const bool isInChunk = m_frames.constLast().kind == Frame::Kind::Chunk;
    switch (piece.part) {
    case Part::ChunkHeader:
        return !isInChunk || m_last != Part::ChunkHeader || m_isSizeLineComplete;
    case Part::Body: // without chunks each read or write by itself
    case Part::ChunkEnd:
        return !isInChunk;
    case Part::Tunnel:
        return true;
    case Part::Head:
    case Part::Trailers:
    case Part::Unparsed:
        break;
    }
    return m_last != piece.part;
}

void Framer::begin(const Octets &piece)
{
    close();
    Frame frame;
    frame.kind = kindOf(piece.part);
    frame.time = piece.time;
    frame.offset = m_offset;
    if (frame.kind == Frame::Kind::Chunk || frame.kind == Frame::Kind::Data)
        frame.bodyOffset = m_bodyOffset;
    m_frames.append(frame);
    m_isSizeLineComplete = false;
    m_endsWithCr = false;
}

// Whether a chunk was the last one is known when it had no data.
void Framer::close()
{
    if (m_frames.isEmpty() || m_frames.constLast().kind != Frame::Kind::Chunk)
        return;
    Frame &frame = m_frames.last();
    frame.sizeLine = frame.sizeLine.trimmed();
    const qsizetype end = frame.sizeLine.indexOf(';');
    const QByteArray size = (end < 0 ? frame.sizeLine : frame.sizeLine.first(end)).trimmed();
    const bool isZero = !size.isEmpty() && size.count('0') == size.size();
    if (frame.dataOctets == 0 && isZero) {
        frame.kind = Frame::Kind::LastChunk;
        frame.bodyOffset = -1;
    }
}

void Framer::add(const Octets &piece)
{
    // A piece may hold several size lines only where one chunk has no data, which ends the body.
    if (isNew(piece))
        begin(piece);
    Frame &frame = m_frames.last();
    frame.endTime = piece.time;
    frame.octets += piece.octets.size();
    if (piece.part == Part::Body) {
        frame.dataOctets += piece.octets.size();
        m_bodyOffset += piece.octets.size();
    } else if (piece.part == Part::ChunkHeader) {
        const qsizetype extension = frame.extensionAt < 0 ? piece.octets.indexOf(';') : -1;
        if (extension >= 0)
            frame.extensionAt = frame.sizeLineOctets + extension;
        const bool endsWithCr
            = piece.octets.size() == 1 ? m_endsWithCr : piece.octets.endsWith("\r\n");
        frame.lineEndOctets = piece.octets.endsWith('\n') ? (endsWithCr ? 2 : 1) : 0;
        m_endsWithCr = piece.octets.endsWith('\r');
        frame.sizeLineOctets += piece.octets.size();
        frame.sizeLine += piece.octets.first(std::min(
            piece.octets.size(), std::max<qsizetype>(0, LongestSizeLine - frame.sizeLine.size())));
        m_isSizeLineComplete = piece.octets.endsWith('\n');
    } else if (frame.kind == Frame::Kind::Tunnel || frame.kind == Frame::Kind::Unparsed) {
        frame.dataOctets = frame.octets;
    }
    m_offset += piece.octets.size();
    m_last = piece.part;
}

QList<Frame> Framer::take()
{
    close();
    return std::exchange(m_frames, {});
}

QList<Frame> framesOf(const Message &message)
{
    Framer framer;
    for (const Octets &piece : message.octets)
        framer.add(piece);
    return framer.take();
}

} // namespace headrace::exchange
