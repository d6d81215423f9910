#pragma once

#include "parserfault_p.h"
#include "wire/fields.h"
#include "wire/messageparser.h"

namespace headrace::wire {

/** Reads field lines up to the blank line that ends them: of a head, or of a trailer section. Finds the
    spans of names and values, refuses what is no field line, and keeps the size budget. It knows
    nothing of what fields mean: after each name and each line it lets its caller look.

    The caller keeps the block that the spans refer to; each scan() is given all of it so far.
    Source: RFC 9112 section 5; conformance/NOTES.md "The parser". */
class FieldScanner
{
public:
    enum class Outcome
    {
        NeedMore,
        FieldName, ///< name() was read, with its colon.
        Field, ///< The last of \a fields was read, with its line end.
        Complete, ///< The blank line was read.
        Fault, ///< fault(); offset() is the octet that was refused.
    };

    FieldScanner(qsizetype maxOctets, Lenience lenience);

    /// The first field line starts at \a offset of the block; \a counted octets of the budget are spent.
    void begin(qsizetype offset, qsizetype counted);

    Outcome scan(QByteArrayView block, Fields &fields);

    Span name() const { return m_name; }

    qsizetype offset() const { return m_offset; }

    const ParserFault &fault() const { return m_fault; }

private:
    enum class State
    {
        LineStart,
        Name,
        BeforeValue,
        Value,
        ValueLf,
        BlankLf
    };

    Outcome refuse(ErrorCode code, QLatin1StringView reason);
    bool count(qsizetype runStart, qsizetype runEnd);
    void endValue(QByteArrayView block, Fields &fields);

    qsizetype m_maxOctets;
    bool m_strict;
    State m_state = State::LineStart;
    bool m_folding = false; ///< The line at hand continues the last field (RFC 9112 section 5.2).
    qsizetype m_offset = 0;
    qsizetype m_counted = 0; ///< Octets of names and values so far.
    Span m_name;
    qsizetype m_valueStart = 0;
    ParserFault m_fault;
};

} // namespace headrace::wire
