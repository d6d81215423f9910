#include "har/websocketmessages.h"

#include "formats/harwriter.h"
#include "har/jsonvalue.h"
#include "har/jsonwriter.h"
#include "har/words.h"

#include <exchange/websocket.h>

#include <algorithm>
#include <cmath>

namespace headrace::formats {

using namespace exchange;

namespace {

/// Those of the programs, in order of their last octets; control frames are none, nor is what cannot be understood.
QList<WebSocketMessage> messagesOf(const Exchange &exchange)
{
    WebSocketReader reader(webSocketDeflateOf(exchange.response), HarWriter::OctetLimit);
    QList<WebSocketMessage> messages;
    const auto read = [&](const Message &message, Direction direction) {
        for (const Octets &piece : message.octets) {
            if (piece.part == Part::Tunnel)
                messages += reader.feed(direction, piece.octets, piece.time);
        }
    };
    read(exchange.request, Direction::Request);
    read(exchange.response, Direction::Response);
    messages.removeIf([](const WebSocketMessage &message) {
        return message.isControl() || !message.isComplete || message.isCut()
            || (message.violations
                & (WebSocketMessage::BadCompression | WebSocketMessage::ReservedBits));
    });
    std::stable_sort(messages.begin(), messages.end(),
        [](const WebSocketMessage &one, const WebSocketMessage &other) {
            return one.lastTime < other.lastTime;
        });
    return messages;
}

} // namespace

void readWebSocketMessages(const JsonValue &value, Exchange &exchange, QStringList &notes)
{
    const qint64 began = exchange.summary.began.toMSecsSinceEpoch() * 1000;
    qsizetype count = 0;
    for (const JsonValue &item : value.items()) {
        const QByteArray type = item["type"].toOctets().toLower();
        const qint64 opcode = item["opcode"].toInteger(WebSocketMessage::Text);
        const bool isSent = type == "send" || type == "request";
        if ((!isSent && type != "receive" && type != "response") || opcode < 0 || opcode > 15) {
            notes.append(QStringLiteral("a WebSocket message is none, left out"));
            continue;
        }
        QByteArray data = item["data"].toOctets();
        if (opcode == WebSocketMessage::Binary)
            data = fromBase64(data).value_or(data);
        const double seconds = item["time"].toNumber(0);
        const bool isTime = seconds > 0 && seconds < 1e11;
        const qint64 time
            = isTime ? std::max<qint64>(std::llround(seconds * 1e6) - began, 0) : qint64(0);
        exchange::Message &message = isSent ? exchange.request : exchange.response;
        WebSocketFrame composed;
        composed.opcode = int(opcode);
        composed.payload = data;
        if (isSent)
            composed.mask = std::array<char, 4> {};
        const QByteArray frame = composed.toOctets();
        if (frame.isEmpty()) {
            notes.append(QStringLiteral("a WebSocket control message is too long, left out"));
            continue;
        }
        message.octets.append({ time, Part::Tunnel, frame });
        message.wireOctets += frame.size();
        ++count;
    }
    if (count > 0)
        exchange.events.append({ std::max<qint64>(exchange.response.headTime, 0),
            QStringLiteral("Import"), QStringLiteral("octets composed"),
            QStringLiteral("frames of %1 WebSocket messages").arg(count) });
}

void writeWebSocketMessages(JsonWriter &json, const Exchange &exchange)
{
    const QList<WebSocketMessage> messages
        = isWebSocket(exchange) ? messagesOf(exchange) : QList<WebSocketMessage>();
    if (messages.isEmpty())
        return;
    const double began = double(exchange.summary.began.toMSecsSinceEpoch()) / 1000;
    json.text(
        "_resourceType", QByteArrayView("websocket")); // DevTools shows messages of this type only
    json.key("_webSocketMessages");
    json.beginArray();
    for (const WebSocketMessage &message : messages) {
        const bool isSent = message.direction == Direction::Request;
        const bool isText = message.opcode == WebSocketMessage::Text
            && !message.violations.testFlag(WebSocketMessage::BadUtf8);
        json.beginObject();
        json.text("type", QByteArrayView(isSent ? "send" : "receive"));
        json.number("time", began + double(message.lastTime) / 1e6);
        json.number("opcode", qint64(isText ? WebSocketMessage::Text : WebSocketMessage::Binary));
        if (isText)
            json.text("data", QByteArrayView(message.payload));
        else
            json.base64("data", message.payload);
        json.endObject();
    }
    json.endArray();
}

} // namespace headrace::formats
