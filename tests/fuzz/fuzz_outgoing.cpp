// Whatever is set on a message is refused, or stands on the wire as exactly that: no field becomes two, no body
// becomes a head. Source: RFC 9110 section 5.5; reference setHeader(), writeHead(), addTrailers(), http.request().
#include "application.h"
#include "input.h"
#include "require.h"
#include "support/memorysocket.h"

#include <http/http.h>
#include <wire/fieldrules.h>
#include <wire/messageparser.h>

#include <memory>

using namespace headrace;
using namespace headrace::fuzz;
using headrace::test::MemorySocket;
using headrace::test::settle;
using Event = wire::MessageParser::Event;

namespace {

/// The parts of a message, as the input says: separated by octets that no part needs.
struct Parts
{
    QByteArray word; ///< Reason or target.
    http::HeaderList headers; ///< Set one by one.
    http::HeaderList headHeaders; ///< Given with the head.
    http::HeaderList trailers;
    QByteArrayList body;
};

http::HeaderList fieldsOf(const QByteArray &text)
{
    http::HeaderList fields;
    for (const QByteArray &line : text.split('\x1e')) {
        const QByteArrayList items = line.split('\x1f');
        if (items.size() == 2)
            fields.append({ items.at(0), items.at(1) });
        else if (items.size() > 2)
            fields.append({ items.at(0), QList<QByteArray>(items.mid(1)) });
    }
    return fields;
}

Parts partsOf(const QByteArray &octets)
{
    const QByteArrayList groups = octets.split('\x1d');
    Parts parts;
    parts.word = groups.value(0);
    parts.headers = fieldsOf(groups.value(1));
    parts.headHeaders = fieldsOf(groups.value(2));
    parts.trailers = fieldsOf(groups.value(3));
    parts.body = groups.mid(4);
    return parts;
}

/// Fields that frame a message or make another of it: sent as given, so a parser may refuse or misread them.
bool isFraming(const QByteArray &name)
{
    for (const char *framing :
        { "content-length", "transfer-encoding", "connection", "upgrade", "trailer" }) {
        if (wire::equalsIgnoringCase(name, framing))
            return true;
    }
    return false;
}

QByteArrayList linesOf(const QByteArray &name, const http::HeaderValue &value)
{
    QByteArrayList values = value.toList();
    if (values.size() > 1 && wire::equalsIgnoringCase(name, "cookie"))
        values = { values.join("; ") };
    for (QByteArray &item : values)
        item = name + ": " + item;
    return values;
}

/// What went over the wire, as a reader who knows only CRLF sees it.
struct Sent
{
    explicit Sent(const QByteArray &octets)
    {
        const qsizetype end = octets.indexOf("\r\n\r\n");
        require(end >= 0, "there is a head");
        QByteArray head = octets.first(end);
        rest = octets.sliced(end + 4);
        qsizetype at = 0;
        while ((at = head.indexOf("\r\n")) >= 0) {
            lines.append(head.first(at));
            head.remove(0, at + 2);
        }
        lines.append(head);
        for (const QByteArray &line : lines)
            require(!line.contains('\r') && !line.contains('\n'), "no bare line end");
    }

