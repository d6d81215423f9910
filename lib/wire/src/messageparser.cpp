#include "wire/messageparser.h"

#include "headreader_p.h"
#include "wire/chunkeddecoder.h"

namespace headrace::wire {

struct MessageParser::Private
{
    enum class State
    {
        Between, ///< Empty lines may stand here (RFC 9112 section 2.2).
        AfterLast, ///< As Between, but the connection carries no further message.
        Head,
        HeadRead,
        Decision, ///< The owner has the head and decides what follows.
        FixedBody,
        BodyUntilClose,
        ChunkedBody,
        End,
        Tunnel,
        Failed,
    };

    Private(MessageKind kind, ParserLimits limits, Lenience lenience)
        : kind(kind)
        , limits(limits)
        , lenience(lenience)
        , headReader(kind, limits, lenience)
        , chunks(kind, limits, lenience)
    {
    }

    Event readBetween();
    void refuseSurplus();
    Event readHead();
    Event readBody();
    Event readChunks();
    Event endMessage();
    Event atEnd();
    Event take(MessagePart takenPart, qsizetype size);
    Event mark(Event event);
    void refuse(ErrorCode code, QLatin1StringView reason, qsizetype accepted);
    Event reportFault();
    Event beginBody();

    bool isAtEnd() const { return at == fed.size(); }

    MessageKind kind;
    ParserLimits limits;
    Lenience lenience;
    HeadReader headReader;
    ChunkedDecoder chunks;
    State state = State::Between;
    bool eof = false;
    bool inMessage = false;
    bool headComplete = false;
    bool bodySkipped = false;

    QByteArray fed;
    qsizetype at = 0; ///< Octets of fed that were reported.
    qint64 base = 0; ///< Octets that were fed before fed.

    MessagePart part = MessagePart::Head;
    qsizetype eventStart = 0;
    qsizetype eventSize = 0;

