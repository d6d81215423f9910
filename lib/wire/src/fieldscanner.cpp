#include "fieldscanner_p.h"
#include "octets_p.h"

namespace headrace::wire {

FieldScanner::FieldScanner(qsizetype maxOctets, Lenience lenience)
    : m_maxOctets(maxOctets)
    , m_strict(lenience == Lenience::Strict)
{
}

void FieldScanner::begin(qsizetype offset, qsizetype counted)
{
    m_state = State::LineStart;
    m_folding = false;
    m_offset = offset;
    m_counted = counted;
    m_fault = {};
}

FieldScanner::Outcome FieldScanner::refuse(ErrorCode code, QLatin1StringView reason)
{
    m_fault = { code, reason };
    return Outcome::Fault;
}

/// Charges a run of octets. False when it uses up the budget; then offset() is the octet that did.
bool FieldScanner::count(qsizetype runStart, qsizetype runEnd)
{
    const qsizetype room = m_maxOctets - m_counted;
    if (runEnd - runStart >= room) {
        m_offset = runStart + qMax<qsizetype>(room - 1, 0);
        m_fault = { ErrorCode::ParserHeaderOverflow, QLatin1StringView("Header overflow") };
        return false;
    }
    m_counted += runEnd - runStart;
    m_offset = runEnd;
    return true;
}

/// RFC 9112 section 5.1: blanks around the value are no part of it.
void FieldScanner::endValue(QByteArrayView block, Fields &fields)
{
    qsizetype end = m_offset;
    while (end > m_valueStart && octets::isBlank(block[end - 1]))
        --end;
    const Span value { m_valueStart, end - m_valueStart };
    if (m_folding)
        fields.foldIntoLast(value);
    else
        fields.append({ m_name, value });
    m_folding = false;
}

FieldScanner::Outcome FieldScanner::scan(QByteArrayView block, Fields &fields)
{
    const char *const data = block.data();
    const qsizetype size = block.size();

    while (m_offset < size) {
        const char octet = data[m_offset];
        switch (m_state) {
        case State::LineStart:
            if (octet == '\r') {
                m_state = State::BlankLf;
                ++m_offset;
            } else if (octets::is(octet, octets::Token)) {
                m_name = { m_offset, 0 };
                m_state = State::Name;
            } else if (octet == '\n' && !m_strict) {
                ++m_offset;
                return Outcome::Complete;
            } else if (octets::isBlank(octet) && !fields.isEmpty()) {
                if (m_strict) {
                    return refuse(ErrorCode::ParserInvalidHeaderToken,
                        QLatin1StringView("Unexpected whitespace after header value"));
                }
                m_folding = true;
                m_valueStart = fields.spans(fields.count() - 1).value.offset;
                m_state = State::Value;
            } else {
                return refuse(
                    ErrorCode::ParserInvalidHeaderToken, QLatin1StringView("Invalid header token"));
            }
            break;

        case State::Name: {
            const qsizetype start = m_offset;
            qsizetype at = start;
            while (at < size && octets::is(data[at], octets::Token))
                ++at;
            if (!count(start, at))
                return Outcome::Fault;
            if (at == size)
                return Outcome::NeedMore;
            if (data[at] != ':')
                return refuse(
                    ErrorCode::ParserInvalidHeaderToken, QLatin1StringView("Invalid header token"));
            m_name.length = at - m_name.offset;
            m_state = State::BeforeValue;
            ++m_offset;
            return Outcome::FieldName;
        }

        case State::BeforeValue:
            if (octets::isBlank(octet)) {
                ++m_offset;
            } else {
                m_valueStart = m_offset;
                m_state = State::Value;
            }
            break;

        case State::Value: {
            const qsizetype start = m_offset;
            qsizetype at = start;
            if (m_strict) {
                while (at < size && octets::is(data[at], octets::FieldValue))
                    ++at;
            } else {
                while (at < size && data[at] != '\r' && data[at] != '\n')
                    ++at;
            }
            if (!count(start, at))
                return Outcome::Fault;
            if (at == size)
                return Outcome::NeedMore;
            if (data[at] == '\r') {
                endValue(block, fields);
                m_state = State::ValueLf;
                ++m_offset;
            } else if (data[at] != '\n') {
                return refuse(ErrorCode::ParserInvalidHeaderToken,
                    QLatin1StringView("Invalid header value char"));
            } else if (m_strict) {
                return refuse(ErrorCode::ParserCrExpected,
                    QLatin1StringView("Missing expected CR after header value"));
            } else {
                endValue(block, fields);
                m_state = State::LineStart;
                ++m_offset;
                return Outcome::Field;
            }
            break;
        }

        case State::ValueLf:
            if (octet != '\n') {
                return refuse(ErrorCode::ParserLfExpected,
                    QLatin1StringView("Missing expected LF after header value"));
            }
            m_state = State::LineStart;
            ++m_offset;
            return Outcome::Field;

        case State::BlankLf:
            if (octet != '\n')
                return refuse(
                    ErrorCode::ParserStrict, QLatin1StringView("Expected LF after headers"));
            ++m_offset;
            return Outcome::Complete;
        }
    }
    return Outcome::NeedMore;
}

} // namespace headrace::wire
