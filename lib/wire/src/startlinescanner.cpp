#include "octets_p.h"
#include "startlinescanner_p.h"
#include "wire/httpnames.h"

namespace headrace::wire {

namespace {

constexpr QByteArrayView HttpProtocol = "HTTP/";
constexpr QByteArrayView IceProtocol = "ICE/"; // Icecast sources; the reference takes them

/// \a text starts the name of a method, and is all of it if \a whole is set.
/// PRI stands in the reference's list, but it is HTTP/2's preface: refused (RFC 9113 section 3.4).
bool isMethodStart(QByteArrayView text, bool whole)
{
    for (const QByteArrayView method : methods()) {
        if (method.startsWith(text) && (!whole || method.size() == text.size()))
            return method != QByteArrayView("PRI") || text.size() < 3;
    }
    return false;
}

} // namespace

StartLineScanner::StartLineScanner(MessageKind kind, qsizetype maxOctets, Lenience lenience)
    : m_kind(kind)
    , m_maxOctets(maxOctets)
    , m_strict(lenience == Lenience::Strict)
{
    begin();
}

void StartLineScanner::begin()
{
    m_state = m_kind == MessageKind::Request ? State::Method : State::Protocol;
    m_offset = 0;
    m_counted = 0;
    m_partStart = 0;
    m_fault = {};
}

ReadOutcome StartLineScanner::refuse(ErrorCode code, QLatin1StringView reason)
{
    m_fault = { code, reason };
    return ReadOutcome::Fault;
}

bool StartLineScanner::count(qsizetype runStart, qsizetype runEnd)
{
    const qsizetype room = m_maxOctets - m_counted;
    if (runEnd - runStart >= room) {
        m_offset = runStart + qMax<qsizetype>(room - 1, 0);
        refuse(ErrorCode::ParserHeaderOverflow, QLatin1StringView("Header overflow"));
        return false;
    }
    m_counted += runEnd - runStart;
    m_offset = runEnd;
    return true;
}

/// RFC 9110 section 9.1. The octet at fault is the first that no known method has there.
bool StartLineScanner::scanMethod(QByteArrayView block, Head &head)
{
    // Two methods make up nearly all requests.
    for (const QByteArrayView usual : { QByteArrayView("GET "), QByteArrayView("POST ") }) {
        if (m_offset == 0 && block.startsWith(usual)) {
            m_offset = usual.size();
            head.method = { 0, usual.size() - 1 };
            m_state = State::BeforeTarget;
            return true;
        }
    }
    for (; m_offset < block.size(); ++m_offset) {
        const QByteArrayView before = block.first(m_offset);
        const char octet = block[m_offset];
        if (octet == ' ' && !before.isEmpty() && isMethodStart(before, true)) {
            head.method = { 0, m_offset };
            m_state = State::BeforeTarget;
            ++m_offset;
            return true;
        }
        if (!isMethodStart(block.first(m_offset + 1), false)) {
            const bool isMethod = !before.isEmpty() && isMethodStart(before, true);
            refuse(ErrorCode::ParserInvalidMethod,
                isMethod ? QLatin1StringView("Expected space after method")
                         : QLatin1StringView("Invalid method encountered"));
            return false;
        }
    }
    return true;
}

/// Up to a blank or a line end. llhttp knows the forms of RFC 9112 section 3.2; it lets pass octets
/// that are no URI characters.
bool StartLineScanner::scanTarget(QByteArrayView block, Head &head)
{
    qsizetype at = m_offset;
    while (at < block.size() && octets::is(block[at], octets::Target))
        ++at;
    if (!count(m_offset, at))
        return false;
    if (at == block.size())
        return true;

    const char octet = block[at];
    if (octet == ' ' || octet == '\r' || octet == '\n') {
        head.target = { m_partStart, at - m_partStart };
        head.version = { at, 0 };
        head.versionMajor = 0;
        head.versionMinor = 9;
        m_state = octet == ' ' ? State::BeforeProtocol
            : octet == '\r'    ? State::TargetLf
                               : State::RequestLineLf;
        if (octet != '\n')
            ++m_offset;
        return true;
    }
    if (octet == '\t' || octet == '\f' || quint8(octet) >= 0x80) {
        refuse(ErrorCode::ParserInvalidUrl, QLatin1StringView("Invalid char in url path"));
        return false;
    }
    return count(at, at + 1); // a control character, which llhttp refuses
}

bool StartLineScanner::scanProtocol(char octet, const Head &head, QByteArrayView block)
{
    const qsizetype index = m_offset - m_partStart;
    const bool ice = m_kind == MessageKind::Request && block[m_partStart] == 'I';
    const QByteArrayView wanted = ice ? IceProtocol : HttpProtocol;
    if (octet != wanted[index]) {
        refuse(ErrorCode::ParserInvalidConstant, QLatin1StringView("Expected HTTP/"));
        return false;
    }
    ++m_offset;
    if (index + 1 < wanted.size())
        return true;
    if (ice && head.method.in(block) != QByteArrayView("SOURCE")) {
        refuse(ErrorCode::ParserInvalidConstant,
            QLatin1StringView("Expected SOURCE method for ICE/x.x request"));
        return false;
    }
    m_state = State::MajorVersion;
    return true;
}

/// The versions that Node 20 takes.
bool StartLineScanner::acceptVersion(Head &head)
{
    head.version = { m_offset - 3, 3 };
    const int version = head.versionMajor * 10 + head.versionMinor;
    if (m_strict && version != 9 && version != 10 && version != 11 && version != 20) {
        refuse(ErrorCode::ParserInvalidVersion, QLatin1StringView("Invalid HTTP version"));
        return false;
    }
    m_state = m_kind == MessageKind::Request ? State::RequestLineEnd : State::BeforeStatus;
    return true;
}

/// Any octets but line ends: the reference takes even control characters here.
bool StartLineScanner::scanReason(QByteArrayView block, Head &head)
{
    qsizetype at = m_offset;
    while (at < block.size() && block[at] != '\r' && block[at] != '\n')
        ++at;
    if (!count(m_offset, at))
        return false;
    if (at == block.size())
        return true;
    if (block[at] == '\n' && m_strict) {
        refuse(ErrorCode::ParserCrExpected,
            QLatin1StringView("Missing expected CR after response line"));
        return false;
    }
    head.reason = { m_partStart, at - m_partStart };
    m_state = State::StatusLineLf;
    if (block[at] == '\r')
        ++m_offset;
    return true;
}

ReadOutcome StartLineScanner::scan(QByteArrayView block, Head &head)
{
    while (m_offset < block.size()) {
        const char octet = block[m_offset];
        switch (m_state) {
        case State::Method:
            if (!scanMethod(block, head))
                return ReadOutcome::Fault;
            break;

        case State::BeforeTarget:
            if (octet == ' ') {
                ++m_offset;
            } else {
                m_partStart = m_offset;
                m_state = State::Target;
            }
            break;

        case State::Target:
            if (!scanTarget(block, head))
                return ReadOutcome::Fault;
            break;

        case State::TargetLf:
            if (octet != '\n')
                return refuse(ErrorCode::ParserInvalidUrl, QLatin1StringView("Expected CRLF"));
            ++m_offset;
            return ReadOutcome::Complete;

        case State::BeforeProtocol:
            if (octet == ' ') {
                ++m_offset;
            } else {
                m_partStart = m_offset;
                m_state = State::Protocol;
            }
            break;

        case State::Protocol:
            if (!scanProtocol(octet, head, block))
                return ReadOutcome::Fault;
            break;

        case State::MajorVersion:
            if (!octets::isDigit(octet))
                return refuse(
                    ErrorCode::ParserInvalidVersion, QLatin1StringView("Invalid major version"));
            head.versionMajor = octet - '0';
            m_state = State::Dot;
            ++m_offset;
            break;

        case State::Dot:
            if (octet != '.')
                return refuse(ErrorCode::ParserInvalidVersion, QLatin1StringView("Expected dot"));
            m_state = State::MinorVersion;
            ++m_offset;
            break;

        case State::MinorVersion:
            if (!octets::isDigit(octet))
                return refuse(
                    ErrorCode::ParserInvalidVersion, QLatin1StringView("Invalid minor version"));
            head.versionMinor = octet - '0';
            ++m_offset;
            if (!acceptVersion(head))
                return ReadOutcome::Fault;
            break;

        case State::RequestLineEnd:
            if (octet != '\r' && (octet != '\n' || m_strict)) {
                return refuse(ErrorCode::ParserInvalidVersion,
                    QLatin1StringView("Expected CRLF after version"));
            }
            m_state = State::RequestLineLf;
            if (octet == '\r')
                ++m_offset;
            break;

        case State::RequestLineLf:
            if (octet != '\n') {
                return refuse(ErrorCode::ParserInvalidVersion,
                    QLatin1StringView("Expected CRLF after version"));
            }
            ++m_offset;
            return ReadOutcome::Complete;

        case State::BeforeStatus:
            if (octet != ' ') {
                return refuse(ErrorCode::ParserInvalidVersion,
                    QLatin1StringView("Expected space after version"));
            }
            ++m_offset;
            m_partStart = m_offset;
            m_state = State::Status;
            break;

        case State::Status: // RFC 9112 section 4: exactly three digits
            if (!octets::isDigit(octet)) {
                return refuse(
                    ErrorCode::ParserInvalidStatus, QLatin1StringView("Invalid response status"));
            }
            head.statusCode = head.statusCode * 10 + (octet - '0');
            ++m_offset;
            if (m_offset - m_partStart == 3) {
                head.status = { m_partStart, 3 };
                m_state = State::StatusEnd;
            }
            break;

        case State::StatusEnd:
            if (octet != ' ' && octet != '\r' && (octet != '\n' || m_strict))
                return refuse(
                    ErrorCode::ParserInvalidStatus, QLatin1StringView("Invalid response status"));
            if (octet == ' ')
                ++m_offset;
            m_partStart = m_offset;
            m_state = State::Reason;
            break;

        case State::Reason:
            if (!scanReason(block, head))
                return ReadOutcome::Fault;
            break;

        case State::StatusLineLf:
            if (octet != '\n')
                return refuse(ErrorCode::ParserStrict, QLatin1StringView("Expected LF after CR"));
            ++m_offset;
            return ReadOutcome::Complete;
        }
    }
    return ReadOutcome::NeedMore;
}

} // namespace headrace::wire
