// Octets of a tunnel as frames, whole and cut, and messages that are written and read. Source: exchange/websocket.h.
#include "input.h"
#include "require.h"

#include <exchange/websocket.h>

using namespace headrace::exchange;
using namespace headrace::fuzz;

namespace {

constexpr qsizetype kept = 1000;

void requireSound(const WebSocketMessage &message)
{
    require(message.payload.size() <= kept, "no more is kept than was asked for");
    require(message.payload.size() <= message.payloadOctets, "what is kept was there");
    require(message.firstTime <= message.lastTime, "it ends after it began");
    require(!message.violations || !violationText(message.violations).isEmpty(), "faults are told");
}

QList<WebSocketMessage> read(const QByteArrayList &pieces, Direction direction,
    const std::optional<WebSocketDeflate> &deflate)
{
    WebSocketReader reader(deflate, kept);
    QList<WebSocketMessage> messages;
    qint64 time = 0;
    for (const QByteArray &piece : pieces)
        messages += reader.feed(direction, piece, ++time);
    if (const auto rest = reader.incomplete(direction))
        messages += *rest;
    for (const WebSocketMessage &message : std::as_const(messages))
        requireSound(message);
    return messages;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 4);
    const Direction direction = input.flip() ? Direction::Request : Direction::Response;
    std::optional<WebSocketDeflate> deflate;
    if (input.flip()) {
        deflate.emplace();
        deflate->hasClientContext = deflate->hasServerContext = input.flip();
    }
    const QByteArray octets = input.octets();
    const QList<WebSocketMessage> whole = read({ octets }, direction, deflate);
    const QList<WebSocketMessage> pieces = read(cut(octets, input.choose(64)), direction, deflate);
    require(whole.size() == pieces.size(), "cuts change no count");
    for (qsizetype i = 0; i < whole.size(); ++i) {
        require(whole.at(i).opcode == pieces.at(i).opcode
                && whole.at(i).offset == pieces.at(i).offset
                && whole.at(i).wireOctets == pieces.at(i).wireOctets
                && whole.at(i).violations == pieces.at(i).violations,
            "cuts change nothing of a message");
        requireSame(whole.at(i).payload, pieces.at(i).payload, "cuts change no payload");
    }

    WebSocketWriter writer(direction, deflate);
    const QByteArray written = writer.write(WebSocketMessage::Binary, octets)
        + writer.write(WebSocketMessage::Binary, octets.left(kept));
    const QList<WebSocketMessage> again = read({ written }, direction, deflate);
    require(again.size() == 2, "two messages are two");
    requireSame(again.at(0).payload, octets.left(kept), "the first is read as it was written");
    requireSame(again.at(1).payload, octets.left(kept), "the second is read as it was written");
    require(!again.at(0).violations && !again.at(1).violations, "what is written is sound");
    return 0;
}
