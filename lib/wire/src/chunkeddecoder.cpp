#include "wire/chunkeddecoder.h"

#include "chunklinescanner_p.h"
#include "fieldscanner_p.h"
#include "wire/fieldrules.h"

#include <limits>

namespace headrace::wire {

struct ChunkedDecoder::Private
{
    enum class State
    {
        SizeLine,
        ReportHeader,
        Data,
        DataCr,
        DataLf,
        ReportChunkEnd,
        TrailerSection,
        ReportTrailers,
        Done,
        Failed,
    };

    Private(MessageKind kind, ParserLimits limits, Lenience lenience)
        : kind(kind)
        , limits(limits)
        , lenience(lenience)
        , sizeLine(limits.maxChunkExtensions, lenience)
        , trailerLines(limits.maxHeaderSize, lenience)
    {
        beginSizeLine();
    }

    void beginSizeLine();
    Event readSizeLine();
    Event readData();
    Event readLineEnd();
    Event readTrailers();
    ReadOutcome scanTrailers(QByteArrayView block);
    bool acceptTrailerName(QByteArrayView name);
    Event take(MessagePart part, qsizetype size);
    Event refuse(const ParserFault &fault);

    QByteArrayView rest() const { return fed.sliced(consumed); }

    MessageKind kind;
    ParserLimits limits;
    Lenience lenience;
    State state = State::SizeLine;
    ChunkLineScanner sizeLine;
    FieldScanner trailerLines;
    ParserFault fault;

    QByteArrayView fed;
    qsizetype consumed = 0;
    MessagePart part = MessagePart::ChunkHeader;
    QByteArrayView taken;

