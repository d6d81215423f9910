#include "filter/scanner.h"

#include "filter/grammar.h"

namespace headrace::exchange::language {

namespace {

bool isQuote(QChar c) { return c == u'"' || c == u'\''; }

bool isParenthesis(QChar c) { return c == u'(' || c == u')'; }

bool isCodeLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

// What a backslash and this character mean within quotes; null if the backslash is an ordinary character.
QChar escaped(QChar c, QChar quote)
{
    if (c == quote || c == u'\\')
        return c;
    switch (c.unicode()) {
    case u'n':
        return u'\n';
    case u'r':
        return u'\r';
    case u't':
        return u'\t';
    case u'f':
        return u'\f';
    default:
        return {};
    }
}

} // namespace

qsizetype Piece::sourceOf(qsizetype offset) const
{
    if (sources.isEmpty())
        return qMin(position + offset, position + length);
    return offset >= 0 && offset < sources.size() ? sources[offset] : position + length;
}

Scanner::Scanner(QStringView text)
    : m_text(text)
{
}

QStringView Scanner::text() const { return m_text; }

qsizetype Scanner::position() const { return m_position; }

void Scanner::seek(qsizetype position) { m_position = position; }

bool Scanner::isAtEnd() const { return m_position >= m_text.size(); }

QChar Scanner::peek(qsizetype ahead) const
{
    const qsizetype at = m_position + ahead;
    return at >= 0 && at < m_text.size() ? m_text[at] : QChar();
}

void Scanner::skipSpace()
{
    while (!isAtEnd() && m_text[m_position].isSpace())
        ++m_position;
}

bool Scanner::take(QLatin1StringView what)
{
    if (!m_text.sliced(m_position).startsWith(what))
        return false;
    m_position += what.size();
    return true;
}

bool Scanner::takeKeyword(QLatin1StringView word)
{
    const QStringView rest = m_text.sliced(m_position);
    if (!rest.startsWith(word, Qt::CaseInsensitive))
        return false;
    if (rest.size() > word.size() && !endsWord(m_position + word.size(), Stop::Nothing))
        return false;
    m_position += word.size();
    return true;
}

QStringView Scanner::lettersAt(qsizetype position) const
{
    qsizetype end = position;
    while (end < m_text.size() && isCodeLetter(m_text[end]))
        ++end;
    return m_text.sliced(position, end - position);
}

bool Scanner::isOperatorAt(qsizetype position) const
{
    if (position >= m_text.size() || m_text[position] != u'~')
        return false;
    const QStringView code = lettersAt(position + 1);
    const qsizetype end = position + 1 + code.size();
    return operatorName(code) && (end >= m_text.size() || !m_text[end].isLetterOrNumber());
}

bool Scanner::endsWord(qsizetype position, Stop stop) const
{
    const QChar c = m_text[position];
    return c.isSpace() || isQuote(c) || isParenthesis(c)
        || (stop == Stop::Junctions && (c == u'&' || c == u'|')) || isOperatorAt(position);
}

Piece Scanner::readValue(Stop stop, bool mayBeSlashed)
{
    if (isQuote(peek()))
        return readQuoted();
    if (mayBeSlashed && peek() == u'/') {
        if (std::optional<Piece> slashed = readSlashed())
            return *slashed;
    }
    return readWord(stop);
}

Piece Scanner::readWord(Stop stop)
{
    Piece piece;
    piece.position = m_position;
    while (!isAtEnd() && !endsWord(m_position, stop)) {
        if (peek() == u'\\' && m_position + 1 < m_text.size())
            ++m_position; // what a backslash stands before is part of the word
        ++m_position;
    }
    piece.length = m_position - piece.position;
    piece.text = m_text.sliced(piece.position, piece.length).toString();
    return piece;
}

Piece Scanner::readQuoted()
{
    Piece piece;
    piece.form = Piece::Form::Quoted;
    piece.position = m_position;
    const QChar quote = peek();
    ++m_position;
    while (!isAtEnd() && peek() != quote) {
        piece.sources.append(m_position);
        QChar c = peek();
        if (c == u'\\' && m_position + 1 < m_text.size()) {
            if (const QChar meant = escaped(peek(1), quote); !meant.isNull()) {
                c = meant;
                ++m_position;
            }
        }
        piece.text += c;
        ++m_position;
    }
    piece.sources.append(m_position);
    if (isAtEnd())
        fail(piece.position, m_position - piece.position,
            QStringLiteral("The quote opened at %1 is not closed").arg(piece.position + 1));
    else
        ++m_position;
    piece.length = m_position - piece.position;
    return piece;
}

std::optional<Piece> Scanner::readSlashed()
{
    Piece piece;
    piece.form = Piece::Form::Slashed;
    piece.position = m_position;
    qsizetype at = m_position + 1;
    for (; at < m_text.size() && m_text[at] != u'/'; ++at) {
        piece.sources.append(at);
        if (m_text[at] == u'\\' && at + 1 < m_text.size()) {
            ++at;
            if (m_text[at] != u'/') {
                piece.text += u'\\';
                piece.sources.append(at);
            }
        }
        piece.text += m_text[at];
    }
    if (at >= m_text.size() || piece.text.isEmpty())
        return std::nullopt;
    piece.sources.append(at);
    const QStringView flags = lettersAt(++at);
    QString options; // as the expression itself says them
    for (const QChar flag : flags) {
        if (flag == u'c')
            piece.isCaseSensitive = true;
        else if (flag == u's' || flag == u'm' || flag == u'x')
            options += flag;
        else if (flag != u'i') // the default
            return std::nullopt;
    }
    at += flags.size();
    if (at < m_text.size() && !endsWord(at, Stop::Nothing))
        return std::nullopt;
    if (!options.isEmpty()) {
        options = QStringLiteral("(?%1)").arg(options);
        piece.text.prepend(options);
        piece.sources = QList<qsizetype>(options.size(), piece.position) + piece.sources;
    }
    m_position = at;
    piece.length = at - piece.position;
    return piece;
}

void Scanner::fail(qsizetype position, qsizetype length, const QString &message)
{
    if (!m_error)
        m_error = FilterError { position, length, message };
}

const std::optional<FilterError> &Scanner::error() const { return m_error; }

QString quoted(const QString &text)
{
    QString result(u'"');
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"':
        case u'\\':
            result += u'\\';
            result += c;
            break;
        case u'\n':
            result += QLatin1StringView("\\n");
            break;
        case u'\r':
            result += QLatin1StringView("\\r");
            break;
        case u'\t':
            result += QLatin1StringView("\\t");
            break;
        case u'\f':
            result += QLatin1StringView("\\f");
            break;
        default:
            result += c;
        }
    }
    return result + u'"';
}

} // namespace headrace::exchange::language
