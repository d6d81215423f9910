#pragma once

#include "parserfault_p.h"
#include "wire/messageparser.h"

namespace headrace::wire {

/** Reads the size line of a chunk: size, extensions, line end.
    Source: RFC 9112 section 7.1; conformance `server-chunk-extensions-hardened`. */
class ChunkLineScanner
{
public:
    explicit ChunkLineScanner(qsizetype maxExtensions);

    void begin();
    ReadOutcome scan(QByteArrayView octets);

    qsizetype taken()
        const ///< Octets of the last scan() that belong to the line; at a fault those before it.
    {
        return m_taken;
    }

    quint64 size() const { return m_size; }

    const QByteArray &extensions() const { return m_extensions; }

    const ParserFault &fault() const { return m_fault; }

private:
    enum class State
    {
        FirstDigit,
        Digits,
        FirstOfName,
        Name,
        Value,
        Quoted,
        QuotedPair,
        AfterQuoted,
        LineLf,
    };

    bool take(char octet);
    bool takeDigit(char octet);
    bool endPart(char octet);
    bool refuse(ErrorCode code, QLatin1StringView reason);
    bool refuseExtension();

    const qsizetype m_maxExtensions;
    State m_state = State::FirstDigit;
    quint64 m_size = 0;
    qsizetype m_digits = 0;
    bool m_overflow = false;
    qsizetype m_extensionOctets = 0; ///< Octets of names and values, without lone separators.
    char m_previous = 0;
    QByteArray m_extensions;
    qsizetype m_taken = 0;
    ParserFault m_fault;
};

} // namespace headrace::wire
