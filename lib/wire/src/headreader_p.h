#pragma once

#include "fieldscanner_p.h"
#include "llhttphead_p.h"
#include "startlinescanner_p.h"
#include "wire/head.h"

namespace headrace::wire {

/** Reads one head after the other. Two readers look at the same octets: our scanners find the position
    of every part and refuse what llhttp is too kind to, llhttp judges the rest and tells the framing.
    The first octet that either refuses is the fault, however the octets were split. */
class HeadReader
{
public:
    HeadReader(MessageKind kind, ParserLimits limits, Lenience lenience);

    /// The next octet read is the first of a head.
    void begin();

    /// Reads \a fed from \a from on; not beyond the end of the head.
    ReadOutcome read(const QByteArray &fed, qsizetype from);

    /// Octets of the last read() that belong to the head; at a fault those before it.
    qsizetype taken() const { return m_taken; }

    const ParserFault &fault() const { return m_fault; }

    Head &head() { return m_head; }

    /// The connection may carry another message after this one, by version and Connection field.
    bool connectionPersists() const { return m_llhttp.connectionPersists(); }

    /// A request whose last transfer coding is not chunked: its end cannot be known.
    /// RFC 9112 section 6.3, rule 4. The reference's lenient parser takes all that follows as its body.
    bool hasUnknownLength() const
    {
        return m_kind == MessageKind::Request && m_lenience == Lenience::Strict
            && m_llhttp.hasTransferEncoding() && !m_llhttp.isChunked();
    }

private:
    ReadOutcome scan(QByteArrayView block);
    bool acceptField(QByteArrayView block);
    bool acceptTransferEncoding(QByteArrayView block, Span value);
    ReadOutcome refuse(const ParserFault &fault, qsizetype offset);
    void complete(QByteArray block);

    MessageKind m_kind;
    ParserLimits m_limits;
    Lenience m_lenience;
    StartLineScanner m_startLine;
    FieldScanner m_fieldLines;
    LlhttpHead m_llhttp;

    Head m_head;
    QByteArray m_block; ///< The head so far when it came in pieces.
    qsizetype m_scanned = 0; ///< Octets of the head that the scanners have read.
    qsizetype m_judged = 0; ///< Octets of the head that llhttp has read.
    qsizetype m_taken = 0;
    bool m_inFields = false;
    bool m_contentLengthSeen = false;
    bool m_lastCodingIsChunked = false;
    ParserFault m_fault;
};

} // namespace headrace::wire
