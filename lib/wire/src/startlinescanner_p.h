#pragma once

#include "parserfault_p.h"
#include "wire/head.h"
#include "wire/messageparser.h"

namespace headrace::wire {

/** Reads the request line or status line of a head: the spans of its parts and its exact form. Only the
    grammar of request targets is left to llhttp. Each scan() is given all of the head so far.
    Source: RFC 9112 sections 3 and 4; conformance/NOTES.md "Messages" 9, 10, 17. */
class StartLineScanner
{
public:
    StartLineScanner(MessageKind kind, qsizetype maxOctets, Lenience lenience);

    void begin();
    ReadOutcome scan(QByteArrayView block, Head &head);

    qsizetype offset() const ///< Octets read; at a fault the octet that was refused.
    {
        return m_offset;
    }

    qsizetype counted() const ///< Octets of the target or the reason phrase.
    {
        return m_counted;
    }

    const ParserFault &fault() const { return m_fault; }

private:
    enum class State
    {
        Method,
        BeforeTarget,
        Target,
        TargetLf, ///< HTTP/0.9: no version.
        BeforeProtocol,
        Protocol,
        MajorVersion,
        Dot,
        MinorVersion,
        RequestLineEnd,
        RequestLineLf,
        BeforeStatus,
        Status,
        StatusEnd,
        Reason,
        StatusLineLf,
    };

    ReadOutcome refuse(ErrorCode code, QLatin1StringView reason);
    bool scanMethod(QByteArrayView block, Head &head);
    bool scanProtocol(char octet, const Head &head, QByteArrayView block);
    bool scanTarget(QByteArrayView block, Head &head);
    bool scanReason(QByteArrayView block, Head &head);
    bool count(qsizetype runStart, qsizetype runEnd);
    bool acceptVersion(Head &head);

    MessageKind m_kind;
    qsizetype m_maxOctets;
    bool m_strict;
    State m_state = State::Method;
    qsizetype m_offset = 0;
    qsizetype m_counted = 0;
    qsizetype m_partStart = 0; ///< Where the part at hand starts.
    ParserFault m_fault;
};

} // namespace headrace::wire
