#include "har/words.h"

#include <array>

namespace headrace::formats {

using namespace exchange;

namespace {

// By value of the enumeration.
constexpr std::array Sources { "composer", "proxy", "mock", "script" };
constexpr std::array States { "active", "complete", "failed", "canceled" };
constexpr std::array Parts { "head", "chunk-header", "body", "chunk-end", "trailers", "tunnel",
    "unparsed" };
constexpr std::array Causes { "hop-by-hop", "rule", "breakpoint", "script", "framing", "leniency" };

template <class Value, class Words>
Value valueOf(QByteArrayView word, const Words &words, Value fallback)
{
    for (size_t i = 0; i < words.size(); ++i) {
        if (word == QByteArrayView(words[i]))
            return Value(i);
    }
    return fallback;
}

} // namespace

QLatin1StringView word(Source source) { return QLatin1StringView(Sources.at(size_t(source))); }

QLatin1StringView word(State state) { return QLatin1StringView(States.at(size_t(state))); }

QLatin1StringView word(Part part) { return QLatin1StringView(Parts.at(size_t(part))); }

QLatin1StringView word(Change::Cause cause) { return QLatin1StringView(Causes.at(size_t(cause))); }

Source sourceOf(QByteArrayView word, Source fallback) { return valueOf(word, Sources, fallback); }

State stateOf(QByteArrayView word, State fallback) { return valueOf(word, States, fallback); }

Part partOf(QByteArrayView word, Part fallback) { return valueOf(word, Parts, fallback); }

Change::Cause causeOf(QByteArrayView word, Change::Cause fallback)
{
    return valueOf(word, Causes, fallback);
}

Mark markOf(QByteArrayView word)
{
    for (int i = int(Mark::Red); i <= int(Mark::Violet); ++i) {
        if (word == QByteArrayView(name(Mark(i))))
            return Mark(i);
    }
    return Mark::None;
}

QString mediaType(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return QString::fromUtf8(contentType.first(end < 0 ? contentType.size() : end))
        .trimmed()
        .toLower();
}

std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    auto result = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (result)
        return *result;
    QByteArray packed = text; // folded lines
    packed.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    result = QByteArray::fromBase64Encoding(packed, QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(*result) : std::nullopt;
}

} // namespace headrace::formats
