#include "headreader_p.h"
#include "octets_p.h"
#include "wire/fieldrules.h"

#include <limits>

namespace headrace::wire {

namespace {

/// A transfer coding is read as the parsers read it: blanks before it, but only spaces behind it.
bool isChunkedCoding(QByteArrayView coding)
{
    while (!coding.isEmpty() && octets::isBlank(coding.front()))
        coding = coding.sliced(1);
    while (coding.endsWith(' '))
        coding.chop(1);
    return equalsIgnoringCase(coding, "chunked");
}

bool isBodiless(int statusCode)
{
    return statusCode / 100 == 1 || statusCode == 204 || statusCode == 304;
}

/// RFC 9112 section 6.3.
BodyFraming framingOf(MessageKind kind, int statusCode, const LlhttpHead &fields)
{
    if (kind == MessageKind::Response && isBodiless(statusCode))
        return BodyFraming::None;
    if (fields.isChunked())
        return BodyFraming::Chunked;
    if (fields.hasContentLength() && !fields.hasTransferEncoding())
        return BodyFraming::ContentLength;
    if (kind == MessageKind::Request && !fields.hasTransferEncoding())
        return BodyFraming::None;
    return BodyFraming::UntilClose;
}

} // namespace

HeadReader::HeadReader(MessageKind kind, ParserLimits limits, Lenience lenience)
    : m_kind(kind)
    , m_limits(limits)
    , m_lenience(lenience)
    , m_startLine(kind, limits.maxHeaderSize, lenience)
    , m_fieldLines(limits.maxHeaderSize, lenience)
    , m_llhttp(kind, lenience)
{
}

void HeadReader::begin()
{
    m_startLine.begin();
    m_llhttp.begin();
    m_head = Head();
    m_block.clear();
    m_scanned = 0;
    m_judged = 0;
    m_taken = 0;
    m_inFields = false;
    m_contentLengthSeen = false;
    m_lastCodingIsChunked = false;
    m_fault = {};
}

ReadOutcome HeadReader::refuse(const ParserFault &fault, qsizetype offset)
{
    m_fault = fault;
    m_scanned = offset;
    return ReadOutcome::Fault;
}

ReadOutcome HeadReader::read(const QByteArray &fed, qsizetype from)
{
    const bool split = !m_block.isEmpty();
    const qsizetype before = m_block.size();
    const qsizetype room = m_limits.maxRawHeadSize() - before;
    const qsizetype offered = qMin(fed.size() - from, room);
    QByteArrayView block;
    if (split) {
        m_block.append(fed.constData() + from, offered);
        block = m_block;
    } else {
        block = QByteArrayView(fed).sliced(from, offered);
    }

    ReadOutcome outcome = scan(block);
    if (outcome == ReadOutcome::NeedMore && offered == room)
        outcome = refuse(
            { ErrorCode::ParserHeaderOverflow, QLatin1StringView("Header overflow") }, m_scanned);

    // Of an octet that both refuse, llhttp knows better what is wrong.
    const qsizetype refused = outcome == ReadOutcome::Fault && m_scanned < block.size() ? 1 : 0;
    const qsizetype accepted
        = m_llhttp.feed(block.sliced(m_judged, m_scanned - m_judged + refused));
    if (m_llhttp.fault().code != ErrorCode::None)
        outcome = refuse(m_llhttp.fault(), qMin(m_judged + accepted, m_scanned));
    m_judged = m_scanned;
    m_taken = m_scanned - before;

    switch (outcome) {
    case ReadOutcome::NeedMore:
        if (!split)
            m_block = fed.mid(from);
        break;
    case ReadOutcome::Complete:
        if (!m_llhttp.isComplete()) {
            refuse({ ErrorCode::ParserInternal, QLatin1StringView("Head without end") }, m_scanned);
            outcome = ReadOutcome::Fault;
        } else if (m_llhttp.isChunked() && m_llhttp.hasContentLength()) {
            // Lenient parsing takes a length beside other codings: the body lasts until the end.
            refuse({ ErrorCode::ParserUnexpectedContentLength,
                       QLatin1StringView("Content-Length can't be present with chunked encoding") },
                m_scanned);
            outcome = ReadOutcome::Fault;
        } else if (split) {
            m_block.truncate(m_scanned);
            complete(std::move(m_block));
            m_block.clear();
        } else {
            complete(fed.mid(from, m_scanned));
        }
        break;
    case ReadOutcome::Fault:
        break;
    }
    return outcome;
}

ReadOutcome HeadReader::scan(QByteArrayView block)
{
    if (!m_inFields) {
        const ReadOutcome outcome = m_startLine.scan(block, m_head);
        m_scanned = m_startLine.offset();
        if (outcome == ReadOutcome::Fault)
            return refuse(m_startLine.fault(), m_scanned);
        if (outcome == ReadOutcome::NeedMore)
            return outcome;
        m_inFields = true;
        m_fieldLines.begin(m_scanned, m_startLine.counted());
    }

    while (true) {
        const FieldScanner::Outcome outcome = m_fieldLines.scan(block, m_head.fields);
        m_scanned = m_fieldLines.offset();
        switch (outcome) {
        case FieldScanner::Outcome::NeedMore:
            return ReadOutcome::NeedMore;
        case FieldScanner::Outcome::Complete:
            return ReadOutcome::Complete;
        case FieldScanner::Outcome::Fault:
            return refuse(m_fieldLines.fault(), m_scanned);
        case FieldScanner::Outcome::FieldName:
            break;
        case FieldScanner::Outcome::Field:
            if (m_lenience == Lenience::Strict && !acceptField(block))
                return ReadOutcome::Fault;
            break;
        }
    }
}

/// What no head may say, and llhttp lets pass. RFC 9112 section 6.1.
bool HeadReader::acceptField(QByteArrayView block)
{
    const Fields::Field &field = m_head.fields.spans(m_head.fields.count() - 1);
    const QByteArrayView name = field.name.in(block);
    if (equalsIgnoringCase(name, "content-length")) {
        m_contentLengthSeen = true;
        return true;
    }
    if (!equalsIgnoringCase(name, "transfer-encoding"))
        return true;

    // Even an empty one: llhttp judges those with a value.
    if (m_contentLengthSeen && field.value.length == 0) {
        refuse({ ErrorCode::ParserInvalidTransferEncoding,
                   QLatin1StringView("Transfer-Encoding can't be present with Content-Length") },
            m_scanned);
        return false;
    }
    return m_kind == MessageKind::Response || acceptTransferEncoding(block, field.value);
}

/// In a request chunked is named once, and last.
bool HeadReader::acceptTransferEncoding(QByteArrayView block, Span value)
{
    if (value.length == 0)
        return true;
    bool accepted = !m_lastCodingIsChunked;
    const qsizetype lineEnd
        = block.indexOf('\r', value.end()); // blanks behind the value matter here
    qsizetype start = value.offset;
    while (accepted) {
        const qsizetype comma = block.first(lineEnd).indexOf(',', start);
        const qsizetype end = comma < 0 ? lineEnd : comma;
        m_lastCodingIsChunked = isChunkedCoding(block.sliced(start, end - start));
        if (comma < 0)
            return true;
        accepted = !m_lastCodingIsChunked;
        start = comma + 1;
    }
    refuse({ ErrorCode::ParserInvalidTransferEncoding,
               QLatin1StringView("Invalid `Transfer-Encoding` header value") },
        m_scanned);
    return false;
}

void HeadReader::complete(QByteArray block)
{
    m_head.fields.setBlock(std::move(block));
    m_head.framing = framingOf(m_kind, m_head.statusCode, m_llhttp);
    if (m_llhttp.hasContentLength()) {
        constexpr quint64 most = quint64(std::numeric_limits<qint64>::max());
        m_head.contentLength = qint64(qMin(quint64(m_llhttp.contentLength()), most));
    }
    const bool lastsUntilClose
        = m_kind == MessageKind::Response && m_head.framing == BodyFraming::UntilClose;
    m_head.keepAlive = m_llhttp.connectionPersists() && !lastsUntilClose;
    m_head.upgradeRequested = m_llhttp.upgradeRequested();
}

} // namespace headrace::wire
