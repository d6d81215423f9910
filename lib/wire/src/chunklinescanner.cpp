#include "chunklinescanner_p.h"
#include "octets_p.h"

namespace headrace::wire {

namespace {

bool isSeparator(char octet) { return octet == ';' || octet == '='; }

quint64 digitValue(char octet)
{
    return octets::isDigit(octet) ? quint64(octet - '0') : quint64(octets::lower(octet) - 'a' + 10);
}

} // namespace

ChunkLineScanner::ChunkLineScanner(qsizetype maxExtensions, Lenience lenience)
    : m_maxExtensions(maxExtensions)
    , m_strict(lenience == Lenience::Strict)
{
}

void ChunkLineScanner::begin(qint64 room)
{
    m_room = qMin(room, m_maxExtensions);
    m_state = State::FirstDigit;
    m_size = 0;
    m_digits = 0;
    m_overflow = false;
    m_extensionOctets = 0;
    m_previous = 0;
    m_extensions = QByteArray();
    m_fault = {};
}

bool ChunkLineScanner::refuse(ErrorCode code, QLatin1StringView reason)
{
    m_fault = { code, reason };
    return false;
}

bool ChunkLineScanner::refuseExtension()
{
    return refuse(
        ErrorCode::ParserStrict, QLatin1StringView("Invalid character in chunk extensions"));
}

ReadOutcome ChunkLineScanner::scan(QByteArrayView octets)
{
    qsizetype extensionsFrom = m_state > State::Blanks ? 0 : -1;
    ReadOutcome outcome = ReadOutcome::NeedMore;
    m_taken = 0;
    for (; outcome == ReadOutcome::NeedMore && m_taken < octets.size(); ++m_taken) {
        const State before = m_state;
        if (!take(octets[m_taken])) {
            outcome = ReadOutcome::Fault;
            m_taken += m_overflow; // the digit that is too much counts as read
            break;
        }
        if (extensionsFrom < 0 && m_state == State::FirstOfName)
            extensionsFrom = m_taken;
        if (before == State::LineLf)
            outcome = ReadOutcome::Complete;
    }
    if (extensionsFrom >= 0) {
        m_extensions.append(octets.sliced(extensionsFrom, m_taken - extensionsFrom));
        while (outcome == ReadOutcome::Complete
            && (m_extensions.endsWith('\n') || m_extensions.endsWith('\r')))
            m_extensions.chop(1);
    }
    return outcome;
}

/// chunk-size = 1*HEXDIG, as far as 64 bits hold it.
bool ChunkLineScanner::takeDigit(char octet)
{
    m_overflow = m_size >> 60 || m_digits == m_maxExtensions;
    if (m_overflow)
        return refuse(ErrorCode::ParserInvalidChunkSize, QLatin1StringView("Chunk size overflow"));
    m_size = m_size << 4 | digitValue(octet);
    ++m_digits;
    m_state = State::Digits;
    return true;
}

/// What may follow a part of the line: an extension, or the line end.
bool ChunkLineScanner::endPart(char octet)
{
    switch (octet) {
    case ';':
        m_state = State::FirstOfName;
        return true;
    case '\r':
        m_state = State::LineLf;
        return true;
    default:
        break;
    }
    if (m_state <= State::Blanks) {
        if (octet == ' ' && !m_strict) {
            m_state = State::Blanks;
            return true;
        }
        return refuse(ErrorCode::ParserInvalidChunkSize,
            QLatin1StringView("Invalid character in chunk size"));
    }
    if (octet == '\n') {
        return refuse(
            ErrorCode::ParserCrExpected, QLatin1StringView("Missing expected CR after chunk size"));
    }
    return refuseExtension();
}

/// chunk-ext = *( ";" chunk-ext-name [ "=" chunk-ext-val ] ), without the blanks that section 7.1.1
/// calls bad. As Node 20 does, empty names before "=" and empty values are taken.
bool ChunkLineScanner::take(char octet)
{
    if (m_state > State::Blanks && m_state != State::LineLf && octet != '\r') {
        if (!isSeparator(octet) || isSeparator(m_previous))
            ++m_extensionOctets;
        if (m_extensionOctets > m_room) {
            return refuse(ErrorCode::ParserChunkExtensionsOverflow,
                QLatin1StringView("Chunk extensions overflow"));
        }
    }
    m_previous = octet;

    switch (m_state) {
    case State::FirstDigit:
        if (octets::is(octet, octets::HexDigit))
            return takeDigit(octet);
        return refuse(ErrorCode::ParserInvalidChunkSize,
            QLatin1StringView("Invalid character in chunk size"));

    case State::Digits:
        return octets::is(octet, octets::HexDigit) ? takeDigit(octet) : endPart(octet);

    case State::Blanks:
        return endPart(octet);

    case State::FirstOfName:
        if (octet == '\n')
            return endPart(octet);
        if (!octets::is(octet, octets::Token) && octet != '=')
            return refuseExtension();
        m_state = octet == '=' ? State::Value : State::Name;
        return true;

    case State::Name:
        if (octet == '=')
            m_state = State::Value;
        return octet == '=' || octets::is(octet, octets::Token) || endPart(octet);

    case State::Value:
        if (octet == '"')
            m_state = State::Quoted;
        return octet == '"' || octets::is(octet, octets::Token) || endPart(octet);

    case State::Quoted:
        if (octet == '"')
            m_state = State::AfterQuoted;
        else if (octet == '\\')
            m_state = State::QuotedPair;
        return octet == '"' || octet == '\\' || octets::is(octet, octets::Quoted)
            || refuseExtension();

    case State::QuotedPair:
        m_state = State::Quoted;
        return octets::is(octet, octets::FieldValue) || refuseExtension();

    case State::AfterQuoted:
        return endPart(octet);

    case State::LineLf:
        return octet == '\n'
            || refuse(ErrorCode::ParserStrict, QLatin1StringView("Expected LF after chunk size"));
    }
    return false;
}

} // namespace headrace::wire
