#include "rules/textreplacement.h"

#include <QElapsedTimer>
#include <QStringMatcher>

#include <utility>

namespace headrace::proxy {

namespace {

constexpr qint64 longestRun = 1000; // milliseconds

QString tooLarge() { return QStringLiteral("the result would be too large"); }

} // namespace

TextReplacement::TextReplacement(const ReplaceInBody &replace)
    : m_replace(replace)
{
    if (!replace.isExpression)
        return;
    m_expression.setPattern(replace.pattern);
    m_expression.setPatternOptions(QRegularExpression::MultilineOption
        | (replace.isCaseSensitive ? QRegularExpression::NoPatternOption
                                   : QRegularExpression::CaseInsensitiveOption));
    readReplacement();
}

QString TextReplacement::problem() const
{
    if (m_replace.pattern.isEmpty())
        return QStringLiteral("Say what is replaced.");
    if (!m_replace.isExpression || m_expression.isValid())
        return {};
    return QStringLiteral("The expression is none at character %1: %2.")
        .arg(m_expression.patternErrorOffset() + 1)
        .arg(m_expression.errorString());
}

ReplacedText TextReplacement::run(const QString &text, qsizetype limit) const
{
    return m_replace.isExpression ? replaceMatches(text, limit) : replacePlain(text, limit);
}

ReplacedText TextReplacement::replacePlain(const QString &text, qsizetype limit) const
{
    const QStringMatcher matcher(
        m_replace.pattern, m_replace.isCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive);
    ReplacedText result;
    qsizetype done = 0;
    for (qsizetype at = matcher.indexIn(text); at >= 0; at = matcher.indexIn(text, done)) {
        result.text += QStringView(text).sliced(done, at - done);
        result.text += m_replace.replacement;
        done = at + m_replace.pattern.size();
        ++result.count;
        if (result.text.size() > limit) {
            result.problem = tooLarge();
            return result;
        }
    }
    result.text += QStringView(text).sliced(done);
    return result;
}

ReplacedText TextReplacement::replaceMatches(const QString &text, qsizetype limit) const
{
    ReplacedText result;
    QElapsedTimer clock;
    clock.start();
    qsizetype done = 0;
    qsizetype from = 0;
    while (from <= text.size()) {
        const QRegularExpressionMatch match = m_expression.match(text, from);
        // PCRE2 gives up at its bound of steps, which Qt tells as a match that is not valid.
        if (!match.isValid() || clock.elapsed() > longestRun) {
            result.problem = QStringLiteral("the expression takes too long");
            return result;
        }
        if (!match.hasMatch())
            break;
        result.text += QStringView(text).sliced(done, match.capturedStart() - done);
        appendReplacement(match, result.text);
        ++result.count;
        done = match.capturedEnd();
        from = match.capturedLength() > 0 ? done : done + 1;
        if (from > done && from < text.size() && text.at(from).isLowSurrogate())
            ++from;
        if (result.text.size() > limit) {
            result.problem = tooLarge();
            return result;
        }
    }
    result.text += QStringView(text).sliced(done);
    return result;
}

void TextReplacement::readReplacement()
{
    const QString &replacement = m_replace.replacement;
    Piece piece;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar c = replacement.at(i);
        const QChar next = i + 1 < replacement.size() ? replacement.at(i + 1) : QChar();
        if (c != u'\\' || (next != u'\\' && (next < u'1' || next > u'9'))) {
            piece.text += c;
            continue;
        }
        ++i;
        if (next == u'\\') {
            piece.text += c;
            continue;
        }
        piece.group = next.digitValue();
        m_pieces.append(std::exchange(piece, {}));
    }
    m_pieces.append(piece);
}

void TextReplacement::appendReplacement(const QRegularExpressionMatch &match, QString &text) const
{
    for (const Piece &piece : m_pieces) {
        text += piece.text;
        if (piece.group > 0)
            text += match.capturedView(piece.group);
    }
}

} // namespace headrace::proxy
