#pragma once

#include <exchange/octetspan.h>

#include <QByteArray>
#include <QList>
#include <QString>

class QColor;
class QsciScintilla;

namespace headrace::ui {

/// Looks for a pattern in an editor's text, selects and marks what it finds. Made for one turn.
class TextSearch
{
public:
    struct Count
    {
        qsizetype current = 0; ///< Which one is selected, from 1; 0: none.
        qsizetype all = 0;
        bool isBounded = false; ///< There are more.
    };

    explicit TextSearch(QsciScintilla *editor);

    void setPattern(const QString &pattern, bool isCaseSensitive, bool isRegularExpression);

    /// Selects the next match, beginning anew at the other end. False: there is none.
    bool select(bool backward, bool fromSelectionStart);

    Count markAll();
    void clearMarks();
    void setMarkColor(const QColor &color);

    QString
    error() const; ///< Why the pattern cannot be used, or not on all of the text; empty if it can.

private:
    struct Range
    {
        long first = -1;
        long last = -1;
    };

    Range search(long from, long to); ///< Backwards where \a to lies before \a from.
    Range found(long from, long to) const; ///< The same of an expression.
    void findAll(bool isCaseSensitive);

    QsciScintilla *m_editor = nullptr;
    QByteArray m_pattern;
    bool m_isExpression = false;
    QList<exchange::OctetSpan> m_found; ///< Of an expression: all of them.
    QString m_error;
};

} // namespace headrace::ui
