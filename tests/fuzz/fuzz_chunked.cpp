// The chunked coding against llhttp: whatever both read, they read the same; where they disagree, a rule
// says who is right. Source: RFC 9112 section 7.1; lib/wire/README.md.
#include "input.h"
#include "require.h"

#include <wire/fieldrules.h>
#include <wire/messageparser.h>

#include <llhttp.h>

using namespace headrace;
using namespace headrace::fuzz;
using Event = wire::MessageParser::Event;

namespace {

const QByteArray head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

/// What one of the two made of the octets behind the head.
struct Reading
{
    QByteArray body;
    QByteArrayList trailers; ///< Name, value, …
    qsizetype end = -1; ///< Octets of the message; -1: it did not end.
    bool refused = false;
};

struct Ours : Reading
{
    wire::ErrorCode code = wire::ErrorCode::None;
    wire::MessagePart lastPart = wire::MessagePart::Head; ///< Of the last octet that was taken.
    qsizetype faultAt = -1;
    bool extended = false; ///< There were chunk extensions.
};

Ours readOurs(const QByteArrayList &pieces)
{
    Ours ours;
    QByteArray line; // of the chunk size that is being read
    wire::MessageParser parser(wire::MessageKind::Request);
    parser.feed(head);
    while (parser.next() != Event::NeedMore) { }
    for (const QByteArray &piece : pieces) {
        parser.feed(piece);
        for (;;) {
            const Event event = parser.next();
            if (event == Event::NeedMore)
                break;
            if (event == Event::Octets) {
                ours.lastPart = parser.part();
                if (parser.part() == wire::MessagePart::Body)
                    ours.body += parser.octets();
                if (parser.part() == wire::MessagePart::ChunkHeader)
                    line += parser.octets();
            } else if (event == Event::ChunkHeader) {
                ours.extended = ours.extended || line.contains(';');
                line.clear();
            } else if (event == Event::Trailers) {
                ours.trailers = parser.trailers().toRawList();
            } else if (event == Event::MessageEnd) {
                ours.end = qsizetype(parser.position()) - head.size();
                return ours;
            } else if (event == Event::Fault) {
                ours.refused = true;
                ours.code = parser.error().code;
                ours.faultAt = qsizetype(parser.position()) - head.size();
                ours.extended = ours.extended || line.contains(';');
                return ours;
            }
        }
    }
    ours.extended = ours.extended || line.contains(';');
    return ours;
}

struct Theirs : Reading
{
    bool inTrailers = false;

    static Theirs &of(llhttp_t *parser) { return *static_cast<Theirs *>(parser->data); }
};

Theirs readTheirs(const QByteArray &octets)
{
    Theirs theirs;
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_body = [](llhttp_t *parser, const char *at, size_t length) {
        Theirs::of(parser).body.append(at, qsizetype(length));
        return 0;
    };
    settings.on_headers_complete = [](llhttp_t *parser) {
        Theirs::of(parser).inTrailers = true;
        return 0;
    };
    settings.on_message_complete = [](llhttp_t *) -> int { return HPE_PAUSED; };
    const auto append = [](llhttp_t *parser, const char *at, size_t length, int remainder) {
        Theirs &reading = Theirs::of(parser);
        if (!reading.inTrailers)
            return 0;
        if (reading.trailers.size() % 2 == remainder)
            reading.trailers.append(QByteArray());
        reading.trailers.last().append(at, qsizetype(length));
        return 0;
    };
    static const auto add = append;
    settings.on_header_field = [](llhttp_t *parser, const char *at, size_t length) {
        return add(parser, at, length, 0);
    };
    settings.on_header_value = [](llhttp_t *parser, const char *at, size_t length) {
        return add(parser, at, length, 1);
    };
    llhttp_t parser;
    llhttp_init(&parser, HTTP_REQUEST, &settings);
    parser.data = &theirs;
    llhttp_execute(&parser, head.constData(), size_t(head.size()));
    const llhttp_errno_t result
        = llhttp_execute(&parser, octets.constData(), size_t(octets.size()));
    if (result == HPE_PAUSED)
        theirs.end = llhttp_get_error_pos(&parser) - octets.constData();
    else
        theirs.refused = result != HPE_OK;
    for (QByteArray &item : theirs.trailers)
        item = wire::trimmedBlanks(item)
                   .toByteArray(); // it leaves blanks behind a value to its owner
    return theirs;
}

/// llhttp 8.1 is too strict with extensions: several of them, and escapes in quoted strings.
bool mayTakeMore(const Ours &ours) { return ours.extended; }

/// llhttp 8.1 takes what we must refuse: framing fields, folds, empty names and bare line feeds among the
/// trailers; odd octets in extensions; extensions and trailers without end.
bool mayRefuseMore(const Ours &ours)
{
    return ours.lastPart == wire::MessagePart::Trailers || ours.extended
        || ours.code == wire::ErrorCode::ParserHeaderOverflow
        || (ours.lastPart == wire::MessagePart::ChunkHeader
            && ours.code == wire::ErrorCode::ParserInvalidHeaderToken);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 1);
    const QByteArrayList pieces = cut(input.octets(), input.choose(64));
    const Ours whole = readOurs({ input.octets() });
    const Ours ours = readOurs(pieces);
    require(ours.body == whole.body && ours.trailers == whole.trailers && ours.end == whole.end
            && ours.code == whole.code && ours.faultAt == whole.faultAt,
        "cuts change nothing");

    const Theirs theirs = readTheirs(input.octets());
    if (ours.refused) {
        require(theirs.refused || mayRefuseMore(ours), "refused without a rule");
        require(theirs.refused || theirs.body.startsWith(ours.body), "body before the fault");
        return 0;
    }
    if (theirs.refused) {
        require(mayTakeMore(ours), "taken without a rule");
        return 0;
    }
    require(ours.end == theirs.end, "end of the message");
    require(ours.body == theirs.body, "body");
    if (ours.end >= 0)
        require(ours.trailers == theirs.trailers, "trailers");
    return 0;
}
