#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::exchange {

/// What of a text is shown in one row. Unit: octets from the begin of the text; end is one past the last.
struct TextRow
{
    qint64 begin = 0;
    qint64 end = 0; ///< Without a line end.
    qint64 next = 0; ///< Where the next row begins.
    qint64 line = 0; ///< From 0.
    bool isContinued = false; ///< It does not begin its line.

    bool operator==(const TextRow &) const = default;
};

/** How a text is cut into rows: at line ends (LF, CR LF), and within longer lines behind so many octets, but never
    within a character of UTF-8. Fed once from begin to end, it knows where each row is.
    Memory: 32 octets for every 256 rows, whatever lines there are. A value. Thread: one at a time. */
class RowIndex
{
public:
    /// \a rowOctets: most octets of a row; at least 8.
    explicit RowIndex(qsizetype rowOctets = 512);

    void feed(QByteArrayView octets);
    void finish(); ///< There are no more; the last row is complete, and there is always one.

    qsizetype rowOctets() const { return m_rowOctets; }

    qint64 rowCount() const { return m_rowCount; } ///< That are known so far.

    qint64 lineCount() const { return m_line + 1; }

    /// From where rows are cut: a row that is known, at most 256 before the one asked for.
    struct Place
    {
        qint64 row = 0;
        qint64 offset = 0;
        qint64 line = 0;
        bool isContinued = false;
    };

    Place placeBeforeRow(qint64 row) const;
    Place placeBeforeOffset(qint64 offset) const;

    /// The rows of \a octets, which lie at \a place. \a isLast: the text ends behind them. The last row is left out
    /// when it would need more.
    QList<TextRow> rows(const Place &place, QByteArrayView octets, bool isLast) const;

private:
    static constexpr qint64 RowsBetween = 256;

    struct Cut
    {
        qsizetype end = 0;
        qsizetype next = 0;
        bool isLineEnd = false;
    };

    std::optional<Cut> cut(QByteArrayView octets, bool isLast) const;
    void take(bool isLast);

    qsizetype m_rowOctets;
    QList<Place> m_places;
    QByteArray m_pending; ///< Of the row that is not complete.
    qint64 m_rowCount = 0;
    qint64 m_offset = 0; ///< Of that row.
    qint64 m_line = 0;
    bool m_isContinued = false;
};

/// How octets of a text become characters.
enum class TextEncoding
{
    Utf8,
    Latin1
};

/// A row as characters.
struct RowText
{
    QString text;
    /// For each unit of text the place of its octets in the row, and one more: the end.
    QList<int> offsets;

    qsizetype unitOf(qint64 offset) const; ///< The first one at or behind \a offset.
};

/** Control characters become their pictures (U+2400 on), tabs blanks up to the next column that four divide, octets
    that are no UTF-8 U+FFFD each. */
RowText decodeRow(QByteArrayView row, TextEncoding encoding);

} // namespace headrace::exchange
