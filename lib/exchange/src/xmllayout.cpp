#include "exchange/bodyformat.h"
#include "layout_p.h"
#include "markuptokens_p.h"

#include <QXmlStreamReader>

#include <algorithm>

namespace headrace::exchange {

namespace {

using Kind = MarkupToken::Kind;

bool isBlankText(const MarkupToken &token)
{
    return token.kind == Kind::Text && token.octets.trimmed().isEmpty();
}

bool preservesSpace(const MarkupToken &token)
{
    return token.octets.contains(QByteArrayView("xml:space"))
        && token.octets.contains(QByteArrayView("preserve"));
}

struct Element
{
    bool isVerbatim = false; // it holds text of its own, or wants its blanks preserved
    bool hasChildren = false;
};

// Element of each Start token, by token index.
std::vector<Element> elementsOf(const std::vector<MarkupToken> &tokens)
{
    std::vector<Element> elements(tokens.size());
    std::vector<size_t> open;
    for (size_t i = 0; i < tokens.size(); ++i) {
        const MarkupToken &token = tokens[i];
        const bool isContent
            = token.kind == Kind::CData || (token.kind == Kind::Text && !isBlankText(token));
        if (!open.empty() && isContent)
            elements[open.back()].isVerbatim = true;
        if (!open.empty()
            && (token.kind == Kind::Start || token.kind == Kind::Empty
                || token.kind == Kind::Other))
            elements[open.back()].hasChildren = true;
        if (token.kind == Kind::Start) {
            elements[i].isVerbatim = preservesSpace(token);
            open.push_back(i);
        } else if (token.kind == Kind::End && !open.empty()) {
            open.pop_back();
        }
    }
    return elements;
}

QByteArray layOut(QByteArrayView text)
{
    const std::vector<MarkupToken> tokens = markupTokens(text, MarkupLanguage::Xml);
    const std::vector<Element> elements = elementsOf(tokens);
    Layout out(text.size());
    std::vector<Element> open;
    qsizetype verbatimDepth = -1; // of the outermost verbatim element that is open
    for (size_t i = 0; i < tokens.size(); ++i) {
        const MarkupToken &token = tokens[i];
        const bool isVerbatim = verbatimDepth >= 0;
        if (token.kind == Kind::End) {
            const Element element = open.empty() ? Element() : open.back();
            if (!open.empty())
                open.pop_back();
            if (qsizetype(open.size()) == verbatimDepth)
                verbatimDepth = -1;
            else if (!isVerbatim && element.hasChildren)
                out.newLine(qsizetype(open.size()));
            out.append(token.octets);
            continue;
        }
        if (!isVerbatim && isBlankText(token))
            continue;
        if (!isVerbatim && token.kind != Kind::Text && token.kind != Kind::CData)
            out.newLine(qsizetype(open.size()));
        out.append(token.octets);
        if (token.kind == Kind::Start) {
            if (!isVerbatim && elements[i].isVerbatim)
                verbatimDepth = qsizetype(open.size());
            open.push_back(elements[i]);
        }
    }
    return out.octets();
}

} // namespace

FormattedBody formatXml(QByteArrayView body, QByteArrayView contentType)
{
    const QString text = decodeText(body, contentType);
    QXmlStreamReader reader(text);
    reader.setNamespaceProcessing(false);
    while (!reader.atEnd())
        reader.readNext();

    const QByteArray octets = text.toUtf8();
    FormattedBody result;
    qsizetype valid = octets.size();
    if (reader.hasError()) {
        valid = QStringView(text)
                    .first(qBound<qint64>(0, reader.characterOffset(), text.size()))
                    .toUtf8()
                    .size();
        const qsizetype mark = body.size() - octets.size();
        const bool isUtf8 = (mark == 0 || mark == 3) && body.endsWith(octets);
        result.errorOffset = isUtf8 ? mark + valid : -1;
        result.error = QString::fromLatin1(placeOf(octets, valid)) + QLatin1String(": ")
            + reader.errorString();
    }
    result.text = QString::fromUtf8(layOut(QByteArrayView(octets).first(valid)))
        + QString::fromUtf8(QByteArrayView(octets).sliced(valid));
    return result;
}

} // namespace headrace::exchange
