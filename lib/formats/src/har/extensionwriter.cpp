#include "har/extensionwriter.h"

#include "har/jsonwriter.h"
#include "har/words.h"

namespace headrace::formats {

using namespace exchange;

namespace {

void writePieces(JsonWriter &json, const char *key, const QList<Octets> &pieces)
{
    json.key(key);
    json.beginArray();
    for (const Octets &piece : pieces) {
        json.beginObject();
        json.number("time", piece.time);
        json.text("part", QString(word(piece.part)));
        json.base64("data", piece.octets);
        json.endObject();
    }
    json.endArray();
}

void writeChunks(JsonWriter &json, const QList<Chunk> &chunks)
{
    json.key("_chunks");
    json.beginArray();
    for (const Chunk &chunk : chunks) {
        json.beginObject();
        json.number("time", chunk.time);
        json.number("offset", chunk.offset);
        json.number("size", chunk.size);
        if (!chunk.extensions.isEmpty())
            json.octets("extensions", chunk.extensions);
        json.endObject();
    }
    json.endArray();
}

void writeInterim(JsonWriter &json, const QList<Message> &interim)
{
    json.key("_interim");
    json.beginArray();
    for (const Message &message : interim) {
        json.beginObject();
        json.number("status", qint64(message.statusCode));
        json.octets("statusText", message.reason);
        writeFields(json, "headers", message.fields);
        writeMessageExtensions(json, message);
        writePieces(json, "_raw", message.octets);
        json.endObject();
    }
    json.endArray();
}

void writeEvents(JsonWriter &json, const QList<Event> &events)
{
    json.key("_events");
    json.beginArray();
    for (const Event &event : events) {
        json.beginObject();
        json.number("time", event.time);
        json.text("object", event.object);
        json.text("name", event.name);
        if (!event.detail.isEmpty())
            json.text("detail", event.detail);
        json.endObject();
    }
    json.endArray();
}

void writeTimings(JsonWriter &json, const Timings &timings)
{
    json.key("_timings");
    json.beginObject();
    json.number("lookupStarted", timings.lookupStarted);
    json.number("lookupEnded", timings.lookupEnded);
    json.number("connectStarted", timings.connectStarted);
    json.number("connectEnded", timings.connectEnded);
    json.number("tlsStarted", timings.tlsStarted);
    json.number("tlsEnded", timings.tlsEnded);
    json.number("requestSent", timings.requestSent);
    json.number("firstByte", timings.firstByte);
    json.number("ended", timings.ended);
    if (timings.held != 0)
        json.number("held", timings.held);
    json.endObject();
}

void writeTls(JsonWriter &json, const char *key, const Tls &tls)
{
    json.key(key);
    json.beginObject();
    json.text("protocol", tls.protocol);
    json.text("cipher", tls.cipher);
    json.octets("alpn", tls.alpn);
    json.text("serverName", tls.serverName);
    json.key("peerCertificates");
    json.beginArray();
    for (const QByteArray &certificate : tls.peerCertificates)
        json.text(QByteArrayView(certificate.toBase64()));
    json.endArray();
    json.endObject();
}

void writeConnectionMembers(JsonWriter &json, const Connection &connection)
{
    json.text("id", QString::number(connection.id)); // beyond what a number of JavaScript holds
    json.flag("isReused", connection.isReused);
    json.text("localAddress", connection.localAddress);
    json.number("localPort", qint64(connection.localPort));
    json.text("peerAddress", connection.peerAddress);
    json.number("peerPort", qint64(connection.peerPort));
}

void writeConnection(JsonWriter &json, const Connection &connection)
{
    json.key("_connection");
    json.beginObject();
    writeConnectionMembers(json, connection);
    json.endObject();
    if (connection.tls)
        writeTls(json, "_tls", *connection.tls);
}

void writeClient(JsonWriter &json, const Connection &client)
{
    json.key("_client");
    json.beginObject();
    writeConnectionMembers(json, client);
    if (client.tls)
        writeTls(json, "tls", *client.tls);
    json.endObject();
}

void writeChanges(JsonWriter &json, const QList<Change> &changes)
{
    json.key("_changes");
    json.beginArray();
    for (const Change &change : changes) {
        json.beginObject();
        json.number("time", change.time);
        json.number("message", qint64(change.message));
        json.text("cause", QString(word(change.cause)));
        if (!change.by.isEmpty())
            json.text("by", change.by);
        json.text("part", QString(word(change.part)));
        json.text("summary", change.summary);
        json.base64("before", change.before);
        json.base64("after", change.after);
        if (change.isCut)
            json.flag("isCut", true);
        json.endObject();
    }
    json.endArray();
}

void writeFailure(JsonWriter &json, const Failure &failure)
{
    json.key("_error");
    json.beginObject();
    json.text("code", failure.code);
    json.text("message", failure.message);
    json.endObject();
}

void writeSummary(JsonWriter &json, const Summary &summary)
{
    json.key("_summary");
    json.beginObject();
    json.text("scheme", summary.scheme);
    json.text("host", summary.host);
    json.text("target", summary.target);
    json.number("statusCode", qint64(summary.statusCode));
    json.text("reason", summary.reason);
    json.text("contentType", summary.contentType);
    json.text("requestType", summary.requestType);
    json.number("requestBodyOctets", summary.requestBodyOctets);
    json.number("responseBodyOctets", summary.responseBodyOctets);
    json.number("duration", summary.duration);
    json.number("interimCount", qint64(summary.interimCount));
    json.flag("hasTrailers", summary.hasTrailers);
    json.text("errorCode", summary.errorCode);
    json.text("errorMessage", summary.errorMessage);
    json.endObject();
}

} // namespace

void writeFields(JsonWriter &json, const char *key, const FieldList &fields)
{
    json.key(key);
    json.beginArray();
    for (const auto &[name, value] : fields) {
        json.beginObject();
        json.octets("name", name);
        json.octets("value", value);
        json.endObject();
    }
    json.endArray();
}

void writeMessageExtensions(JsonWriter &json, const Message &message)
{
    json.key("_message");
    json.beginObject();
    json.octets("startLine", message.startLine);
    json.octets("reason", message.reason);
    json.octets("httpVersion", message.httpVersion);
    json.number("headTime", message.headTime);
    json.number("endTime", message.endTime);
    json.number("bodyOctets", message.bodyOctets);
    json.number("wireOctets", message.wireOctets);
    json.flag("isTruncated", message.isTruncated);
    json.flag("isPartial", message.isPartial);
    json.endObject();
    if (!message.trailers.isEmpty())
        writeFields(json, "_trailers", message.trailers);
    if (!message.chunks.isEmpty())
        writeChunks(json, message.chunks);
}

void writeExtensions(JsonWriter &json, const Exchange &exchange)
{
    const Summary &summary = exchange.summary;
    writeSummary(json, summary);
    json.text("_state", QString(word(summary.state)));
    json.text("_source", QString(word(summary.source)));
    json.text("_pattern", QString(name(summary.pattern)));
    if (summary.mark != Mark::None)
        json.text("_mark", QString(name(summary.mark)));
    if (exchange.failure)
        writeFailure(json, *exchange.failure);
    if (!exchange.interim.isEmpty())
        writeInterim(json, exchange.interim);
    writeEvents(json, exchange.events);
    writeTimings(json, exchange.timings);
    writeConnection(json, exchange.connection);
    if (exchange.client)
        writeClient(json, *exchange.client);
    if (!exchange.changes.isEmpty())
        writeChanges(json, exchange.changes);
    writePieces(json, "_rawRequest", exchange.request.octets);
    writePieces(json, "_rawResponse", exchange.response.octets);
}

} // namespace headrace::formats
