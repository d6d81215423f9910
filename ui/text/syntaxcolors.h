#pragma once

#include "text/textview.h"

#include <QColor>

class QFont;
class QPalette;

namespace headrace::ui {

/// The colours of code on the palette's base. Contrast with it: at least 4.5:1.
struct SyntaxColors
{
    QColor text;
    QColor paper;
    QColor faint; ///< Line numbers, fold marks.
    QColor comment;
    QColor keyword;
    QColor string;
    QColor number;
    QColor name; ///< Tags, properties.
    QColor attribute;
    QColor error;
    QColor match; ///< Behind what was found.

    static SyntaxColors of(const QPalette &palette);
};

/// A lexer for \a language, nullptr for Plain. Owner: \a parent.
QsciLexer *makeLexer(Language language, QObject *parent);

/// Gives every style of \a lexer its colour and \a font.
void paint(QsciLexer *lexer, Language language, const SyntaxColors &colors, const QFont &font);

} // namespace headrace::ui
