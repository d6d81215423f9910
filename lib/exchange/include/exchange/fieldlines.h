#pragma once

#include <QByteArrayView>
#include <QFlags>
#include <QList>

namespace headrace::exchange {

/** One field line of a head or of trailers as it passed. Offsets count from the first octet of the block.
    Unit: octets. Source: RFC 9112 section 5. */
struct FieldLine
{
    /// What is unusual about how it is written; each is a reason for peers to disagree.
    enum Oddity
    {
        Folded
        = 1, ///< It goes on in a next line that begins with a space or a tab (obs-fold, section 5.2).
        BareLf = 2, ///< A line of it ends with LF alone (section 2.2).
        BareCr = 4, ///< A CR that no LF follows.
        SpaceBeforeColon = 8, ///< Forbidden (section 5.1): proxies disagree about the name.
        NoColon = 16, ///< No field at all.
        ManySpaces = 32, ///< More than one space, or a tab, between colon and value.
        TrailingSpace = 64, ///< White space behind the value.
        NonAscii = 128, ///< Octets above 0x7e in the value (obs-text): no charset is agreed on.
        Control = 256, ///< A control octet other than tab.
        OddName
        = 512, ///< The name has what no token may have, or is empty (RFC 9110 section 5.6.2).
        Unfinished = 1024, ///< Its end is not here.
    };
    Q_DECLARE_FLAGS(Oddities, Oddity)

    qsizetype begin = 0;
    qsizetype nameEnd = 0;
    qsizetype valueBegin = 0; ///< Without the white space around it.
    qsizetype valueEnd = 0;
    qsizetype end = 0; ///< Behind its line end; of the last of its lines when it is folded.
    Oddities oddities;
};

/// A head or trailers, cut to lines.
struct FieldBlock
{
    qsizetype startBegin = 0; ///< Of the start line, behind empty lines that came before it.
    qsizetype startEnd = 0; ///< Behind its line end; as startBegin for trailers.
    QList<FieldLine> fields;
    qsizetype fieldsEnd = 0; ///< Where the empty line begins.
    bool isComplete = false; ///< The empty line is there.
};

/** \a octets: from the first of a head or of trailers; what stands behind the empty line does not count. Copes with
    what is cut off or damaged. Thread: any. */
FieldBlock readFieldBlock(QByteArrayView octets, bool hasStartLine);

} // namespace headrace::exchange

Q_DECLARE_OPERATORS_FOR_FLAGS(headrace::exchange::FieldLine::Oddities)