    quint64 left = 0; ///< Octets of the chunk's data still to come.
    qint64 dataOctets = 0; ///< Of the message so far.
    qint64 extensionOctets = 0;
    ChunkHeader header;
    QByteArray trailerBlock; ///< The trailer section so far when it came in pieces.
    Fields trailers;
};

ChunkedDecoder::ChunkedDecoder(MessageKind kind, ParserLimits limits, Lenience lenience)
    : m_d(std::make_unique<Private>(kind, limits, lenience))
{
}

ChunkedDecoder::~ChunkedDecoder() = default;
ChunkedDecoder::ChunkedDecoder(ChunkedDecoder &&) noexcept = default;
ChunkedDecoder &ChunkedDecoder::operator=(ChunkedDecoder &&) noexcept = default;

void ChunkedDecoder::reset()
{
    m_d->dataOctets = 0;
    m_d->extensionOctets = 0;
    m_d->beginSizeLine();
    m_d->fault = {};
    m_d->fed = {};
    m_d->consumed = 0;
    m_d->taken = {};
    m_d->left = 0;
    m_d->header = {};
    m_d->trailerBlock = QByteArray();
    m_d->trailers = Fields();
}

void ChunkedDecoder::feed(QByteArrayView octets)
{
    m_d->fed = octets;
    m_d->consumed = 0;
}

ChunkedDecoder::Event ChunkedDecoder::next()
{
    using State = Private::State;
    m_d->taken = {};

    switch (m_d->state) {
    case State::ReportHeader:
        if (m_d->header.size > 0) {
            m_d->state = State::Data;
        } else {
            m_d->state = State::TrailerSection;
            m_d->trailers = Fields();
            m_d->trailerBlock = QByteArray();
            m_d->trailerLines.begin(0, 0);
        }
        return Event::ChunkHeader;
    case State::ReportChunkEnd:
        m_d->beginSizeLine();
        return Event::ChunkEnd;
    case State::ReportTrailers:
        m_d->state = State::Done;
        return Event::Trailers;
    case State::Done:
        return Event::End;
    case State::Failed:
        return Event::Fault;
    default:
        break;
    }

    if (m_d->rest().isEmpty())
        return Event::NeedMore;
    switch (m_d->state) {
    case State::SizeLine:
        return m_d->readSizeLine();
    case State::Data:
        return m_d->readData();
    case State::DataCr:
    case State::DataLf:
        return m_d->readLineEnd();
    default:
        return m_d->readTrailers();
    }
}

/// Reports octets; when there are none, because the first one is refused, the fault.
ChunkedDecoder::Event ChunkedDecoder::Private::take(MessagePart takenPart, qsizetype size)
{
    if (size == 0)
        return Event::Fault;
    part = takenPart;
    taken = rest().first(size);
    consumed += size;
    return Event::Octets;
}

ChunkedDecoder::Event ChunkedDecoder::Private::refuse(const ParserFault &why)
{
    fault = why;
    state = State::Failed;
    return Event::Fault;
}

void ChunkedDecoder::Private::beginSizeLine()
{
    state = State::SizeLine;
    sizeLine.begin(limits.maxMessageExtensions(dataOctets) - extensionOctets);
}

ChunkedDecoder::Event ChunkedDecoder::Private::readSizeLine()
{
    switch (sizeLine.scan(rest())) {
    case ReadOutcome::NeedMore:
        break;
    case ReadOutcome::Complete: {
        constexpr quint64 most = quint64(std::numeric_limits<qint64>::max());
        left = sizeLine.size();
        header = { qint64(qMin(left, most)), sizeLine.extensions() };
        extensionOctets += sizeLine.extensionOctets();
        state = State::ReportHeader;
        break;
    }
    case ReadOutcome::Fault:
        refuse(sizeLine.fault());
        break;
    }
    return take(MessagePart::ChunkHeader, sizeLine.taken());
}

ChunkedDecoder::Event ChunkedDecoder::Private::readData()
{
    const auto size = qsizetype(qMin(left, quint64(rest().size())));
    left -= quint64(size);
    dataOctets += size;
    if (left == 0)
        state = State::DataCr;
    return take(MessagePart::Body, size);
}

/// The CRLF behind a chunk's data.
ChunkedDecoder::Event ChunkedDecoder::Private::readLineEnd()
{
    qsizetype size = 0;
    while (size < rest().size() && (state == State::DataCr || state == State::DataLf)) {
        const char octet = rest()[size];
        if (state == State::DataCr && octet == '\r') {
            state = State::DataLf;
        } else if (state == State::DataLf && octet == '\n') {
            state = State::ReportChunkEnd;
        } else if (octet == '\n') {
            refuse({ ErrorCode::ParserCrExpected,
                QLatin1StringView("Missing expected CR after chunk data") });
            break;
        } else {
            refuse({ ErrorCode::ParserStrict, QLatin1StringView("Expected LF after chunk data") });
            break;
        }
        ++size;
    }
    return take(MessagePart::ChunkEnd, size);
}

/// RFC 9112 section 7.1.2.
ChunkedDecoder::Event ChunkedDecoder::Private::readTrailers()
{
    const bool split = !trailerBlock.isEmpty();
    const qsizetype before = trailerBlock.size();
    const qsizetype room = limits.maxRawHeadSize() - before;
    const qsizetype offered = qMin(rest().size(), room);
    QByteArrayView block = rest().first(offered);
    if (split) {
        trailerBlock.append(block);
        block = trailerBlock;
    }

    const ReadOutcome outcome = scanTrailers(block);
    const qsizetype end = trailerLines.offset();
    switch (outcome) {
    case ReadOutcome::NeedMore:
        if (offered == room)
            refuse({ ErrorCode::ParserHeaderOverflow, QLatin1StringView("Header overflow") });
        else if (!split)
            trailerBlock = block.toByteArray();
        break;
    case ReadOutcome::Complete:
        trailers.setBlock(block.first(end).toByteArray());
        trailerBlock = QByteArray();
        state = State::ReportTrailers;
        break;
    case ReadOutcome::Fault:
        break;
    }
    return take(MessagePart::Trailers, end - before);
}

ReadOutcome ChunkedDecoder::Private::scanTrailers(QByteArrayView block)
{
    while (true) {
        switch (trailerLines.scan(block, trailers)) {
        case FieldScanner::Outcome::NeedMore:
            return ReadOutcome::NeedMore;
        case FieldScanner::Outcome::Complete:
            return ReadOutcome::Complete;
        case FieldScanner::Outcome::Fault:
            refuse(trailerLines.fault());
            return ReadOutcome::Fault;
        case FieldScanner::Outcome::Field:
            break;
        case FieldScanner::Outcome::FieldName:
            if (!acceptTrailerName(trailerLines.name().in(block)))
                return ReadOutcome::Fault;
            break;
        }
    }
}

/// RFC 9110 section 6.5.1: no framing in trailers. Of a response the reference takes transfer codings there,
/// and so do we: they change nothing.
bool ChunkedDecoder::Private::acceptTrailerName(QByteArrayView name)
{
    if (lenience == Lenience::Insecure)
        return true;
    if (equalsIgnoringCase(name, "content-length")) {
        refuse({ ErrorCode::ParserInvalidContentLength,
            QLatin1StringView("Content-Length can't be present with Transfer-Encoding") });
        return false;
    }
    if (kind == MessageKind::Request && equalsIgnoringCase(name, "transfer-encoding")) {
        refuse({ ErrorCode::ParserInvalidTransferEncoding,
            QLatin1StringView("Invalid `Transfer-Encoding` header value") });
        return false;
    }
    return true;
}

MessagePart ChunkedDecoder::part() const { return m_d->part; }

QByteArrayView ChunkedDecoder::octets() const { return m_d->taken; }

const ChunkHeader &ChunkedDecoder::chunkHeader() const { return m_d->header; }

const Fields &ChunkedDecoder::trailers() const { return m_d->trailers; }

ErrorCode ChunkedDecoder::errorCode() const { return m_d->fault.code; }

QLatin1StringView ChunkedDecoder::errorReason() const { return m_d->fault.reason; }

qsizetype ChunkedDecoder::consumed() const { return m_d->consumed; }

} // namespace headrace::wire
