#include "codetokens_p.h"
#include "exchange/bodyformat.h"
#include "layout_p.h"

#include <QList>

#include <algorithm>
#include <array>

namespace headrace::exchange {

namespace {

/// What may stand behind a closing brace in its line.
constexpr std::array<QByteArrayView, 5> brotherWords { "else", "catch", "finally", "while",
    "from" };

/** Breaks code behind braces and semicolons and indents it. Nothing but blanks between tokens changes; line ends that
    are there stay, since they may mean something (ECMAScript, section 12.10), and those that are made stand where
    they mean nothing. */
class CodeLayout
{
public:
    explicit CodeLayout(qsizetype size)
        : m_out(size)
    {
    }

    void add(const CodeToken &token)
    {
        const bool isClosing = token.isMark('}') || token.isMark(')') || token.isMark(']');
        const bool wasOpened = m_isJustOpened;
        if (isClosing && !m_open.isEmpty())
            m_open.removeLast();
        if (breaksBefore(token, wasOpened)) {
            if (token.linesBefore > 1 && !token.isMark('}') && !wasOpened)
                newLine(0); // one empty line stays one
            newLine(m_open.size() + (isClosing || m_isFresh ? 0 : continuation()));
        } else if (token.isAfterBlank || wantsBlank(token)) {
            m_out.append(' ');
        }
        m_out.append(token.text);
        m_isJustOpened = token.isMark('{');
        const bool isComment
            = token.kind == CodeToken::Kind::Comment || token.kind == CodeToken::Kind::LineComment;
        if (!isComment)
            m_isFresh = m_isJustOpened || token.isMark('}') || token.isMark(';')
                || (token.isMark(',') && !m_open.isEmpty() && m_open.constLast() == '{');
        if (token.isMark('{') || token.isMark('(') || token.isMark('['))
            m_open.append(token.text.front());
        m_last = token;
    }

    const QByteArray &octets() const { return m_out.octets(); }

    void appendRest(QByteArrayView rest) { m_out.append(rest); }

private:
    /// Also where the layout makes no more: a line comment ends there.
    void newLine(qsizetype depth)
    {
        const qsizetype before = m_out.octets().size();
        m_out.newLine(depth);
        if (m_out.octets().size() == before && before > 0)
            m_out.append('\n');
    }

    bool isInBlock() const { return m_open.isEmpty() || m_open.constLast() == '{'; }

    int continuation() const { return isInBlock() ? 1 : 0; }

    bool breaksBefore(const CodeToken &token, bool wasOpened) const
    {
        if (m_last.text.isEmpty())
            return false;
        if (token.linesBefore > 0 || m_last.kind == CodeToken::Kind::LineComment)
            return true;
        if (token.kind == CodeToken::Kind::LineComment)
            return false;
        if (token.isMark('}'))
            return !wasOpened;
        if (m_last.isMark('{'))
            return true;
        if (m_last.isMark(';'))
            return isInBlock();
        if (m_last.isMark(','))
            return !token.isAfterBlank && !m_open.isEmpty() && m_open.constLast() == '{';
        if (m_last.isMark('}'))
            return isInBlock() && !staysBehindBrace(token);
        return m_last.kind == CodeToken::Kind::Comment && isInBlock() && m_isFresh
            && !token.isAfterBlank;
    }

    static bool staysBehindBrace(const CodeToken &token)
    {
        if (token.kind == CodeToken::Kind::Mark)
            return !QByteArrayView("{#.*:[@").contains(token.text.front())
                || token.text.front() == '.' || token.text.front() == '[';
        return std::find(brotherWords.begin(), brotherWords.end(), token.text)
            != brotherWords.end();
    }

    bool wantsBlank(const CodeToken &token) const
    {
        return token.isMark('{') && !m_last.text.isEmpty() && isInBlock()
            && (m_last.isMark(')') || m_last.kind == CodeToken::Kind::Word);
    }

    Layout m_out;
    QList<char> m_open;
    CodeToken m_last;
    bool m_isJustOpened = false;
    bool m_isFresh = true; ///< A statement or rule begins.
};

FormattedBody formatCode(QByteArrayView body, QByteArrayView contentType, CodeLanguage language)
{
    const QByteArray code = decodeText(body, contentType).toUtf8();
    CodeTokens tokens(code, language);
    CodeLayout layout(code.size());
    while (const auto token = tokens.next())
        layout.add(*token);
    FormattedBody result;
    if (tokens.hasFault()) {
        result.error = QString::fromLatin1(placeOf(code, tokens.offset())
            + ": a string, comment or expression does not end; it is shown as it came.");
        result.text = QString::fromUtf8(code);
        return result;
    }
    result.text = QString::fromUtf8(layout.octets());
    return result;
}

} // namespace

FormattedBody formatCss(QByteArrayView body, QByteArrayView contentType)
{
    return formatCode(body, contentType, CodeLanguage::Css);
}

FormattedBody formatJavaScript(QByteArrayView body, QByteArrayView contentType)
{
    return formatCode(body, contentType, CodeLanguage::JavaScript);
}

} // namespace headrace::exchange
