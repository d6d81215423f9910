#pragma once

#include "parserfault_p.h"
#include "wire/messageparser.h"

namespace headrace::wire {

/** Reads the size line of a chunk: size, extensions, line end.
    Source: RFC 9112 section 7.1; conformance `server-chunk-extensions-hardened`. */
class ChunkLineScanner
{
public:
    ChunkLineScanner(qsizetype maxExtensions, Lenience lenience);

    /// \a room: octets that the extensions of the message may still have.
    void begin(qint64 room);
    ReadOutcome scan(QByteArrayView octets);

    qsizetype taken()
        const ///< Octets of the last scan() that belong to the line; at a fault those before it.
    {
        return m_taken;
    }

    quint64 size() const { return m_size; }

    const QByteArray &extensions() const { return m_extensions; }

    /// What of them counts: names and values, without lone separators.
    qint64 extensionOctets() const { return m_extensionOctets; }

    const ParserFault &fault() const { return m_fault; }

private:
    enum class State
    {
        FirstDigit,
        Digits,
        Blanks, ///< Lenient parsing: behind the digits.
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

    const qint64 m_maxExtensions;
    const bool m_strict;
    qint64 m_room = 0; ///< At most maxExtensions.
    State m_state = State::FirstDigit;
    quint64 m_size = 0;
    qint64 m_digits = 0;
    bool m_overflow = false;
    qint64 m_extensionOctets = 0;
    char m_previous = 0;
    QByteArray m_extensions;
    qsizetype m_taken = 0;
    ParserFault m_fault;
};

} // namespace headrace::wire
