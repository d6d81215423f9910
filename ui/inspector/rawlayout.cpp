#include "inspector/rawlayout.h"

#include "shell/format.h"

#include <QtMath>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Margin = 8;
constexpr int LongestRow = 1024; // octets

} // namespace

RawLayout::RawLayout(const QFontMetricsF &metrics, RawRows::Form form, qint64 octets, qint64 time)
    : m_form(form)
    , m_charWidth(metrics.horizontalAdvance(u'0'))
    , m_rowHeight(qCeil(metrics.height()) + 2)
    , m_timeDigits(std::max<int>(8, int(formatExactTime(time).size())))
    , m_offsetDigits(octets > 0xffffffffLL ? 12
              : octets > 0xffffff          ? 8
              : octets > 0xffff            ? 6
                                           : 4)
{
}

RawRows::Form RawLayout::form() const { return m_form; }

int RawLayout::rowHeight() const { return m_rowHeight; }

double RawLayout::charWidth() const { return m_charWidth; }

int RawLayout::gutterWidth() const { return Margin / 2 + qCeil((m_timeDigits + 1) * m_charWidth); }

int RawLayout::offsetX() const { return gutterWidth() + Margin; }

int RawLayout::offsetDigits() const { return m_offsetDigits; }

int RawLayout::digitsX(int octet) const
{
    const double gap = octet >= OctetsPerHexRow / 2 ? 0.5 : 0; // between the halves
    return offsetX() + qRound((m_offsetDigits + 1.5 + octet * 3 + gap) * m_charWidth);
}

int RawLayout::charactersX(int octet) const
{
    return digitsX(OctetsPerHexRow) + qRound((octet + 0.5) * m_charWidth);
}

int RawLayout::textX() const
{
    return m_form == RawRows::Form::Text ? gutterWidth() + Margin : charactersX(0);
}

int RawLayout::columnX(int column) const { return textX() + qRound(column * m_charWidth); }

int RawLayout::contentWidth(int perRow) const
{
    return Margin / 2
        + (m_form == RawRows::Form::Text ? columnX(perRow + RawCell::LineEndColumns)
                                         : charactersX(OctetsPerHexRow));
}

int RawLayout::octetsFor(int width) const
{
    const int columns
        = int((width - gutterWidth() - 2 * Margin) / m_charWidth) - RawCell::LineEndColumns;
    return std::clamp(columns / 4 * 4, 16, LongestRow);
}

qsizetype RawLayout::octetAt(int x, const QList<RawCell> &cells) const
{
    const double column = double(x - textX()) / m_charWidth;
    for (const RawCell &cell : cells) {
        if (column < cell.column + cell.columns / 2.0)
            return cell.begin;
    }
    if (cells.isEmpty())
        return 0;
    // Behind a line's end there is no place: the next octet stands in the next row.
    const RawCell &last = cells.constLast();
    if (last.kind != RawCell::Kind::LineEnd)
        return last.begin + last.octets;
    const bool isPair
        = cells.size() > 1 && cells.at(cells.size() - 2).kind == RawCell::Kind::LineEnd;
    return isPair ? last.begin - 1 : last.begin;
}

qsizetype RawLayout::octetAtHex(int x, qsizetype octets, Pane *pane) const
{
    *pane = x >= charactersX(0) - m_charWidth / 2 ? Pane::Characters : Pane::Digits;
    int octet = 0;
    while (octet < octets
        && x >= (*pane == Pane::Characters ? charactersX(octet) + m_charWidth / 2
                                           : digitsX(octet) + m_charWidth * 3 / 2))
        ++octet;
    return octet;
}

} // namespace headrace::ui
