#include "inspector/eventmeaning.h"

#include <QCoreApplication>
#include <QHash>

namespace headrace::ui {

namespace {

struct Meaning
{
    const char *object;
    const char *name;
    const char *text; ///< %1: the message that comes in.
};

constexpr Meaning Meanings[] {
    { "ClientRequest", "abort",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The program gave the request up with abort(); told once.") },
    { "ClientRequest", "close",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The request is over, whether it was answered or not; no event of it follows.") },
    { "ClientRequest", "connect",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The server agreed to CONNECT: from here on the socket is a tunnel of the program.") },
    { "ClientRequest", "continue",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The server wants the body: it answered 100 Continue to Expect: 100-continue.") },
    { "ClientRequest", "drain",
        QT_TRANSLATE_NOOP("EventMeaning",
            "What was written has gone out: the program may write on after write() said false.") },
    { "ClientRequest", "error",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The request failed: in the lookup, the connection, the parser, or because it was "
            "destroyed.") },
    { "ClientRequest", "finish",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The whole request was handed to the operating system; the server may not have it "
            "yet.") },
    { "ClientRequest", "information",
        QT_TRANSLATE_NOOP("EventMeaning",
            "An interim response (1xx, but not 101) came; the final one is still to come.") },
    { "ClientRequest", "prefinish",
        QT_TRANSLATE_NOOP("EventMeaning",
            "end() was called and all of the request was given to the socket, maybe not sent "
            "yet.") },
    { "ClientRequest", "response",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The head of the final response is complete; its body comes with 'data' and 'end'.") },
    { "ClientRequest", "socket",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The request was given a socket: a new one, or one that was kept alive.") },
    { "ClientRequest", "timeout",
        QT_TRANSLATE_NOOP("EventMeaning",
            "Nothing passed on the socket for the time set; the program has to end the request "
            "itself.") },
    { "ClientRequest", "upgrade",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The server switched protocols (101): from here on the socket belongs to the "
            "program.") },
    { "IncomingMessage", "aborted",
        QT_TRANSLATE_NOOP("EventMeaning", "The connection was lost before the %1 was complete.") },
    { "IncomingMessage", "close",
        QT_TRANSLATE_NOOP("EventMeaning", "The %1 is over; no event of it follows.") },
    { "IncomingMessage", "data",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A piece of the body of the %1, without framing, was given to the program.") },
    { "IncomingMessage", "end",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The %1 is complete and was read to its end; trailers are known from here on.") },
    { "IncomingMessage", "error",
        QT_TRANSLATE_NOOP("EventMeaning", "The %1 could not be read to its end.") },
    { "IncomingMessage", "timeout",
        QT_TRANSLATE_NOOP("EventMeaning",
            "Nothing passed on the socket for the time set while the %1 was not over.") },
    { "ServerResponse", "close",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The response is over: it was sent, or its connection ended before.") },
    { "ServerResponse", "drain",
        QT_TRANSLATE_NOOP("EventMeaning",
            "What was written has gone out: the program may write on after write() said false.") },
    { "ServerResponse", "error",
        QT_TRANSLATE_NOOP("EventMeaning", "The response could not be written.") },
    { "ServerResponse", "finish",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The whole response was handed to the operating system; the client may not have it "
            "yet.") },
    { "ServerResponse", "prefinish",
        QT_TRANSLATE_NOOP("EventMeaning",
            "end() was called and all of the response was given to the socket, maybe not sent "
            "yet.") },
    { "ServerResponse", "socket",
        QT_TRANSLATE_NOOP("EventMeaning",
            "It is the turn of this response on its connection: what it writes goes out.") },
    { "ServerResponse", "timeout",
        QT_TRANSLATE_NOOP("EventMeaning",
            "Nothing passed on the socket for the time set while it was this response's turn.") },
    { "Server", "checkContinue",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A request asks whether to send its body (Expect: 100-continue); the program answers "
            "it "
            "in place of 'request'.") },
    { "Server", "checkExpectation",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A request has another Expect than 100-continue; the program answers it in place of "
            "'request'.") },
    { "Server", "clientError",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The connection of the client failed, or what it sent is no request; there is no "
            "response "
            "to write to.") },
    { "Server", "close",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The server has stopped and its last connection is closed.") },
    { "Server", "connect",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A client asks for a tunnel (CONNECT): from here on the socket belongs to the "
            "program.") },
    { "Server", "connection",
        QT_TRANSLATE_NOOP("EventMeaning", "A client has connected; no request is known yet.") },
    { "Server", "error",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The server itself failed, such as when it could not listen.") },
    { "Server", "listening",
        QT_TRANSLATE_NOOP("EventMeaning", "The server accepts connections from here on.") },
    { "Server", "request",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The head of a request is complete: the program may answer, even before the body has "
            "come.") },
    { "Server", "timeout",
        QT_TRANSLATE_NOOP("EventMeaning",
            "Nothing passed on a connection for the time set, and neither message told of it.") },
    { "Server", "upgrade",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A client asks for another protocol: from here on the socket belongs to the "
            "program.") },
    { "Agent", "free",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "A socket went back to the agent, for the next request.") },
    { "Socket", "lookup started",
        QT_TRANSLATE_NOOP("EventMeaning", "The name of the host is being resolved.") },
    { "Socket", "lookup ended",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "An address of the host is known, or the lookup failed.") },
    { "Socket", "connect started",
        QT_TRANSLATE_NOOP("EventMeaning", "The connection is being made.") },
    { "Socket", "connect ended",
        QT_TRANSLATE_NOOP("EventMeaning", "The connection is established.") },
    { "Socket", "TLS started", QT_TRANSLATE_NOOP("EventMeaning", "The TLS handshake has begun.") },
    { "Socket", "TLS ended",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The TLS handshake is complete: what passes is encrypted.") },
    { "Socket", "first byte",
        QT_TRANSLATE_NOOP("EventMeaning", "The first octets of the %1 were read.") },
    { "Socket", "ended by peer",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The other side ended its direction: it will send nothing more.") },
    { "Socket", "closed",
        QT_TRANSLATE_NOOP("EventMeaning", "The connection is closed on this side.") },
    { "Socket", "read",
        QT_TRANSLATE_NOOP("EventMeaning", "Octets that came from the socket in one read.") },
    { "Socket", "write",
        QT_TRANSLATE_NOOP("EventMeaning", "Octets that were handed to the socket in one write.") },
    { "Wire", "chunk received",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The size line of a chunk is complete; a chunk of no octets is the last one.") },
    { "Wire", "chunk sent",
        QT_TRANSLATE_NOOP("EventMeaning",
            "A chunk was handed to the socket; a chunk of no octets is the last one.") },
    { "Wire", "trailers received",
        QT_TRANSLATE_NOOP("EventMeaning", "The fields behind the last chunk are complete.") },
    { "Wire", "trailers sent",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "The fields behind the last chunk were handed to the socket.") },
    { "Proxy", "held",
        QT_TRANSLATE_NOOP("EventMeaning",
            "It waits at a breakpoint for what you decide; the time is not counted as the "
            "origin's.") },
    { "Proxy", "resumed",
        QT_TRANSLATE_NOOP("EventMeaning", "You let it go on from the breakpoint.") },
    { "Proxy", "dropped",
        QT_TRANSLATE_NOOP("EventMeaning",
            "You ended it: the connection of the client is closed without an answer.") },
    { "Proxy", "answered",
        QT_TRANSLATE_NOOP("EventMeaning", "You answered it in place of the origin.") },
    { "Proxy", "not held",
        QT_TRANSLATE_NOOP(
            "EventMeaning", "A breakpoint took it, but it could not be held there.") },
    { "Proxy", "sent again",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The connection that was kept alive turned out to be closed: the request went out on "
            "another one.") },
    { "Proxy", "kept back",
        QT_TRANSLATE_NOOP("EventMeaning",
            "An interim response does not go on to a client of HTTP/1.0, which knows none.") },
    { "Proxy", "fault", QT_TRANSLATE_NOOP("EventMeaning", "What a rule wanted to go wrong did.") },
    { "Proxy", "entered",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The proxy looks into the tunnel: what passes there are exchanges of their own.") },
    { "Proxy", "passed through",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The proxy does not look into the tunnel: its octets pass as they are.") },
    { "Proxy", "passes through next time",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The client does not trust the certificates of the proxy: its next tunnel to this host "
            "is left alone.") },
    { "Proxy", "origin failed",
        QT_TRANSLATE_NOOP("EventMeaning",
            "The origin of a tunnel could not be reached, or not in a way that the client may "
            "trust.") },
    { "Recorder", "events not kept",
        QT_TRANSLATE_NOOP("EventMeaning",
            "More events came than are kept of one exchange; this many are missing.") },
};

const char *textOf(const QString &object, const QString &name)
{
    static const auto texts = [] {
        QHash<QString, QHash<QString, const char *>> result;
        for (const Meaning &meaning : Meanings)
            result[QLatin1StringView(meaning.object)].insert(
                QLatin1StringView(meaning.name), meaning.text);
        return result;
    }();
    const auto found = texts.constFind(object);
    return found == texts.constEnd() ? nullptr : found->value(name, nullptr);
}

} // namespace

QString meaningOf(const QString &object, const QString &name, exchange::Side side)
{
    const char *text = textOf(object, name);
    if (!text)
        return {};
    const char *incoming = side == exchange::Side::Client
        ? QT_TRANSLATE_NOOP("EventMeaning", "response")
        : side == exchange::Side::Server ? QT_TRANSLATE_NOOP("EventMeaning", "request")
                                         : QT_TRANSLATE_NOOP("EventMeaning", "message");
    QString result = QCoreApplication::translate("EventMeaning", text);
    return result.replace(
        QStringLiteral("%1"), QCoreApplication::translate("EventMeaning", incoming));
}

} // namespace headrace::ui