    BodyFraming framing = BodyFraming::None;
    qint64 bodyLeft = 0; ///< Octets of a body of known length still to come.
    qsizetype chunksStart
        = -1; ///< Where in fed the decoder's view starts; -1: it waits for octets.
    Error error;
};

MessageParser::MessageParser(MessageKind kind, ParserLimits limits, Lenience lenience)
    : m_d(std::make_unique<Private>(kind, limits, lenience))
{
}

MessageParser::~MessageParser() = default;
MessageParser::MessageParser(MessageParser &&) noexcept = default;
MessageParser &MessageParser::operator=(MessageParser &&) noexcept = default;

void MessageParser::reset()
{
    m_d->headReader.begin();
    m_d->state = Private::State::Between;
    m_d->eof = false;
    m_d->inMessage = false;
    m_d->headComplete = false;
    m_d->fed = QByteArray();
    m_d->at = 0;
    m_d->base = 0;
    m_d->eventStart = 0;
    m_d->eventSize = 0;
    m_d->chunksStart = -1;
    m_d->error = Error();
}

void MessageParser::feed(const QByteArray &octets)
{
    Q_ASSERT(m_d->isAtEnd());
    Q_ASSERT(!m_d->eof);
    m_d->base += m_d->fed.size();
    m_d->fed = octets;
    m_d->at = 0;
    m_d->eventStart = 0;
    m_d->eventSize = 0;
    m_d->chunksStart = -1;
    if (m_d->state == Private::State::Failed) {
        m_d->error.bytesParsed = 0;
        m_d->error.rawPacket = octets;
    }
}

void MessageParser::feedEof() { m_d->eof = true; }

MessageParser::Event MessageParser::next()
{
    using State = Private::State;
    switch (m_d->state) {
    case State::HeadRead:
        m_d->state = State::Decision;
        m_d->headComplete = true;
        return m_d->mark(Event::Head);
    case State::Decision:
        return m_d->beginBody();
    case State::End:
        return m_d->endMessage();
    case State::ChunkedBody:
        return m_d->readChunks();
    case State::Failed:
        return m_d->reportFault();
    default:
        break;
    }

    if (m_d->isAtEnd())
        return m_d->atEnd();
    switch (m_d->state) {
    case State::Between:
    case State::AfterLast:
        return m_d->readBetween();
    case State::Head:
        return m_d->readHead();
    case State::FixedBody:
    case State::BodyUntilClose:
        return m_d->readBody();
    default:
        m_d->take(MessagePart::Tunnel, m_d->fed.size() - m_d->at);
        return Event::Tunnel;
    }
}

/// The next octets belong to \a takenPart.
MessageParser::Event MessageParser::Private::take(MessagePart takenPart, qsizetype size)
{
    part = takenPart;
    eventStart = at;
    eventSize = size;
    at += size;
    return Event::Octets;
}

/// An event without octets, at the place that is reached.
MessageParser::Event MessageParser::Private::mark(Event event)
{
    eventStart = at;
    eventSize = 0;
    return event;
}

/// No octet of fed behind the first \a accepted ones is taken.
void MessageParser::Private::refuse(ErrorCode code, QLatin1StringView reason, qsizetype accepted)
{
    error.code = code;
    error.message = QLatin1StringView("Parse Error: ") + reason;
    error.bytesParsed = accepted;
    error.rawPacket = fed;
    state = State::Failed;
}

MessageParser::Event MessageParser::Private::reportFault()
{
    take(MessagePart::Unparsed, fed.size() - at);
    return Event::Fault;
}

/// RFC 9112 section 2.2: empty lines before a message are skipped.
MessageParser::Event MessageParser::Private::readBetween()
{
    const QByteArrayView view = fed;
    qsizetype end = at;
    while (end < view.size() && (view[end] == '\r' || view[end] == '\n'))
        ++end;
    if (end > at)
        return take(MessagePart::Head, end - at);
    headReader.begin();
    if (state == State::AfterLast) {
        refuseSurplus();
        return reportFault();
    }
    bodySkipped = false;
    inMessage = true;
    state = State::Head;
    return mark(Event::MessageBegin);
}

/// RFC 9112 section 9.6: nothing may follow. What could not even start a message is called so.
void MessageParser::Private::refuseSurplus()
{
    if (headReader.read(fed.mid(at, 1), 0) == ReadOutcome::Fault)
        refuse(headReader.fault().code, headReader.fault().reason, at);
    else
        refuse(ErrorCode::ParserClosedConnection,
            QLatin1StringView("Data after `Connection: close`"), at);
}

MessageParser::Event MessageParser::Private::readHead()
{
    const ReadOutcome outcome = headReader.read(fed, at);
    const qsizetype taken = headReader.taken();
    switch (outcome) {
    case ReadOutcome::NeedMore:
        break;
    case ReadOutcome::Complete:
        framing = headReader.head().framing;
        bodyLeft = headReader.head().contentLength;
        state = State::HeadRead;
        break;
    case ReadOutcome::Fault:
        refuse(headReader.fault().code, headReader.fault().reason, at + taken);
        if (taken == 0)
            return reportFault();
        break;
    }
    return take(MessagePart::Head, taken);
}

/// RFC 9112 section 6.3, after the owner's decision.
MessageParser::Event MessageParser::Private::beginBody()
{
    if (bodySkipped)
        return endMessage();
    if (headReader.hasUnknownLength()) {
        refuse(ErrorCode::ParserInvalidTransferEncoding,
            QLatin1StringView("Request has invalid `Transfer-Encoding`"), at);
        return reportFault();
    }
    switch (framing) {
    case BodyFraming::None:
        return endMessage();
    case BodyFraming::ContentLength:
        if (bodyLeft == 0)
            return endMessage();
        state = State::FixedBody;
        break;
    case BodyFraming::Chunked:
        chunks.reset();
        state = State::ChunkedBody;
        return readChunks();
    case BodyFraming::UntilClose:
        state = State::BodyUntilClose;
        break;
    }
    return isAtEnd() ? atEnd() : readBody();
}

MessageParser::Event MessageParser::Private::readBody()
{
    auto size = fed.size() - at;
    if (state == State::FixedBody) {
        size = qMin<qint64>(size, bodyLeft);
        bodyLeft -= size;
        if (bodyLeft == 0)
            state = State::End;
    }
    return take(MessagePart::Body, size);
}

MessageParser::Event MessageParser::Private::readChunks()
{
    if (chunksStart < 0) {
        chunks.feed(QByteArrayView(fed).sliced(at));
        chunksStart = at;
    }
    switch (chunks.next()) {
    case ChunkedDecoder::Event::NeedMore:
        chunksStart = -1;
        return atEnd();
    case ChunkedDecoder::Event::Octets:
        return take(chunks.part(), chunks.octets().size());
    case ChunkedDecoder::Event::ChunkHeader:
        return mark(Event::ChunkHeader);
    case ChunkedDecoder::Event::ChunkEnd:
        return mark(Event::ChunkEnd);
    case ChunkedDecoder::Event::Trailers:
        return mark(Event::Trailers);
    case ChunkedDecoder::Event::End:
        chunksStart = -1;
        return endMessage();
    case ChunkedDecoder::Event::Fault:
        break;
    }
    refuse(chunks.errorCode(), chunks.errorReason(), at);
    return reportFault();
}

MessageParser::Event MessageParser::Private::endMessage()
{
    // RFC 9112 section 9.6; the reference's lenient parser reads on.
    const bool mayContinue = headReader.connectionPersists() || lenience == Lenience::Insecure;
    state = mayContinue ? State::Between : State::AfterLast;
    inMessage = false;
    headComplete = false;
    return mark(Event::MessageEnd);
}

/// All octets are used up. RFC 9112 section 8.
MessageParser::Event MessageParser::Private::atEnd()
{
    if (!eof)
        return mark(Event::NeedMore);
    switch (state) {
    case State::Between:
    case State::AfterLast:
    case State::Tunnel:
        return mark(Event::NeedMore);
    case State::BodyUntilClose:
        return endMessage();
    default:
        refuse(ErrorCode::ParserInvalidEofState, QLatin1StringView("Invalid EOF state"), 0);
        error.rawPacket = QByteArray();
        return reportFault();
    }
}

void MessageParser::setLenience(Lenience lenience)
{
    if (lenience == m_d->lenience)
        return;
    m_d->lenience = lenience;
    m_d->headReader = HeadReader(m_d->kind, m_d->limits, lenience);
    m_d->headReader.begin();
    m_d->chunks = ChunkedDecoder(m_d->kind, m_d->limits, lenience);
}

QByteArrayView MessageParser::unread() const { return QByteArrayView(m_d->fed).sliced(m_d->at); }

void MessageParser::skipBody() { m_d->bodySkipped = true; }

void MessageParser::enterTunnel() { m_d->state = Private::State::Tunnel; }

MessagePart MessageParser::part() const { return m_d->part; }

QByteArrayView MessageParser::octets() const
{
    return QByteArrayView(m_d->fed).sliced(m_d->eventStart, m_d->eventSize);
}

QByteArray MessageParser::sharedOctets() const
{
    return m_d->fed.mid(m_d->eventStart, m_d->eventSize); // shares when it is all of fed
}

const Head &MessageParser::head() const { return m_d->headReader.head(); }

Head MessageParser::takeHead() { return std::exchange(m_d->headReader.head(), Head()); }

const ChunkHeader &MessageParser::chunkHeader() const { return m_d->chunks.chunkHeader(); }

const Fields &MessageParser::trailers() const { return m_d->chunks.trailers(); }

const Error &MessageParser::error() const { return m_d->error; }

qint64 MessageParser::position() const { return m_d->base + m_d->eventStart; }

bool MessageParser::isInMessage() const { return m_d->inMessage; }

bool MessageParser::isHeadComplete() const { return m_d->headComplete; }

} // namespace headrace::wire
