#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace headrace::exchange {

/// A run of markup or text; the runs of a document, joined, are the document.
struct MarkupToken
{
    enum class Kind
    {
        Text,
        Start, ///< <name …>
        End, ///< </name>
        Empty, ///< <name …/>
        CData,
        Other, ///< Comment, processing instruction, declaration.
    };

    Kind kind = Kind::Text;
    QByteArrayView octets;
    QByteArrayView name; ///< Start, End, Empty.
};

enum class MarkupLanguage
{
    Xml,
    Html
};

/** Cuts \a text into tokens; tolerant: what is no markup is text. In HTML the content of script, style,
    textarea and pre is one text. The tokens refer to \a text. Time grows with the size only. */
std::vector<MarkupToken> markupTokens(QByteArrayView text, MarkupLanguage language);

} // namespace headrace::exchange
