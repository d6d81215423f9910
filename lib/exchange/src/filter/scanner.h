#pragma once

#include "exchange/filter.h"

namespace headrace::exchange::language {

/// A piece of the text that stands for a value.
struct Piece
{
    enum class Form
    {
        Word,
        Quoted,
        Slashed
    };

    Form form = Form::Word;
    QString text; ///< Word: as written, backslashes too. Quoted and slashed: what it means.
    qsizetype position = 0; ///< Of the first character, quote or slash included.
    qsizetype length = 0;
    bool isCaseSensitive = false; ///< Slashed, by its flag.
    QList<qsizetype>
        sources; ///< For each character of the text and its end where it was written; empty if as it is.

    qsizetype sourceOf(qsizetype offset) const;
};

/** Goes through the text of a filter. Reads what looks the same wherever it stands: space, words, quoted
    and slashed text. Keeps the first error. */
class Scanner
{
public:
    /// What ends a word beside space, quotes, parentheses and an operator.
    enum class Stop
    {
        Nothing,
        Junctions
    }; ///< '&' and '|' are part of a URL, but of no number.

    explicit Scanner(QStringView text);

    QStringView text() const;
    qsizetype position() const;
    void seek(qsizetype position);
    bool isAtEnd() const;
    QChar peek(qsizetype ahead = 0) const; ///< Null behind the end.

    void skipSpace();
    bool take(QLatin1StringView what);
    bool takeKeyword(QLatin1StringView word); ///< A whole word; case aside.

    QStringView lettersAt(qsizetype position) const; ///< As many as stand there.
    bool isOperatorAt(qsizetype position) const; ///< '~' and a code that is known.

    /// The value at the position; empty if there is none. Slashed: `/expression/flags`, if allowed.
    Piece readValue(Stop stop = Stop::Nothing, bool mayBeSlashed = false);

    void fail(qsizetype position, qsizetype length, const QString &message);
    const std::optional<FilterError> &error() const;

private:
    Piece readWord(Stop stop);
    Piece readQuoted();
    std::optional<Piece> readSlashed();
    bool endsWord(qsizetype position, Stop stop) const;

    QStringView m_text;
    qsizetype m_position = 0;
    std::optional<FilterError> m_error;
};

/// \a text in quotes, as a Scanner reads it back.
QString quoted(const QString &text);

} // namespace headrace::exchange::language
