#pragma once

#include "proxy/rule.h"

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
    void appendReplacement(const QRegularExpressionMatch &match, QString &text) const;

    ReplaceInBody m_replace;
    QRegularExpression m_expression;
};

} // namespace headrace::proxy
