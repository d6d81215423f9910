// Heads that a proxy reads, changes in a line and sends on. Source: proxy/messagehead.h.
#include "input.h"
#include "require.h"

#include <proxy/messagehead.h>
#include <wire/messageparser.h>

#include <optional>

using namespace headrace;
using namespace headrace::fuzz;
using proxy::MessageHead;

namespace {

std::optional<wire::Head> read(const QByteArray &octets, wire::MessageKind kind, wire::Lenience how)
{
    wire::MessageParser parser(kind, {}, how);
    parser.feed(octets);
    for (;;) {
        switch (parser.next()) {
        case wire::MessageParser::Event::Head:
            return parser.head();
        case wire::MessageParser::Event::NeedMore:
        case wire::MessageParser::Event::Fault:
        case wire::MessageParser::Event::Tunnel:
            return std::nullopt;
        default:
            break;
        }
    }
}

void requireSameFields(
    const MessageHead &head, const MessageHead &other, qsizetype count, const char *what)
{
    for (qsizetype i = 0; i < count; ++i) {
        requireSame(head.name(i), other.name(i), what);
        requireSame(head.value(i), other.value(i), what);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 4);
    const wire::MessageKind kind
        = input.flip() ? wire::MessageKind::Request : wire::MessageKind::Response;
    const wire::Lenience how = input.flip() ? wire::Lenience::Insecure : wire::Lenience::Strict;
    const int change = input.choose(5);
    const int chosen = input.choose(256);
    const std::optional<wire::Head> wire = read(input.octets(), kind, how);
    if (!wire)
        return 0;
    const MessageHead received(*wire);
    requireSame(received.octets(), wire->octets(), "what nobody touches is what was received");
    require(received.isRequest() == (kind == wire::MessageKind::Request), "the kind is known");
    require(received.count() == wire->fields.count(), "every field is one");
    for (qsizetype i = 0; i < received.count(); ++i) {
        requireSame(received.name(i), wire->fields.name(i), "names are as received");
        requireSame(received.value(i), wire->fields.value(i), "values are as received");
    }
    if (received.isRequest())
        requireSame(received.method(), wire->part(wire->method), "the method is as received");
    else
        require(received.statusCode() == wire->statusCode, "the status is as received");

    MessageHead head = received;
    const qsizetype at = received.count() > 0 ? chosen % received.count() : -1;
    switch (change) {
    case 0:
        head.append("Added", "1");
        require(head.count() == received.count() + 1, "one was added");
        requireSameFields(head, received, received.count(), "an added field changes no other");
        break;
    case 1:
        if (at < 0)
            return 0;
        head.removeAt(at);
        requireSameFields(head, received, at, "a removed field changes none before it");
        require(head.count() == received.count() - 1, "one is gone");
        break;
    case 2:
        if (at < 0)
            return 0;
        head.setAt(at, "changed");
        requireSame(head.value(at), "changed", "a value is as it was set");
        requireSame(head.name(at), received.name(at), "its name stays");
        break;
    case 3: // views of its own
        if (at < 0)
            return 0;
        head.append(head.name(at), head.value(at));
        head.setFields(head.fields());
        requireSameFields(head, received, received.count(), "the same fields are the same");
        requireSame(head.value(received.count()), received.value(at), "a copy is one");
        break;
    case 4:
        head.setFields(received.fields());
        requireSame(head.octets(), received.octets(), "the same fields are the same lines");
        require(head == received, "what says the same is equal");
        break;
    }
    // Other lines stay as they were, so what could be read can be read.
    if (const auto again = read(head.octets(), kind, how); again && change < 2) {
        const MessageHead sent(*again);
        require(sent.count() == head.count(), "no line becomes two, or part of another");
        requireSameFields(sent, head, head.count(), "what is sent says what the head says");
    }
    return 0;
}
