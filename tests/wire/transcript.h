#pragma once

#include "wire/messageparser.h"

#include <QByteArray>

/** What a parser makes of some octets, as text to compare. Every input is parsed whole, cut in two at
    every offset and octet by octet; all runs must agree, report every octet once, and count right. */
namespace headrace::wire::test {

struct Setup
{
    MessageKind kind = MessageKind::Request;
    bool endOfInput = false; ///< Call feedEof() behind the octets.
    bool bodiless = false; ///< Call skipBody() after each head: responses to HEAD.
    bool tunnel = false; ///< Call enterTunnel() after a head that asks for an upgrade.
    Lenience lenience = Lenience::Strict;
    ParserLimits limits {};
};

/** Lines of the transcript:
        GET /a HTTP/1.1 keep            method, target, version; keep or close; upgrade if asked for
        HTTP/1.1 200 [OK] close         version, status, reason
        Name: value                     each field
        body text
        trailer Name: value
        end
        tunnel octets
        fault HPE_INVALID_METHOD at 3   position since the first octet
    A line "broken ..." names a broken promise of the parser. Octets beyond ASCII are escaped. */
QByteArray transcript(const QByteArray &octets, const Setup &setup = {});

/// As transcript(), of the octets as one piece only: for long inputs.
QByteArray transcriptOfWhole(const QByteArray &octets, const Setup &setup = {});

/// \a transcript with the code of its fault masked: "fault HPE_* at 3" becomes "fault".
QByteArray verdict(QByteArray transcript);

/// The columns `octets` and `expected` of a table of inputs and transcripts.
void columns();

void addRow(const char *name, const QByteArray &octets, const QByteArray &expected);

/// A row of that table. Literals, as they may contain NUL.
template <size_t OctetsSize, size_t ExpectedSize>
void row(const char *name, const char (&octets)[OctetsSize], const char (&expected)[ExpectedSize])
{
    addRow(name, QByteArray(octets, OctetsSize - 1), QByteArray(expected, ExpectedSize - 1));
}

Setup response();
Setup responseUntilEof();

} // namespace headrace::wire::test
