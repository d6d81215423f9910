#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace headrace::ui {

/// What one place of a row of raw text shows.
struct RawCell
{
    enum class Kind
    {
        Text,
        LineEnd, ///< CR before LF, or LF.
        Control, ///< A control octet, shown by its name.
        Foreign, ///< An octet that is no UTF-8, shown as in ISO 8859-1 where that has a character.
    };

    static constexpr int LineEndColumns = 4; ///< Of CR and LF together.

    qsizetype begin = 0; ///< Of its first octet within the row.
    qsizetype octets = 1;
    int column = 0; ///< From 0, in widths of a character.
    int columns
        = 1; ///< 2 for wide characters, 0 for what stands on the one before, and for hidden line ends.
    Kind kind = Kind::Text;
    QString text; ///< The character, or a name: "CR", "NUL".

    bool operator==(const RawCell &) const = default;
};

/** A row of octets as text, place by place: nothing is left out or joined but the octets of a character of UTF-8. With
    \a showsLineEnds CR and LF at the end have their names; a CR elsewhere always has. Thread: any. */
QList<RawCell> rawCells(QByteArrayView row, bool showsLineEnds);

} // namespace headrace::ui
