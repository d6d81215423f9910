#pragma once

#include "inspector/rawcells.h"
#include "inspector/rawrows.h"

#include <QFontMetricsF>

namespace headrace::ui {

/// Where things stand in the rows of a raw view. Unit: pixels, before scrolling to the side.
class RawLayout
{
public:
    static constexpr int OctetsPerHexRow = 16;

    /// The parts of a row in hexadecimal form.
    enum class Pane
    {
        Digits,
        Characters
    };

    RawLayout() = default;
    /// \a octets: of all rows. \a time: the last one that is shown; microseconds.
    RawLayout(const QFontMetricsF &metrics, RawRows::Form form, qint64 octets, qint64 time);

    RawRows::Form form() const;
    int rowHeight() const;
    double charWidth() const; ///< Not a whole number in every font.

    int gutterWidth() const; ///< Of the column with the times.
    int offsetX() const; ///< Hexadecimal form: of the offset.
    int offsetDigits() const;
    int textX() const; ///< Of the text, or of the characters beside the digits.
    int columnX(int column) const; ///< Of a column of the text.
    int digitsX(int octet) const; ///< Hexadecimal form, within the row.
    int charactersX(int octet) const;

    /// Of the whole row. \a perRow: octets of a full row of text.
    int contentWidth(int perRow) const;

    /// Octets of a row of text that fit into a view of that width with the pictures of a line end.
    int octetsFor(int width) const;

    /// Within a row: the octet nearest to \a x.
    qsizetype octetAt(int x, const QList<RawCell> &cells) const;
    qsizetype octetAtHex(int x, qsizetype octets, Pane *pane) const;

private:
    RawRows::Form m_form = RawRows::Form::Text;
    double m_charWidth = 8;
    int m_rowHeight = 18;
    int m_timeDigits = 8;
    int m_offsetDigits = 4;
};

} // namespace headrace::ui
