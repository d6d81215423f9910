#include "exchange/pattern.h"

#include <array>

namespace headrace::exchange {

namespace {

struct Names
{
    const char *word;
    const char *badge; ///< The word behind the glyph.
    const char *display;
};

// By value of Pattern.
constexpr std::array<Names, PatternCount> names { {
    { "active", "", "Not over" },
    { "success", "", "Success" },
    { "early-answer", "early", "Answered before the request was complete" },
    { "connection-error", "no connection", "Connection error" },
    { "premature-close-before-response", "hung up", "Premature close before the response" },
    { "premature-close-after-response", "cut off", "Premature close after the response began" },
    { "destroyed-before-socket", "destroyed", "Destroyed before it had a socket" },
    { "destroyed-before-connection", "destroyed", "Destroyed before the connection was made" },
    { "destroyed-before-response", "destroyed", "Destroyed before the response" },
    { "destroyed-after-response", "destroyed", "Destroyed after the response began" },
    { "aborted-before-socket", "aborted", "Aborted before it had a socket" },
    { "aborted-before-connection", "aborted", "Aborted before the connection was made" },
    { "aborted-before-response", "aborted", "Aborted before the response" },
    { "aborted-after-response", "aborted", "Aborted after the response began" },
    { "timeout", "timeout", "Timeout" },
    { "upgrade", "upgrade", "Upgrade" },
    { "connect", "tunnel", "Connect" },
    { "parse-error", "not HTTP", "Parse error" },
    { "client-gone-before-answer", "client gone", "Client gone before it was answered" },
    { "client-gone-while-answering", "client gone", "Client gone while it was answered" },
    { "refused", "refused", "Refused" },
    { "response-not-ended", "not ended", "Response never ended" },
    { "other", "other", "None of the documented orders" },
    { "passed-through", "passed through", "Connect, not looked into" },
} };

const Names &namesOf(Pattern pattern) { return names.at(size_t(pattern)); }

QChar glyphOf(Pattern pattern)
{
    switch (pattern) {
    case Pattern::Success:
        return u'✓';
    case Pattern::Upgrade:
    case Pattern::Connect:
    case Pattern::PassedThrough:
        return u'⇄';
    case Pattern::DestroyedBeforeSocket:
    case Pattern::DestroyedBeforeConnection:
    case Pattern::DestroyedBeforeResponse:
    case Pattern::DestroyedAfterResponse:
    case Pattern::AbortedBeforeSocket:
    case Pattern::AbortedBeforeConnection:
    case Pattern::AbortedBeforeResponse:
    case Pattern::AbortedAfterResponse:
        return u'✕'; // wanted by this side
    default:
        return u'⚠';
    }
}

} // namespace

QString displayName(Pattern pattern) { return QLatin1StringView(namesOf(pattern).display); }

QString shortName(Pattern pattern)
{
    if (pattern == Pattern::Active)
        return {};
    const QLatin1StringView word(namesOf(pattern).badge);
    return word.isEmpty() ? QString(glyphOf(pattern)) : glyphOf(pattern) + u' ' + word;
}

QLatin1StringView name(Pattern pattern) { return QLatin1StringView(namesOf(pattern).word); }

QList<Pattern> patternsOf(QStringView word)
{
    QList<Pattern> begun;
    for (int i = 0; i < PatternCount; ++i) {
        const QLatin1StringView known = name(Pattern(i));
        if (word.compare(known, Qt::CaseInsensitive) == 0)
            return { Pattern(i) };
        if (known.size() > word.size() && known[word.size()] == u'-'
            && word.compare(known.first(word.size()), Qt::CaseInsensitive) == 0)
            begun.append(Pattern(i));
    }
    if (word.compare(u"aborted", Qt::CaseInsensitive) == 0)
        begun << Pattern::ClientGoneBeforeAnswer << Pattern::ClientGoneWhileAnswering;
    return begun;
}

} // namespace headrace::exchange
