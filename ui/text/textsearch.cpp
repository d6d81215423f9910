#include "text/scintilla_p.h"
#include "text/textsearch_p.h"

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int MatchIndicator = 9; // 0 to 7 belong to the lexers
constexpr qsizetype MarkLimit = 10'000;

} // namespace

TextSearch::TextSearch(QsciScintilla *editor)
    : m_editor(editor)
{
}

void TextSearch::setPattern(const QString &pattern, bool isCaseSensitive, bool isRegularExpression)
{
    m_pattern = pattern.toUtf8();
    int flags = isCaseSensitive ? QsciScintilla::SCFIND_MATCHCASE : 0;
    if (isRegularExpression)
        flags |= QsciScintilla::SCFIND_REGEXP | QsciScintilla::SCFIND_CXX11REGEX;
    m_editor->SendScintilla(QsciScintilla::SCI_SETSEARCHFLAGS, static_cast<unsigned long>(flags));
}

TextSearch::Range TextSearch::search(long from, long to)
{
    m_editor->SendScintilla(QsciScintilla::SCI_SETSTATUS, 0UL);
    m_editor->SendScintilla(
        QsciScintilla::SCI_SETTARGETRANGE, static_cast<unsigned long>(from), to);
    const long first = m_editor->SendScintilla(QsciScintilla::SCI_SEARCHINTARGET,
        static_cast<unsigned long>(m_pattern.size()), m_pattern.constData());
    if (first < 0) {
        m_isInvalid = m_editor->SendScintilla(QsciScintilla::SCI_GETSTATUS)
            == QsciScintilla::SC_STATUS_WARNREGEX;
        m_editor->SendScintilla(QsciScintilla::SCI_SETSTATUS, 0UL);
        return {};
    }
    return { first, m_editor->SendScintilla(QsciScintilla::SCI_GETTARGETEND) };
}

bool TextSearch::select(bool backward, bool fromSelectionStart)
{
    if (m_pattern.isEmpty())
        return false;
    const long end = m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH);
    const long selectionStart = m_editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONSTART);
    const long selectionEnd = m_editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONEND);
    const long from = backward || fromSelectionStart ? selectionStart : selectionEnd;

    Range found = search(from, backward ? 0 : end);
    if (found.first < 0 && !m_isInvalid)
        found = search(backward ? end : 0, backward ? 0 : end);
    if (found.first < 0)
        return false;

    const auto line = m_editor->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, found.first);
    m_editor->SendScintilla(QsciScintilla::SCI_ENSUREVISIBLE, line);
    m_editor->SendScintilla(
        QsciScintilla::SCI_SETSEL, static_cast<unsigned long>(found.first), found.last);
    return true;
}

TextSearch::Count TextSearch::markAll()
{
    clearMarks();
    Count count;
    if (m_pattern.isEmpty())
        return count;
    const long end = m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH);
    const long selectionStart = m_editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONSTART);
    const long selectionEnd = m_editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONEND);

    for (long from = 0; from <= end;) {
        const Range found = search(from, end);
        if (found.first < 0)
            break;
        if (count.all == MarkLimit) {
            count.isBounded = true;
            break;
        }
        ++count.all;
        if (found.first == selectionStart && found.last == selectionEnd)
            count.current = count.all;
        m_editor->SendScintilla(QsciScintilla::SCI_INDICATORFILLRANGE,
            static_cast<unsigned long>(found.first), found.last - found.first);
        from = std::max(found.last, found.first + 1);
    }
    return count;
}

void TextSearch::clearMarks()
{
    m_editor->SendScintilla(
        QsciScintilla::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(MatchIndicator));
    m_editor->SendScintilla(QsciScintilla::SCI_INDICATORCLEARRANGE, 0UL,
        m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH));
}

void TextSearch::setMarkColor(const QColor &color)
{
    m_editor->indicatorDefine(QsciScintilla::StraightBoxIndicator, MatchIndicator);
    m_editor->setIndicatorForegroundColor(color, MatchIndicator);
    m_editor->setIndicatorDrawUnder(true, MatchIndicator);
}

bool TextSearch::isPatternInvalid() const { return m_isInvalid; }

} // namespace headrace::ui
