#include "codetokens_p.h"

#include <QList>

#include <algorithm>
#include <array>

namespace headrace::exchange {

namespace {

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r' || octet == '\f';
}

bool isOfWord(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9') || octet == '_' || octet == '$' || octet == '#'
        || octet == '@' || uchar(octet) >= 0x80;
}

/// Behind these a slash begins an expression, although they look like names.
constexpr std::array<QByteArrayView, 15> operatorWords { "return", "typeof", "case", "in", "of",
    "delete", "void", "throw", "new", "do", "else", "instanceof", "yield", "await", "default" };

} // namespace

CodeTokens::CodeTokens(QByteArrayView code, CodeLanguage language)
    : m_code(code)
    , m_language(language)
{
}

char CodeTokens::at(qsizetype offset) const
{
    return m_at + offset < m_code.size() ? m_code[m_at + offset] : '\0';
}

std::optional<CodeToken> CodeTokens::next()
{
    CodeToken token;
    for (; m_at < m_code.size() && isBlank(m_code[m_at]); ++m_at) {
        token.isAfterBlank = true;
        const bool isPair = m_code[m_at] == '\r' && at(1) == '\n';
        if (!isPair && (m_code[m_at] == '\n' || m_code[m_at] == '\r'))
            ++token.linesBefore;
    }
    if (m_at >= m_code.size() || m_hasFault)
        return std::nullopt;
    const qsizetype begin = m_at;
    token.kind = read();
    if (m_hasFault) {
        m_at = begin;
        return std::nullopt;
    }
    token.text = m_code.sliced(begin, m_at - begin);
    if (token.kind != CodeToken::Kind::Comment && token.kind != CodeToken::Kind::LineComment)
        m_last = token;
    return token;
}

CodeToken::Kind CodeTokens::read()
{
    const char first = m_code[m_at];
    const bool isScript = m_language == CodeLanguage::JavaScript;
    if (first == '/' && at(1) == '*') {
        m_at += 2;
        readUntil("*/", true);
        return CodeToken::Kind::Comment;
    }
    if (isScript && first == '/' && at(1) == '/') {
        readUntil("\n", false);
        return CodeToken::Kind::LineComment;
    }
    if (first == '"' || first == '\'') {
        readString(first);
        return CodeToken::Kind::Literal;
    }
    if (isScript && first == '`') {
        readTemplate();
        return CodeToken::Kind::Literal;
    }
    if (isScript && first == '/' && mayBeExpression()) {
        readExpression();
        return CodeToken::Kind::Literal;
    }
    if (!isOfWord(first)) {
        // An escape is part of what it stands before.
        m_at += first == '\\' && m_at + 1 < m_code.size() ? 2 : 1;
        return CodeToken::Kind::Mark;
    }
    const qsizetype begin = m_at;
    while (m_at < m_code.size() && isOfWord(m_code[m_at]))
        ++m_at;
    const QByteArrayView word = m_code.sliced(begin, m_at - begin);
    const bool isUrl = !isScript && word.compare("url", Qt::CaseInsensitive) == 0 && at(0) == '(';
    if (isUrl && at(1) != '"' && at(1) != '\'') {
        readUntil(")", true);
        return CodeToken::Kind::Literal;
    }
    return CodeToken::Kind::Word;
}

void CodeTokens::readUntil(QByteArrayView end, bool isRequired)
{
    const qsizetype found = m_code.indexOf(end, m_at);
    m_hasFault = found < 0 && isRequired;
    // The end of a line is not part of it.
    m_at = found < 0 ? m_code.size() : found + (isRequired ? end.size() : 0);
    if (!isRequired && m_at > 0 && m_code[m_at - 1] == '\r')
        --m_at;
}

void CodeTokens::readString(char quote)
{
    for (++m_at; m_at < m_code.size(); ++m_at) {
        const char octet = m_code[m_at];
        if (octet == '\\') {
            ++m_at; // also a line end
        } else if (octet == quote) {
            ++m_at;
            return;
        } else if (octet == '\n') {
            break;
        }
    }
    m_hasFault = true;
}

// What stands in braces may have templates again; only brackets and quotes are looked at there.
void CodeTokens::readTemplate()
{
    qsizetype braces = 0; // open ones of the innermost template's `${`
    QList<qsizetype> outer;
    bool isText = true;
    for (++m_at; m_at < m_code.size(); ++m_at) {
        const char octet = m_code[m_at];
        if (octet == '\\') {
            ++m_at;
        } else if (isText && octet == '`') {
            if (outer.isEmpty()) {
                ++m_at;
                return;
            }
            braces = outer.takeLast();
            isText = false;
        } else if (isText && octet == '$' && at(1) == '{') {
            ++m_at;
            outer.append(braces);
            braces = 1;
            isText = false;
        } else if (!isText && octet == '{') {
            ++braces;
        } else if (!isText && octet == '}' && --braces == 0) {
            braces = outer.takeLast();
            isText = true;
        } else if (!isText && octet == '`') {
            outer.append(braces);
            isText = true;
        } else if (!isText && (octet == '"' || octet == '\'')) {
            readString(octet);
            if (m_hasFault)
                return;
            --m_at;
        }
    }
    m_hasFault = true;
}

void CodeTokens::readExpression()
{
    bool inClass = false;
    for (++m_at; m_at < m_code.size(); ++m_at) {
        const char octet = m_code[m_at];
        if (octet == '\n')
            break;
        if (octet == '\\') {
            ++m_at;
        } else if (octet == '[') {
            inClass = true;
        } else if (octet == ']') {
            inClass = false;
        } else if (octet == '/' && !inClass) {
            ++m_at;
            return; // flags are a word
        }
    }
    m_hasFault = true;
}

bool CodeTokens::mayBeExpression() const
{
    if (m_last.text.isEmpty())
        return true;
    if (m_last.kind == CodeToken::Kind::Word)
        return std::find(operatorWords.begin(), operatorWords.end(), m_last.text)
            != operatorWords.end();
    if (m_last.kind == CodeToken::Kind::Literal)
        return false;
    return !QByteArrayView(")]}").contains(m_last.text.front());
}

} // namespace headrace::exchange
