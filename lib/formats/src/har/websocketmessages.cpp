#include "har/websocketmessages.h"

#include "har/jsonvalue.h"
#include "har/jsonwriter.h"
#include "har/words.h"

#include <QUtf8StringView>

#include <algorithm>
#include <cmath>
#include <optional>

namespace headrace::formats {

using namespace exchange;

namespace {

constexpr int OpcodeText = 1;
constexpr int OpcodeBinary = 2;
constexpr int FirstControl = 8;
constexpr uchar FinalBit = 0x80;
constexpr uchar MaskBit = 0x80;
constexpr qsizetype MaskSize = 4;

QByteArray bigEndian(quint64 value, int size)
{
    QByteArray octets(size, '\0');
    for (int i = 0; i < size; ++i)
        octets[i] = char(value >> (8 * (size - 1 - i)));
    return octets;
}

/// RFC 6455 section 5.2.
QByteArray frameOf(int opcode, bool isMasked, const QByteArray &data)
{
    const uchar mask = isMasked ? MaskBit : 0;
    QByteArray frame(1, char(FinalBit | opcode));
    if (data.size() < 126)
        frame += char(mask | data.size());
    else if (data.size() <= 0xFFFF)
        frame += char(mask | 126) + bigEndian(quint64(data.size()), 2);
    else
        frame += char(mask | 127) + bigEndian(quint64(data.size()), 8);
    if (isMasked)
        frame += QByteArray(MaskSize, '\0');
    return frame + data;
}

struct Frame
{
    bool isFinal = false;
    int opcode = 0;
    QByteArray data;
};

/// Takes one frame from the begin of \a octets; nothing if it is not whole, or uses an extension.
std::optional<Frame> takeFrame(QByteArrayView &octets)
{
    if (octets.size() < 2 || (uchar(octets[0]) & 0x70) != 0)
        return std::nullopt;
    const bool isMasked = (uchar(octets[1]) & MaskBit) != 0;
    quint64 size = uchar(octets[1]) & 0x7F;
    const qsizetype sizeOctets = size == 126 ? 2 : size == 127 ? 8 : 0;
    const qsizetype begin = 2 + sizeOctets + (isMasked ? MaskSize : 0);
    if (octets.size() < begin)
        return std::nullopt;
    if (sizeOctets > 0)
        size = 0;
    for (const char octet : octets.sliced(2, sizeOctets))
        size = size << 8 | uchar(octet);
    if (size > quint64(octets.size() - begin))
        return std::nullopt;
    Frame frame { (uchar(octets[0]) & FinalBit) != 0, uchar(octets[0]) & 0x0F,
        octets.sliced(begin, qsizetype(size)).toByteArray() };
    if (isMasked) {
        for (qsizetype i = 0; i < frame.data.size(); ++i)
            frame.data[i] = char(frame.data.at(i) ^ octets[2 + sizeOctets + i % MaskSize]);
    }
    octets = octets.sliced(begin + qsizetype(size));
    return frame;
}

struct Message
{
    bool isSent = false;
    qint64 time = 0; // microseconds from Exchange::began; when the last octet of it passed
    int opcode = 0;
    QByteArray data;
};

/// When the octet before \a end of the tunnel passed.
qint64 timeOf(const QList<Octets> &pieces, qsizetype end)
{
    for (const Octets &piece : pieces) {
        if (piece.part != Part::Tunnel)
            continue;
        end -= piece.octets.size();
        if (end <= 0)
            return piece.time;
    }
    return 0;
}

/// Whole messages of one direction; control frames are none.
QList<Message> messagesOf(const exchange::Message &message, bool isSent)
{
    QList<Message> messages;
    const QByteArray tunnel = message.joined(Part::Tunnel);
    QByteArrayView rest = tunnel;
    Message open { isSent, 0, 0, {} };
    while (const std::optional<Frame> frame = takeFrame(rest)) {
        if (frame->opcode >= FirstControl)
            continue;
        if (frame->opcode != 0)
            open.opcode = frame->opcode;
        open.data += frame->data;
        if (!frame->isFinal)
            continue;
        open.time = timeOf(message.octets, tunnel.size() - rest.size());
        messages.append(std::exchange(open, Message { isSent, 0, 0, {} }));
    }
    return messages;
}

} // namespace

void readWebSocketMessages(const JsonValue &value, Exchange &exchange, QStringList &notes)
{
    const qint64 began = exchange.summary.began.toMSecsSinceEpoch() * 1000;
    qsizetype count = 0;
    for (const JsonValue &item : value.items()) {
        const QByteArray type = item["type"].toOctets().toLower();
        const qint64 opcode = item["opcode"].toInteger(OpcodeText);
        const bool isSent = type == "send" || type == "request";
        if ((!isSent && type != "receive" && type != "response") || opcode < 0 || opcode > 15) {
            notes.append(QStringLiteral("a WebSocket message is none, left out"));
            continue;
        }
        QByteArray data = item["data"].toOctets();
        if (opcode == OpcodeBinary)
            data = fromBase64(data).value_or(data);
        const double seconds = item["time"].toNumber(0);
        const bool isTime = seconds > 0 && seconds < 1e11;
        const qint64 time
            = isTime ? std::max<qint64>(std::llround(seconds * 1e6) - began, 0) : qint64(0);
        exchange::Message &message = isSent ? exchange.request : exchange.response;
        const QByteArray frame = frameOf(int(opcode), isSent, data);
        message.octets.append({ time, Part::Tunnel, frame });
        message.wireOctets += frame.size();
        ++count;
    }
    if (count > 0)
        exchange.events.append({ std::max<qint64>(exchange.response.headTime, 0),
            QStringLiteral("Import"), QStringLiteral("octets composed"),
            QStringLiteral("frames of %1 WebSocket messages").arg(count) });
}

bool isWebSocket(const Exchange &exchange)
{
    return exchange.summary.scheme == u"ws" || exchange.summary.scheme == u"wss"
        || (exchange.response.statusCode == 101
            && exchange.response.field("Upgrade").compare("websocket", Qt::CaseInsensitive) == 0);
}

void writeWebSocketMessages(JsonWriter &json, const Exchange &exchange)
{
    if (!isWebSocket(exchange))
        return;
    QList<Message> messages = messagesOf(exchange.request, true);
    messages += messagesOf(exchange.response, false);
    if (messages.isEmpty())
        return;
    std::stable_sort(messages.begin(), messages.end(),
        [](const Message &one, const Message &other) { return one.time < other.time; });
    const double began = double(exchange.summary.began.toMSecsSinceEpoch()) / 1000;
    json.text(
        "_resourceType", QByteArrayView("websocket")); // DevTools shows messages of this type only
    json.key("_webSocketMessages");
    json.beginArray();
    for (const Message &message : messages) {
        const bool isText = message.opcode == OpcodeText
            && QUtf8StringView(message.data.constData(), message.data.size()).isValidUtf8();
        json.beginObject();
        json.text("type", QByteArrayView(message.isSent ? "send" : "receive"));
        json.number("time", began + double(message.time) / 1e6);
        json.number("opcode", qint64(isText ? OpcodeText : OpcodeBinary));
        if (isText)
            json.text("data", QByteArrayView(message.data));
        else
            json.base64("data", message.data);
        json.endObject();
    }
    json.endArray();
}

} // namespace headrace::formats
