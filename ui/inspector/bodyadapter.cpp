#include "inspector/bodyadapter.h"

namespace headrace::ui {

using exchange::BodyKind;

BodyKind kindOf(const BodySource &source)
{
    // What is packed is not what its type says.
    const bool isPacked = !source.contentEncoding.isEmpty()
        && source.contentEncoding.compare("identity", Qt::CaseInsensitive) != 0;
    if (isPacked && !source.octets.isEmpty())
        return BodyKind::Binary;
    return exchange::bodyKindOf(source.contentType, source.octets);
}

bool hasPrettyForm(BodyKind kind)
{
    return kind == BodyKind::Json || kind == BodyKind::Xml || kind == BodyKind::Html;
}

Language languageOf(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Json:
        return Language::Json;
    case BodyKind::Xml:
        return Language::Xml;
    case BodyKind::Html:
        return Language::Html;
    case BodyKind::JavaScript:
        return Language::JavaScript;
    case BodyKind::Css:
        return Language::Css;
    default:
        return Language::Plain;
    }
}

BodyText prettyText(const BodySource &source)
{
    const BodyKind kind = kindOf(source);
    exchange::FormattedBody formatted;
    switch (kind) {
    case BodyKind::Json:
        formatted = exchange::formatJson(source.octets);
        break;
    case BodyKind::Xml:
        formatted = exchange::formatXml(source.octets);
        break;
    case BodyKind::Html:
        formatted = exchange::formatHtml(source.octets, source.contentType);
        break;
    default:
        return plainText(source);
    }
    return { formatted.text, formatted.error, languageOf(kind) };
}

BodyText plainText(const BodySource &source)
{
    return { exchange::decodeText(source.octets, source.contentType), {},
        languageOf(kindOf(source)) };
}

} // namespace headrace::ui