    QByteArrayList lines;
    QByteArray rest;
};

/// The own fields come first, in order; only known automatic ones follow.
void checkFields(const Sent &sent, const QByteArrayList &own)
{
    require(sent.lines.mid(1, own.size()) == own, "own fields as they were set");
    for (const QByteArray &line : sent.lines.mid(1 + own.size())) {
        const QByteArray name = line.first(line.indexOf(':'));
        const QByteArrayList automatic { "Date", "Connection", "Keep-Alive", "Content-Length",
            "Transfer-Encoding", "Host", "Trailer" };
        require(automatic.contains(name), "no field that nobody set");
    }
}

/// One message and nothing behind it, with this body and these trailers.
void checkMessage(wire::MessageKind kind, const QByteArray &octets, const QByteArray &body,
    const QList<QByteArray> &trailers)
{
    wire::ParserLimits limits;
    limits.maxHeaderSize = 1 << 20;
    wire::MessageParser parser(kind, limits);
    parser.feed(octets);
    QByteArray read;
    int ends = 0;
    for (Event event = parser.next(); event != Event::NeedMore; event = parser.next()) {
        require(event != Event::Fault, "a message that is read again");
        if (event == Event::Octets && parser.part() == wire::MessagePart::Body)
            read += parser.octets();
        if (event == Event::Trailers)
            require(parser.trailers().toRawList() == trailers, "trailers as they were added");
        if (event == Event::MessageEnd)
            ++ends;
    }
    parser.feedEof();
    if (parser.next() == Event::MessageEnd)
        ++ends;
    require(ends == 1, "one message");
    require(read == body, "the body as it was written");
}

struct Message
{
    QByteArrayList own; ///< Field lines that must be on the wire.
    QByteArray body;
    QList<QByteArray> trailers;
    bool framed = true; ///< By the library alone.
};

/// Sets everything of \a parts on \a message, and notes what was accepted.
Message fill(http::OutgoingMessage *message, const Parts &parts)
{
    Message noted;
    for (const auto &[name, value] : parts.headers) {
        if (!message->setHeader(name, value))
            noted.framed = noted.framed && !isFraming(name);
    }
    (void)message->addTrailers(parts.trailers);
    for (const auto &[name, value] : parts.trailers) { // those before a refused one are kept
        const QByteArray text = value.toList().join(',');
        if (wire::validateHeaderName(name) || wire::validateHeaderValue(name, text))
            break;
        noted.trailers += { name, wire::trimmedBlanks(text).toByteArray() };
        noted.framed = noted.framed && !isFraming(name);
    }
    return noted;
}

void addOwn(Message &noted, const http::OutgoingMessage *message)
{
    const QList<QByteArray> names = message->getRawHeaderNames();
    for (const QByteArray &name : names)
        noted.own += linesOf(name, *message->getHeader(name));
}

void write(http::OutgoingMessage *message, Message &noted, const QByteArrayList &pieces)
{
    for (const QByteArray &piece : pieces) {
        http::Error thrown;
        message->write(piece, {}, &thrown);
        if (thrown) {
            noted.framed = false; // a trailer that cannot be
            return;
        }
        noted.body += piece;
    }
    http::Error thrown;
    message->end({}, {}, &thrown);
    noted.framed = noted.framed && !thrown;
}

void checkResponse(const Parts &parts, bool headWithFields)
{
    const auto [near, far] = MemorySocket::makePair();
    const std::unique_ptr<MemorySocket> peer(far);
    http::Server server;
    Message noted;
    bool headless = false;
    QObject::connect(&server, &http::Server::request, &server,
        [&](http::IncomingMessage *, http::ServerResponse *response) {
            noted = fill(response, parts);
            if (!headWithFields)
                response->setStatusMessage(parts.word);
            addOwn(noted, response);
            if (headWithFields) {
                const bool refused = bool(response->writeHead(200, parts.word, parts.headHeaders));
                noted.own.clear();
                addOwn(noted, response); // those before a refused one are kept
                if (!refused && noted.own.isEmpty()) {
                    for (const auto &[name, value] : parts.headHeaders)
                        noted.own += linesOf(name, value);
                }
                for (const auto &[name, value] : parts.headHeaders)
                    noted.framed = noted.framed && !isFraming(name);
            }
            QByteArrayList pieces = parts.body;
            pieces.prepend("x"); // chunked whatever there is
            write(response, noted, pieces);
            headless = !response->headersSent();
        });
    server.injectConnection(near);
    peer->write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    settle();
    const QByteArray octets = peer->takeAll();
    if (headless || octets.isEmpty()) {
        peer->close();
        settle();
        return;
    }
    const Sent sent(octets);
    require(sent.lines.first().startsWith("HTTP/1.1 200"), "the status line");
    checkFields(sent, noted.own);
    if (noted.framed)
        checkMessage(wire::MessageKind::Response, octets, noted.body, noted.trailers);
    peer->close();
    settle();
}

void checkRequest(const Parts &parts, bool wordIsMethod, bool raw)
{
    MemorySocket *peer = nullptr;
    http::RequestOptions options;
    options.createConnection
        = [&peer](const http::ConnectOptions &, const http::RequestOptions::ConnectionCallback &) {
              const auto [near, far] = MemorySocket::makePair();
              peer = far;
              return near;
          };
    (wordIsMethod ? options.method : options.path) = parts.word;
    if (!wordIsMethod)
        options.method = "PUT";
    if (raw)
        options.rawHeaders = parts.headHeaders;
    http::Error error;
    http::ClientRequest *request = http::request(options, &error);
    if (error) {
        require(!request, "no request with an error");
        settle();
        delete peer;
        return;
    }
    Message noted;
    if (raw) {
        for (const auto &[name, value] : parts.headHeaders) {
            noted.own += linesOf(name, value);
            noted.framed = noted.framed && !isFraming(name);
        }
        request->end();
    } else {
        noted = fill(request, parts);
        addOwn(noted, request);
        QByteArrayList pieces = parts.body;
        pieces.prepend("x");
        write(request, noted, pieces);
    }
    settle();
    const QByteArray octets = peer ? peer->takeAll() : QByteArray();
    if (!octets.isEmpty()) {
        const Sent sent(octets);
        const QByteArrayList words = sent.lines.first().split(' ');
        require(words.size() == 3 && words.at(2) == "HTTP/1.1", "the request line");
        if (!wordIsMethod && !parts.word.isEmpty())
            require(words.at(1) == parts.word, "the target as it was given");
        checkFields(sent, noted.own);
        // Methods that llhttp does not know, and targets beyond ASCII, are sent but not read here.
        if (noted.framed && !wordIsMethod && !raw && words.at(1).startsWith('/')
            && words.at(1) == words.at(1).toPercentEncoding("/!\"#$%&'()*+,:;<=>?@[\\]^`{|}"))
            checkMessage(wire::MessageKind::Request, octets, noted.body, noted.trailers);
    }
    request->destroy();
    delete peer;
    settle();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 1);
    const Parts parts = partsOf(input.octets());
    switch (input.choose(5)) {
    case 0:
        checkResponse(parts, false);
        break;
    case 1:
        checkResponse(parts, true);
        break;
    case 2:
        checkRequest(parts, false, false);
        break;
    case 3:
        checkRequest(parts, true, false);
        break;
    case 4:
        checkRequest(parts, false, true);
        break;
    }
    return 0;
}
