#include "text/expression.h"
#include "text/scintilla_p.h"
#include "text/textsearch_p.h"

#include <exchange/matchscan.h>

#include <QCoreApplication>

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
    m_isExpression = isRegularExpression;
    m_found.clear();
    m_error.clear();
    if (isRegularExpression) {
        findAll(isCaseSensitive);
        return;
    }
    const int flags = isCaseSensitive ? QsciScintilla::SCFIND_MATCHCASE : 0;
    m_editor->SendScintilla(QsciScintilla::SCI_SETSEARCHFLAGS, static_cast<unsigned long>(flags));
}

// Not by the editor: its expressions have no bounds, and one that goes back and forth would hold up the window.
void TextSearch::findAll(bool isCaseSensitive)
{
    exchange::MatchScan scan({ expressionOf(m_pattern), true, isCaseSensitive, false });
    if (const auto error = scan.error()) {
        m_error = QCoreApplication::translate("TextSearch", "not a valid expression: %1")
                      .arg(error->message);
        return;
    }
    const auto size = qsizetype(m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH));
    const auto *octets = static_cast<const char *>(
        m_editor->SendScintillaPtrResult(QsciScintilla::SCI_GETCHARACTERPOINTER));
    scan.feed(QByteArrayView(octets, size), &m_found);
    scan.finish(&m_found);
    if (scan.gaveUp())
        m_error = QCoreApplication::translate(
            "TextSearch", "the expression takes too long, not all was searched");
}

TextSearch::Range TextSearch::found(long from, long to) const
{
    const auto next = std::partition_point(m_found.begin(), m_found.end(),
        [from](const exchange::OctetSpan &span) { return span.begin < from; });
    const bool isBackward = to < from;
    if (next == (isBackward ? m_found.begin() : m_found.end()))
        return {};
    const exchange::OctetSpan &span = isBackward ? *std::prev(next) : *next;
    return { long(span.begin), long(span.end) };
}

TextSearch::Range TextSearch::search(long from, long to)
{
    if (m_isExpression)
        return found(from, to);
    m_editor->SendScintilla(
        QsciScintilla::SCI_SETTARGETRANGE, static_cast<unsigned long>(from), to);
    const long first = m_editor->SendScintilla(QsciScintilla::SCI_SEARCHINTARGET,
        static_cast<unsigned long>(m_pattern.size()), m_pattern.constData());
    if (first < 0)
        return {};
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
    if (found.first < 0)
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

QString TextSearch::error() const { return m_error; }

} // namespace headrace::ui
