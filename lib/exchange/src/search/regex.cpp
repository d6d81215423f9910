#include "search/regex.h"

#include "search/literalpart.h"

#include <QStringDecoder>

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace headrace::exchange::search {

namespace {

/// Properties and code points are of characters.
bool asksForCharacters(const QByteArray &expression)
{
    if (hasNonAscii(expression))
        return isUtf8(expression);
    for (const char *word : { "\\p", "\\P", "\\X", "\\x{", "\\N{" }) {
        if (expression.contains(word))
            return true;
    }
    return false;
}

QString messageOf(int code)
{
    PCRE2_UCHAR8 text[256];
    if (pcre2_get_error_message_8(code, text, sizeof text) < 0)
        return QStringLiteral("The expression is not valid.");
    return QStringLiteral("The expression is not valid: %1.")
        .arg(QString::fromLatin1(reinterpret_cast<const char *>(text)));
}

} // namespace

Regex::Regex(const SearchPattern &pattern, Syntax syntax)
{
    const QByteArray &text = pattern.text;
    const bool isLiteral = syntax == Syntax::Literal;
    m_isOfCharacters = isLiteral ? isUtf8(text) : asksForCharacters(text);
    quint32 options = PCRE2_USE_OFFSET_LIMIT;
    if (m_isOfCharacters)
        options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (!pattern.isCaseSensitive)
        options |= PCRE2_CASELESS;
    if (isLiteral)
        options |= PCRE2_LITERAL; // goes with few others
    else
        options |= (m_isOfCharacters ? PCRE2_UCP : 0) | PCRE2_NEVER_BACKSLASH_C
            | (pattern.dotIsAny ? PCRE2_DOTALL : 0);

    int code = 0;
    PCRE2_SIZE offset = 0;
    m_code = pcre2_compile_8(reinterpret_cast<PCRE2_SPTR8>(text.constData()), size_t(text.size()),
        options, &code, &offset, nullptr);
    if (!m_code) {
        m_error = { messageOf(code), std::min(qsizetype(offset), text.size()) };
        return;
    }
    quint32 behind = 0;
    pcre2_pattern_info_8(m_code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
    m_lookBehind = std::max<qsizetype>(1, qsizetype(behind)) * (m_isOfCharacters ? 4 : 1);
    // In characters, "k" is another case of the Kelvin sign; and case may be set in the midst.
    const bool mayChangeCase = text.contains("(?");
    if (!isLiteral && (!m_isOfCharacters || (pattern.isCaseSensitive && !mayChangeCase))) {
        const QByteArray part = literalPartOf(text);
        if (part.size() > 1)
            m_part = std::make_unique<Literal>(part, pattern.isCaseSensitive && !mayChangeCase);
    }
    // Where there is no just-in-time compiler, pcre2_match() interprets.
    pcre2_jit_compile_8(m_code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
}

Regex::~Regex() { pcre2_code_free_8(m_code); }

bool isUtf8(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(octets);
    return !decoder.hasError();
}

bool hasNonAscii(QByteArrayView octets)
{
    return std::any_of(octets.begin(), octets.end(), [](char octet) { return octet < 0; });
}

} // namespace headrace::exchange::search
