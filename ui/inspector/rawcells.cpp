#include "inspector/rawcells.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace headrace::ui {

namespace {

/// A character of UTF-8 (RFC 3629 section 4); 0 octets: none stands there.
struct Character
{
    char32_t value = 0;
    qsizetype octets = 0;
};

Character characterAt(QByteArrayView row, qsizetype at)
{
    const uchar first = uchar(row.at(at));
    const int octets = first >= 0xf0 && first < 0xf5 ? 4
        : first >= 0xe0                              ? (first < 0xf0 ? 3 : 0)
        : first >= 0xc2                              ? 2
                                                     : 0;
    if (octets == 0 || at + octets > row.size())
        return {};
    static constexpr std::array<uchar, 5> masks { 0, 0, 0x1f, 0x0f, 0x07 };
    char32_t value = first & masks[std::size_t(octets)];
    for (int i = 1; i < octets; ++i) {
        const uchar next = uchar(row.at(at + i));
        if ((next & 0xc0) != 0x80)
            return {};
        value = (value << 6) | (next & 0x3f);
    }
    static constexpr std::array<char32_t, 5> least { 0, 0, 0x80, 0x800, 0x10000 };
    if (value < least[std::size_t(octets)] || value > 0x10ffff
        || (value >= 0xd800 && value <= 0xdfff))
        return {};
    return { value, octets };
}

/// Roughly Unicode's East Asian Width: wide and full-width.
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
        || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
}

int columnsOf(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
        || category == QChar::Other_Format)
        return 0;
    return isWide(c) ? 2 : 1;
}

/// As ISO 646 calls it.
QString nameOf(uchar octet)
{
    static constexpr std::array<QLatin1StringView, 32> names {
        QLatin1StringView("NUL"),
        QLatin1StringView("SOH"),
        QLatin1StringView("STX"),
        QLatin1StringView("ETX"),
        QLatin1StringView("EOT"),
        QLatin1StringView("ENQ"),
        QLatin1StringView("ACK"),
        QLatin1StringView("BEL"),
        QLatin1StringView("BS"),
        QLatin1StringView("TAB"),
        QLatin1StringView("LF"),
        QLatin1StringView("VT"),
        QLatin1StringView("FF"),
        QLatin1StringView("CR"),
        QLatin1StringView("SO"),
        QLatin1StringView("SI"),
        QLatin1StringView("DLE"),
        QLatin1StringView("DC1"),
        QLatin1StringView("DC2"),
        QLatin1StringView("DC3"),
        QLatin1StringView("DC4"),
        QLatin1StringView("NAK"),
        QLatin1StringView("SYN"),
        QLatin1StringView("ETB"),
        QLatin1StringView("CAN"),
        QLatin1StringView("EM"),
        QLatin1StringView("SUB"),
        QLatin1StringView("ESC"),
        QLatin1StringView("FS"),
        QLatin1StringView("GS"),
        QLatin1StringView("RS"),
        QLatin1StringView("US"),
    };
    return octet == 0x7f ? QStringLiteral("DEL") : QString(names[octet]);
}

} // namespace

QList<RawCell> rawCells(QByteArrayView row, bool showsLineEnds)
{
    QList<RawCell> cells;
    cells.reserve(row.size());
    int column = 0;
    for (qsizetype at = 0; at < row.size();) {
        const uchar octet = uchar(row.at(at));
        RawCell cell;
        cell.begin = at;
        cell.column = column;
        const bool isLast = at + 1 == row.size();
        const bool isCrOfEnd = octet == '\r' && at + 2 == row.size() && row.at(at + 1) == '\n';
        if ((octet == '\n' && isLast) || isCrOfEnd) {
            cell.kind = RawCell::Kind::LineEnd;
            cell.columns = showsLineEnds ? RawCell::LineEndColumns / 2 : 0;
            cell.text = showsLineEnds ? nameOf(octet) : QString();
        } else if (octet < 0x20 || octet == 0x7f) {
            cell.kind = RawCell::Kind::Control;
            cell.columns = 2;
            cell.text = nameOf(octet);
        } else if (octet < 0x80) {
            cell.text = QChar(ushort(octet));
        } else if (const Character character = characterAt(row, at);
                   character.octets > 0 && character.value >= 0xa0) {
            cell.octets = character.octets;
            cell.columns = columnsOf(character.value);
            cell.text = QString::fromUcs4(&character.value, 1);
        } else {
            cell.kind = RawCell::Kind::Foreign;
            cell.text = QChar(ushort(octet >= 0xa0 && octet != 0xad ? octet : 0x25a1));
        }
        column += cell.columns;
        at += cell.octets;
        cells.append(cell);
    }
    return cells;
}

} // namespace headrace::ui
