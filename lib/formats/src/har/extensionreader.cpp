#include "har/extensionreader.h"

#include "har/entryreader.h"
#include "har/jsonvalue.h"
#include "har/words.h"

#include <algorithm>

namespace headrace::formats {

using namespace exchange;

namespace {

QByteArray base64Of(const JsonValue &value, QStringList &notes)
{
    if (auto octets = fromBase64(value.toOctets()))
        return *octets;
    notes.append(QStringLiteral("octets are no base64, left out"));
    return {};
}

QList<Octets> piecesOf(const JsonValue &value, QStringList &notes)
{
    QList<Octets> pieces;
    for (const JsonValue &piece : value.items())
        pieces.append({ piece["time"].toInteger(0),
            partOf(piece["part"].toOctets(), Part::Unparsed), base64Of(piece["data"], notes) });
    return pieces;
}

QList<Chunk> chunksOf(const JsonValue &value)
{
    QList<Chunk> chunks;
    for (const JsonValue &chunk : value.items())
        chunks.append({ chunk["time"].toInteger(0), chunk["offset"].toInteger(0),
            chunk["size"].toInteger(0), octetsOf(chunk, "extensions") });
    return chunks;
}

void readMessage(const JsonValue &value, const JsonValue &raw, Message &message, QStringList &notes)
{
    const JsonValue &own = value["_message"];
    message.startLine = octetsOf(own, "startLine");
    message.reason = octetsOf(own, "reason");
    message.httpVersion = octetsOf(own, "httpVersion");
    message.headTime = own["headTime"].toInteger(-1);
    message.endTime = own["endTime"].toInteger(-1);
    message.bodyOctets = own["bodyOctets"].toInteger(0);
    message.wireOctets = own["wireOctets"].toInteger(0);
    message.isTruncated = own["isTruncated"].toBool();
    message.isPartial = own["isPartial"].toBool();
    message.trailers = fieldsOf(value["_trailers"]);
    message.chunks = chunksOf(value["_chunks"]);
    message.octets = piecesOf(raw, notes);
}

QList<Message> interimOf(const JsonValue &value, QStringList &notes)
{
    QList<Message> interim;
    for (const JsonValue &item : value.items()) {
        Message message;
        message.statusCode = int(std::clamp<qint64>(item["status"].toInteger(0), 0, 999));
        message.fields = fieldsOf(item["headers"]);
        readMessage(item, item["_raw"], message, notes);
        interim.append(message);
    }
    return interim;
}

QList<Event> eventsOf(const JsonValue &value)
{
    QList<Event> events;
    for (const JsonValue &event : value.items())
        events.append({ event["time"].toInteger(0), event["object"].toString(),
            event["name"].toString(), event["detail"].toString() });
    return events;
}

Timings timingsOf(const JsonValue &value)
{
    Timings timings;
    timings.lookupStarted = value["lookupStarted"].toInteger(-1);
    timings.lookupEnded = value["lookupEnded"].toInteger(-1);
    timings.connectStarted = value["connectStarted"].toInteger(-1);
    timings.connectEnded = value["connectEnded"].toInteger(-1);
    timings.tlsStarted = value["tlsStarted"].toInteger(-1);
    timings.tlsEnded = value["tlsEnded"].toInteger(-1);
    timings.requestSent = value["requestSent"].toInteger(-1);
    timings.firstByte = value["firstByte"].toInteger(-1);
    timings.ended = value["ended"].toInteger(-1);
    timings.held = std::max<qint64>(value["held"].toInteger(0), 0);
    return timings;
}

quint16 portOf(const JsonValue &value)
{
    return quint16(std::clamp<qint64>(value.toInteger(0), 0, 65535));
}

Connection connectionOf(const JsonValue &value)
{
    Connection connection;
    connection.id = value["id"].toOctets().toULongLong();
    connection.isReused = value["isReused"].toBool();
    connection.localAddress = value["localAddress"].toString();
    connection.localPort = portOf(value["localPort"]);
    connection.peerAddress = value["peerAddress"].toString();
    connection.peerPort = portOf(value["peerPort"]);
    return connection;
}

Tls tlsOf(const JsonValue &value, QStringList &notes)
{
    Tls tls;
    tls.protocol = value["protocol"].toString();
    tls.cipher = value["cipher"].toString();
    tls.alpn = octetsOf(value, "alpn");
    tls.serverName = value["serverName"].toString();
    for (const JsonValue &certificate : value["peerCertificates"].items())
        tls.peerCertificates.append(base64Of(certificate, notes));
    return tls;
}

Connection clientOf(const JsonValue &value, QStringList &notes)
{
    Connection client = connectionOf(value);
    if (value["tls"].isObject())
        client.tls = tlsOf(value["tls"], notes);
    return client;
}

QList<Change> changesOf(const JsonValue &value, qsizetype interimCount, QStringList &notes)
{
    QList<Change> changes;
    for (const JsonValue &item : value.items()) {
        Change change;
        change.time = item["time"].toInteger(0);
        change.message
            = int(std::clamp<qint64>(item["message"].toInteger(-1), -1, qint64(interimCount)));
        change.cause = causeOf(item["cause"].toOctets(), Change::Cause::HopByHop);
        change.by = item["by"].toString();
        change.part = partOf(item["part"].toOctets(), Part::Head);
        change.summary = item["summary"].toString();
        change.before = base64Of(item["before"], notes);
        change.after = base64Of(item["after"], notes);
        change.isCut = item["isCut"].toBool();
        changes.append(change);
    }
    return changes;
}

Pattern patternOf(const JsonValue &value)
{
    const QList<Pattern> patterns = patternsOf(value.toString());
    return patterns.size() == 1 ? patterns.first() : Pattern::Other;
}

void readSummary(const JsonValue &entry, Summary &summary)
{
    const JsonValue &row = entry["_summary"];
    summary.scheme = row["scheme"].toString();
    summary.host = row["host"].toString();
    summary.target = row["target"].toString();
    summary.statusCode = int(std::clamp<qint64>(row["statusCode"].toInteger(0), 0, 999));
    summary.reason = row["reason"].toString();
    summary.contentType = row["contentType"].toString();
    summary.requestType = row["requestType"].toString();
    summary.requestBodyOctets = row["requestBodyOctets"].toInteger(0);
    summary.responseBodyOctets = row["responseBodyOctets"].toInteger(0);
    summary.duration = row["duration"].toInteger(-1);
    summary.interimCount = int(std::clamp<qint64>(row["interimCount"].toInteger(0), 0, INT_MAX));
    summary.hasTrailers = row["hasTrailers"].toBool();
    summary.errorCode = row["errorCode"].toString();
    summary.errorMessage = row["errorMessage"].toString();
    summary.state = stateOf(entry["_state"].toOctets(), summary.state);
    summary.source = sourceOf(entry["_source"].toOctets(), summary.source);
    summary.pattern = patternOf(entry["_pattern"]);
    summary.mark = markOf(entry["_mark"].toOctets());
}

} // namespace

bool hasExtensions(const JsonValue &entry)
{
    return entry["_summary"].isObject() && entry["request"]["_message"].isObject()
        && entry["response"]["_message"].isObject();
}

void readExtensions(const JsonValue &entry, Exchange &exchange, QStringList &notes)
{
    readSummary(entry, exchange.summary);
    readMessage(entry["request"], entry["_rawRequest"], exchange.request, notes);
    readMessage(entry["response"], entry["_rawResponse"], exchange.response, notes);
    exchange.interim = interimOf(entry["_interim"], notes);
    exchange.events = eventsOf(entry["_events"]);
    exchange.timings = timingsOf(entry["_timings"]);
    exchange.connection = connectionOf(entry["_connection"]);
    if (entry["_tls"].isObject())
        exchange.connection.tls = tlsOf(entry["_tls"], notes);
    if (entry["_client"].isObject())
        exchange.client = clientOf(entry["_client"], notes);
    exchange.changes = changesOf(entry["_changes"], exchange.interim.size(), notes);
    const JsonValue &failure = entry["_error"];
    if (failure.isObject())
        exchange.failure = Failure { failure["code"].toString(), failure["message"].toString() };
}

} // namespace headrace::formats
