#include "exchange/bodyformat.h"
#include "layout_p.h"
#include "markuptokens_p.h"

#include <algorithm>
#include <iterator>

namespace headrace::exchange {

namespace {

using Kind = MarkupToken::Kind;

// Sorted. Source: HTML Standard, section 13.1.2 "void elements".
constexpr QByteArrayView voidElements[] = { "area", "base", "br", "col", "embed", "hr", "img",
    "input", "link", "meta", "param", "source", "track", "wbr" };

// Sorted: elements that stay within a line of text.
constexpr QByteArrayView inlineElements[] = { "a", "abbr", "acronym", "b", "bdi", "bdo", "big",
    "br", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "input", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr" };

// Sorted: elements that end where a sibling of the same group starts.
constexpr QByteArrayView groupOfOwnEnd[] = { "dd", "dt", "li", "option", "p", "td", "th", "tr" };

template <size_t count>
bool contains(const QByteArrayView (&names)[count], const QByteArray &name)
{
    return std::binary_search(std::begin(names), std::end(names), QByteArrayView(name),
        [](QByteArrayView a, QByteArrayView b) { return a.compare(b) < 0; });
}

bool endsBefore(const QByteArray &open, const QByteArray &next)
{
    if (!contains(groupOfOwnEnd, open))
        return false;
    const bool bothTerms = (open == "dd" || open == "dt") && (next == "dd" || next == "dt");
    const bool bothCells
        = (open == "td" || open == "th") && (next == "td" || next == "th" || next == "tr");
    return open == next || bothTerms || bothCells
        || (open == "p" && !contains(inlineElements, next));
}

constexpr qsizetype maxOpen
    = 512; // deeper elements are laid out as if void, so that time stays linear

class HtmlLayout
{
public:
    explicit HtmlLayout(QByteArrayView text)
        : m_text(text)
        , m_out(text.size())
    {
    }

    QByteArray run()
    {
        for (const MarkupToken &token : markupTokens(m_text, MarkupLanguage::Html))
            take(token);
        return m_out.octets();
    }

private:
    void take(const MarkupToken &token)
    {
        const QByteArray name = token.name.toByteArray().toLower();
        switch (token.kind) {
        case Kind::Text:
            if (m_verbatim)
                m_out.append(token.octets);
            else
                takeText(token.octets);
            m_verbatim = false;
            return;
        case Kind::Start:
        case Kind::Empty:
            takeStart(token, name);
            return;
        case Kind::End:
            takeEnd(token, name);
            return;
        case Kind::CData:
        case Kind::Other:
            startLine();
            m_out.append(token.octets);
            m_isLineOpen = false;
            return;
        }
    }

    qsizetype depth() const { return qsizetype(m_open.size()); }

    void startLine()
    {
        m_out.newLine(depth());
        m_hasContent = true;
    }

    // Text goes on in the line of inline elements; each of its own lines is one.
    void takeText(QByteArrayView text)
    {
        bool isFirst = true;
        while (true) {
            const qsizetype end = text.indexOf('\n');
            const QByteArrayView line = end < 0 ? text : text.first(end);
            if (!isFirst)
                m_isLineOpen = false;
            appendInline(line);
            if (end < 0)
                break;
            text = text.sliced(end + 1);
            isFirst = false;
        }
    }

    void appendInline(QByteArrayView piece)
    {
        if (m_isLineOpen) {
            m_out.append(piece);
            return;
        }
        while (!piece.isEmpty() && QByteArrayView(" \t\r\f").contains(piece.front()))
            piece = piece.sliced(1);
        if (piece.isEmpty())
            return;
        startLine();
        m_out.append(piece);
        m_isLineOpen = true;
    }

    void takeStart(const MarkupToken &token, const QByteArray &name)
    {
        if (contains(inlineElements, name)) {
            appendInline(token.octets);
            return;
        }
        while (!m_open.empty() && endsBefore(m_open.back(), name))
            m_open.pop_back();
        startLine();
        m_out.append(token.octets);
        m_isLineOpen = false;
        if (token.kind == Kind::Empty || contains(voidElements, name))
            return;
        m_hasContent = false;
        if (depth() < maxOpen)
            m_open.push_back(name);
        m_verbatim = name == "script" || name == "style" || name == "textarea" || name == "pre";
        m_wasVerbatim = m_verbatim;
    }

    void takeEnd(const MarkupToken &token, const QByteArray &name)
    {
        m_verbatim = false;
        if (contains(inlineElements, name)) {
            appendInline(token.octets);
            return;
        }
        const auto found = std::find(m_open.rbegin(), m_open.rend(), name);
        const bool isInnermost = found == m_open.rbegin() && found != m_open.rend();
        if (found != m_open.rend())
            m_open.erase(std::prev(found.base()), m_open.end());
        if (!(isInnermost && (m_wasVerbatim || !m_hasContent)))
            m_out.newLine(depth());
        m_out.append(token.octets);
        m_isLineOpen = false;
        m_wasVerbatim = false;
        m_hasContent = true;
    }

    QByteArrayView m_text;
    Layout m_out;
    std::vector<QByteArray> m_open;
    bool m_isLineOpen = false; // inline content may go on in this line
    bool m_verbatim = false; // the next text is verbatim
    bool m_wasVerbatim = false; // the innermost element is a verbatim one
    bool m_hasContent = false; // the innermost element has content on lines of its own
};

} // namespace

FormattedBody formatHtml(QByteArrayView body, QByteArrayView contentType)
{
    const QByteArray text = decodeText(body, contentType).toUtf8();
    return { QString::fromUtf8(HtmlLayout(text).run()), {}, -1 };
}

} // namespace headrace::exchange
