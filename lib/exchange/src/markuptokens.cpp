#include "markuptokens_p.h"

#include <optional>

namespace headrace::exchange {

namespace {

using Kind = MarkupToken::Kind;

bool isNameStart(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || octet == '_'
        || octet == ':' || uchar(octet) >= 0x80;
}

bool endsName(char octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n' || octet == '>'
        || octet == '/';
}

bool isVerbatimElement(QByteArrayView name)
{
    for (const QByteArrayView word : { QByteArrayView("script"), QByteArrayView("style"),
             QByteArrayView("textarea"), QByteArrayView("pre") }) {
        if (name.compare(word, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

class Tokenizer
{
public:
    Tokenizer(QByteArrayView text, MarkupLanguage language)
        : m_text(text)
        , m_language(language)
    {
    }

    std::vector<MarkupToken> run()
    {
        while (m_at < m_text.size()) {
            const auto token = m_text[m_at] == '<' ? markup() : std::nullopt;
            if (!token) {
                ++m_at; // text
                continue;
            }
            flushText();
            m_tokens.push_back(*token);
            m_at += token->octets.size();
            m_textBegin = m_at;
            if (m_language == MarkupLanguage::Html && token->kind == Kind::Start
                && isVerbatimElement(token->name))
                takeVerbatim(token->name);
        }
        flushText();
        return std::move(m_tokens);
    }

private:
    void flushText()
    {
        if (m_at > m_textBegin)
            m_tokens.push_back({ Kind::Text, m_text.sliced(m_textBegin, m_at - m_textBegin), {} });
        m_textBegin = m_at;
    }

    // From m_at through the first \a end; nothing if there is none. One that is missing is looked for once.
    std::optional<QByteArrayView> through(
        QByteArrayView begin, QByteArrayView end, qsizetype &missing)
    {
        if (m_at >= missing)
            return std::nullopt;
        const qsizetype found = m_text.indexOf(end, m_at + begin.size());
        if (found < 0) {
            missing = m_at;
            return std::nullopt;
        }
        return m_text.sliced(m_at, found + end.size() - m_at);
    }

    std::optional<MarkupToken> other(
        QByteArrayView begin, QByteArrayView end, Kind kind, qsizetype &missing)
    {
        const auto octets = through(begin, end, missing);
        return octets ? std::optional(MarkupToken { kind, *octets, {} }) : std::nullopt;
    }

    std::optional<MarkupToken> markup()
    {
        const QByteArrayView rest = m_text.sliced(m_at);
        if (rest.startsWith(QByteArrayView("<!--")))
            return other("<!--", "-->", Kind::Other, m_noCommentEnd);
        if (rest.startsWith(QByteArrayView("<![CDATA[")))
            return other("<![CDATA[", "]]>", Kind::CData, m_noCDataEnd);
        if (rest.startsWith(QByteArrayView("<?")))
            return other(
                "<?", m_language == MarkupLanguage::Xml ? "?>" : ">", Kind::Other, m_noPiEnd);
        if (rest.startsWith(QByteArrayView("<!")))
            return declaration();
        const bool isEnd = rest.startsWith(QByteArrayView("</"));
        const qsizetype nameBegin = isEnd ? 2 : 1;
        if (rest.size() <= nameBegin || !isNameStart(rest[nameBegin]))
            return std::nullopt;
        return tag(isEnd, m_at + nameBegin);
    }

    // With an internal subset in brackets (XML section 2.8).
    std::optional<MarkupToken> declaration()
    {
        int brackets = 0;
        for (qsizetype i = m_at; i < qMin(m_text.size(), m_noDeclarationEnd); ++i) {
            brackets += m_text[i] == '[' ? 1 : m_text[i] == ']' ? -1 : 0;
            if (m_text[i] == '>' && brackets <= 0)
                return MarkupToken { Kind::Other, m_text.sliced(m_at, i + 1 - m_at), {} };
        }
        m_noDeclarationEnd = qMin(m_noDeclarationEnd, m_at);
        return std::nullopt;
    }

    std::optional<MarkupToken> tag(bool isEnd, qsizetype nameBegin)
    {
        if (m_at >= m_noTagEnd)
            return std::nullopt;
        qsizetype nameEnd = nameBegin;
        while (nameEnd < m_text.size() && !endsName(m_text[nameEnd]))
            ++nameEnd;
        char quote = '\0';
        for (qsizetype i = nameEnd; i < m_text.size(); ++i) {
            const char octet = m_text[i];
            if (quote != '\0') {
                quote = octet == quote ? '\0' : quote;
            } else if (octet == '"' || octet == '\'') {
                quote = octet;
            } else if (octet == '>') {
                const Kind kind = isEnd    ? Kind::End
                    : m_text[i - 1] == '/' ? Kind::Empty
                                           : Kind::Start;
                return MarkupToken { kind, m_text.sliced(m_at, i + 1 - m_at),
                    m_text.sliced(nameBegin, nameEnd - nameBegin) };
            }
        }
        m_noTagEnd = m_at; // a tag, or a quote in it, that is never closed: the rest is text
        return std::nullopt;
    }

    void takeVerbatim(QByteArrayView name)
    {
        while (m_at < m_text.size()) {
            const qsizetype found = m_text.indexOf(QByteArrayView("</"), m_at);
            m_at = found < 0 ? m_text.size() : found;
            const QByteArrayView rest
                = m_text.sliced(m_at).sliced(qMin<qsizetype>(2, m_text.size() - m_at));
            if (found < 0
                || rest.first(qMin(name.size(), rest.size())).compare(name, Qt::CaseInsensitive)
                    == 0)
                break;
            m_at += 2;
        }
        flushText();
    }

    QByteArrayView m_text;
    MarkupLanguage m_language;
    std::vector<MarkupToken> m_tokens;
    qsizetype m_at = 0;
    qsizetype m_textBegin = 0;
    // From these offsets on there is no such end.
    qsizetype m_noCommentEnd = m_text.size();
    qsizetype m_noCDataEnd = m_text.size();
    qsizetype m_noPiEnd = m_text.size();
    qsizetype m_noDeclarationEnd = m_text.size();
    qsizetype m_noTagEnd = m_text.size();
};

} // namespace

std::vector<MarkupToken> markupTokens(QByteArrayView text, MarkupLanguage language)
{
    return Tokenizer(text, language).run();
}

} // namespace headrace::exchange
