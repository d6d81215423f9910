#pragma once

#include "text/textview.h"

#include <QList>

#include <memory>

class QsciScintilla;
class QsciStyle;

namespace headrace::ui {

struct SyntaxColors;

/// Draws the marks of a text: a disc in the margin, a wave under the place, and the message below the line.
class TextMarkPainter
{
public:
    TextMarkPainter(QsciScintilla *editor, int margin);
    ~TextMarkPainter();

    void setColors(const SyntaxColors &colors, const QFont &font);
    void show(const QList<TextMark> &marks);
    void clear();

private:
    void showMark(const TextMark &mark);

    QsciScintilla *m_editor;
    int m_margin;
    std::unique_ptr<QsciStyle> m_style;
};

} // namespace headrace::ui
