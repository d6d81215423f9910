#include "text/scintilla_p.h"
#include "text/syntaxcolors.h"
#include "text/textmarks_p.h"

#include <QFont>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Marker = 4; // numbers of ours, below those of folds
constexpr int Indicator = 10; // 9 is that of the search
constexpr int MarginWidth = 16;

} // namespace

TextMarkPainter::TextMarkPainter(QsciScintilla *editor, int margin)
    : m_editor(editor)
    , m_margin(margin)
    , m_style(std::make_unique<QsciStyle>(-1))
{
    m_editor->markerDefine(QsciScintilla::Circle, Marker);
    m_editor->setMarginMarkerMask(m_margin, 1 << Marker);
    m_editor->indicatorDefine(QsciScintilla::SquiggleIndicator, Indicator);
    m_editor->setAnnotationDisplay(QsciScintilla::AnnotationIndented);
}

TextMarkPainter::~TextMarkPainter() = default;

void TextMarkPainter::setColors(const SyntaxColors &colors, const QFont &font)
{
    m_editor->setMarkerBackgroundColor(colors.error, Marker);
    m_editor->setMarkerForegroundColor(colors.error, Marker);
    m_editor->setIndicatorForegroundColor(colors.error, Indicator);
    m_style->setColor(colors.error);
    m_style->setPaper(colors.paper);
    m_style->setFont(font);
    m_style->apply(m_editor);
}

void TextMarkPainter::show(const QList<TextMark> &marks)
{
    clear();
    m_editor->setMarginWidth(m_margin, marks.isEmpty() ? 0 : MarginWidth);
    for (const TextMark &mark : marks)
        showMark(mark);
}

void TextMarkPainter::showMark(const TextMark &mark)
{
    const int line = mark.line - 1;
    if (line < 0 || line >= m_editor->lines())
        return;
    m_editor->markerAdd(line, Marker);
    const QString text = m_editor->text(line);
    int end = static_cast<int>(text.size());
    while (end > 0 && text.at(end - 1).isSpace())
        --end;
    int begin = mark.column - 1;
    if (begin < 0 || begin >= end) {
        begin = 0;
        while (begin < end && text.at(begin).isSpace())
            ++begin;
    }
    m_editor->fillIndicatorRange(line, begin, line, end, Indicator);
    const QString before = m_editor->annotation(line);
    m_editor->annotate(
        line, before.isEmpty() ? mark.message : before + u'\n' + mark.message, *m_style);
}

void TextMarkPainter::clear()
{
    m_editor->markerDeleteAll(Marker);
    const int last = m_editor->lines() - 1;
    m_editor->clearIndicatorRange(0, 0, last, m_editor->lineLength(last), Indicator);
    m_editor->clearAnnotations();
    m_editor->setMarginWidth(m_margin, 0);
}

} // namespace headrace::ui
