#pragma once

#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <QStringView>

namespace headrace::exchange {

/** The documented order that the events of an exchange follow. Values are stored: never renumbered.
    The orders of clients: http.request(), "the following events will be emitted in the following order",
    and the events 'timeout', 'upgrade' and 'connect'. Those of servers have no order in the reference, only
    what each event means: Server 'request', 'clientError', 'upgrade' and 'connect'; ServerResponse 'finish' and
    'close'; IncomingMessage 'aborted'. A proxy is a server to its client and a client to the origin: an order of
    its is a server's with that of the request to the origin within. What it answers by itself is a server's alone. */
enum class Pattern
{
    Active = 0, ///< Not over.
    Success = 1, ///< Both sides.
    EarlyAnswer = 2, ///< Both sides: the response was complete, but the request never was.
    ConnectionError = 3,
    PrematureCloseBeforeResponse = 4,
    PrematureCloseAfterResponse = 5, ///< By the peer, after the head of the response.
    DestroyedBeforeSocket = 6, ///< destroy(), an AbortSignal or the user; so the next three.
    DestroyedBeforeConnection = 7,
    DestroyedBeforeResponse = 8, ///< Connected already; the reference has no order for it.
    DestroyedAfterResponse = 9,
    AbortedBeforeSocket = 10, ///< By abort(); so the next three.
    AbortedBeforeConnection = 11,
    AbortedBeforeResponse = 12,
    AbortedAfterResponse = 13,
    Timeout = 14, ///< Both sides: 'timeout' was emitted, and there was no complete response.
    Upgrade = 15, ///< Both sides.
    Connect = 16, ///< Both sides: method CONNECT.
    ParseError = 17, ///< The response is not HTTP.
    ClientGoneBeforeAnswer
    = 18, ///< Servers: 'aborted', and no head of a response was sent. Proxies: its 'close'.
    ClientGoneWhileAnswering = 19,
    Refused
    = 20, ///< Servers: 'clientError'; the octets are no request, or took too long, or must not go on.
    ResponseNotEnded = 21, ///< Servers: the server let go of the connection before end().
    Other = 22, ///< None of these.
    PassedThrough = 23, ///< Proxies: a tunnel (CONNECT) that was not looked into.
};
inline constexpr int PatternCount = 24;

/// For people: "Premature close before the response".
QString displayName(Pattern pattern);

/// For a narrow badge, a glyph and a word: "✓", "⚠ hung up"; empty for Active.
QString shortName(Pattern pattern);

/// For filters and files: "success", "premature-close-before-response". Static storage.
QLatin1StringView name(Pattern pattern);

/** The patterns that \a word stands for: the one of that name, or all whose names begin with that word and a
    hyphen ("premature-close", "destroyed"). "aborted" also stands for both that tell of a client gone.
    Empty for an unknown word. Case does not matter. */
QList<Pattern> patternsOf(QStringView word);

} // namespace headrace::exchange
