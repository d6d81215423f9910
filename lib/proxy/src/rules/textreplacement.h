#pragma once

#include "proxy/rule.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

namespace headrace::proxy {

/// What became of a text.
struct ReplacedText
{
    QString text;
    qsizetype count = 0; ///< Of places that were replaced.
    QString problem; ///< For people: why it was not done. The text is of no use then.
};

/// Replaces a text or an expression in a text. A value. Thread: any.
class TextReplacement
{
public:
    explicit TextReplacement(const ReplaceInBody &replace);

    QString problem() const; ///< Empty: the expression is one.

    /// \a limit: characters of the result. An expression that takes more than a second gives up.
    ReplacedText run(const QString &text, qsizetype limit) const;

private:
    ReplacedText replacePlain(const QString &text, qsizetype limit) const;
    ReplacedText replaceMatches(const QString &text, qsizetype limit) const;
    void readReplacement();
    void appendReplacement(const QRegularExpressionMatch &match, QString &text) const;

    /// A part of the replacement: a text, then what a group of the match has.
    struct Piece
    {
        QString text;
        int group = 0; ///< 1 to 9; 0: none.
    };

    ReplaceInBody m_replace;
    QRegularExpression m_expression;
    QList<Piece> m_pieces; ///< The replacement of an expression.
};

} // namespace headrace::proxy
