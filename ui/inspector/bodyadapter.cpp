#include "inspector/bodyadapter.h"

#include <exchange/textsource.h>

namespace headrace::ui {

using exchange::BodyKind;

namespace {

constexpr qint64 SniffedOctets = 64 * 1024;

} // namespace

bool BodySource::isPacked() const
{
    return !contentEncoding.isEmpty()
        && contentEncoding.compare("identity", Qt::CaseInsensitive) != 0;
}

QByteArray BodySource::whole() const
{
    return octets ? octets->read(0, octets->size()) : QByteArray();
}

BodySource bodySourceOf(const QByteArray &octets, const QByteArray &contentType,
    const QByteArray &contentEncoding, qint64 total)
{
    BodySource source;
    source.octets = std::make_shared<exchange::MemoryOctets>(octets);
    source.contentType = contentType;
    source.contentEncoding = contentEncoding;
    source.total = total < 0 ? octets.size() : total;
    return source;
}

QByteArray mediaTypeOf(const BodySource &source)
{
    return source.contentType.split(';').constFirst().trimmed().toLower();
}

BodyKind kindOf(const BodySource &source)
{
    if (source.isEmpty())
        return BodyKind::Empty;
    // What is packed is not what its type says.
    if (source.isPacked())
        return BodyKind::Binary;
    return exchange::bodyKindOf(source.contentType, source.octets->read(0, SniffedOctets));
}

bool hasPrettyForm(BodyKind kind)
{
    return kind == BodyKind::Json || kind == BodyKind::Xml || kind == BodyKind::Html
        || kind == BodyKind::JavaScript || kind == BodyKind::Css;
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
        formatted = exchange::formatJson(source.whole());
        break;
    case BodyKind::Xml:
        formatted = exchange::formatXml(source.whole(), source.contentType);
        break;
    case BodyKind::Html:
        formatted = exchange::formatHtml(source.whole(), source.contentType);
        break;
    case BodyKind::JavaScript:
        formatted = exchange::formatJavaScript(source.whole(), source.contentType);
        break;
    case BodyKind::Css:
        formatted = exchange::formatCss(source.whole(), source.contentType);
        break;
    default:
        return plainText(source);
    }
    return { formatted.text, formatted.error, languageOf(kind) };
}

BodyText plainText(const BodySource &source)
{
    return { exchange::decodeText(source.whole(), source.contentType), {},
        languageOf(kindOf(source)) };
}

LargeBodyText largePrettyText(const BodySource &source, const std::atomic_bool &isCanceled)
{
    if (kindOf(source) == BodyKind::Json) {
        const exchange::TextSource text = exchange::layOutJson(source.octets, isCanceled);
        return { text.octets, text.encoding, text.error };
    }
    const BodyText text = prettyText(source);
    return { std::make_shared<exchange::MemoryOctets>(text.text.toUtf8()),
        exchange::TextEncoding::Utf8, text.error };
}

LargeBodyText largePlainText(const BodySource &source, const std::atomic_bool &isCanceled)
{
    const exchange::TextSource text
        = exchange::textSourceOf(source.octets, source.contentType, isCanceled);
    return { text.octets, text.encoding, text.error };
}

} // namespace headrace::ui
