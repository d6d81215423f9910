#pragma once

#include <exchange/exchange.h>

#include <QStringList>

namespace headrace::formats {

class JsonValue;
class JsonWriter;

// The extension `_webSocketMessages` that Chrome began: {type: "send" or "receive", time: in seconds since 1970,
// opcode, data: text, or base64 if the opcode is 2}. Frames are those of RFC 6455 section 5.

/// Composes the frames of the messages as octets of the tunnel (Part::Tunnel), masked with zeros where the client sent
/// them, and an event of the object "Import" that says so. What is no message is appended to \a notes.
void readWebSocketMessages(
    const JsonValue &value, exchange::Exchange &exchange, QStringList &notes);

/// Writes the messages whose frames passed in the tunnel, decompressed, in order of time, as a member beside the
/// `_resourceType` that goes with it; nothing if the exchange is no WebSocket. What was not kept whole, or
/// cannot be understood, is left out.
void writeWebSocketMessages(JsonWriter &json, const exchange::Exchange &exchange);

} // namespace headrace::formats
